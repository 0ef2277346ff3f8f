#include "services/panel/store/agenda_store.h"

#include "services/panel/store/rows.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kAgenda = R"(
  select c.*, s.day as sitting_day, '' as closed_text, a.position, a.added_by, a.late, d.decision_id as taken_decision,
         coalesce(d.state <> 'proposed', false) as decided,
         exists (select 1 from pack p where p.sitting_id = a.sitting_id and p.case_id = a.case_id) as pack_sealed
  from agenda_item a
  join panel_case c using (case_id)
  join sitting s on s.sitting_id = a.sitting_id
  left join lateral (select decision_id, state from decision d
                     where d.case_id = a.case_id and d.sitting_id = a.sitting_id
                     order by d.number desc limit 1) d on true
  where a.sitting_id = $1 and a.state <> 'removed'
  order by a.position, a.case_id)";

constexpr Sql kCases = R"(
  select case_id from agenda_item where sitting_id = $1 and state <> 'removed' order by position, case_id)";

constexpr Sql kUndecided = R"(
  select count(*)::integer from agenda_item a
  where a.sitting_id = $1 and a.state = 'on'
    and not exists (select 1 from decision d
                    where d.case_id = a.case_id and d.sitting_id = a.sitting_id and d.state <> 'proposed'))";

constexpr Sql kWaiting = R"(
  select c.case_id, c.due, c.referred_at from panel_case c
  where c.la_code = $2 and c.phase = $3 and c.state = 'referred' and c.complete
    and not exists (select 1 from agenda_item a
                    where a.case_id = c.case_id and (a.state = 'on' or (a.sitting_id = $1 and a.state = 'removed')))
  order by c.due nulls last, c.referred_at, c.case_id
  for update of c skip locked)";

constexpr Sql kAdd = R"(
  insert into agenda_item (sitting_id, case_id, urn, la_code, position, added_by, late)
  values ($1, $2, $3, $4,
          (select coalesce(max(position), 0) + 1 from agenda_item where sitting_id = $1 and state <> 'removed'), $5, $6)
  on conflict (sitting_id, case_id) do update
  set state = 'on', position = excluded.position, added_by = excluded.added_by, late = excluded.late)";

constexpr Sql kOrder = R"(
  update agenda_item a set position = o.position
  from unnest($2::uuid[]) with ordinality as o (case_id, position)
  where a.sitting_id = $1 and a.case_id = o.case_id)";

constexpr Sql kOrderByClock = R"(
  update agenda_item a set position = o.position
  from (select i.case_id, row_number() over (order by c.due nulls last, c.referred_at, c.case_id)::integer as position
        from agenda_item i join panel_case c using (case_id)
        where i.sitting_id = $1 and i.state <> 'removed') o
  where a.sitting_id = $1 and a.case_id = o.case_id)";

constexpr Sql kRemove = R"(
  update agenda_item set state = 'removed' where sitting_id = $1 and case_id = $2 and state = 'on')";
constexpr Sql kRemoveAnywhere = R"(
  update agenda_item set state = 'removed' where case_id = $1 and state = 'on')";
constexpr Sql kFinish = R"(
  update agenda_item set state = $2 where sitting_id = $1 and state = 'on')";

constexpr Sql kFinishOne = R"(
  update agenda_item set state = 'done' where sitting_id = $1 and case_id = $2 and state = 'on')";

constexpr Sql kKeepInterest = R"(
  insert into interest (case_id, person_id, la_code, sitting_id) values ($1, $2, $3, $4)
  on conflict do nothing)";

constexpr Sql kInterests = R"(
  select i.case_id, i.person_id from interest i
  where i.case_id in (select a.case_id from agenda_item a where a.sitting_id = $1 and a.state <> 'removed'))";

constexpr Sql kSeal = R"(
  insert into pack (sitting_id, case_id, urn, la_code, content, digest, sealed_at)
  values ($1, $2, $3, $4, $5, sha256(convert_to($5, 'UTF8')), $6))";

constexpr Sql kFindPack = R"(
  select content, encode(digest, 'hex') as digest, digest = sha256(convert_to(content, 'UTF8')) as intact, sealed_at, sealed_by
  from pack where sitting_id = $1 and case_id = $2)";

constexpr Sql kKeepReading = R"(
  insert into pack_reading (sitting_id, case_id, la_code, at, digest)
  select sitting_id, case_id, la_code, $3, digest from pack where sitting_id = $1 and case_id = $2)";

constexpr Sql kReadings = R"(
  select case_id, person, role, at, encode(digest, 'hex') as digest from pack_reading
  where sitting_id = $1 and ($2::uuid is null or case_id = $2)
  order by reading_id desc
  limit 500)";

}  // namespace

absl::StatusOr<std::vector<AgendaItem>> ReadAgenda(Transaction& transaction, const SittingId& id) {
  const auto rows = transaction.Query(kAgenda, id);
  if (!rows.ok()) return rows.status();
  std::vector<AgendaItem> items;
  for (const auto& row : *rows) {
    items.push_back({.panel_case = ReadCase(row),
                     .position = row.Get<std::int32_t>("position"),
                     .added_by = row.Get<std::string>("added_by"),
                     .late = row.Get<bool>("late"),
                     .sealed = row.Get<bool>("pack_sealed"),
                     .decision = row.GetOptional<DecisionId>("taken_decision"),
                     .decided = row.Get<bool>("decided")});
  }
  return items;
}

