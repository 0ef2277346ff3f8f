// What calendars and pupils' characteristics do to clocks, on a real PostgreSQL.
#include "services/exclusions/reactions/registry_reaction.h"

#include <gmock/gmock.h>

#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RegistryReactionTest : public ExclusionsWorld {};

TEST_F(RegistryReactionTest, AClosureMovesTheDatesThatAreCountedOverItAndSaysWhy) {
  Record(1, 1, Permanent("2026-11-16"));
  Record(2, 12, Permanent("2026-11-16"), 1);
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "2026-12-08");
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2026, 11, 30), Day(2026, 11, 30));
  ASSERT_TRUE(Apply({CalendarOf(0, 2026, 2)}).ok());
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "2026-12-09");
  EXPECT_EQ(DueOf(IdOf(2), "governors_consider_by"), "2026-12-08") << "of another school";
  const auto owed = Deadlines(Staff());
  EXPECT_EQ(owed.back().step().due(), "2026-12-09") << "what is stored, too";
  EXPECT_EQ(owed.back().step().was_due(), "2026-12-08");
  EXPECT_THAT(owed.back().step().moved_because(), HasSubstr("30 November 2026"));
  EXPECT_THAT(Timeline(Staff(), 1).front().change(), HasSubstr("no longer a school day"));
  EXPECT_EQ(Timeline(Staff(), 1).front().person_id(), "");
  EXPECT_THAT(Events(), ElementsAre("PermanentExclusionRecorded", "PermanentExclusionRecorded",
                                    "ExclusionChanged", "DeadlineMoved"));
  // The same again moves nothing.
  ASSERT_TRUE(Apply({CalendarOf(0, 2026, 2)}).ok());
  EXPECT_EQ(Events().size(), 4u);
}

TEST_F(RegistryReactionTest, AClosureMovesTheEndOfASuspension) {
  Record(1, 1, Suspension("2026-11-23", 10));
  EXPECT_EQ(Get(Staff(), IdOf(1))->end_date(), "2026-11-30") << "27 November is INSET";
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2026, 11, 25), Day(2026, 11, 26));
  ASSERT_TRUE(Apply({CalendarOf(0, 2026, 2)}).ok());
  EXPECT_EQ(Get(Staff(), IdOf(1))->end_date(), "2026-12-02");
  EXPECT_EQ(Get(Staff(), IdOf(1))->back_on(), "2026-12-03");
}

TEST_F(RegistryReactionTest, ACopyThatIsBehindWhatAWriterSawMovesNothing) {
  // The registry has versions 2 of the year and of the next; the second event is still on its way.
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2026, 11, 30), Day(2026, 11, 30));
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2027, 9, 6), Day(2027, 9, 6));
  registry_.calendar_version = 4;
  Record(1, 1, Permanent("2026-11-16"));
  EXPECT_EQ(Get(Staff(), IdOf(1))->version(), 1);
  ASSERT_TRUE(Apply({CalendarOf(0, 2027, 2), Characteristics(1, "K", "8")}).ok());
  EXPECT_THAT(Events(), ElementsAre("PermanentExclusionRecorded"));
  ASSERT_TRUE(Apply({CalendarOf(0, 2026, 2)}).ok());
  EXPECT_THAT(Events(), ElementsAre("PermanentExclusionRecorded"));
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "2026-12-09");
  EXPECT_EQ(Get(Staff(), IdOf(1))->sen_provision(), "K") << "what waited meanwhile";
  // From then on it moves dates as before.
  registry_.AddDays(0, education::CalendarKind::kClosure, Day(2026, 12, 1), Day(2026, 12, 1));
  ASSERT_TRUE(Apply({CalendarOf(0, 2026, 3)}).ok());
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "2026-12-10");
  EXPECT_THAT(Events(), Contains("DeadlineMoved"));
}

TEST_F(RegistryReactionTest, WhatIsRecordedAboutAPupilDecidesWhoMustBeTold) {
  Record(1, 1, Suspension("2026-11-23", 4));
  EXPECT_EQ(DueOf(IdOf(1), "notify_virtual_school_head"), "x");
  ASSERT_TRUE(Apply({Characteristics(1, "K", "8", true)}).ok());
  EXPECT_EQ(DueOf(IdOf(1), "notify_virtual_school_head"), "without_delay");
  const auto now = *Get(Staff(), IdOf(1));
  EXPECT_TRUE(now.looked_after());
  EXPECT_EQ(now.sen_provision(), "K");
  EXPECT_EQ(now.year_group(), "8");
  EXPECT_THAT(Events(), Contains("ExclusionChanged"));
}

TEST_F(RegistryReactionTest, AnEventThatCannotBeReadIsRefusedForGood) {
  registry::v1::CalendarChanged bad;
  bad.set_la_code(822);
  bad.add_days()->set_kind("party");
  EXPECT_EQ(Apply({Said(bad)}).code(), absl::StatusCode::kInvalidArgument);
  registry::v1::PupilEnrolled empty;
  EXPECT_EQ(Apply({Said(empty)}).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(RegistryReactionTest, CopiesRebuiltFromTheEventsAreEqual) {
  const auto copies = [&] {
    std::string all;
    for (const auto& row : Rows("select 'c' || c::text as t from calendar_entry c union all"
                                " select 'e' || e::text from enrolment e union all"
                                " select 'x' || x::text from characteristics x order by t")) {
      all += row.Get<std::string>(0) + "\n";
    }
    return all;
  };
  ASSERT_TRUE(Apply({Characteristics(1, "K", "8", true)}).ok());
  const std::string before = copies();
  Rows(
      "with a as (delete from calendar), b as (delete from enrolment)"
      " delete from characteristics returning 1");
  ASSERT_TRUE(Apply(Everything()).ok());
  ASSERT_TRUE(Apply({Characteristics(1, "K", "8", true)}).ok());
  EXPECT_EQ(copies(), before);
}

}  // namespace
}  // namespace pathways::exclusions
