// Who owes what by when.
#include <string>

#include "libs/forms/words.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/task_sending.h"
#include "services/panel/domain/tasks.h"
#include "services/panel/store/action_store.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

class Actions {
 public:
  explicit Actions(const PanelParts& parts) : parts_(parts) {}

  absl::Status Add(Call& call, const v1::AddActionRequest& request,
                   v1::AddActionResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<ActionId>("action_id", request.action_id());
    const auto case_id = read.Needed<CaseId>("case_id", request.case_id());
    const auto sitting = read.Optional<SittingId>("sitting_id", request.sitting_id());
    const auto owner =
        read.Optional<education::PersonId>("owner_person_id", request.owner_person_id());
    const auto due = read.NeededDay("due", request.due());
    const std::string what = forms::Tidy(request.what());
    if (auto problem = forms::CheckWords("what", what, kLeastWords, kMostWords)) {
      read.wrong().Add(problem->field, problem->words);
    }
    const std::string& agency = request.owner_agency();
    const bool known = std::ranges::find(kAgencies, agency) != kAgencies.end();
    if (owner.has_value() == known || (!agency.empty() && !known)) {
      read.wrong().Add("owner_agency", "Choose a person or an agency");
    }
    if (!read.good()) return read.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto panel_case = FindCase(transaction, *case_id);
      if (!panel_case.ok()) return panel_case.status();
      const Action action{.id = *id,
                          .panel_case = *case_id,
                          .sitting = sitting,
                          .pupil = panel_case->pupil,
                          .urn = panel_case->urn,
                          .la_code = panel_case->la_code,
                          .what = what,
                          .owner = owner,
                          .agency = agency,
                          .due = *due};
      return Keep(call, transaction, action, response->mutable_action());
    });
  }

  absl::Status Complete(Call& call, const v1::CompleteActionRequest& request,
                        v1::CompleteActionResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<ActionId>("action_id", request.action_id());
    const education::Day today = parts_.clock->Today();
    const education::Day day = read.OptionalDay("done_on", request.done_on()).value_or(today);
    if (day > today) read.wrong().Add("done_on", "Choose today or an earlier day");
    if (!read.good()) return read.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      if (auto found = FindAction(transaction, *id); !found.ok()) return found.status();
      auto status = FinishTask(parts_, call, transaction, *id, day);
      if (!status.ok()) return status;
      const auto action = FindAction(transaction, *id);
      if (!action.ok()) return action.status();
      if (!action->done_on) return absl::PermissionDeniedError("This action is another's to do");
      Fill(*action, today, response->mutable_action());
      return absl::OkStatus();
    });
  }

  absl::Status List(const Call& call, const v1::ListActionsRequest& request,
                    v1::ListActionsResponse* response) const {
    const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
    if (!page.ok()) return page.status();
    FieldReader read;
    ActionFilter filter{.panel_case = read.Optional<CaseId>("case_id", request.case_id()),
                        .sitting = read.Optional<SittingId>("sitting_id", request.sitting_id()),
                        .owed = request.owed(),
                        .mine = request.mine(),
                        .offset = page->offset,
                        .limit = page->size};
    if (!read.good()) return read.status();
    const auto found =
        Reading(parts_, call, [&](Transaction& transaction) -> absl::StatusOr<ActionPage> {
          auto actions = ListActions(transaction, filter);
          if (!actions.ok()) return actions.status();
          auto status = RecordReads(transaction, call, actions->actions, "panel action");
          if (!status.ok()) return status;
          return actions;
        });
    if (!found.ok()) return found.status();
    for (const Action& one : found->actions) {
      Fill(one, parts_.clock->Today(), response->add_actions());
    }
    response->set_total(found->total);
    response->set_next_page_token(page->NextToken(found->actions.size(), found->total));
    return absl::OkStatus();
  }

 private:
  absl::Status Keep(const Call& call, Transaction& transaction, const Action& action,
                    v1::Action* to) const {
    const auto known = FindAction(transaction, action.id);
    if (known.ok()) {
      Fill(*known, parts_.clock->Today(), to);
      return absl::OkStatus();
    }
    auto status = InsertAction(transaction, action, parts_.clock->Now());
    if (status.ok()) status = SendIfDue(parts_, call, transaction, action.id);
    if (!status.ok()) return status;
    Fill(action, parts_.clock->Today(), to);
    const access::AccessEntry entry = Touched(access::Action::kWrite, action, "panel action added");
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  const PanelParts& parts_;
};

}  // namespace

void AddActions(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::AddActionRequest, v1::AddActionResponse>(
          "AddAction", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Actions(parts).Add(c, q, r); })
      // Row-level security says whose it is.
      .Unary<v1::CompleteActionRequest, v1::CompleteActionResponse>(
          "CompleteAction", Permission::kReadPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Actions(parts).Complete(c, q, r); })
      .Unary<v1::ListActionsRequest, v1::ListActionsResponse>(
          "ListActions", Permission::kReadPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Actions(parts).List(c, q, r); });
}

}  // namespace pathways::panel
