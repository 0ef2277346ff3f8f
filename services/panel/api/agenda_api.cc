// Agendas: filled, ordered, and who takes no part in a case.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/words.h"
#include "services/panel/api/agenda_filling.h"
#include "services/panel/api/sitting_change.h"
#include "services/panel/domain/agenda.h"
#include "services/panel/domain/decision.h"
#include "services/panel/store/agenda_store.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

class Agenda {
 public:
  explicit Agenda(const PanelParts& parts) : parts_(parts) {}

  absl::Status FillUp(Call& call, const v1::FillAgendaRequest& request,
                      v1::FillAgendaResponse* response) const {
    return ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) {
          return FillSitting(parts_, transaction, sitting, call.AccessContext()).status();
        },
        response->mutable_sitting());
  }

  absl::Status Reorder(Call& call, const v1::ReorderAgendaRequest& request,
                       v1::ReorderAgendaResponse* response) const {
    FieldReader read;
    std::vector<CaseId> wanted;
    for (const std::string& text : request.case_ids()) {
      if (const auto id = read.Needed<CaseId>("case_ids", text)) wanted.push_back(*id);
    }
    if (!read.good()) return read.status();
    return ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) -> absl::Status {
          const auto present = CasesOnAgenda(transaction, sitting.id);
          if (!present.ok()) return present.status();
          if (auto status = CheckOrder(*present, wanted); !status.ok()) {
            return service::FieldViolations().AddIfError("case_ids", status).ToStatus();
          }
          sitting.clerk_ordered = true;
          return OrderItems(transaction, sitting.id, wanted);
        },
        response->mutable_sitting());
  }

  absl::Status Add(Call& call, const v1::AddToAgendaRequest& request,
                   v1::AddToAgendaResponse* response) const {
    const auto id = ReadId<CaseId>("case_id", request.case_id());
    if (!id.ok()) return id.status();
    return ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) -> absl::Status {
          auto panel_case = LockCase(transaction, *id);
          if (!panel_case.ok()) return panel_case.status();
          auto status = CheckCanTake(sitting, sitting.cases, *panel_case);
          if (!status.ok()) return status;
          return TakeOn(parts_, transaction, sitting, *panel_case, "clerk", call.AccessContext());
        },
        response->mutable_sitting());
  }

  absl::Status Remove(Call& call, const v1::RemoveFromAgendaRequest& request,
                      v1::RemoveFromAgendaResponse* response) const {
    const auto id = ReadId<CaseId>("case_id", request.case_id());
    if (!id.ok()) return id.status();
    const std::string reason = forms::Tidy(request.reason());
    if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostWords)) {
      return service::InvalidField(problem->field, problem->words);
    }
    return ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) {
          return TakeOff(call, transaction, sitting, *id, reason);
        },
        response->mutable_sitting());
  }

  absl::Status Declare(Call& call, const v1::DeclareInterestRequest& request,
                       v1::DeclareInterestResponse* response) const {
    FieldReader read;
    const auto sitting = read.Needed<SittingId>("sitting_id", request.sitting_id());
    const auto id = read.Needed<CaseId>("case_id", request.case_id());
    const auto named = read.Optional<education::PersonId>("person_id", request.person_id());
    if (!read.good()) return read.status();
    const auto person = named ? named : call.caller().person;
    if (!person) return absl::PermissionDeniedError("Only a person declares an interest");
    if (person != call.caller().person && !call.caller().May(Permission::kManagePanel)) {
      return absl::PermissionDeniedError("Declare your own interests; the clerk may add others'");
    }
    response->set_person_id(person->ToString());
    return Writing(parts_, call, [&](Transaction& transaction) {
      return Keep(call, transaction, *sitting, *id, *person);
    });
  }

 private:
  absl::Status TakeOff(const Call& call, Transaction& transaction, const Sitting& sitting,
                       const CaseId& id, const std::string& reason) const {
    auto panel_case = LockCase(transaction, id);
    if (!panel_case.ok()) return panel_case.status();
    auto status = RemoveItem(transaction, sitting.id, id);
    if (!status.ok()) return status;
    Stamp(*panel_case, parts_.clock->Now(), transaction.scope().person, call.request_id());
    CaseChange change(transaction, *panel_case);
    if (status = change.Do(CaseAction::kUnschedule); !status.ok()) return status;
    panel_case->sitting.reset();
    panel_case->sealed = false;
    if (auto entry = change.Tell("case_unscheduled", "", reason); !entry.ok()) {
      return entry.status();
    }
    return change.Write(PenOf(parts_, call, panel_case->origin_trace_id),
                        "panel case taken off an agenda");
  }

  // Hidden from the person from the end of this transaction on: the last look is recorded.
  static absl::Status Keep(const Call& call, Transaction& transaction, const SittingId& sitting_id,
                           const CaseId& id, const education::PersonId& person) {
    const auto sitting = FindSitting(transaction, sitting_id);
    if (!sitting.ok()) return sitting.status();
    const auto panel_case = FindCase(transaction, id);
    if (!panel_case.ok()) return panel_case.status();
    const auto members = ReadMembers(transaction, sitting_id);
    if (!members.ok()) return members.status();
    if (std::ranges::find(*members, person, &Member::person) == members->end()) {
      return service::InvalidField("person_id", "Only a member of the sitting has an interest");
    }
    const auto present = CasesOnAgenda(transaction, sitting_id);
    if (!present.ok()) return present.status();
    if (std::ranges::find(*present, id) == present->end()) {
      return service::InvalidField("case_id", "The case is not on the agenda of this sitting");
    }
    const access::AccessEntry entry =
        Touched(access::Action::kWrite, *panel_case, "interest declared");
    auto status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
    if (!status.ok()) return status;
    return KeepInterest(transaction, *sitting, id, person);
  }

  const PanelParts& parts_;
};

}  // namespace

void AddAgenda(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::FillAgendaRequest, v1::FillAgendaResponse>(
          "FillAgenda", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Agenda(parts).FillUp(c, q, r); })
      .Unary<v1::ReorderAgendaRequest, v1::ReorderAgendaResponse>(
          "ReorderAgenda", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Agenda(parts).Reorder(c, q, r); })
      .Unary<v1::AddToAgendaRequest, v1::AddToAgendaResponse>(
          "AddToAgenda", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Agenda(parts).Add(c, q, r); })
      .Unary<v1::RemoveFromAgendaRequest, v1::RemoveFromAgendaResponse>(
          "RemoveFromAgenda", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Agenda(parts).Remove(c, q, r); })
      .Unary<v1::DeclareInterestRequest, v1::DeclareInterestResponse>(
          "DeclareInterest", Permission::kSitOnPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Agenda(parts).Declare(c, q, r); });
}

}  // namespace pathways::panel
