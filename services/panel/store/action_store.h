// Who owes what by when, in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/panel_case.h"

namespace pathways::panel {

using ActionId = education::Uuid<struct ActionIdTag>;

struct Action {
  ActionId id;
  CaseId panel_case;
  std::optional<SittingId> sitting = {};
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::string what;  // empty for those not on the case
  std::optional<education::PersonId> owner = {};
  std::string agency = {};
  education::Day due;
  std::optional<education::Day> done_on = {};
  std::string done_by = {};
};

// ALREADY_EXISTS when its id is taken.
absl::Status InsertAction(storage::Transaction& transaction, const Action& action,
                          education::Instant now);
absl::StatusOr<Action> FindAction(storage::Transaction& transaction, const ActionId& id);
// Once; later calls change nothing.
absl::Status FinishAction(storage::Transaction& transaction, const ActionId& id,
                          education::Day day);

struct ActionFilter {
  std::optional<CaseId> panel_case = {};
  std::optional<SittingId> sitting = {};
  bool owed = false;
  bool mine = false;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct ActionPage {
  std::vector<Action> actions;  // earliest due first
  std::int64_t total = 0;
};
absl::StatusOr<ActionPage> ListActions(storage::Transaction& transaction,
                                       const ActionFilter& filter);

}  // namespace pathways::panel
