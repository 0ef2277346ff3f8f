// What was recorded about a pupil, from which day on: to say in which group they are.
#pragma once

#include <optional>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/pupil_characteristics.h"

namespace pathways::attendance {

class CharacteristicsHistory {
 public:
  // In order of validity; of values for the same day the one given last counts. Nothing: valid for
  // all days before as well.
  void Add(std::optional<education::Day> valid_from, const education::PupilCharacteristics& values);

  // The values on that day; the first known ones also hold for all days before.
  education::PupilCharacteristics On(education::Day day) const;

 private:
  struct Entry {
    std::optional<education::Day> valid_from;
    education::PupilCharacteristics values;
  };
  std::vector<Entry> entries_;
};

// The day whose values say in which group an enrolment is: the last of the span, or the enrolment's
// last if earlier.
inline education::Day GroupDay(education::Day to, const std::optional<education::Day>& leaving) {
  return leaving && *leaving < to ? *leaving : to;
}

}  // namespace pathways::attendance
