#include "services/exclusions/store/clock_store.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using storage::BadColumn;
using storage::Row;
using storage::Sql;
using storage::Transaction;

// As the enum counts them; the first, "does not apply", is never kept.
constexpr std::array<std::string_view, 5> kDueKinds = {"", "without_delay", "on_day", "from_day",
                                                       "past_calendar"};

constexpr Sql kReadSteps = "select * from clock_step where exclusion_id = any($1::uuid[])";
constexpr Sql kReadStepsOf = "select * from clock_step where pupil_id = any($1::uuid[])";

constexpr Sql kDelete = "delete from clock_step where exclusion_id = any($1::uuid[])";

constexpr Sql kInsert = R"(
  insert into clock_step (exclusion_id, step, pupil_id, urn, la_code, owner, due_kind, rule, due, due_order, aim, count,
                          count_from, count_days, state, turns_on, turns_to, done_on, to_do, was_due, moved_because, approached,
                          missed)
  select k.exclusion_id, k.step, k.pupil_id, k.urn, k.la_code, k.owner, k.due_kind, k.rule, k.due,
         case when k.due_kind = 'without_delay' then '-infinity' else coalesce(k.due, 'infinity') end,
         k.aim, k.count, k.count_from, k.count_days, k.state, k.turns_on, k.turns_to, k.done_on, k.to_do, k.was_due,
         k.moved_because, k.approached, k.missed
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::text[], $8::smallint[], $9::date[],
              $10::date[], $11::smallint[], $12::date[], $13::int[], $14::text[], $15::date[], $16::text[], $17::date[],
              $18::boolean[], $19::date[], $20::text[], $21::boolean[], $22::boolean[])
    as k(exclusion_id, step, pupil_id, urn, la_code, owner, due_kind, rule, due, aim, count, count_from, count_days, state,
         turns_on, turns_to, done_on, to_do, was_due, moved_because, approached, missed))";

constexpr Sql kAddDone = R"(
  insert into step_done (exclusion_id, step, urn, la_code, done_on, at_time, how, recorded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8))";

constexpr Sql kReadDone = R"(
  select step, done_on, at_time, how, recorded_at, recorded_by
  from (select distinct on (step) * from step_done where exclusion_id = $1 order by step, entry_id desc) latest
  where done_on is not null)";

constexpr Sql kDeadlines = R"(
  select s.*, count(*) over () as total
  from clock_step s
  where s.state = 'due' and s.to_do
    and ($1 = 0 or s.urn = $1)
    and ($2 = '' or s.step = $2)
    and (not $3::boolean or (s.turns_to = 'late' and s.turns_on <= $4))
    and ($5::date is null or s.due_order <= $5)
    and ($6 = '' or s.owner = $6)
  order by s.due_order, s.exclusion_id, s.step
  limit $8 offset $7)";

constexpr Sql kCountDue = R"(
  select urn, la_code, due, count(*) as steps from clock_step
  where state = 'due' and to_do and due between $1 and $2
  group by urn, la_code, due)";

constexpr Sql kCountWork = R"(
  select (select count(*) from clock_step where state = 'due' and to_do and turns_to = 'late' and turns_on <= $1) as late,
         (select count(*) from draft where exclusion_id is null) as drafts,
         (select count(*) from exclusion where kind = 'PERM' and state = 'recorded' and next_step <> '') as permanent_open,
         (select count(distinct pupil_id) from exclusion
          where kind = 'SUSP' and state = 'recorded' and start_date <= $1 and end_date >= $1) as suspended_today)";

constexpr Sql kToWarn = R"(
  select distinct pupil_id
  from (select pupil_id from clock_step
        where state = 'due' and to_do and not missed and turns_to = 'late' and turns_on <= $1
        union all
        select pupil_id from clock_step
        where state = 'due' and to_do and not approached and due >= $1
          and due <= (select h.horizon from unnest($2::int[], $3::date[]) as h(urn, horizon) where h.urn = clock_step.urn)) owed
  order by pupil_id
  limit $4)";

constexpr Sql kSchoolsToWarn = R"(
  select distinct urn, la_code from clock_step where state = 'due' and to_do and not approached and due between $1 and $2)";

StepState ReadState(const Row& row, const char* column) {
  const auto state = StepStateFromName(row.Get<std::string_view>(column));
  if (!state) throw BadColumn(std::string("unknown text in column ") + column);
  return *state;
}

