// Panels, sittings and their members in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/sitting.h"

namespace pathways::panel {

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Panel> LockPanel(storage::Transaction& transaction, const PanelId& id);
// By name.
absl::StatusOr<std::vector<Panel>> ListPanels(storage::Transaction& transaction);
// ALREADY_EXISTS when its id or name is taken.
absl::Status InsertPanel(storage::Transaction& transaction, const Panel& panel);
absl::Status UpdatePanel(storage::Transaction& transaction, const Panel& panel);

absl::StatusOr<Sitting> FindSitting(storage::Transaction& transaction, const SittingId& id);
// Nobody else changes it, or its agenda, until the transaction ends.
absl::StatusOr<Sitting> LockSitting(storage::Transaction& transaction, const SittingId& id);
absl::Status InsertSitting(storage::Transaction& transaction, const Sitting& sitting);
absl::Status UpdateSitting(storage::Transaction& transaction, const Sitting& sitting);

struct SittingFilter {
  std::vector<SittingState> states;  // empty: all
  std::string phase = {};            // empty: both
  std::optional<education::Day> from = {};
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct SittingPage {
  std::vector<Sitting> sittings;  // earliest first
  std::int64_t total = 0;
};
absl::StatusOr<SittingPage> ListSittings(storage::Transaction& transaction,
                                         const SittingFilter& filter);
// Planned ones whose papers are still to go out, earliest first.
absl::StatusOr<std::vector<SittingId>> SittingsToFill(storage::Transaction& transaction,
                                                      education::LaCode la_code, Phase phase,
                                                      education::Day today);

// The chair first, then by seat.
absl::StatusOr<std::vector<Member>> ReadMembers(storage::Transaction& transaction,
                                                const SittingId& id);
absl::Status ReplaceMembers(storage::Transaction& transaction, const SittingId& id,
                            const std::vector<Member>& members);
// The number of members among them.
absl::StatusOr<std::int64_t> KeepAttendance(storage::Transaction& transaction, const SittingId& id,
                                            const std::vector<education::PersonId>& there);

}  // namespace pathways::panel
