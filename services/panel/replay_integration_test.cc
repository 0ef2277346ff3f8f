// A database that starts from nothing and reads what exclusions and registry published from the
// start comes to the same cases and copies as the one that lived through it.
#include <gmock/gmock.h>

#include "pathways/registry/v1/events.pb.h"
#include "services/panel/reactions/school_reaction.h"
#include "services/panel/test_world.h"

namespace pathways::panel {
namespace {

using exclusions::v1::ExclusionCancelled;
using exclusions::v1::ExclusionChanged;
using exclusions::v1::GovernorsDecided;
using exclusions::v1::PermanentExclusionRecorded;

// But for ids, references and instants, which are drawn anew.
constexpr storage::Sql kRows = R"(
  select string_agg(t, E'\n' order by t) from (
    select 'school ' || x::text as t from school_phase x
    union all
    select 'case ' || concat_ws('|', pupil_id, urn, la_code, phase, origin, exclusion_id, state, version, event_version, due,
                                complete, closed_reason) from panel_case
    union all
    select 'timeline ' || concat_ws('|', pupil_id, urn, la_code, kind, code) from timeline
    union all
    select 'event ' || type || ' ' || version || ' ' || key from events.outbox) all_rows)";

class PanelReplay : public PanelWorld {
 protected:
  events::Event School(int number, const std::string& phase) {
    const auto school = testing::MakeSchool(number);
    registry::v1::SchoolChanged message;
    message.set_urn(school.urn.value());
    message.set_la_code(school.la_code.value());
    message.set_phase(phase);
    return EventOf(message);
  }
  // The way of three exclusions.
  std::vector<events::Event> Told() {
    ExclusionChanged moved;
    *moved.mutable_figures() = Figures(2);
    moved.mutable_figures()->set_provision_from("2026-11-12");
    GovernorsDecided reinstated;
    *reinstated.mutable_figures() = Figures(3);
    reinstated.set_decision("reinstate");
    return {Said(PermanentExclusionRecorded(), 1),
            Said(PermanentExclusionRecorded(), 2),
            EventOf(moved),
            Said(PermanentExclusionRecorded(), 3),
            EventOf(reinstated),
            Said(ExclusionCancelled(), 1)};
  }
  absl::Status ApplyTo(const testing::TestDatabase& database, events::Reaction& reaction,
                       const std::vector<events::Event>& events) {
    auto pool = storage::Pool::Open({.uri = database.app_uri(), .size = 2});
    EXPECT_TRUE(pool.ok()) << pool.status();
    return storage::RunInTransaction(
        **pool, storage::RowScope::System(reaction.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return reaction.Apply(transaction, events); });
  }
  static std::string RowsOf(const testing::TestDatabase& database) {
    auto session = storage::Session::Open(database.admin_uri());
    const auto rows = session->Query(storage::Deadline::After(kLimit), kRows);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows->front().Get<std::string>(0);
  }
};

TEST_F(PanelReplay, FromTheStartGivesEqualCasesAndCopies) {
  SchoolReaction schools;
  const auto events = Told();
  ASSERT_TRUE(ApplyTo(database_, schools, {School(0, "Middle deemed primary")}).ok());
  const std::vector<events::Event> newest = {School(0, "State-funded secondary"),
                                             School(1, "State-funded primary")};
  ASSERT_TRUE(ApplyTo(database_, schools, newest).ok());
  for (const events::Event& event : events) ASSERT_TRUE(Apply({event}).ok());
  const std::string lived = RowsOf(database_);
  EXPECT_THAT(lived, ::testing::HasSubstr("|closed|"));
  EXPECT_THAT(lived, ::testing::HasSubstr("|2026-11-12|"));

  const testing::TestDatabase other(
      {storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
       storage::LibraryMigrations("access"), storage::ServiceMigrations("panel")});
  ASSERT_TRUE(ApplyTo(other, schools, newest).ok());
  ASSERT_TRUE(ApplyTo(other, exclusion_, events).ok());
  EXPECT_EQ(RowsOf(other), lived);
  // And once more, onto what is there.
  ASSERT_TRUE(ApplyTo(other, schools, newest).ok());
  ASSERT_TRUE(ApplyTo(other, exclusion_, events).ok());
  EXPECT_EQ(RowsOf(other), lived);
}

}  // namespace
}  // namespace pathways::panel
