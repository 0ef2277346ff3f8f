// What the panel's cases and placements say about its fairness and effect. Of one authority, as far
// as the transaction's scope sees them: a case somebody has an interest in is not in their figures.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/fairness.h"

namespace pathways::panel {

struct ImpactSpan {
  education::LaCode la_code;
  education::Day from;  // both days included
  education::Day to;
};

// Pupils each school took in: placements in schools that began in the span.
absl::StatusOr<std::map<education::Urn, int>> ReadTakenIn(storage::Transaction& transaction,
                                                          const ImpactSpan& span);

// Cases referred in the span.
absl::StatusOr<std::vector<CaseCourse>> ReadCourses(storage::Transaction& transaction,
                                                    const ImpactSpan& span);

// What began for a pupil in the span: a placement, or support in mainstream when it was decided.
struct StartedForPupil {
  education::PupilId pupil;
  education::Day day;
  DecisionKind kind = DecisionKind::kSupportInMainstream;
  int tier = 0;
};
// By day and pupil.
absl::StatusOr<std::vector<StartedForPupil>> ReadStarted(storage::Transaction& transaction,
                                                         const ImpactSpan& span);

// Everybody the panel ever did something for: nobody to compare with.
absl::StatusOr<std::set<education::PupilId>> ReadHelped(storage::Transaction& transaction,
                                                        education::LaCode la_code);

// A pupil back in a mainstream school, and the first day of alternative provision after that.
struct ReturnRow {
  Return back;
  std::optional<education::Day> placed_again = {};
};
absl::StatusOr<std::vector<ReturnRow>> ReadReturns(storage::Transaction& transaction,
                                                   const ImpactSpan& span);

// Placements of alternative provision that ended in the span without a return, by reason.
absl::StatusOr<std::map<std::string, int>> ReadEndedOtherwise(storage::Transaction& transaction,
                                                              const ImpactSpan& span);

// The authority of these schools, or without schools of all there are; nothing when there are
// several.
absl::StatusOr<std::optional<education::LaCode>> FindAuthorityOf(
    storage::Transaction& transaction, const std::vector<education::Urn>& schools);

}  // namespace pathways::panel
