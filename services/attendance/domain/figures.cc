#include "services/attendance/domain/figures.h"

namespace pathways::attendance {

Breakdown Measure(std::span<const EnrolmentFigures> figures,
                  std::optional<education::BreakdownTopic> topic) {
  Breakdown groups;
  for (const EnrolmentFigures& enrolment : figures) {
    const std::string value = topic ? education::BreakdownValue(*topic, enrolment.characteristics)
                                    : std::string(education::kTotal);
    groups[value].Add(enrolment.sums);
  }
  return groups;
}

}  // namespace pathways::attendance
