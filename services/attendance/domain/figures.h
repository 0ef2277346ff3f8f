// Attendance figures: sums of enrolments over a span, and of groups of them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/session_sums.h"
#include "services/attendance/domain/school_key.h"

namespace pathways::attendance {

// One enrolment over a span of days.
struct EnrolmentFigures {
  SchoolKey school;
  education::EnrolmentId enrolment;
  education::PupilId pupil;
  education::SessionSums sums;
  // On the last day of the span, or of the enrolment if earlier.
  education::PupilCharacteristics characteristics;
};

using Breakdown = std::map<std::string, education::GroupMeasure>;

// By the topic's values; without a topic all together under education::kTotal. A value is there as
// soon as one enrolment has it, also where none of them had a possible session.
Breakdown Measure(std::span<const EnrolmentFigures> figures,
                  std::optional<education::BreakdownTopic> topic);

}  // namespace pathways::attendance
