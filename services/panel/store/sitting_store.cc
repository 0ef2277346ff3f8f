#include "services/panel/store/sitting_store.h"

#include "services/panel/store/rows.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kLockPanel = "select * from panel where panel_id = $1 for update";
constexpr Sql kListPanels = "select * from panel order by name, panel_id";
constexpr Sql kInsertPanel = R"(
  insert into panel (panel_id, la_code, name, phase, usual_capacity, version) values ($1, $2, $3, $4, $5, $6))";
constexpr Sql kUpdatePanel = R"(
  update panel set name = $2, usual_capacity = $3, version = $4 where panel_id = $1)";

constexpr Sql kFind = R"(
  select s.*, (select count(*)::integer from agenda_item a where a.sitting_id = s.sitting_id and a.state <> 'removed') as cases
  from sitting s
  where s.sitting_id = $1)";

constexpr Sql kLock = R"(
  select s.*, (select count(*)::integer from agenda_item a where a.sitting_id = s.sitting_id and a.state <> 'removed') as cases
  from sitting s
  where s.sitting_id = $1
  for update of s)";

constexpr Sql kInsert = R"(
  insert into sitting (sitting_id, panel_id, panel_name, la_code, phase, day, starts_at, venue, capacity, papers_day, state,
                       version, updated_by, updated_at, last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))";

constexpr Sql kUpdate = R"(
  update sitting
  set day = $2, starts_at = $3, venue = $4, capacity = $5, papers_day = $6, state = $7, clerk_ordered = $8, version = $9,
      updated_by = $10, updated_at = $11, last_call = $12, panel_name = $13
  where sitting_id = $1)";

constexpr Sql kList = R"(
  select s.*, count(*) over () as total,
         (select count(*)::integer from agenda_item a where a.sitting_id = s.sitting_id and a.state <> 'removed') as cases
  from sitting s
  where ($1::text[] = '{}' or s.state = any ($1::text[]))
    and ($2 = '' or s.phase = $2)
    and ($3::date is null or s.day >= $3)
  order by s.day, s.starts_at, s.sitting_id
  limit $5 offset $4)";

constexpr Sql kToFill = R"(
  select sitting_id from sitting
  where la_code = $1 and phase = $2 and state = 'planned' and papers_day >= $3
  order by day, sitting_id)";

constexpr Sql kMembers = R"(
  select person_id, seat, urn, attended from sitting_member where sitting_id = $1
  order by seat <> 'chair', seat, person_id)";
constexpr Sql kForgetMembers = "delete from sitting_member where sitting_id = $1";
constexpr Sql kAddMembers = R"(
  insert into sitting_member (sitting_id, person_id, seat, urn, attended)
  select $1, m.person_id, m.seat, m.urn, m.attended
  from unnest($2::uuid[], $3::text[], $4::integer[], $5::boolean[]) as m (person_id, seat, urn, attended))";
constexpr Sql kAttendance = R"(
  update sitting_member set attended = person_id = any ($2::uuid[]) where sitting_id = $1
  returning attended)";

absl::StatusOr<Sitting> One(const absl::StatusOr<storage::Row>& row) {
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such sitting");
  if (!row.ok()) return row.status();
  return ReadSitting(*row);
}

}  // namespace

