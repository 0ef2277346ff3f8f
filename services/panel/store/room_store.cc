#include "services/panel/store/room_store.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

// The sitting's version counts what is done to it; files, cases and other sittings change no mark.
constexpr Sql kMarks = R"(
  select s.version::text as agenda,
         (select concat_ws('.', count(*), sum(d.version), count(d.signed_off_at)) from decision d where d.sitting_id = s.sitting_id)
           || '/' || (select concat_ws('.', count(*), max(extract(epoch from v.at)))
                      from vote v join decision d using (decision_id) where d.sitting_id = s.sitting_id)
           || '/' || (select count(*) from interest i where i.sitting_id = s.sitting_id) as decisions,
         (select concat_ws('.', count(*), sum(g.version)) from programme g where g.la_code = s.la_code)
           || '/' || (select concat_ws('.', count(*), sum(p.version)) from provider p where p.la_code = s.la_code)
           || '/' || (select count(*) from place p where p.la_code = s.la_code)
           || '/' || (select concat_ws('.', count(*), count(t.freed_at)) from place_taken t where t.la_code = s.la_code) as places
  from sitting s where s.sitting_id = $1)";

constexpr Sql kPromised = R"(
  select d.tier, count(*)::integer as pupils from decision d
  where d.sitting_id = $1 and d.state = 'final' and d.kind = 'alternative_provision'
    and not exists (select 1 from placement p where p.decision_id = d.decision_id and p.state not in ('declined', 'withdrawn'))
  group by d.tier)";

constexpr Sql kInterests = R"(
  select i.case_id::text as case_id, i.person_id::text as person_id, i.declared_by, i.declared_at from interest i
  where i.case_id in (select a.case_id from agenda_item a where a.sitting_id = $1 and a.state <> 'removed')
  order by i.declared_at, i.person_id)";

constexpr Sql kVotes = R"(
  select v.decision_id::text as decision_id, v.person_id::text as person_id, v.choice, v.written_by, v.at
  from vote v join decision d using (decision_id)
  where d.sitting_id = $1
  order by v.decision_id, v.at, v.person_id)";

}  // namespace

absl::StatusOr<RoomMarks> ReadRoomMarks(Transaction& transaction, const SittingId& id) {
  const auto row = transaction.QueryOne(kMarks, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such sitting");
  if (!row.ok()) return row.status();
  return RoomMarks{.agenda = row->Get<std::string>("agenda"),
                   .decisions = row->Get<std::string>("decisions"),
                   .places = row->Get<std::string>("places")};
}

absl::StatusOr<std::vector<Promised>> ReadPromised(Transaction& transaction, const SittingId& id) {
  const auto rows = transaction.Query(kPromised, id);
  if (!rows.ok()) return rows.status();
  std::vector<Promised> promised;
  for (const auto& row : *rows) {
    promised.push_back(
        {.tier = row.Get<std::int32_t>("tier"), .pupils = row.Get<std::int32_t>("pupils")});
  }
  return promised;
}

absl::StatusOr<std::vector<InterestRecord>> ReadInterestRecords(Transaction& transaction,
                                                                const SittingId& id) {
  const auto rows = transaction.Query(kInterests, id);
  if (!rows.ok()) return rows.status();
  std::vector<InterestRecord> records;
  for (const auto& row : *rows) {
    records.push_back({.case_id = row.Get<std::string>("case_id"),
                       .person_id = row.Get<std::string>("person_id"),
                       .written_by = row.Get<std::string>("declared_by"),
                       .at = row.Get<education::Instant>("declared_at")});
  }
  return records;
}

absl::StatusOr<std::vector<VoteRecord>> ReadVoteRecords(Transaction& transaction,
                                                        const SittingId& id) {
  const auto rows = transaction.Query(kVotes, id);
  if (!rows.ok()) return rows.status();
  std::vector<VoteRecord> records;
  for (const auto& row : *rows) {
    records.push_back({.decision_id = row.Get<std::string>("decision_id"),
                       .person_id = row.Get<std::string>("person_id"),
                       .choice = row.Get<std::string>("choice"),
                       .written_by = row.Get<std::string>("written_by"),
                       .at = row.Get<education::Instant>("at")});
  }
  return records;
}

}  // namespace pathways::panel
