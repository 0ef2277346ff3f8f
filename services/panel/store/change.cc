#include "services/panel/store/change.h"

#include "services/panel/store/agenda_store.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/placement_store.h"

namespace pathways::panel {
namespace {

absl::Status Finish(storage::Transaction& transaction, const Pen& pen,
                    const std::vector<events::NewEvent>& events, const access::AccessEntry& entry) {
  if (!events.empty()) {
    auto status = pen.outbox.Append(transaction, events, pen.traceparent);
    if (!status.ok()) return status;
  }
  return access::RecordAccess(transaction, pen.access, std::span(&entry, 1));
}

std::string PersonIn(const std::string& person) {
  return person.starts_with("system:") ? std::string() : person;
}

v1::PlacementAnswered Answered(std::string_view answer) {
  v1::PlacementAnswered message;
  message.set_answer(std::string(answer));
  return message;
}

absl::Status TakeOffersBack(CaseChange& change, const Pen& pen) {
  const auto offers = OffersOf(change.transaction(), change.panel_case().id);
  if (!offers.ok()) return offers.status();
  for (const PlacementId& id : *offers) {
    auto placement = LockPlacement(change.transaction(), id);
    if (!placement.ok()) return placement.status();
    const PanelCase& panel_case = change.panel_case();
    Stamp(*placement, change.now(), panel_case.updated_by, panel_case.last_call);
    PlacementChange back(change.transaction(), *placement);
    absl::Status status = back.Do(PlacementAction::kWithdraw);
    if (status.ok()) status = back.Tell("offer_withdrawn", "case_closed");
    if (status.ok()) back.Publish(Answered("withdrawn"));
    if (status.ok()) status = back.Write(pen, "panel placement offer withdrawn");
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CaseChange::Do(CaseAction action) {
  const auto next = Next(case_.state, action);
  if (!next.ok()) return next.status();
  case_.state = *next;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::int64_t>> CaseChange::Tell(std::string kind, std::string code,
                                                             std::string note) {
  return AddEntry(transaction_, {.panel_case = case_.id,
                                 .pupil = case_.pupil,
                                 .urn = case_.urn,
                                 .la_code = case_.la_code,
                                 .at = now(),
                                 .kind = std::move(kind),
                                 .code = std::move(code),
                                 .note = std::move(note),
                                 .trace_id = case_.origin_trace_id});
}

void CaseChange::FillFacts(v1::CaseFacts* facts) const {
  facts->set_case_id(case_.id.ToString());
  facts->set_pupil_id(case_.pupil.ToString());
  facts->set_urn(case_.urn.value());
  facts->set_la_code(case_.la_code.value());
  facts->set_origin(std::string(kOriginNames.Of(case_.origin)));
  if (case_.exclusion) facts->set_exclusion_id(case_.exclusion->ToString());
  facts->set_at(education::InstantToString(now()));
  facts->set_person_id(PersonIn(case_.updated_by));
}

absl::Status CaseChange::Write(const Pen& pen, std::string_view detail) {
  if (auto status = UpdateCase(transaction_, case_); !status.ok()) return status;
  return WriteInserted(pen, detail);
}

absl::Status CaseChange::WriteInserted(const Pen& pen, std::string_view detail) {
  return Finish(transaction_, pen, events_, Touched(access::Action::kWrite, case_, detail));
}

absl::Status PlacementChange::Do(PlacementAction action) {
  const auto next = Next(placement_.state, action);
  if (!next.ok()) return next.status();
  placement_.state = *next;
  return absl::OkStatus();
}

absl::Status PlacementChange::Tell(std::string kind, std::string code, std::string note) {
  return AddEntry(transaction_, {.panel_case = placement_.panel_case,
                                 .pupil = placement_.pupil,
                                 .urn = placement_.urn,
                                 .la_code = placement_.la_code,
                                 .at = now(),
                                 .kind = std::move(kind),
                                 .code = std::move(code),
                                 .note = std::move(note),
                                 .trace_id = placement_.origin_trace_id,
                                 .placement = placement_.id})
      .status();
}

void PlacementChange::FillFacts(v1::PlacementFacts* facts) const {
  facts->set_placement_id(placement_.id.ToString());
  facts->set_case_id(placement_.panel_case.ToString());
  facts->set_pupil_id(placement_.pupil.ToString());
  facts->set_urn(placement_.urn.value());
  facts->set_la_code(placement_.la_code.value());
  if (placement_.provider) facts->set_provider_id(placement_.provider->ToString());
  if (placement_.programme) facts->set_programme_id(placement_.programme->ToString());
  if (placement_.receiving) facts->set_receiving_urn(placement_.receiving->value());
  facts->set_tier(placement_.tier);
  for (std::string& day : NamesOf(placement_.days)) facts->add_days(std::move(day));
  facts->set_start_day(placement_.start_day.ToIso());
  if (placement_.planned_end) facts->set_planned_end(placement_.planned_end->ToIso());
  facts->set_at(education::InstantToString(now()));
  facts->set_person_id(PersonIn(placement_.updated_by));
}

absl::Status PlacementChange::Write(const Pen& pen, std::string_view detail) {
  if (auto status = UpdatePlacement(transaction_, placement_); !status.ok()) {
    return status;
  }
  if (!HoldsPlace(placement_.state)) {
    if (auto status = FreePlaces(transaction_, placement_); !status.ok()) return status;
  }
  return Finish(transaction_, pen, events_, Touched(access::Action::kWrite, placement_, detail));
}

absl::Status CloseCase(CaseChange& change, const Pen& pen, CaseAction action,
                       std::string_view reason, const std::string& words) {
  PanelCase& panel_case = change.panel_case();
  const bool known_to_others = panel_case.referred_at.has_value();
  if (auto status = change.Do(action); !status.ok()) return status;
  auto status = RemoveFromAnyAgenda(change.transaction(), panel_case.id);
  if (!status.ok()) return status;
  if (status = TakeOffersBack(change, pen); !status.ok()) return status;
  panel_case.closed_reason = std::string(reason);
  const auto entry = change.Tell(action == CaseAction::kWithdraw ? "case_withdrawn" : "case_closed",
                                 std::string(reason), words);
  if (!entry.ok()) return entry.status();
  panel_case.closed_entry = *entry;
  if (known_to_others) {
    v1::CaseClosed message;
    message.set_reason(panel_case.closed_reason);
    change.Publish(std::move(message));
  }
  return change.Write(pen, "panel case closed");
}

}  // namespace pathways::panel
