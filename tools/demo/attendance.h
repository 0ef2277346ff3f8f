// How one invented child attends, day by day: spells of illness, unexplained absence, lateness.
//
// Together the children come near England's figures (absence about 7 %, persistent about 20 %,
// severe about 2 %), and more of the absent have special needs, pupil premium or a secondary
// school, as they do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libs/education/day.h"
#include "tools/demo/child.h"
#include "tools/demo/school.h"

namespace pathways::demo {

// One session, as bytes of education::AttendanceCode.
struct SessionMark {
  char first;         // as the register was closed
  char final;         // as it became; another than `first` when it was amended
  int amended_after;  // school days from the session to the amendment
};

struct DayMarks {
  education::Day day;
  std::array<SessionMark, 2> sessions;  // AM, PM
};

// The child as if at one school on all `days`, which are the year's school days from its first on.
// What happens on a day does not depend on how many days follow.
std::vector<DayMarks> MarksOf(std::uint64_t seed, const Child& child, std::size_t number,
                              const School& school, std::span<const education::Day> days);

}  // namespace pathways::demo
