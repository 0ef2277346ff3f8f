// Plans for the return to a school in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/reintegration.h"

namespace pathways::panel {

// With steps and reviews. NOT_FOUND when there is none that the caller may see.
absl::StatusOr<ReintegrationPlan> FindPlan(storage::Transaction& transaction,
                                           const PlacementId& placement);
// The same, and nobody else changes it until the transaction ends. NOT_FOUND also for those who may
// not write.
absl::StatusOr<ReintegrationPlan> LockPlan(storage::Transaction& transaction,
                                           const PlacementId& placement);
// Without steps and reviews; its words are kept anew. ABORTED when it is at another version than
// one before, or was made meanwhile.
absl::Status WritePlan(storage::Transaction& transaction, const ReintegrationPlan& plan);
// Where it stands, its next review and who changed it; words and days stay.
absl::Status MovePlan(storage::Transaction& transaction, const ReintegrationPlan& plan);

absl::Status WriteStep(storage::Transaction& transaction, const ReintegrationPlan& plan,
                       const ReintegrationStep& step);
absl::Status RemoveStep(storage::Transaction& transaction, const ReintegrationPlan& plan,
                        const StepId& step);
absl::Status KeepReturnReview(storage::Transaction& transaction, const ReintegrationPlan& plan,
                              const ReturnReview& review);

// The placement has ended with the return that its plan is about.
absl::Status BeginReturn(storage::Transaction& transaction, const Placement& ended);

struct PlanFilter {
  std::vector<PlanState> states = {};  // empty: all
  std::optional<education::Urn> to_urn = {};
  std::optional<education::PupilId> pupil = {};
  bool review_overdue = false;
  education::Day today;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct PlanPage {
  std::vector<ReintegrationPlan> plans;  // next review first, then first day; no words
  std::vector<std::string> from_names;   // of the same plans: where the pupil comes from
  std::int64_t total = 0;
};
absl::StatusOr<PlanPage> ListPlans(storage::Transaction& transaction, const PlanFilter& filter);

}  // namespace pathways::panel