absl::StatusOr<std::vector<CaseId>> CasesOnAgenda(Transaction& transaction, const SittingId& id) {
  const auto rows = transaction.Query(kCases, id);
  if (!rows.ok()) return rows.status();
  std::vector<CaseId> cases;
  for (const auto& row : *rows) cases.push_back(row.Get<CaseId>("case_id"));
  return cases;
}

absl::StatusOr<int> CountUndecided(Transaction& transaction, const SittingId& id) {
  const auto row = transaction.QueryOne(kUndecided, id);
  if (!row.ok()) return row.status();
  return row->Get<std::int32_t>(0);
}

absl::StatusOr<std::vector<Candidate>> WaitingCases(Transaction& transaction,
                                                    const Sitting& sitting) {
  const auto rows =
      transaction.Query(kWaiting, sitting.id, sitting.la_code, kPhaseNames.Of(sitting.phase));
  if (!rows.ok()) return rows.status();
  std::vector<Candidate> waiting;
  for (const auto& row : *rows) {
    waiting.push_back({.id = row.Get<CaseId>("case_id"),
                       .due = row.GetOptional<education::Day>("due"),
                       .referred_at = row.Get<education::Instant>("referred_at")});
  }
  return waiting;
}

absl::Status AddItem(Transaction& transaction, const Sitting& sitting, const PanelCase& panel_case,
                     std::string_view added_by, bool late) {
  return transaction
      .Execute(kAdd, sitting.id, panel_case.id, panel_case.urn, panel_case.la_code, added_by, late)
      .status();
}

absl::Status OrderItems(Transaction& transaction, const SittingId& id,
                        const std::vector<CaseId>& order) {
  return transaction.Execute(kOrder, id, order).status();
}

absl::Status OrderItemsByClock(Transaction& transaction, const SittingId& id) {
  return transaction.Execute(kOrderByClock, id).status();
}

absl::Status RemoveItem(Transaction& transaction, const SittingId& sitting, const CaseId& id) {
  const auto removed = transaction.Execute(kRemove, sitting, id);
  if (!removed.ok()) return removed.status();
  if (*removed == 1) return absl::OkStatus();
  return absl::FailedPreconditionError("The case is not on the agenda of this sitting");
}

absl::Status RemoveFromAnyAgenda(Transaction& transaction, const CaseId& id) {
  return transaction.Execute(kRemoveAnywhere, id).status();
}

absl::Status FinishItem(Transaction& transaction, const SittingId& sitting, const CaseId& id) {
  return transaction.Execute(kFinishOne, sitting, id).status();
}

absl::Status FinishItems(Transaction& transaction, const SittingId& id, bool took_place) {
  return transaction.Execute(kFinish, id, took_place ? "done" : "removed").status();
}

absl::Status KeepInterest(Transaction& transaction, const Sitting& sitting, const CaseId& id,
                          const education::PersonId& person) {
  return transaction.Execute(kKeepInterest, id, person, sitting.la_code, sitting.id).status();
}

absl::StatusOr<Interests> ReadInterests(Transaction& transaction, const SittingId& id) {
  const auto rows = transaction.Query(kInterests, id);
  if (!rows.ok()) return rows.status();
  Interests interests;
  for (const auto& row : *rows) {
    interests[row.Get<CaseId>("case_id")].insert(row.Get<education::PersonId>("person_id"));
  }
  return interests;
}

absl::Status SealPack(Transaction& transaction, const SittingId& sitting,
                      const PanelCase& panel_case, const std::string& content,
                      education::Instant now) {
  return transaction
      .Execute(kSeal, sitting, panel_case.id, panel_case.urn, panel_case.la_code, content, now)
      .status();
}

absl::StatusOr<SealedPack> FindPack(Transaction& transaction, const SittingId& sitting,
                                    const CaseId& id) {
  const auto row = transaction.QueryOne(kFindPack, sitting, id);
  if (absl::IsNotFound(row.status())) {
    return absl::NotFoundError("There is no sealed pack of this case that you may see");
  }
  if (!row.ok()) return row.status();
  return SealedPack{.content = row->Get<std::string>("content"),
                    .digest = row->Get<std::string>("digest"),
                    .intact = row->Get<bool>("intact"),
                    .sealed_at = row->Get<education::Instant>("sealed_at"),
                    .sealed_by = row->Get<std::string>("sealed_by")};
}

absl::Status KeepReading(Transaction& transaction, const SittingId& sitting, const CaseId& id,
                         education::Instant now) {
  return transaction.Execute(kKeepReading, sitting, id, now).status();
}

absl::StatusOr<std::vector<PackReading>> ReadReadings(Transaction& transaction,
                                                      const SittingId& sitting,
                                                      const std::optional<CaseId>& only) {
  const auto rows = transaction.Query(kReadings, sitting, only);
  if (!rows.ok()) return rows.status();
  std::vector<PackReading> readings;
  for (const auto& row : *rows) {
    readings.push_back({.panel_case = row.Get<CaseId>("case_id"),
                        .person = row.Get<std::string>("person"),
                        .role = row.Get<std::string>("role"),
                        .at = row.Get<education::Instant>("at"),
                        .digest = row.Get<std::string>("digest")});
  }
  return readings;
}

}  // namespace pathways::panel
