#include "services/panel/api/reintegration_api.h"

#include <optional>
#include <string>

#include "libs/forms/words.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/plan_change.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

// What a writer sends of a plan.
struct PlanSent {
  PlacementId placement;
  std::int64_t version;
  education::Urn to_urn;
  Day first_day;
  std::optional<Day> phased_until;
  std::optional<Day> next_review;
  std::string support, pupil_view, parent_view;

  void CopyTo(ReintegrationPlan& plan) const {
    plan.to_urn = to_urn;
    plan.first_day = first_day;
    plan.phased_until = phased_until;
    plan.next_review = next_review;
    plan.support = support;
    plan.pupil_view = pupil_view;
    plan.parent_view = parent_view;
  }
};

absl::StatusOr<PlanSent> ReadPlanSent(const v1::SavePlanRequest& request) {
  FieldReader read;
  const auto id = read.Needed<PlacementId>("placement_id", request.placement_id());
  const auto to_urn = education::Urn::FromInt(request.to_urn());
  if (!to_urn.ok()) read.wrong().Add("to_urn", "Choose the school the pupil goes to");
  const auto first_day = read.NeededDay("first_day", request.first_day());
  const auto phased = read.OptionalDay("phased_until", request.phased_until());
  const auto review = read.OptionalDay("next_review", request.next_review());
  if (!read.good()) return read.status();
  return PlanSent{.placement = *id,
                  .version = request.version(),
                  .to_urn = *to_urn,
                  .first_day = *first_day,
                  .phased_until = phased,
                  .next_review = review,
                  .support = forms::Tidy(request.support()),
                  .pupil_view = forms::Tidy(request.pupil_view()),
                  .parent_view = forms::Tidy(request.parent_view())};
}

class Reintegration {
 public:
  explicit Reintegration(const PanelParts& parts) : parts_(parts) {}