absl::StatusOr<Panel> LockPanel(Transaction& transaction, const PanelId& id) {
  const auto row = transaction.QueryOne(kLockPanel, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such panel");
  if (!row.ok()) return row.status();
  return ReadPanel(*row);
}

absl::StatusOr<std::vector<Panel>> ListPanels(Transaction& transaction) {
  const auto rows = transaction.Query(kListPanels);
  if (!rows.ok()) return rows.status();
  std::vector<Panel> panels;
  for (const auto& row : *rows) panels.push_back(ReadPanel(row));
  return panels;
}

absl::Status InsertPanel(Transaction& transaction, const Panel& panel) {
  return transaction
      .Execute(kInsertPanel, panel.id, panel.la_code, panel.name, kPhaseNames.Of(panel.phase),
               panel.usual_capacity, panel.version)
      .status();
}

absl::Status UpdatePanel(Transaction& transaction, const Panel& panel) {
  return transaction
      .Execute(kUpdatePanel, panel.id, panel.name, panel.usual_capacity, panel.version)
      .status();
}

absl::StatusOr<Sitting> FindSitting(Transaction& transaction, const SittingId& id) {
  return One(transaction.QueryOne(kFind, id));
}

absl::StatusOr<Sitting> LockSitting(Transaction& transaction, const SittingId& id) {
  return One(transaction.QueryOne(kLock, id));
}

absl::Status InsertSitting(Transaction& transaction, const Sitting& sitting) {
  return transaction
      .Execute(kInsert, sitting.id, sitting.panel, sitting.panel_name, sitting.la_code,
               kPhaseNames.Of(sitting.phase), sitting.day, sitting.starts_at, sitting.venue,
               sitting.capacity, sitting.papers_day, kSittingStateNames.Of(sitting.state),
               sitting.version, sitting.updated_by, sitting.updated_at, sitting.last_call)
      .status();
}

absl::Status UpdateSitting(Transaction& transaction, const Sitting& sitting) {
  return transaction
      .Execute(kUpdate, sitting.id, sitting.day, sitting.starts_at, sitting.venue, sitting.capacity,
               sitting.papers_day, kSittingStateNames.Of(sitting.state), sitting.clerk_ordered,
               sitting.version, sitting.updated_by, sitting.updated_at, sitting.last_call,
               sitting.panel_name)
      .status();
}

absl::StatusOr<SittingPage> ListSittings(Transaction& transaction, const SittingFilter& filter) {
  std::vector<std::string> states;
  for (const SittingState state : filter.states) states.emplace_back(kSittingStateNames.Of(state));
  const auto rows =
      transaction.Query(kList, states, filter.phase, filter.from, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  SittingPage page;
  for (const auto& row : *rows) {
    page.sittings.push_back(ReadSitting(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

absl::StatusOr<std::vector<SittingId>> SittingsToFill(Transaction& transaction,
                                                      education::LaCode la_code, Phase phase,
                                                      education::Day today) {
  const auto rows = transaction.Query(kToFill, la_code, kPhaseNames.Of(phase), today);
  if (!rows.ok()) return rows.status();
  std::vector<SittingId> ids;
  for (const auto& row : *rows) ids.push_back(row.Get<SittingId>("sitting_id"));
  return ids;
}

absl::StatusOr<std::vector<Member>> ReadMembers(Transaction& transaction, const SittingId& id) {
  const auto rows = transaction.Query(kMembers, id);
  if (!rows.ok()) return rows.status();
  std::vector<Member> members;
  for (const auto& row : *rows) members.push_back(ReadMember(row));
  return members;
}

absl::Status ReplaceMembers(Transaction& transaction, const SittingId& id,
                            const std::vector<Member>& members) {
  auto forgotten = transaction.Execute(kForgetMembers, id);
  if (!forgotten.ok()) return forgotten.status();
  std::vector<education::PersonId> people;
  std::vector<std::string> seats;
  std::vector<std::optional<education::Urn>> urns;
  std::vector<bool> attended;
  for (const Member& member : members) {
    people.push_back(member.person);
    seats.emplace_back(kSeatNames.Of(member.seat));
    urns.push_back(member.urn);
    attended.push_back(member.attended);
  }
  return transaction.Execute(kAddMembers, id, people, seats, urns, attended).status();
}

absl::StatusOr<std::int64_t> KeepAttendance(Transaction& transaction, const SittingId& id,
                                            const std::vector<education::PersonId>& there) {
  const auto rows = transaction.Query(kAttendance, id, there);
  if (!rows.ok()) return rows.status();
  std::int64_t members = 0;
  for (const auto& row : *rows) members += row.Get<bool>("attended");
  return members;
}

}  // namespace pathways::panel
