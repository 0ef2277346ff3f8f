// Tasks go out: when a sitting closes, and actions that are added later at once.
#pragma once

#include "libs/events/outbox.h"
#include "libs/storage/pool.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/task_store.h"

namespace pathways::panel {

// Sends an action whose sitting is over, or that belongs to none, within the caller's transaction.
absl::Status SendIfDue(const PanelParts& parts, const service::Call& call,
                       storage::Transaction& transaction, const ActionId& id);

// Done, as who owes it says; told in the timeline and, where it was sent, to others. Nothing
// happens when it is done already, or another's to do.
absl::Status FinishTask(const PanelParts& parts, const service::Call& call,
                        storage::Transaction& transaction, const ActionId& id, education::Day day);

// Sends the tasks of closed sittings: whoever closed one may have an interest in a case, so this is
// done by nobody, in a transaction for each sitting. Any number at once, each sitting once.
class TaskSending {
 public:
  explicit TaskSending(const PanelParts& parts) : parts_(parts) {}

  absl::Status OfSitting(const SittingId& id, const service::TraceContext& trace) const;
  // Those that a stop in between left over.
  absl::Status Rest() const;

 private:
  const PanelParts& parts_;
};

}  // namespace pathways::panel
