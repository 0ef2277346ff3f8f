#include "services/attendance/domain/running_sums.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "libs/education/attendance_code.h"

namespace pathways::attendance {

using education::SessionSums;

static_assert(std::endian::native == std::endian::little, "sums are stored as they lie in memory");
static_assert(sizeof(SessionSums) == 8);

void AddDay(std::string_view marks, education::Day day, SumsRow& sums) {
  const auto& counts = education::CountsFor(day);
  const std::size_t slots = marks.size() / 2;
  if (sums.size() < slots) sums.resize(slots);
  for (std::size_t slot = 0; slot < slots; ++slot) {
    sums[slot] += counts[static_cast<unsigned char>(marks[2 * slot])];
    sums[slot] += counts[static_cast<unsigned char>(marks[2 * slot + 1])];
  }
}

SumsRow Between(const SumsRow& before, const SumsRow& to) {
  SumsRow span = to;
  const std::size_t common = std::min(before.size(), span.size());
  for (std::size_t slot = 0; slot < common; ++slot) span[slot] -= before[slot];
  return span;
}

bool SameSums(const SumsRow& a, const SumsRow& b) {
  for (std::size_t slot = 0; slot < std::max(a.size(), b.size()); ++slot) {
    if (SumsAt(a, slot) != SumsAt(b, slot)) return false;
  }
  return true;
}

std::string_view AsBytes(const SumsRow& sums) {
  return {reinterpret_cast<const char*>(sums.data()), sums.size() * sizeof(SessionSums)};
}

SumsRow SumsFromBytes(std::string_view bytes) {
  SumsRow sums(bytes.size() / sizeof(SessionSums));
  std::memcpy(sums.data(), bytes.data(), sums.size() * sizeof(SessionSums));
  return sums;
}

}  // namespace pathways::attendance
