// One school in a register file: what its rows are matched against, and what they said.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/attendance/domain/register_draft.h"
#include "services/attendance/domain/roll.h"

namespace pathways::attendance {

struct SchoolDraft {
  std::shared_ptr<const Roll> roll;
  std::shared_ptr<const education::SchoolCalendar> calendar;
  std::int64_t calendar_version = 0;  // as the registry counts them
  std::map<education::Day, DayDraft> days;

  DayDraft& At(education::Day day) {
    return days.try_emplace(day, roll->members().size()).first->second;
  }
};

}  // namespace pathways::attendance
