// The figures of ImpactService as messages.
#pragma once

#include "libs/storage/run_in_transaction.h"
#include "libs/storage/transaction.h"
#include "pathways/panel/v1/impact.pb.h"
#include "services/panel/api/impact_api.h"
#include "services/panel/store/impact_store.h"

namespace pathways::panel {

// What a caller sees of an authority.
struct ImpactSight {
  ImpactSpan span;
  // Works with the cases: sees every number. Otherwise a school, which sees the authority as a
  // whole.
  bool casework = false;
  storage::RowScope scope;  // to read with
};
// NOT_FOUND for an authority that is not the caller's.
absl::StatusOr<ImpactSight> LookAtImpact(const ImpactParts& parts, const service::Call& call,
                                         const v1::ImpactScope& scope);
// PERMISSION_DENIED for those who do not work with the cases.
absl::StatusOr<ImpactSight> LookAtCasework(const ImpactParts& parts, const service::Call& call,
                                           const v1::ImpactScope& scope);
void Fill(const ImpactSpan& span, v1::ImpactSpan* to);

template <typename Work>
auto ReadingImpact(const ImpactParts& parts, const service::Call& call, const ImpactSight& sight,
                   Work&& work) {
  return storage::RunInTransaction(*parts.pool, sight.scope, call.deadline(),
                                   std::forward<Work>(work));
}

// "12.34", halves away from zero.
std::string Decimals(double value, int places);

// Each may be asked for by itself or as part of the file.
absl::Status FillFairness(const ImpactParts& parts, const service::Call& call,
                          const ImpactSight& sight, v1::GetFairnessResponse* response);
absl::Status FillEffects(const ImpactParts& parts, const service::Call& call,
                         const ImpactSight& sight, v1::GetEffectsResponse* response);
absl::Status FillReturns(const ImpactParts& parts, const service::Call& call,
                         const ImpactSight& sight, v1::GetReturnsResponse* response);

// All of it as CSV, a row a figure.
std::string ImpactCsv(const v1::GetFairnessResponse& fairness,
                      const v1::GetEffectsResponse& effects, const v1::GetReturnsResponse& returns);

}  // namespace pathways::panel
