#include "services/exclusions/reactions/risk_upkeep.h"

#include <chrono>
#include <vector>

#include "libs/service/trace.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/store/risk_store.h"
#include "services/exclusions/store/risk_weighing.h"
#include "services/exclusions/store/trace.h"

namespace pathways::exclusions {
namespace {

using education::PupilId;
using storage::Transaction;

constexpr char kName[] = "exclusions.risk";
constexpr std::int64_t kAtOnce = 1'000;
constexpr std::chrono::minutes kTime{2};

// Facts that changed go before days that passed.
absl::StatusOr<std::vector<PupilId>> Next(Transaction& transaction, education::Day today) {
  auto changed = TakeChanged(transaction, kAtOnce);
  if (!changed.ok() || !changed->empty()) return changed;
  return DueLooks(transaction, today, kAtOnce);
}

}  // namespace

absl::Status RiskUpkeep::Run() {
  for (;;) {
    const auto weighed = WeighSome();
    if (!weighed.ok()) return weighed.status();
    if (*weighed == 0) return absl::OkStatus();
  }
}

absl::StatusOr<std::size_t> RiskUpkeep::WeighSome() {
  return storage::RunInTransaction(
      pool_, storage::RowScope::System(kName), storage::Deadline::After(kTime),
      [&](Transaction& transaction) -> absl::StatusOr<std::size_t> {
        if (auto status = LockWeighing(transaction); !status.ok()) return status;
        const auto pupils = Next(transaction, clock_.Today());
        if (!pupils.ok()) return pupils.status();
        if (pupils->empty()) return std::size_t{0};
        const auto trace = service::TraceContext::New();
        if (auto status = BindTrace(transaction, trace.trace_id); !status.ok()) return status;
        const Weighing weighing{.outbox = &outbox_,
                                .ids = &ids_,
                                .now = clock_.Now(),
                                .today = clock_.Today(),
                                .traceparent = trace.ToTraceparent()};
        if (auto status = WeighPupils(transaction, *pupils, weighing); !status.ok()) return status;
        return pupils->size();
      });
}

}  // namespace pathways::exclusions
