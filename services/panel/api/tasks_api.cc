#include "services/panel/api/tasks_api.h"

#include <string>
#include <vector>

#include "pathways/panel/v1/tasks.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/task_sending.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

void Fill(const SentTask& task, education::Day today, v1::Task* to) {
  const Action& action = task.action;
  to->set_task_id(action.id.ToString());
  to->set_case_id(action.panel_case.ToString());
  to->set_reference(task.reference);
  to->set_pupil_id(action.pupil.ToString());
  to->set_urn(action.urn.value());
  to->set_la_code(action.la_code.value());
  to->set_what(action.what);
  to->set_code(task.code);
  to->set_owner_agency(action.agency);
  if (task.owner_urn) to->set_owner_urn(task.owner_urn->value());
  if (action.owner) to->set_owner_person_id(action.owner->ToString());
  to->set_due(action.due.ToIso());
  to->set_overdue(!action.done_on && action.due < today);
  to->set_sent_at(education::InstantToString(task.sent_at));
  if (action.done_on) to->set_done_on(action.done_on->ToIso());
  to->set_done_by(PersonIn(action.done_by));
  to->set_mine(task.mine);
}

class Tasks {
 public:
  explicit Tasks(const PanelParts& parts) : parts_(parts) {}

  absl::Status List(const Call& call, const v1::ListTasksRequest& request,
                    v1::ListTasksResponse* response) const {
    const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
    if (!page.ok()) return page.status();
    const education::Day today = parts_.clock->Today();
    TaskFilter filter{.mine = request.mine(),
                      .done = request.done(),
                      .offset = page->offset,
                      .limit = page->size};
    if (request.overdue()) filter.due_before = today;
    const auto found =
        Reading(parts_, call, [&](Transaction& transaction) -> absl::StatusOr<TaskPage> {
          auto tasks = ListTasks(transaction, filter);
          if (!tasks.ok()) return tasks.status();
          std::vector<Action> actions;
          for (const SentTask& one : tasks->tasks) actions.push_back(one.action);
          auto status = RecordReads(transaction, call, actions, "panel task");
          if (!status.ok()) return status;
          return tasks;
        });
    if (!found.ok()) return found.status();
    for (const SentTask& one : found->tasks) Fill(one, today, response->add_tasks());
    response->set_total(found->total);
    response->set_next_page_token(page->NextToken(found->tasks.size(), found->total));
    return absl::OkStatus();
  }

  absl::Status Complete(Call& call, const v1::CompleteTaskRequest& request,
                        v1::CompleteTaskResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<ActionId>("task_id", request.task_id());
    const education::Day today = parts_.clock->Today();
    const education::Day day = read.OptionalDay("done_on", request.done_on()).value_or(today);
    if (day > today) read.wrong().Add("done_on", "Choose today or an earlier day");
    if (!read.good()) return read.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      if (auto found = FindTask(transaction, *id); !found.ok()) return found.status();
      auto status = FinishTask(parts_, call, transaction, *id, day);
      if (!status.ok()) return status;
      const auto task = FindTask(transaction, *id);
      if (!task.ok()) return task.status();
      if (!task->action.done_on) {
        return absl::PermissionDeniedError("This task is another's to do");
      }
      Fill(*task, today, response->mutable_task());
      return absl::OkStatus();
    });
  }

  absl::Status Count(const Call& call, v1::CountTasksResponse* response) const {
    const auto counts = Reading(parts_, call, [&](Transaction& transaction) {
      return CountTasks(transaction, parts_.clock->Today());
    });
    if (!counts.ok()) return counts.status();
    response->set_mine(counts->mine);
    response->set_mine_overdue(counts->mine_overdue);
    response->set_overdue(counts->overdue);
    return absl::OkStatus();
  }

 private:
  const PanelParts& parts_;
};

}  // namespace

// Any agency's people may owe something, so any that read about pupils may ask; row-level security
// says what is theirs.
service::Endpoint TasksEndpoint(const PanelParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.TasksService");
  endpoint
      .Unary<v1::ListTasksRequest, v1::ListTasksResponse>(
          "ListTasks", Permission::kReadPupil,
          [parts](Call& c, const auto& q, auto* r) { return Tasks(parts).List(c, q, r); })
      .Unary<v1::CompleteTaskRequest, v1::CompleteTaskResponse>(
          "CompleteTask", Permission::kReadPupil,
          [parts](Call& c, const auto& q, auto* r) { return Tasks(parts).Complete(c, q, r); })
      .Unary<v1::CountTasksRequest, v1::CountTasksResponse>(
          "CountTasks", Permission::kReadPupil,
          [parts](Call& c, const auto&, auto* r) { return Tasks(parts).Count(c, r); });
  return endpoint;
}

}  // namespace pathways::panel
