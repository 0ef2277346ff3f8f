// A school calendar that changes under registers, on a real PostgreSQL.
#include "services/attendance/reactions/calendar_reaction.h"

#include <gmock/gmock.h>

#include "pathways/registry/v1/events.pb.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CalendarReactionTest : public AttendanceTest {
 protected:
  CalendarReactionTest()
      : outbox_(ids_, service_.clock(), "/pathways/attendance"), reaction_(slots_, outbox_) {
    EXPECT_TRUE(Apply({Authority(2025, {{"term", "2026-04-13", "2026-07-17"}}),
                       Authority(2026, {{"term", "2026-09-02", "2026-12-18"},
                                        {"holiday", "2026-10-26", "2026-10-30"},
                                        {"inset", "2026-09-02", "2026-09-02"}})})
                    .ok());
  }

  struct Days {
    std::string kind, first, last;
  };
  events::Event Calendar(std::int32_t urn, int year, const std::vector<Days>& all,
                         std::int64_t version) {
    registry::v1::CalendarChanged message;
    message.set_la_code(testing::MakeSchool(0).la_code.value());
    message.set_urn(urn);
    message.set_academic_year(year * 100 + (year + 1) % 100);
    for (const auto& [kind, first, last] : all) {
      auto* days = message.add_days();
      days->set_kind(kind);
      days->set_first_day(first);
      days->set_last_day(last);
    }
    events::Event event(events::EventId::New(ids_));
    event.type = message.GetDescriptor()->full_name();
    event.version = version;
    event.payload = message.SerializeAsString();
    return event;
  }
  events::Event Authority(int year, const std::vector<Days>& all) {
    return Calendar(0, year, all, 1);
  }
  // Of school 0.
  events::Event Closed(const std::vector<Days>& all, std::int64_t version) {
    return Calendar(testing::MakeSchool(0).urn.value(), 2026, all, version);
  }

  absl::Status Apply(const std::vector<events::Event>& events) {
    return storage::RunInTransaction(
        service_.pool(), storage::RowScope::System(reaction_.spec().name),
        storage::Deadline::After(std::chrono::seconds(20)),
        [&](storage::Transaction& transaction) { return reaction_.Apply(transaction, events); });
  }
  std::vector<std::string> CrossingsTold() {
    std::vector<std::string> told;
    for (const std::string& type : Events()) {
      if (type != "RegisterRecorded") told.push_back(type);
    }
    return told;
  }

  SlotCache slots_;
  education::RandomIdSource ids_;
  events::Outbox outbox_;
  CalendarReaction reaction_;
};

TEST_F(CalendarReactionTest, MovesTheTenSchoolWeeksOnceAndWhenItIsUpToDate) {
  // Nine unauthorised sessions in the second school week and one in the twelfth, at both schools.
  for (const int pupil : {0, 4}) {
    service_.Import(
        Wide({Row(pupil, "2026-09-07", "G", "G"), Row(pupil, "2026-09-08", "G", "G"),
              Row(pupil, "2026-09-09", "G", "G"), Row(pupil, "2026-09-10", "G", "G"),
              Row(pupil, "2026-09-11", "G", "\\"), Row(pupil, "2026-11-23", "G", "\\")}));
  }
  const auto before = CrossingsTold();
  const auto unauthorised = [&] {
    return Count("select count(*) from crossing where kind = 'unauthorised_10_in_10_weeks'");
  };
  ASSERT_EQ(unauthorised(), 0);
  const auto told = [&] {
    const auto all = CrossingsTold();
    return std::vector<std::string>(all.begin() + std::ssize(before), all.end());
  };

  // A week of October was none: the twelfth school week is the eleventh.
  ASSERT_EQ(Apply({Closed({{"closure", "2026-10-05", "2026-10-09"}}, 1)}), absl::OkStatus());
  EXPECT_THAT(told(), ElementsAre("UnauthorisedAbsenceThresholdReached"));
  EXPECT_EQ(unauthorised(), 1) << "of the school whose calendar it is";
  EXPECT_EQ(Count("select unauthorised from crossing where kind = 'unauthorised_10_in_10_weeks'"),
            10);
  EXPECT_EQ(Count("select count(*) from access.log where detail like 'crossings, after%'"), 1);
  ASSERT_EQ(Apply({Closed({{"closure", "2026-10-05", "2026-10-09"}}, 2)}), absl::OkStatus());
  EXPECT_EQ(told().size(), 1u) << "the same days again change nothing";
  // What the next register makes of it is the same.
  service_.Import(Wide({Row(0, "2026-11-24", "/", "\\")}));
  EXPECT_EQ(unauthorised(), 1);

  // Registers were taken in with calendars the events of which are still on their way: version 1 of
  // both of the authority's years, 3 and 4 of the school's.
  database_.RunScript("update calendar_seen set version = 6");
  ASSERT_EQ(Apply({Closed({}, 3)}), absl::OkStatus());
  EXPECT_EQ(told().size(), 1u);
  ASSERT_EQ(Apply({Closed({}, 4)}), absl::OkStatus());
  EXPECT_THAT(told(),
              ElementsAre("UnauthorisedAbsenceThresholdReached", "AbsenceCrossingWithdrawn"));
  EXPECT_EQ(unauthorised(), 0);
}

TEST_F(CalendarReactionTest, LeavesASchoolAloneOfWhichItKnowsNoCalendar) {
  service_.Import(Wide({Row(0, "2026-09-07", "G", "G"), Row(0, "2026-09-08", "G", "G"),
                        Row(0, "2026-09-09", "G", "G"), Row(0, "2026-09-10", "G", "G"),
                        Row(0, "2026-09-11", "G", "G")}));
  ASSERT_EQ(Count("select count(*) from crossing where kind = 'unauthorised_10_in_10_weeks'"), 1);
  database_.RunScript("delete from calendar; delete from calendar_seen");
  ASSERT_EQ(Apply({Authority(2025, {{"term", "2026-04-13", "2026-07-17"}})}), absl::OkStatus());
  EXPECT_EQ(Count("select count(*) from crossing where kind = 'unauthorised_10_in_10_weeks'"), 1);
}

}  // namespace
}  // namespace pathways::attendance
