// Agendas, interests and sealed packs in the database.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/agenda.h"

namespace pathways::panel {

struct AgendaItem {
  PanelCase panel_case;
  int position = 0;
  std::string added_by;  // clock or clerk
  bool late = false;
  bool sealed = false;
  std::optional<DecisionId> decision = {};
  bool decided = false;
};
// Those the caller may see, in order.
absl::StatusOr<std::vector<AgendaItem>> ReadAgenda(storage::Transaction& transaction,
                                                   const SittingId& id);
// All cases on it, in order.
absl::StatusOr<std::vector<CaseId>> CasesOnAgenda(storage::Transaction& transaction,
                                                  const SittingId& id);
// Cases on it that have no decision signed off in this sitting.
absl::StatusOr<int> CountUndecided(storage::Transaction& transaction, const SittingId& id);

// Complete cases of the sitting's authority and phase that are on no agenda and that the clerk has
// not taken off this one; locked, skipping those somebody is changing.
absl::StatusOr<std::vector<Candidate>> WaitingCases(storage::Transaction& transaction,
                                                    const Sitting& sitting);
// Behind those that are on it.
absl::Status AddItem(storage::Transaction& transaction, const Sitting& sitting,
                     const PanelCase& panel_case, std::string_view added_by, bool late);
// Positions from 1 in this order.
absl::Status OrderItems(storage::Transaction& transaction, const SittingId& id,
                        const std::vector<CaseId>& order);
// In the order of the statutory clock.
absl::Status OrderItemsByClock(storage::Transaction& transaction, const SittingId& id);
// FAILED_PRECONDITION when the case is not on it.
absl::Status RemoveItem(storage::Transaction& transaction, const SittingId& sitting,
                        const CaseId& id);
// Takes it off whatever agenda it is on.
absl::Status RemoveFromAnyAgenda(storage::Transaction& transaction, const CaseId& id);
// The case was dealt with in this sitting, and another agenda may take it.
absl::Status FinishItem(storage::Transaction& transaction, const SittingId& sitting,
                        const CaseId& id);
// Those still on it are done (the sitting is over), or removed (it does not take place).
absl::Status FinishItems(storage::Transaction& transaction, const SittingId& id, bool took_place);

// Again is no error.
absl::Status KeepInterest(storage::Transaction& transaction, const Sitting& sitting,
                          const CaseId& id, const education::PersonId& person);
// By case, of all cases on the agenda.
using Interests = std::map<CaseId, std::set<education::PersonId>>;
absl::StatusOr<Interests> ReadInterests(storage::Transaction& transaction, const SittingId& id);

struct SealedPack {
  std::string content;
  std::string digest;  // hexadecimal
  bool intact = false;
  education::Instant sealed_at{};
  std::string sealed_by;
};
absl::Status SealPack(storage::Transaction& transaction, const SittingId& sitting,
                      const PanelCase& panel_case, const std::string& content,
                      education::Instant now);
// NOT_FOUND until it is sealed, and for those who may not see it.
absl::StatusOr<SealedPack> FindPack(storage::Transaction& transaction, const SittingId& sitting,
                                    const CaseId& id);
absl::Status KeepReading(storage::Transaction& transaction, const SittingId& sitting,
                         const CaseId& id, education::Instant now);
struct PackReading {
  CaseId panel_case;
  std::string person;
  std::string role;
  education::Instant at;
  std::string digest;
};
// Newest first, at most 500.
absl::StatusOr<std::vector<PackReading>> ReadReadings(storage::Transaction& transaction,
                                                      const SittingId& sitting,
                                                      const std::optional<CaseId>& only);

}  // namespace pathways::panel
