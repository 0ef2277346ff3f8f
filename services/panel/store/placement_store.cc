#include "services/panel/store/placement_store.h"

#include "services/panel/store/rows.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kFind = R"(
  select p.*, coalesce(w.words, '') as message
  from placement p left join words w on w.words_id = p.offer_words
  where p.placement_id = $1)";

constexpr Sql kLock = R"(
  select p.*, coalesce(w.words, '') as message
  from placement p left join words w on w.words_id = p.offer_words
  where p.placement_id = $1
  for update of p)";

constexpr Sql kInsert = R"(
  insert into placement (placement_id, case_id, decision_id, pupil_id, urn, la_code, provider_id, programme_id, receiving_urn, name,
                         tier, days, state, version, start_day, planned_end, next_review, origin_trace_id, updated_by, updated_at,
                         last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21))";

constexpr Sql kUpdate = R"(
  update placement
  set state = $2, version = $3, event_version = $4, start_day = $5, planned_end = $6, next_review = $7, ended_on = $8,
      end_reason = $9, reintegration_urn = $10, reintegration_day = $11, updated_by = $12, updated_at = $13, last_call = $14,
      offer_words = $15
  where placement_id = $1)";

constexpr Sql kTake = R"(
  insert into place_taken (programme_id, day, number, placement_id, la_code, taken_at)
  select $1, p.day, p.number, $4, $5, $6 from unnest($2::text[], $3::integer[]) as p (day, number))";

constexpr Sql kFree = R"(
  update place_taken set freed_at = $2 where placement_id = $1 and freed_at is null)";

constexpr Sql kOffers = R"(
  select placement_id from placement where case_id = $1 and state in ('offered', 'accepted') order by placement_id for update)";

constexpr Sql kKeepReview = R"(
  insert into placement_review (placement_id, day, outcome, words, next_review, at) values ($1, $2, $3, $4, $5, $6))";

constexpr Sql kReviews = R"(
  select r.*, coalesce(w.words, '') as words_text
  from placement_review r left join words w on w.words_id = r.words
  where r.placement_id = $1
  order by r.day desc, r.review_id desc)";

constexpr Sql kList = R"(
  select p.*, '' as message, count(*) over () as total
  from placement p
  where ($1::text[] = '{}' or p.state = any ($1::text[]))
    and ($2::uuid is null or p.case_id = $2)
    and ($3::uuid is null or p.provider_id = $3)
    and (not $4::boolean or (p.state = 'started' and p.next_review < $5))
  order by case when p.state = 'started' then p.next_review end nulls last, p.updated_at desc, p.placement_id
  limit $7 offset $6)";

constexpr Sql kTakenIn = R"(
  select receiving_urn, count(*)::integer as pupils from placement
  where la_code = $1 and receiving_urn is not null and start_day >= $2 and state in ('offered', 'accepted', 'started', 'ended')
  group by receiving_urn)";

absl::StatusOr<Placement> One(const absl::StatusOr<storage::Row>& row) {
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such placement");
  if (!row.ok()) return row.status();
  return ReadPlacement(*row);
}

}  // namespace

absl::StatusOr<Placement> FindPlacement(Transaction& transaction, const PlacementId& id) {
  return One(transaction.QueryOne(kFind, id));
}

absl::StatusOr<Placement> LockPlacement(Transaction& transaction, const PlacementId& id) {
  return One(transaction.QueryOne(kLock, id));
}

absl::Status InsertPlacement(Transaction& transaction, const Placement& one) {
  return transaction
      .Execute(kInsert, one.id, one.panel_case, one.decision, one.pupil, one.urn, one.la_code,
               one.provider, one.programme, one.receiving, one.name, one.tier, NamesOf(one.days),
               kPlacementStateNames.Of(one.state), one.version, one.start_day, one.planned_end,
               one.next_review, one.origin_trace_id, one.updated_by, one.updated_at, one.last_call)
      .status();
}

absl::Status UpdatePlacement(Transaction& transaction, const Placement& one) {
  return transaction
      .Execute(kUpdate, one.id, kPlacementStateNames.Of(one.state), one.version, one.event_version,
               one.start_day, one.planned_end, one.next_review, one.ended_on, one.end_reason,
               one.reintegration_urn, one.reintegration_day, one.updated_by, one.updated_at,
               one.last_call, one.offer_words)
      .status();
}

absl::Status TakePlaces(Transaction& transaction, const Placement& placement,
                        const std::vector<Place>& places) {
  std::vector<std::string> days;
  std::vector<std::int32_t> numbers;
  for (const Place& place : places) {
    days.emplace_back(kWeekdayNames.Of(place.day));
    numbers.push_back(place.number);
  }
  return transaction
      .Execute(kTake, placement.programme, days, numbers, placement.id, placement.la_code,
               placement.updated_at)
      .status();
}

absl::Status FreePlaces(Transaction& transaction, const Placement& placement) {
  return transaction.Execute(kFree, placement.id, placement.updated_at).status();
}

absl::StatusOr<std::vector<PlacementId>> OffersOf(Transaction& transaction,
                                                  const CaseId& panel_case) {
  const auto rows = transaction.Query(kOffers, panel_case);
  if (!rows.ok()) return rows.status();
  std::vector<PlacementId> offers;
  for (const auto& row : *rows) offers.push_back(row.Get<PlacementId>("placement_id"));
  return offers;
}

absl::Status KeepReview(Transaction& transaction, const Placement& placement,
                        const Review& review) {
  const auto words = KeepWords(transaction, placement.panel_case, review.words, placement.id);
  if (!words.ok()) return words.status();
  return transaction
      .Execute(kKeepReview, placement.id, review.day, kReviewOutcomeNames.Of(review.outcome),
               *words, review.next_review, placement.updated_at)
      .status();
}

absl::StatusOr<std::vector<Review>> ReadReviews(Transaction& transaction, const PlacementId& id) {
  const auto rows = transaction.Query(kReviews, id);
  if (!rows.ok()) return rows.status();
  std::vector<Review> reviews;
  for (const auto& row : *rows) {
    reviews.push_back({.day = row.Get<education::Day>("day"),
                       .outcome = Named<kReviewOutcomeNames>(row, "outcome"),
                       .words = row.Get<std::string>("words_text"),
                       .next_review = row.GetOptional<education::Day>("next_review"),
                       .person = row.Get<std::string>("person")});
  }
  return reviews;
}

absl::StatusOr<PlacementPage> ListPlacements(Transaction& transaction,
                                             const PlacementFilter& filter) {
  std::vector<std::string> states;
  for (const PlacementState state : filter.states) {
    states.emplace_back(kPlacementStateNames.Of(state));
  }
  const auto rows =
      transaction.Query(kList, states, filter.panel_case, filter.provider, filter.review_overdue,
                        filter.today, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  PlacementPage page;
  for (const auto& row : *rows) {
    page.placements.push_back(ReadPlacement(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

absl::StatusOr<std::map<education::Urn, int>> TakenInSince(Transaction& transaction,
                                                           education::LaCode la_code,
                                                           education::Day since) {
  const auto rows = transaction.Query(kTakenIn, la_code, since);
  if (!rows.ok()) return rows.status();
  std::map<education::Urn, int> taken_in;
  for (const auto& row : *rows) {
    taken_in[row.Get<education::Urn>("receiving_urn")] = row.Get<std::int32_t>("pupils");
  }
  return taken_in;
}

}  // namespace pathways::panel
