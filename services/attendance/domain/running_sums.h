// Running sums of one school's roll: for each slot the sessions from the start of the academic year
// to a day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/session_sums.h"

namespace pathways::attendance {

// By slot; a slot beyond the end has no sessions yet.
using SumsRow = std::vector<education::SessionSums>;

// Adds one day's register. `sums` grows to the register's slots.
void AddDay(std::string_view marks, education::Day day, SumsRow& sums);

inline education::SessionSums SumsAt(const SumsRow& sums, std::size_t slot) {
  return slot < sums.size() ? sums[slot] : education::SessionSums{};
}

// The days after `before` up to and including `to`: to minus before, slot by slot. Everything in
// `before` is part of `to`.
SumsRow Between(const SumsRow& before, const SumsRow& to);

// Equal but for slots without sessions at the end.
bool SameSums(const SumsRow& a, const SumsRow& b);

// As stored: eight bytes a slot, little-endian.
std::string_view AsBytes(const SumsRow& sums);
SumsRow SumsFromBytes(std::string_view bytes);

}  // namespace pathways::attendance
