// One change of one plan for a return by one call.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "pathways/panel/v1/reintegration.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/reintegration_store.h"

namespace pathways::panel {

// Who writes in plans: those who see the placement, without managers.
bool MayWritePlans(const access::Caller& caller);

// With what is lacking, for those who write.
void Fill(const ReintegrationPlan& plan, education::Day today, bool writes,
          v1::ReintegrationPlan* to);
absl::Status AnswerPlan(const PanelParts& parts, const service::Call& call,
                        storage::Transaction& transaction, const PlacementId& id,
                        v1::ReintegrationPlan* to);

// The plan is locked and stamped.
class PlanChange {
 public:
  PlanChange(storage::Transaction& transaction, ReintegrationPlan& locked, Placement placement)
      : transaction_(transaction), plan_(locked), placement_(std::move(placement)) {}

  storage::Transaction& transaction() { return transaction_; }
  ReintegrationPlan& plan() { return plan_; }
  const Placement& placement() const { return placement_; }

  // Moves on; FAILED_PRECONDITION as Next says.
  absl::Status Do(PlanAction action);
  // In the timeline.
  absl::Status Tell(std::string kind, std::string code = {}) const;
  // The placement, and with it the school the pupil goes to, follows an agreement, or one that is
  // given up (`agreed` false). For the authority only: others may not write the placement.
  absl::Status TellPlacement(const PanelParts& parts, service::Call& call, bool agreed);

 private:
  storage::Transaction& transaction_;
  ReintegrationPlan& plan_;
  Placement placement_;
};

struct SeenPlan {
  const std::string& placement_id;
  std::int64_t version;
};
// Locks, compares with what the caller saw, works and answers. The same call again answers without
// doing it twice. `detail` is for the access log.
absl::Status ChangePlan(const PanelParts& parts, service::Call& call, const SeenPlan& seen,
                        std::string_view detail,
                        const std::function<absl::Status(PlanChange&)>& work,
                        v1::ReintegrationPlan* response);

}  // namespace pathways::panel
