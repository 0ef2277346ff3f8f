#include "tools/demo/random.h"

namespace pathways::demo {
namespace {

std::mt19937_64 Engine(std::uint64_t seed, std::uint32_t purpose, std::uint64_t number) {
  std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                         purpose, static_cast<std::uint32_t>(number),
                         static_cast<std::uint32_t>(number >> 32)};
  return std::mt19937_64(sequence);
}

}  // namespace

Random::Random(std::uint64_t seed, Purpose purpose, std::uint64_t number)
    : engine_(Engine(seed, static_cast<std::uint32_t>(purpose), number)) {}

}  // namespace pathways::demo
