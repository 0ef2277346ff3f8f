#include "services/panel/store/reintegration_store.h"

#include "services/panel/store/rows.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {
namespace {

using education::Day;
using education::Instant;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kFind = R"(
  select r.*, coalesce(s.words, '') as support_text, coalesce(p.words, '') as pupil_text, coalesce(f.words, '') as parent_text
  from reintegration_plan r
  left join words s on s.words_id = r.support
  left join words p on p.words_id = r.pupil_view
  left join words f on f.words_id = r.parent_view
  where r.placement_id = $1)";

constexpr Sql kLock = R"(
  select r.*, coalesce(s.words, '') as support_text, coalesce(p.words, '') as pupil_text, coalesce(f.words, '') as parent_text
  from reintegration_plan r
  left join words s on s.words_id = r.support
  left join words p on p.words_id = r.pupil_view
  left join words f on f.words_id = r.parent_view
  where r.placement_id = $1
  for update of r)";

constexpr Sql kSteps = R"(
  select s.*, coalesce(w.words, '') as what_text
  from reintegration_step s left join words w on w.words_id = s.what
  where s.placement_id = $1
  order by s.due, s.step_id)";

constexpr Sql kReviews = R"(
  select r.*, coalesce(w.words, '') as words_text
  from reintegration_review r left join words w on w.words_id = r.words
  where r.placement_id = $1
  order by r.day desc, r.review_id desc)";

constexpr Sql kWrite = R"(
  insert into reintegration_plan (placement_id, case_id, pupil_id, urn, la_code, state, version, to_urn, first_day, phased_until,
                                  support, pupil_view, parent_view, next_review, updated_by, updated_at, last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
  on conflict (placement_id) do update
  set state = excluded.state, version = excluded.version, to_urn = excluded.to_urn, first_day = excluded.first_day,
      phased_until = excluded.phased_until, support = excluded.support, pupil_view = excluded.pupil_view,
      parent_view = excluded.parent_view, next_review = excluded.next_review, agreed_at = null, agreed_by = '',
      parents_agree = false, updated_by = excluded.updated_by, updated_at = excluded.updated_at, last_call = excluded.last_call
  where reintegration_plan.version = excluded.version - 1)";

constexpr Sql kMove = R"(
  update reintegration_plan
  set state = $2, version = $3, next_review = $4, agreed_at = $5, agreed_by = $6, parents_agree = $7, updated_by = $8,
      updated_at = $9, last_call = $10
  where placement_id = $1)";

constexpr Sql kWriteStep = R"(
  insert into reintegration_step (placement_id, step_id, what, owner_agency, due, done_on, done_by)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (placement_id, step_id) do update
  set what = excluded.what, owner_agency = excluded.owner_agency, due = excluded.due, done_on = excluded.done_on,
      done_by = excluded.done_by)";

constexpr Sql kRemoveStep =
    "delete from reintegration_step where placement_id = $1 and step_id = $2";

constexpr Sql kKeepReview = R"(
  insert into reintegration_review (placement_id, day, outcome, words, next_review, at) values ($1, $2, $3, $4, $5, $6))";

constexpr Sql kBegin = R"(
  update reintegration_plan
  set state = 'returned', version = version + 1, updated_by = $2, updated_at = $3, last_call = $4
  where placement_id = $1 and state = 'agreed')";

constexpr Sql kList = R"(
  select r.*, '' as support_text, '' as pupil_text, '' as parent_text, q.name as from_name, count(*) over () as total
  from reintegration_plan r
  join placement q using (placement_id)
  where ($1::text[] = '{}' or r.state = any ($1::text[]))
    and ($2::integer is null or r.to_urn = $2)
    and ($3::uuid is null or r.pupil_id = $3)
    and (not $4::boolean or (r.state = 'returned' and r.next_review < $5))
  order by case when r.state = 'returned' then r.next_review end nulls last, r.first_day, r.placement_id
  limit $7 offset $6)";

ReintegrationPlan ReadPlan(const storage::Row& row) {
  return {.placement = row.Get<PlacementId>("placement_id"),
          .panel_case = row.Get<CaseId>("case_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .state = Named<kPlanStateNames>(row, "state"),
          .version = row.Get<std::int64_t>("version"),
          .to_urn = row.Get<Urn>("to_urn"),
          .first_day = row.Get<Day>("first_day"),
          .phased_until = row.GetOptional<Day>("phased_until"),
          .support = row.Get<std::string>("support_text"),
          .pupil_view = row.Get<std::string>("pupil_text"),
          .parent_view = row.Get<std::string>("parent_text"),
          .next_review = row.GetOptional<Day>("next_review"),
          .agreed_at = row.GetOptional<Instant>("agreed_at"),
          .agreed_by = row.Get<std::string>("agreed_by"),
          .parents_agree = row.Get<bool>("parents_agree"),
          .updated_by = row.Get<std::string>("updated_by"),
          .updated_at = row.Get<Instant>("updated_at"),
          .last_call = row.Get<std::string>("last_call")};
}

absl::Status AddSteps(Transaction& transaction, ReintegrationPlan& plan) {
  const auto rows = transaction.Query(kSteps, plan.placement);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    plan.steps.push_back({.id = row.Get<StepId>("step_id"),
                          .what = row.Get<std::string>("what_text"),
                          .owner = row.Get<std::string>("owner_agency"),
                          .due = row.Get<Day>("due"),
                          .done_on = row.GetOptional<Day>("done_on"),
                          .done_by = row.GetOptional<std::string>("done_by").value_or("")});
  }
  return absl::OkStatus();
}

