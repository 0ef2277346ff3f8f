// A date of the clock with its working: enough to count it again by hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/counting.h"
#include "services/exclusions/domain/step.h"

namespace pathways::exclusions {

struct Working {
  std::string rule;         // in a sentence; for a step that does not apply, why not
  std::string_view source;  // in law or guidance
  std::string_view rule_version;
  std::optional<education::Day> starts_from = {};
  std::string_view starts_from_words = {};  // "the day the governing board was told"
  std::vector<CountedDay> days = {};        // empty where nothing is counted
};

// `calendar` is the one the clock was made with. Allocates; the clock itself does not.
Working WorkingOf(Step step, const StatutoryClock& clock,
                  const education::SchoolCalendar& calendar);

}  // namespace pathways::exclusions