  absl::Status Get(Call& call, const v1::GetPlanRequest& request,
                   v1::GetPlanResponse* response) const {
    const auto id = ReadId<PlacementId>("placement_id", request.placement_id());
    if (!id.ok()) return id.status();
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto plan = FindPlan(transaction, *id);
      if (!plan.ok()) return plan.status();
      auto status = AnswerPlan(parts_, call, transaction, *id, response->mutable_plan());
      if (!status.ok()) return status;
      return RecordReads(transaction, call, std::span(&*plan, 1), "panel reintegration plan");
    });
  }

  absl::Status Save(Call& call, const v1::SavePlanRequest& request,
                    v1::SavePlanResponse* response) const {
    const auto sent = ReadPlanSent(request);
    if (!sent.ok()) return sent.status();
    if (sent->version == 0) return Begin(call, *sent, response->mutable_plan());
    return ChangePlan(
        parts_, call, {request.placement_id(), request.version()}, "panel return planned",
        [&](PlanChange& change) -> absl::Status {
          if (auto status = Reopen(call, change); !status.ok()) return status;
          sent->CopyTo(change.plan());
          auto status = ToStatus(CheckPlan(change.plan(), change.placement()));
          if (!status.ok()) return status;
          return WritePlan(change.transaction(), change.plan());
        },
        response->mutable_plan());
  }

  absl::Status SaveStep(Call& call, const v1::SaveStepRequest& request,
                        v1::SaveStepResponse* response) const {
    const v1::PlanStep& sent = request.step();
    FieldReader read;
    const auto id = read.Needed<StepId>("step.step_id", sent.step_id());
    const auto due =
        request.remove() ? std::optional<Day>() : read.NeededDay("step.due", sent.due());
    if (!read.good()) return read.status();
    return ChangePlan(
        parts_, call, {request.placement_id(), request.version()}, "panel return planned",
        [&](PlanChange& change) -> absl::Status {
          if (auto status = Reopen(call, change); !status.ok()) return status;
          auto status = MovePlan(change.transaction(), change.plan());
          if (!status.ok()) return status;
          if (request.remove()) return RemoveStep(change.transaction(), change.plan(), *id);
          const ReintegrationStep step{.id = *id,
                                       .what = forms::Tidy(sent.what()),
                                       .owner = sent.owner_agency(),
                                       .due = *due};
          status = ToStatus(CheckStep(step, change.plan()), "step.");
          if (!status.ok()) return status;
          return WriteStep(change.transaction(), change.plan(), step);
        },
        response->mutable_plan());
  }

  absl::Status CompleteStep(Call& call, const v1::CompleteStepRequest& request,
                            v1::CompleteStepResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<PlacementId>("placement_id", request.placement_id());
    const auto step_id = read.Needed<StepId>("step_id", request.step_id());
    if (!read.good()) return read.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      auto plan = LockPlan(transaction, *id);
      if (!plan.ok()) return plan.status();
      const auto step = std::ranges::find(plan->steps, *step_id, &ReintegrationStep::id);
      if (step == plan->steps.end()) return absl::NotFoundError("There is no such step");
      if (!step->done_on) {
        step->done_on = parts_.clock->Today();
        step->done_by = transaction.scope().person;
        if (auto status = WriteStep(transaction, *plan, *step); !status.ok()) return status;
        const auto entry = Touched(access::Action::kWrite, *plan, "panel step of a return done");
        auto status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
        if (!status.ok()) return status;
      }
      return AnswerPlan(parts_, call, transaction, *id, response->mutable_plan());
    });
  }

  absl::Status Agree(Call& call, const v1::AgreePlanRequest& request,
                     v1::AgreePlanResponse* response) const {
    if (!WorksForAuthority(call.caller())) {
      return absl::PermissionDeniedError("The authority keeps that a plan is agreed");
    }
    return ChangePlan(
        parts_, call, {request.placement_id(), request.version()}, "panel return agreed",
        [&](PlanChange& change) -> absl::Status {
          if (auto status = change.Do(PlanAction::kAgree); !status.ok()) return status;
          ReintegrationPlan& plan = change.plan();
          auto status = ToStatus(WhatAgreementLacks(plan, request.school_agrees()), "",
                                 absl::StatusCode::kFailedPrecondition);
          if (!status.ok()) return status;
          plan.agreed_at = plan.updated_at;
          plan.agreed_by = plan.updated_by;
          plan.parents_agree = request.parents_agree();
          if (status = MovePlan(change.transaction(), plan); !status.ok()) return status;
          if (status = change.TellPlacement(parts_, call, true); !status.ok()) return status;
          return change.Tell("return_agreed");
        },
        response->mutable_plan());
  }

  absl::Status Review(Call& call, const v1::ReviewReturnRequest& request,
                      v1::ReviewReturnResponse* response) const {
    const v1::ReturnReview& sent = request.review();
    FieldReader read;
    const auto day = read.NeededDay("review.day", sent.day());
    const auto outcome = read.Chosen("review.outcome", kReturnOutcomeNames.Parse(sent.outcome()));
    const auto next = read.OptionalDay("review.next_review", sent.next_review());
    if (!read.good()) return read.status();
    const ReturnReview review{*day, outcome, forms::Tidy(sent.words()), next};
    return ChangePlan(
        parts_, call, {request.placement_id(), request.version()}, "panel return reviewed",
        [&](PlanChange& change) { return Keep(change, review); }, response->mutable_plan());
  }

  absl::Status List(Call& call, const v1::ListPlansRequest& request,
                    v1::ListPlansResponse* response) const {
    const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
    if (!page.ok()) return page.status();
    auto filter = ReadFilter(request);
    if (!filter.ok()) return filter.status();
    filter->offset = page->offset;
    filter->limit = page->size;
    const auto found =
        Reading(parts_, call, [&](Transaction& transaction) -> absl::StatusOr<PlanPage> {
          auto plans = ListPlans(transaction, *filter);
          if (!plans.ok()) return plans.status();
          auto status =
              RecordReads(transaction, call, plans->plans, "panel reintegration plan in a list");
          if (!status.ok()) return status;
          return plans;
        });
    if (!found.ok()) return found.status();
    for (std::size_t i = 0; i < found->plans.size(); ++i) {
      v1::ReintegrationPlan* plan = response->add_plans();
      Fill(found->plans[i], parts_.clock->Today(), false, plan);
      plan->set_from_name(found->from_names[i]);
    }
    response->set_total(found->total);
    response->set_next_page_token(page->NextToken(found->plans.size(), found->total));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<PlanFilter> ReadFilter(const v1::ListPlansRequest& request) const {
    FieldReader read;
    PlanFilter filter{.to_urn = read.OptionalUrn("to_urn", request.to_urn()),
                      .pupil = read.Optional<education::PupilId>("pupil_id", request.pupil_id()),
                      .review_overdue = request.review_overdue(),
                      .today = parts_.clock->Today()};
    for (const int number : request.states()) {
      const auto state = FromMessage<kPlanStateNames>(number);
      if (state) filter.states.push_back(*state);
      if (!state) read.wrong().Add("states", "Name states, or leave them out for all");
    }
    if (!read.good()) return read.status();
    return filter;
  }

  absl::Status Begin(Call& call, const PlanSent& sent, v1::ReintegrationPlan* response) const {
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto placement = FindPlacement(transaction, sent.placement);
      if (!placement.ok()) return placement.status();
      if (placement->state != PlacementState::kStarted) {
        return absl::FailedPreconditionError(
            "A return is planned while the pupil is at the placement");
      }
      ReintegrationPlan plan{.placement = placement->id,
                             .panel_case = placement->panel_case,
                             .pupil = placement->pupil,
                             .urn = placement->urn,
                             .la_code = placement->la_code,
                             .version = 0,
                             .to_urn = sent.to_urn,
                             .first_day = sent.first_day};
      sent.CopyTo(plan);
      auto status = ToStatus(CheckPlan(plan, *placement));
      if (!status.ok()) return status;
      Stamp(plan, parts_.clock->Now(), transaction.scope().person, call.request_id());
      if (status = WritePlan(transaction, plan); !status.ok()) return status;
      const PlanChange change(transaction, plan, *placement);
      if (status = change.Tell("return_planned"); !status.ok()) return status;
      const auto entry = Touched(access::Action::kWrite, plan, "panel return planned");
      status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
      if (!status.ok()) return status;
      return AnswerPlan(parts_, call, transaction, plan.placement, response);
    });
  }

  // A change of what was agreed takes the agreement back; the authority alone does that.
  absl::Status Reopen(Call& call, PlanChange& change) const {
    const bool agreed = change.plan().state == PlanState::kAgreed;
    if (agreed && !WorksForAuthority(call.caller())) {
      return absl::FailedPreconditionError("The plan is agreed: ask the authority to change it");
    }
    if (auto status = change.Do(PlanAction::kSave); !status.ok()) return status;
    if (!agreed) return absl::OkStatus();
    change.plan().agreed_at.reset();
    change.plan().agreed_by.clear();
    change.plan().parents_agree = false;
    if (auto status = change.TellPlacement(parts_, call, false); !status.ok()) return status;
    return change.Tell("return_reopened");
  }

  absl::Status Keep(PlanChange& change, const ReturnReview& review) const {
    ReintegrationPlan& plan = change.plan();
    const PlanAction action = review.outcome == ReturnOutcome::kHeld        ? PlanAction::kHold
                              : review.outcome == ReturnOutcome::kBrokeDown ? PlanAction::kBreakDown
                                                                            : PlanAction::kReview;
    if (auto status = change.Do(action); !status.ok()) return status;
    auto status = ToStatus(CheckReturnReview(plan, review, parts_.clock->Today()));
    if (!status.ok()) return status;
    plan.next_review = review.next_review;
    if (status = MovePlan(change.transaction(), plan); !status.ok()) return status;
    if (status = KeepReturnReview(change.transaction(), plan, review); !status.ok()) return status;
    return change.Tell("return_reviewed", std::string(kReturnOutcomeNames.Of(review.outcome)));
  }

  const PanelParts& parts_;
};

}  // namespace

