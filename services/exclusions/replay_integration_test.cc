// A database that starts from nothing and reads the registry's events from the start, as a new
// reader of compacted topics does, holds the same copies, row by row, and works out the same clocks
// from the same exclusions, as the one that lived through every change.
#include <gmock/gmock.h>

#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

constexpr storage::Sql kCopies = R"(
  select string_agg(t, E'\n' order by t) from (
    select 'school ' || x::text as t from school x
    union all select 'calendar ' || x::text from calendar x
    union all select 'entry ' || x::text from calendar_entry x
    union all select 'enrolment ' || x::text from enrolment x
    union all select 'characteristics ' || x::text from characteristics x) all_rows)";

// But for what only its history tells: the last move, and what was published.
constexpr storage::Sql kClocks = R"(
  select string_agg(t, E'\n' order by t) from (
    select 'step ' || (to_jsonb(s) - array['was_due', 'moved_because', 'approached', 'missed'])::text as t from clock_step s
    union all
    select 'exclusion ' || (to_jsonb(e) - 'event_version')::text from exclusion e
    union all select 'case ' || x::text from trend_case x
    union all select 'cell ' || x::text from trend_cell x where suspensions <> 0 or permanent <> 0) all_rows)";

// What people recorded, as the owner has it, without anything worked out.
constexpr storage::Sql kRecorded = R"(
  select jsonb_build_object(
    'pupil', (select jsonb_agg(x) from pupil x),
    'exclusion', (select jsonb_agg(to_jsonb(x) || '{"end_date": null, "back_on": null, "half_days_in_term": 0,
                    "half_days_in_year": 0, "next_step": "", "next_due": null, "sen_provision": "", "year_group": "",
                    "looked_after": false}') from exclusion x),
    'step_done', (select jsonb_agg(x) from step_done x))::text)";
constexpr storage::Sql kTake = R"(
  with p as (insert into pupil select * from jsonb_populate_recordset(null::pupil, $1::jsonb->'pupil')),
       e as (insert into exclusion select * from jsonb_populate_recordset(null::exclusion, $1::jsonb->'exclusion'))
  insert into step_done overriding system value
  select * from jsonb_populate_recordset(null::step_done, $1::jsonb->'step_done'))";

class Replay : public ExclusionsWorld {
 protected:
  Replay()
      : other_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                storage::LibraryMigrations("letters"), storage::ServiceMigrations("exclusions")}) {}

  static std::string Text(const testing::TestDatabase& database, storage::Sql sql) {
    auto session = storage::Session::Open(database.admin_uri());
    const auto rows = session->Query(storage::Deadline::After(kLimit), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows->front().Get<std::string>(0);
  }

  absl::Status ApplyToOther(const std::vector<events::Event>& events) {
    auto pool = storage::Pool::Open({.uri = other_.app_uri(), .size = 2});
    EXPECT_TRUE(pool.ok()) << pool.status();
    return storage::RunInTransaction(
        **pool, storage::RowScope::System(reaction_.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return reaction_.Apply(transaction, events); });
  }

  testing::TestDatabase other_;
};

TEST_F(Replay, FromTheStartGivesEqualCopiesAndEqualClocks) {
  // One pupil in two schools, back to back suspensions, a permanent exclusion with its decisions.
  Record(1, 5, Suspension("2026-09-07", 8), 1);
  Record(2, 5, Suspension("2026-10-19", 10));
  Record(3, 1, Suspension("2026-11-09", 5, v1::SESSION_PM));
  const auto permanent = Record(4, 2, Permanent("2026-10-14"));
  ASSERT_TRUE(Done(Staff(), permanent, "notify_parents", "2026-10-14", "email").ok());
  // Then calendars and characteristics change, some of them twice.
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2026, 11, 3), Day(2026, 11, 4));
  ASSERT_TRUE(Apply({CalendarOf(0, 2026, 2), Characteristics(1, "K", "8")}).ok());
  registry_.AddDays(1, education::CalendarKind::kInset, Day(2026, 9, 8), Day(2026, 9, 8));
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2026, 11, 30), Day(2026, 11, 30));
  const std::vector<events::Event> last = {CalendarOf(0, 2026, 3), CalendarOf(1, 2026, 2),
                                           Characteristics(1, "E", "8", true)};
  ASSERT_TRUE(Apply(last).ok());

  auto session = storage::Session::Open(other_.admin_uri());
  const auto taken =
      session->Query(storage::Deadline::After(kLimit), kTake, Text(database_, kRecorded));
  ASSERT_TRUE(taken.ok()) << taken.status();
  std::vector<events::Event> from_the_start = Everything();
  for (events::Event& event : from_the_start) {
    // The newest of each, as compaction leaves them.
    if (event.payload == last[0].payload || event.payload == last[1].payload) {
      event.version = event.payload == last[0].payload ? 3 : 2;
    }
  }
  from_the_start.push_back(last[2]);
  ASSERT_TRUE(ApplyToOther(from_the_start).ok());
  EXPECT_EQ(Text(other_, kCopies), Text(database_, kCopies));
  EXPECT_EQ(Text(other_, kClocks), Text(database_, kClocks));

  // And once more, onto what is there.
  const std::string clocks = Text(other_, kClocks);
  ASSERT_TRUE(ApplyToOther(from_the_start).ok());
  EXPECT_EQ(Text(other_, kClocks), clocks);
}

}  // namespace
}  // namespace pathways::exclusions
