#include "libs/education/id_source.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <functional>

namespace pathways::education {
namespace {

// RFC 9562: version in the high half of byte 6, variant in the top bits of byte 8.
void MarkAsVersion4(UuidBytes& bytes) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
}

void PutBigEndian(std::uint64_t value, std::uint8_t* end, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) *--end = static_cast<std::uint8_t>(value);
}

std::mt19937_64 SeededGenerator() {
  std::random_device device;
  std::array<std::uint32_t, 16> words;
  std::generate(words.begin(), words.end(), std::ref(device));
  std::seed_seq seed(words.begin(), words.end());
  return std::mt19937_64(seed);
}

}  // namespace

RandomIdSource::RandomIdSource() : generator_(SeededGenerator()) {}

UuidBytes RandomIdSource::NewUuid() {
  std::uint64_t words[2];
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    words[0] = generator_();
    words[1] = generator_();
  }
  UuidBytes bytes;
  std::memcpy(bytes.data(), words, sizeof(words));
  MarkAsVersion4(bytes);
  return bytes;
}

UuidBytes SequenceIdSource::NewUuid() {
  UuidBytes bytes{};
  PutBigEndian(series_, bytes.data() + 4, 4);
  PutBigEndian(next_++, bytes.data() + 16, 6);
  MarkAsVersion4(bytes);
  return bytes;
}

}  // namespace pathways::education
