// The rolls of the two years before the borough's: who has left since.
#pragma once

#include <cstdint>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "tools/demo/borough.h"

namespace pathways::demo {

inline constexpr int kPastYears = 2;
// Numbers of children who are on no roll any more begin here.
inline constexpr int kFirstGone = 5'000'000;

// Most came with their year group, some later; never after `first_day` of that year.
education::Day EntryDay(std::uint64_t seed, int years_here, std::uint64_t number,
                        education::AcademicYear year, education::Day first_day);

// Those who left after year 11, by law on the last Friday in June; and of those now in years 7 and
// 8 as many as the primary schools had in year 6.
std::vector<PastEnrolment> PastRolls(const Borough& borough, std::uint64_t seed);

}  // namespace pathways::demo
