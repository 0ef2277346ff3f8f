// A pupil at the school that excludes, as the registry has it now.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/rolls/roll_source.h"
#include "libs/service/call.h"
#include "services/exclusions/domain/checks.h"
#include "services/exclusions/store/calendars.h"

namespace pathways::exclusions {

struct PupilAtSchool {
  education::PupilId pupil;
  SchoolKey school;
  Calendar calendar;
  std::int64_t calendar_version = 0;  // the registry's
  std::vector<OnRoll> on_roll;
  std::optional<education::Day> born;

  // Of compulsory school age on that day; a pupil whose birthday is not known is.
  bool IsOfCompulsoryAge(education::Day day) const;
};

// Asked under the caller's own token. NOT_FOUND when the caller may see no such school, or the
// pupil was never on its roll.
absl::StatusOr<PupilAtSchool> AskRegistry(rolls::RollSource& rolls, const service::Call& call,
                                          const education::PupilId& pupil, education::Urn urn);

}  // namespace pathways::exclusions