StepDate ReadDate(const Row& row) {
  const auto* kind = std::ranges::find(kDueKinds, row.Get<std::string_view>("due_kind"));
  if (kind == kDueKinds.end()) throw BadColumn("unknown text in column due_kind");
  return {.kind = static_cast<DueKind>(kind - kDueKinds.begin()),
          .rule = static_cast<Rule>(row.Get<std::int16_t>("rule")),
          .due = row.GetOptional<Day>("due"),
          .aim = row.GetOptional<Day>("aim"),
          .counting = {static_cast<Count>(row.Get<std::int16_t>("count")),
                       row.Get<Day>("count_from"), row.Get<std::int32_t>("count_days")}};
}

StepRow ReadStep(const Row& row) {
  const auto step = StepFromName(row.Get<std::string_view>("step"));
  const auto owner = OwnerFromName(row.Get<std::string_view>("owner"));
  if (!step || !owner) throw BadColumn("unknown text in column step or owner");
  const bool turns = !row.IsNull("turns_on");
  return {.step = *step,
          .date = ReadDate(row),
          .owner = *owner,
          .state = ReadState(row, "state"),
          .turns_on = row.GetOptional<Day>("turns_on"),
          .turns_to = turns ? ReadState(row, "turns_to") : StepState::kNotApplicable,
          .done_on = row.GetOptional<Day>("done_on"),
          .to_do = row.Get<bool>("to_do"),
          .was_due = row.GetOptional<Day>("was_due"),
          .moved_because = row.Get<std::string>("moved_because"),
          .approached = row.Get<bool>("approached"),
          .missed = row.Get<bool>("missed")};
}

StepsByExclusion ReadAll(const storage::Rows& rows) {
  StepsByExclusion steps;
  for (const auto& row : rows) {
    steps[row.Get<ExclusionId>("exclusion_id")].push_back(ReadStep(row));
  }
  for (auto& [id, of] : steps) std::ranges::sort(of, {}, &StepRow::step);
  return steps;
}

struct StepColumns {
  explicit StepColumns(std::span<const ClockToKeep> clocks) {
    for (const auto& [kept, steps] : clocks) {
      for (const StepRow& row : *steps) Add(kept->exclusion, row);
    }
  }

  void Add(const Exclusion& e, const StepRow& row) {
    id.push_back(e.id);
    step.emplace_back(StepName(row.step));
    pupil.push_back(e.pupil);
    urn.push_back(e.urn);
    la_code.push_back(e.la_code);
    owner.emplace_back(OwnerName(row.owner));
    due_kind.emplace_back(kDueKinds[static_cast<std::size_t>(row.date.kind)]);
    rule.push_back(static_cast<std::int16_t>(row.date.rule));
    due.push_back(row.date.due);
    aim.push_back(row.date.aim);
    count.push_back(static_cast<std::int16_t>(row.date.counting.count));
    count_from.push_back(row.date.counting.from);
    count_days.push_back(row.date.counting.n);
    state.emplace_back(StepStateName(row.state));
    turns_on.push_back(row.turns_on);
    turns_to.emplace_back(row.turns_on ? StepStateName(row.turns_to) : "");
    done_on.push_back(row.done_on);
    to_do.push_back(row.to_do);
    was_due.push_back(row.was_due);
    moved_because.push_back(row.moved_because);
    approached.push_back(row.approached);
    missed.push_back(row.missed);
  }

  std::vector<ExclusionId> id;
  std::vector<education::PupilId> pupil;
  std::vector<education::Urn> urn;
  std::vector<education::LaCode> la_code;
  std::vector<std::string> step, owner, due_kind, state, turns_to, moved_because;
  std::vector<std::int16_t> rule, count;
  std::vector<std::optional<Day>> due, aim, turns_on, done_on, was_due;
  std::vector<Day> count_from;
  std::vector<std::int32_t> count_days;
  std::vector<bool> to_do, approached, missed;
};

}  // namespace

