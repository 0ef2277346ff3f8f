// Who owes what by when, in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/rows.h"
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
// With the columns of the table, and what_text.
Action ReadAction(const storage::Row& row);

absl::Status InsertAction(storage::Transaction& transaction, const Action& action,
                          education::Instant now);
absl::StatusOr<Action> FindAction(storage::Transaction& transaction, const ActionId& id);

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
