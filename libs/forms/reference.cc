#include "libs/forms/reference.h"

#include <cstdint>
#include <string_view>

namespace pathways::forms {
namespace {

constexpr std::string_view kCharacters = "23456789CDFGHJKMNPQRTVWXY";

// FNV-1a: every bit of the id counts, wherever its source puts its randomness.
std::uint64_t Hash(const education::UuidBytes& bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

}  // namespace

std::string MakeReference(std::string_view prefix, const education::UuidBytes& random) {
  std::uint64_t left = Hash(random);
  std::string reference = std::string(prefix) + "-";
  for (int i = 0; i < 6; ++i) {
    if (i == 4) reference += '-';
    reference += kCharacters[left % kCharacters.size()];
    left /= kCharacters.size();
  }
  return reference;
}

}  // namespace pathways::forms