absl::StatusOr<StepsByExclusion> ReadSteps(Transaction& transaction,
                                           const std::vector<ExclusionId>& exclusions) {
  const auto rows = transaction.Query(kReadSteps, exclusions);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

absl::StatusOr<StepsByExclusion> ReadStepsOf(Transaction& transaction,
                                             const std::vector<education::PupilId>& pupils) {
  const auto rows = transaction.Query(kReadStepsOf, pupils);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

absl::Status ReplaceSteps(Transaction& transaction, std::span<const ClockToKeep> clocks) {
  if (clocks.empty()) return absl::OkStatus();
  std::vector<ExclusionId> exclusions;
  for (const auto& [kept, steps] : clocks) exclusions.push_back(kept->exclusion.id);
  if (auto status = transaction.Execute(kDelete, exclusions).status(); !status.ok()) return status;
  const StepColumns c(clocks);
  if (c.id.empty()) return absl::OkStatus();
  return transaction
      .Execute(kInsert, c.id, c.step, c.pupil, c.urn, c.la_code, c.owner, c.due_kind, c.rule, c.due,
               c.aim, c.count, c.count_from, c.count_days, c.state, c.turns_on, c.turns_to,
               c.done_on, c.to_do, c.was_due, c.moved_because, c.approached, c.missed)
      .status();
}

absl::Status AddStepDone(Transaction& transaction, const KeptExclusion& kept,
                         const StepTold& told) {
  return transaction
      .Execute(kAddDone, kept.exclusion.id, StepName(told.step), kept.exclusion.urn,
               kept.exclusion.la_code, told.on, told.at_time, told.how, told.recorded_at)
      .status();
}

absl::StatusOr<std::vector<StepTold>> ReadStepsDone(Transaction& transaction,
                                                    const ExclusionId& id) {
  const auto rows = transaction.Query(kReadDone, id);
  if (!rows.ok()) return rows.status();
  std::vector<StepTold> told;
  for (const auto& row : *rows) {
    const auto step = StepFromName(row.Get<std::string_view>("step"));
    if (!step) throw BadColumn("unknown text in column step");
    told.push_back({.step = *step,
                    .on = row.GetOptional<Day>("done_on"),
                    .at_time = row.Get<std::string>("at_time"),
                    .how = row.Get<std::string>("how"),
                    .recorded_at = row.Get<education::Instant>("recorded_at"),
                    .recorded_by = row.Get<std::string>("recorded_by")});
  }
  std::ranges::sort(told, {}, &StepTold::step);
  return told;
}

absl::StatusOr<DeadlinePage> ListDeadlines(Transaction& transaction, const DeadlineFilter& filter) {
  const auto rows =
      transaction.Query(kDeadlines, filter.urn, filter.step, filter.late, filter.today,
                        filter.until, filter.owner, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  DeadlinePage page;
  for (const auto& row : *rows) {
    page.deadlines.emplace_back(row.Get<ExclusionId>("exclusion_id"), ReadStep(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

absl::StatusOr<std::vector<DueCount>> CountDue(Transaction& transaction, Day today, Day until) {
  const auto rows = transaction.Query(kCountDue, today, until);
  if (!rows.ok()) return rows.status();
  std::vector<DueCount> counts;
  for (const auto& row : *rows) {
    counts.push_back({row.Get<education::Urn>("urn"), row.Get<education::LaCode>("la_code"),
                      row.Get<Day>("due"), row.Get<std::int64_t>("steps")});
  }
  return counts;
}

absl::StatusOr<WorkCounts> CountWork(Transaction& transaction, Day today) {
  const auto row = transaction.QueryOne(kCountWork, today);
  if (!row.ok()) return row.status();
  const auto count = [&](std::string_view column) { return row->Get<std::int64_t>(column); };
  return WorkCounts{.late = count("late"),
                    .drafts = count("drafts"),
                    .permanent_open = count("permanent_open"),
                    .suspended_today = count("suspended_today")};
}

absl::StatusOr<std::set<SchoolKey>> SchoolsToWarn(Transaction& transaction, Day today, Day until) {
  const auto rows = transaction.Query(kSchoolsToWarn, today, until);
  if (!rows.ok()) return rows.status();
  std::set<SchoolKey> schools;
  for (const auto& row : *rows) {
    schools.insert({row.Get<education::Urn>(0), row.Get<education::LaCode>(1)});
  }
  return schools;
}

absl::StatusOr<std::vector<education::PupilId>> PupilsToWarn(Transaction& transaction, Day today,
                                                             const Horizons& horizons,
                                                             std::int64_t limit) {
  std::vector<education::Urn> urn;
  std::vector<Day> horizon;
  for (const auto& [school, day] : horizons) {
    urn.push_back(school);
    horizon.push_back(day);
  }
  const auto rows = transaction.Query(kToWarn, today, urn, horizon, limit);
  if (!rows.ok()) return rows.status();
  std::vector<education::PupilId> pupils;
  for (const auto& row : *rows) pupils.push_back(row.Get<education::PupilId>(0));
  return pupils;
}

}  // namespace pathways::exclusions
