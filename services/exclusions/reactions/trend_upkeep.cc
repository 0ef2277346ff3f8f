#include "services/exclusions/reactions/trend_upkeep.h"

#include <chrono>

#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/store/ledger.h"
#include "services/exclusions/store/trend_cells.h"
#include "services/exclusions/store/trend_headcounts.h"

namespace pathways::exclusions {
namespace {

using storage::Transaction;

constexpr int kPupilsAtOnce = 500;
constexpr std::chrono::minutes kLongest{10};

template <typename Work>
auto AsSystem(storage::Pool& pool, Work work) {
  return storage::RunInTransaction(pool, storage::RowScope::System("exclusions.trends"),
                                   storage::Deadline::After(kLongest), work);
}

}  // namespace

absl::Status TrendUpkeep::Run() {
  if (auto status = BuildIfMissing(); !status.ok()) return status;
  if (auto status = CountHeads(); !status.ok()) return status;
  if (!follow_) return absl::OkStatus();
  if (auto status = FollowSchools(); !status.ok()) return status;
  follow_ = false;
  return absl::OkStatus();
}

absl::Status TrendUpkeep::BuildIfMissing() {
  return AsSystem(pool_, [](Transaction& transaction) {
    const auto missing = TrendIsMissing(transaction);
    if (!missing.ok() || !*missing) return missing.status();
    return RebuildTrend(transaction);
  });
}

// Headcounts change when a school does, too.
absl::Status TrendUpkeep::CountHeads() {
  const auto counted = AsSystem(pool_, [&](Transaction& transaction) {
    return BringHeadcountsUpToDate(transaction, clock_.Today());
  });
  if (!counted.ok()) return counted.status();
  follow_ = follow_ || *counted > 0;
  return absl::OkStatus();
}

absl::Status TrendUpkeep::FollowSchools() {
  bool more = true;
  while (more) {
    const auto moved = AsSystem(pool_, [](Transaction& transaction) -> absl::StatusOr<std::size_t> {
      const auto pupils = PupilsOfChangedSchools(transaction, kPupilsAtOnce);
      if (!pupils.ok()) return pupils.status();
      if (pupils->empty()) return std::size_t{0};
      const auto ledger = Ledger::Open(transaction, *pupils);
      if (!ledger.ok()) return ledger.status();
      if (auto status = ledger->KeepFigures(transaction); !status.ok()) return status;
      return pupils->size();
    });
    if (!moved.ok()) return moved.status();
    more = *moved > 0;
  }
  return absl::OkStatus();
}

}  // namespace pathways::exclusions
