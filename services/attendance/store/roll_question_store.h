// Who was on which roll on which day.
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::attendance {

struct RollQuestion {
  education::PupilId pupil;
  education::Urn urn;
  education::Day day;
};
// In the order asked; false also where the caller may not see the enrolment.
absl::StatusOr<std::vector<bool>> ReadOnRoll(storage::Transaction& transaction,
                                             std::span<const RollQuestion> questions);

}  // namespace pathways::attendance
