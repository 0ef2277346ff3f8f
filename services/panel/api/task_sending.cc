#include "services/panel/api/task_sending.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "libs/education/working_calendar.h"
#include "pathways/panel/v1/task_events.pb.h"
#include "services/panel/domain/minutes.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/sitting_store.h"

namespace pathways::panel {
namespace {

using storage::Transaction;

constexpr std::chrono::seconds kLimit{10};

void FillFacts(const SentTask& task, education::Instant at, v1::TaskFacts* facts) {
  const Action& action = task.action;
  facts->set_task_id(action.id.ToString());
  facts->set_case_id(action.panel_case.ToString());
  facts->set_pupil_id(action.pupil.ToString());
  facts->set_urn(action.urn.value());
  facts->set_la_code(action.la_code.value());
  facts->set_owner_agency(action.agency);
  if (task.owner_urn) facts->set_owner_urn(task.owner_urn->value());
  if (action.owner) facts->set_owner_person_id(action.owner->ToString());
  facts->set_code(task.code);
  facts->set_due(action.due.ToIso());
  facts->set_at(education::InstantToString(at));
}

template <typename Message>
events::NewEvent EventOf(Message message, const SentTask& task, education::Instant at) {
  FillFacts(task, at, message.mutable_facts());
  return events::MakeEvent(message, "task/" + task.action.id.ToString(), task.event_version,
                           task.action.pupil.ToString());
}

NewEntry EntryOf(const SentTask& task, education::Instant at, std::string kind, std::string note) {
  const Action& action = task.action;
  return {.panel_case = action.panel_case,
          .pupil = action.pupil,
          .urn = action.urn,
          .la_code = action.la_code,
          .at = at,
          .kind = std::move(kind),
          .note = std::move(note),
          .trace_id = task.trace_id};
}

// "School, by 1 December 2026: ..."
std::string InWords(const SentTask& task) {
  return AgencyInWords(task.action.agency) + ", by " + task.action.due.ToUk() + ": " +
         task.action.what;
}

// One entry a case, an event a task.
absl::Status Announce(events::Outbox& outbox, Transaction& transaction,
                      const std::vector<SentTask>& tasks, education::Instant now,
                      const std::string& traceparent) {
  if (tasks.empty()) return absl::OkStatus();
  std::vector<events::NewEvent> events;
  std::map<CaseId, NewEntry> entries;
  for (const SentTask& task : tasks) {
    events.push_back(EventOf(v1::TaskSent(), task, now));
    const auto [entry, first] =
        entries.try_emplace(task.action.panel_case, EntryOf(task, now, "tasks_sent", ""));
    entry->second.note += (first ? "" : "\n") + InWords(task);
  }
  for (const auto& [id, entry] : entries) {
    if (auto added = AddEntry(transaction, entry); !added.ok()) return added.status();
  }
  return outbox.Append(transaction, events, traceparent);
}

absl::Status AddFollowing(const PanelParts& parts, Transaction& transaction, const SittingId& id,
                          education::Day day) {
  const auto decisions = ListDecisions(transaction, std::nullopt, id);
  if (!decisions.ok()) return decisions.status();
  for (const Decision& decision : *decisions) {
    if (decision.state != DecisionState::kFinal) continue;
    for (const Task& task : TasksOf(decision.terms, day, education::WorkingCalendar::England())) {
      auto status =
          InsertTask(transaction, ActionId::New(*parts.ids), decision, task, parts.clock->Now());
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SendIfDue(const PanelParts& parts, const service::Call& call, Transaction& transaction,
                       const ActionId& id) {
  const education::Instant now = parts.clock->Now();
  const auto sent = SendAction(transaction, id, now);
  if (!sent.ok()) return sent.status();
  if (!*sent) return absl::OkStatus();
  return Announce(*parts.outbox, transaction, {**sent}, now, call.trace().ToTraceparent());
}

absl::Status FinishTask(const PanelParts& parts, const service::Call& call,
                        Transaction& transaction, const ActionId& id, education::Day day) {
  const auto done = MarkDone(transaction, id, day);
  if (!done.ok()) return done.status();
  if (!*done) return absl::OkStatus();
  const SentTask& task = **done;
  const education::Instant now = parts.clock->Now();
  NewEntry entry = EntryOf(task, now, "task_done", "");
  entry.kept_words = task.words;
  if (auto added = AddEntry(transaction, entry); !added.ok()) return added.status();
  v1::TaskDone message;
  message.set_done_on(day.ToIso());
  const auto event = EventOf(std::move(message), task, now);
  auto status =
      parts.outbox->Append(transaction, std::span(&event, 1), call.trace().ToTraceparent());
  if (!status.ok()) return status;
  const access::AccessEntry touched =
      Touched(access::Action::kWrite, task.action, "panel task done");
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&touched, 1));
}

absl::Status TaskSending::OfSitting(const SittingId& id, const service::TraceContext& trace) const {
  return storage::RunInTransaction(
      *parts_.pool, storage::RowScope::System("panel.tasks"), storage::Deadline::After(kLimit),
      [&](Transaction& transaction) -> absl::Status {
        const education::Instant now = parts_.clock->Now();
        const auto claimed = ClaimSending(transaction, id, now);
        if (!claimed.ok()) return claimed.status();
        if (!*claimed) return absl::OkStatus();
        const auto sitting = FindSitting(transaction, id);
        if (!sitting.ok()) return sitting.status();
        auto status = AddFollowing(parts_, transaction, id, sitting->day);
        if (!status.ok()) return status;
        const auto sent = SendActions(transaction, id, now);
        if (!sent.ok()) return sent.status();
        return Announce(*parts_.outbox, transaction, *sent, now, trace.ToTraceparent());
      });
}

absl::Status TaskSending::Rest() const {
  const auto left = storage::RunInTransaction(
      *parts_.pool, storage::RowScope::System("panel.tasks"), storage::Deadline::After(kLimit),
      [](Transaction& transaction) { return SittingsToSend(transaction); });
  if (!left.ok()) return left.status();
  for (const SittingId& id : *left) {
    if (auto status = OfSitting(id, service::TraceContext::New()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
