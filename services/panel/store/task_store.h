// Actions as tasks: sent, owed, done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/tasks.h"
#include "services/panel/store/action_store.h"
#include "services/panel/store/decision_store.h"

namespace pathways::panel {

// An action that was sent.
struct SentTask {
  Action action;
  std::string reference;   // of the case
  std::int64_t words = 0;  // id of what
  std::string code;        // empty: the panel wrote it itself
  std::optional<education::Urn> owner_urn = {};
  education::Instant sent_at{};
  std::int64_t event_version = 1;
  std::string trace_id = {};  // of the case; empty for those who do not see it
  bool mine = false;
};

// Closed sittings whose tasks have not gone out.
absl::StatusOr<std::vector<SittingId>> SittingsToSend(storage::Transaction& transaction);
// OK once: false when it has been done meanwhile. Locks the sitting.
absl::StatusOr<bool> ClaimSending(storage::Transaction& transaction, const SittingId& id,
                                  education::Instant now);
// One of those that follow from a decision; again is no error.
absl::Status InsertTask(storage::Transaction& transaction, const ActionId& id,
                        const Decision& decision, const Task& task, education::Instant now);
// Marks as sent what was not, and answers it.
absl::StatusOr<std::vector<SentTask>> SendActions(storage::Transaction& transaction,
                                                  const SittingId& sitting, education::Instant now);
// The same for one action; nothing while its sitting is not over.
absl::StatusOr<std::optional<SentTask>> SendAction(storage::Transaction& transaction,
                                                   const ActionId& id, education::Instant now);

// NOT_FOUND when the caller sees no such task that was sent.
absl::StatusOr<SentTask> FindTask(storage::Transaction& transaction, const ActionId& id);
// Done, when it was not and the caller may say so; the task as it then is. Nothing otherwise.
absl::StatusOr<std::optional<SentTask>> MarkDone(storage::Transaction& transaction,
                                                 const ActionId& id, education::Day day);

struct TaskFilter {
  bool mine = false;
  bool done = false;
  std::optional<education::Day> due_before = {};
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct TaskPage {
  std::vector<SentTask> tasks;
  std::int64_t total = 0;
};
absl::StatusOr<TaskPage> ListTasks(storage::Transaction& transaction, const TaskFilter& filter);

struct TaskCounts {
  std::int64_t mine = 0;
  std::int64_t mine_overdue = 0;
  std::int64_t overdue = 0;
};
absl::StatusOr<TaskCounts> CountTasks(storage::Transaction& transaction, education::Day today);

}  // namespace pathways::panel
