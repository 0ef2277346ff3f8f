#include "services/panel/api/plan_change.h"

#include "libs/education/clock.h"
#include "services/panel/api/messages.h"

namespace pathways::panel {

using access::Permission;
using education::Day;
using storage::Transaction;

namespace {

std::string IsoOf(const std::optional<Day>& day) { return day ? day->ToIso() : std::string(); }

void Fill(const ReintegrationStep& step, Day today, v1::PlanStep* to) {
  to->set_step_id(step.id.ToString());
  to->set_what(step.what);
  to->set_owner_agency(step.owner);
  to->set_due(step.due.ToIso());
  to->set_done_on(IsoOf(step.done_on));
  to->set_done_by(PersonIn(step.done_by));
  to->set_overdue(!step.done_on && step.due < today);
}

void Fill(const ReturnReview& review, v1::ReturnReview* to) {
  to->set_day(review.day.ToIso());
  to->set_outcome(std::string(kReturnOutcomeNames.Of(review.outcome)));
  to->set_words(review.words);
  to->set_next_review(IsoOf(review.next_review));
  to->set_person_id(PersonIn(review.person));
}

}  // namespace

bool MayWritePlans(const access::Caller& caller) {
  return WorksForAuthority(caller) || caller.May(Permission::kWritePlacement) ||
         caller.Has(access::Role::kSchool);
}

void Fill(const ReintegrationPlan& plan, Day today, bool writes, v1::ReintegrationPlan* to) {
  to->set_placement_id(plan.placement.ToString());
  to->set_case_id(plan.panel_case.ToString());
  to->set_pupil_id(plan.pupil.ToString());
  to->set_urn(plan.urn.value());
  to->set_la_code(plan.la_code.value());
  to->set_state(ToMessage<v1::PlanState>(plan.state));
  to->set_version(plan.version);
  to->set_to_urn(plan.to_urn.value());
  to->set_first_day(plan.first_day.ToIso());
  to->set_phased_until(IsoOf(plan.phased_until));
  to->set_support(plan.support);
  to->set_pupil_view(plan.pupil_view);
  to->set_parent_view(plan.parent_view);
  for (const ReintegrationStep& step : plan.steps) Fill(step, today, to->add_steps());
  to->set_next_review(IsoOf(plan.next_review));
  for (const ReturnReview& review : plan.reviews) Fill(review, to->add_reviews());
  if (plan.agreed_at) to->set_agreed_at(education::InstantToString(*plan.agreed_at));
  to->set_agreed_by(PersonIn(plan.agreed_by));
  to->set_parents_agree(plan.parents_agree);
  to->set_updated_at(education::InstantToString(plan.updated_at));
  to->set_updated_by(PersonIn(plan.updated_by));
  if (!writes || plan.state != PlanState::kDraft) return;
  for (const forms::Problem& problem : WhatAgreementLacks(plan, true)) to->add_lacks(problem.words);
}

absl::Status AnswerPlan(const PanelParts& parts, const service::Call& call,
                        Transaction& transaction, const PlacementId& id,
                        v1::ReintegrationPlan* to) {
  const auto plan = FindPlan(transaction, id);
  if (!plan.ok()) return plan.status();
  const auto placement = FindPlacement(transaction, id);
  if (!placement.ok()) return placement.status();
  to->Clear();
  Fill(*plan, parts.clock->Today(), MayWritePlans(call.caller()), to);
  to->set_from_name(placement->name);
  return absl::OkStatus();
}

absl::Status PlanChange::Do(PlanAction action) {
  const auto next = Next(plan_.state, action);
  if (!next.ok()) return next.status();
  plan_.state = *next;
  return absl::OkStatus();
}

absl::Status PlanChange::Tell(std::string kind, std::string code) const {
  return AddEntry(transaction_, {.panel_case = plan_.panel_case,
                                 .pupil = plan_.pupil,
                                 .urn = plan_.urn,
                                 .la_code = plan_.la_code,
                                 .at = plan_.updated_at,
                                 .kind = std::move(kind),
                                 .code = std::move(code),
                                 .trace_id = placement_.origin_trace_id,
                                 .placement = plan_.placement})
      .status();
}

absl::Status PlanChange::TellPlacement(const PanelParts& parts, service::Call& call, bool agreed) {
  auto placement = LockPlacement(transaction_, plan_.placement);
  if (!placement.ok()) return placement.status();
  Stamp(*placement, plan_.updated_at, plan_.updated_by, plan_.last_call);
  v1::ReintegrationPlanned message;
  if (agreed) {
    message.set_to_urn(plan_.to_urn.value());
    message.set_day(plan_.first_day.ToIso());
    placement->reintegration_urn = plan_.to_urn;
    placement->reintegration_day = plan_.first_day;
  } else {
    placement->reintegration_urn.reset();
    placement->reintegration_day.reset();
  }
  PlacementChange change(transaction_, *placement);
  change.Publish(std::move(message));
  return change.Write(PenOf(parts, call, placement->origin_trace_id), "panel return planned");
}

absl::Status ChangePlan(const PanelParts& parts, service::Call& call, const SeenPlan& seen,
                        std::string_view detail,
                        const std::function<absl::Status(PlanChange&)>& work,
                        v1::ReintegrationPlan* response) {
  const auto id = ReadId<PlacementId>("placement_id", seen.placement_id);
  if (!id.ok()) return id.status();
  return Writing(parts, call, [&](Transaction& transaction) -> absl::Status {
    const std::string& person = transaction.scope().person;
    auto plan = LockPlan(transaction, *id);
    if (!plan.ok()) return plan.status();
    const auto compared = CompareVersion(*plan, seen.version, call, person, "The plan");
    if (!compared.ok()) return compared.status();
    if (*compared == Seen::kCurrent) {
      auto placement = FindPlacement(transaction, *id);
      if (!placement.ok()) return placement.status();
      Stamp(*plan, parts.clock->Now(), person, call.request_id());
      PlanChange change(transaction, *plan, *std::move(placement));
      if (auto status = work(change); !status.ok()) return status;
      const auto entry = Touched(access::Action::kWrite, *plan, detail);
      auto status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
      if (!status.ok()) return status;
    }
    return AnswerPlan(parts, call, transaction, *id, response);
  });
}

}  // namespace pathways::panel