absl::Status AddReviews(Transaction& transaction, ReintegrationPlan& plan) {
  const auto rows = transaction.Query(kReviews, plan.placement);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    plan.reviews.push_back({.day = row.Get<Day>("day"),
                            .outcome = Named<kReturnOutcomeNames>(row, "outcome"),
                            .words = row.Get<std::string>("words_text"),
                            .next_review = row.GetOptional<Day>("next_review"),
                            .person = row.Get<std::string>("person")});
  }
  return absl::OkStatus();
}

absl::StatusOr<ReintegrationPlan> Whole(Transaction& transaction, Sql sql,
                                        const PlacementId& placement) {
  const auto row = transaction.QueryOne(sql, placement);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no plan yet");
  if (!row.ok()) return row.status();
  ReintegrationPlan plan = ReadPlan(*row);
  if (auto status = AddSteps(transaction, plan); !status.ok()) return status;
  if (auto status = AddReviews(transaction, plan); !status.ok()) return status;
  return plan;
}

}  // namespace

absl::StatusOr<ReintegrationPlan> FindPlan(Transaction& transaction, const PlacementId& placement) {
  return Whole(transaction, kFind, placement);
}

absl::StatusOr<ReintegrationPlan> LockPlan(Transaction& transaction, const PlacementId& placement) {
  return Whole(transaction, kLock, placement);
}

absl::Status WritePlan(Transaction& transaction, const ReintegrationPlan& plan) {
  std::vector<std::optional<std::int64_t>> kept;
  for (const std::string* words : {&plan.support, &plan.pupil_view, &plan.parent_view}) {
    const auto id = KeepWords(transaction, plan.panel_case, *words, plan.placement);
    if (!id.ok()) return id.status();
    kept.push_back(*id);
  }
  const auto written =
      transaction.Execute(kWrite, plan.placement, plan.panel_case, plan.pupil, plan.urn,
                          plan.la_code, kPlanStateNames.Of(plan.state), plan.version, plan.to_urn,
                          plan.first_day, plan.phased_until, kept[0], kept[1], kept[2],
                          plan.next_review, plan.updated_by, plan.updated_at, plan.last_call);
  if (!written.ok()) return written.status();
  return *written == 1 ? absl::OkStatus()
                       : absl::AbortedError("A colleague has begun a plan meanwhile");
}

absl::Status MovePlan(Transaction& transaction, const ReintegrationPlan& plan) {
  return transaction
      .Execute(kMove, plan.placement, kPlanStateNames.Of(plan.state), plan.version,
               plan.next_review, plan.agreed_at, plan.agreed_by, plan.parents_agree,
               plan.updated_by, plan.updated_at, plan.last_call)
      .status();
}

absl::Status WriteStep(Transaction& transaction, const ReintegrationPlan& plan,
                       const ReintegrationStep& step) {
  const auto words = KeepWords(transaction, plan.panel_case, step.what, plan.placement);
  if (!words.ok()) return words.status();
  std::optional<std::string> done_by;
  if (step.done_on) done_by = step.done_by;
  return transaction
      .Execute(kWriteStep, plan.placement, step.id, *words, step.owner, step.due, step.done_on,
               done_by)
      .status();
}

absl::Status RemoveStep(Transaction& transaction, const ReintegrationPlan& plan,
                        const StepId& step) {
  return transaction.Execute(kRemoveStep, plan.placement, step).status();
}

absl::Status KeepReturnReview(Transaction& transaction, const ReintegrationPlan& plan,
                              const ReturnReview& review) {
  const auto words = KeepWords(transaction, plan.panel_case, review.words, plan.placement);
  if (!words.ok()) return words.status();
  return transaction
      .Execute(kKeepReview, plan.placement, review.day, kReturnOutcomeNames.Of(review.outcome),
               *words, review.next_review, plan.updated_at)
      .status();
}

absl::Status BeginReturn(Transaction& transaction, const Placement& ended) {
  return transaction.Execute(kBegin, ended.id, ended.updated_by, ended.updated_at, ended.last_call)
      .status();
}

absl::StatusOr<PlanPage> ListPlans(Transaction& transaction, const PlanFilter& filter) {
  std::vector<std::string> states;
  for (const PlanState state : filter.states) states.emplace_back(kPlanStateNames.Of(state));
  const auto rows =
      transaction.Query(kList, states, filter.to_urn, filter.pupil, filter.review_overdue,
                        filter.today, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  PlanPage page;
  for (const auto& row : *rows) {
    page.plans.push_back(ReadPlan(row));
    page.from_names.push_back(row.Get<std::string>("from_name"));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

}  // namespace pathways::panel