service::Endpoint ReintegrationEndpoint(const PanelParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.ReintegrationService");
  const auto reads = [&parts](auto method) {
    return [&parts, method](Call& call, const auto& request, auto* response) {
      return (Reintegration(parts).*method)(call, request, response);
    };
  };
  const auto writes = [&parts](auto method) {
    return [&parts, method](Call& call, const auto& request, auto* response) -> absl::Status {
      if (!MayWritePlans(call.caller())) {
        return absl::PermissionDeniedError("Those who work with the pupil write the plan");
      }
      return (Reintegration(parts).*method)(call, request, response);
    };
  };
  endpoint
      .Unary<v1::GetPlanRequest, v1::GetPlanResponse>("GetPlan", Permission::kReadPlacement,
                                                      reads(&Reintegration::Get))
      .Unary<v1::SavePlanRequest, v1::SavePlanResponse>("SavePlan", Permission::kReadPlacement,
                                                        writes(&Reintegration::Save))
      .Unary<v1::SaveStepRequest, v1::SaveStepResponse>("SaveStep", Permission::kReadPlacement,
                                                        writes(&Reintegration::SaveStep))
      .Unary<v1::CompleteStepRequest, v1::CompleteStepResponse>(
          "CompleteStep", Permission::kReadPlacement, writes(&Reintegration::CompleteStep))
      .Unary<v1::AgreePlanRequest, v1::AgreePlanResponse>("AgreePlan", Permission::kReadPlacement,
                                                          writes(&Reintegration::Agree))
      .Unary<v1::ReviewReturnRequest, v1::ReviewReturnResponse>(
          "ReviewReturn", Permission::kReadPlacement, writes(&Reintegration::Review))
      .Unary<v1::ListPlansRequest, v1::ListPlansResponse>("ListPlans", Permission::kReadPlacement,
                                                          reads(&Reintegration::List));
  return endpoint;
}

}  // namespace pathways::panel
