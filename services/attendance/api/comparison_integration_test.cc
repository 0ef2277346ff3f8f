// Attendance before and after, against pupils alike, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/service/status.h"
#include "pathways/attendance/v1/comparison.pb.h"
#include "pathways/registry/v1/events.pb.h"
#include "services/attendance/api/comparison_api.h"
#include "services/attendance/reactions/registry_reaction.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Ten school days before the day (3 to 16 September) and three after it.
constexpr char kDay[] = "2026-09-17";

class Comparisons : public AttendanceTest {
 protected:
  Comparisons() : endpoint_(ComparisonEndpoint(service_.parts())) {
    // Pupil 0 misses six of twenty sessions before; 1 is nearest, 2 alike, 3 in another year; 5 is
    // alike at the other school of the authority, 4 is never absent.
    const std::map<int, std::map<int, std::string>> absences = {
        {0, {{0, "OO"}, {3, "OO"}, {5, "OO"}}},
        {1, {{0, "OO"}, {1, "OO"}, {2, "OO"}}},
        {2, {{0, "OO"}, {1, "OO"}, {2, "O\\"}}},
        {3, {{0, "OO"}, {1, "OO"}, {2, "OO"}}},
        {4, {}},
        {5, {{7, "OO"}, {8, "OO"}, {9, "/O"}}}};
    for (const auto& [pupil, days] : absences) {
      service_.Import(TenDays(pupil, days));
      Group(pupil, pupil == 3 ? "8" : "7");
    }
    for (const char* day : {"2026-09-17", "2026-09-18", "2026-09-21"}) {
      service_.Import(Wide({Row(0, day, "/", "\\"), Row(1, day, "O", "O"), Row(2, day, "/", "O")}));
    }
  }

  void Group(int pupil, const std::string& year) {
    registry::v1::PupilCharacteristicsChanged message;
    message.set_pupil_id(testing::MakePupilId(pupil).ToString());
    message.set_sen_provision("K");
    message.set_sex("F");
    message.set_year_group(year);
    events::Event event(events::EventId::New(ids_));
    event.type = message.GetTypeName();
    event.aggregate = "characteristics/" + std::to_string(pupil);
    event.version = 1;
    event.payload = message.SerializeAsString();
    RegistryReaction reaction(service_.clock());
    const auto status = storage::RunInTransaction(
        service_.pool(), storage::RowScope::System("test"),
        storage::Deadline::After(std::chrono::seconds(10)),
        [&](auto& transaction) { return reaction.Apply(transaction, std::span(&event, 1)); });
    ASSERT_TRUE(status.ok()) << status;
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Compare(std::string_view method, const access::Caller& caller,
                                   const Request& request) {
    Response response;
    auto status = service::CallUnary(endpoint_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  static v1::CompareAttendanceRequest About(std::initializer_list<int> pupils) {
    v1::CompareAttendanceRequest request;
    for (const int pupil : pupils) {
      auto* changed = request.add_changed();
      changed->set_pupil_id(testing::MakePupilId(pupil).ToString());
      changed->set_day(kDay);
    }
    request.add_weeks(1);
    request.add_weeks(12);
    return request;
  }
  static std::vector<std::string> AlikeOf(const v1::AttendanceComparison& comparison) {
    std::vector<std::string> alike;
    for (const auto& one : comparison.alike()) alike.push_back(one.pupil_id());
    return alike;
  }
  static std::string IdOf(int pupil) { return testing::MakePupilId(pupil).ToString(); }
  static access::Caller Officer() {
    access::Scope scope;
    scope.authorities = {testing::MakeSchool(0).la_code};
    return CallerWith(access::Role::kInclusionOfficer, scope);
  }

  education::SequenceIdSource ids_{11};
  service::Endpoint endpoint_;
};

TEST_F(Comparisons, SetAPupilBesideThoseAlikeInTheAuthority) {
  const auto answer =
      Compare<v1::CompareAttendanceResponse>("CompareAttendance", Officer(), About({0, 99}));
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_THAT(answer->comparisons(), SizeIs(1)) << "nobody knows pupil 99";
  const auto& comparison = answer->comparisons(0);
  EXPECT_EQ(comparison.found_alike(), 3);
  EXPECT_THAT(AlikeOf(comparison), ElementsAre(IdOf(1), IdOf(2), IdOf(5)));
  ASSERT_THAT(comparison.spans(), SizeIs(2));
  EXPECT_EQ(comparison.spans(0).weeks(), 1);
  EXPECT_EQ(comparison.spans(0).before().possible(), 10);
  EXPECT_EQ(comparison.spans(0).before().unauthorised(), 2);
  EXPECT_EQ(comparison.spans(0).after().attended(), 6);
  EXPECT_EQ(comparison.spans(1).before().possible(), 20);
  EXPECT_EQ(comparison.spans(1).before().unauthorised(), 6);
  EXPECT_EQ(comparison.alike(0).spans(0).after().unauthorised(), 6);
  EXPECT_EQ(comparison.alike(1).spans(0).after().attended(), 3);
  EXPECT_EQ(Count("select count(*) from access.log where purpose like "
                  "'%CompareAttendance'"),
            1)
      << "of the pupil, not of those who make the mean";
}

TEST_F(Comparisons, LeaveOutWhoIsSetApartAndWhatTheCallerMayNotSee) {
  auto request = About({0});
  request.add_set_apart_pupil_ids(IdOf(1));
  const auto apart =
      Compare<v1::CompareAttendanceResponse>("CompareAttendance", Officer(), request);
  ASSERT_TRUE(apart.ok()) << apart.status();
  EXPECT_THAT(AlikeOf(apart->comparisons(0)), ElementsAre(IdOf(2), IdOf(5)));
  const auto school =
      Compare<v1::CompareAttendanceResponse>("CompareAttendance", Staff(0), About({0, 5}));
  ASSERT_TRUE(school.ok()) << school.status();
  ASSERT_THAT(school->comparisons(), SizeIs(1));
  EXPECT_THAT(AlikeOf(school->comparisons(0)), ElementsAre(IdOf(1), IdOf(2)));
}

TEST_F(Comparisons, ThatMakeNoSenseAreRefusedByField) {
  v1::CompareAttendanceRequest request = About({0});
  request.add_weeks(53);
  request.add_changed()->set_pupil_id("nobody");
  const auto refused =
      Compare<v1::CompareAttendanceResponse>("CompareAttendance", Officer(), request);
  std::vector<std::string> fields;
  for (const auto& one : service::ViolationsOf(refused.status())) fields.push_back(one.field);
  EXPECT_THAT(fields, ElementsAre("weeks", "changed.pupil_id", "changed.day"));
}

TEST_F(Comparisons, SayWhoIsOnRoll) {
  v1::ListOnRollRequest request;
  const auto ask = [&](int pupil, int school, const std::string& day) {
    auto* question = request.add_questions();
    question->set_pupil_id(IdOf(pupil));
    question->set_urn(testing::MakeSchool(school).urn.value());
    question->set_day(day);
  };
  ask(0, 0, kDay);
  ask(0, 1, kDay);
  ask(0, 0, "2025-08-31");
  const auto answer = Compare<v1::ListOnRollResponse>("ListOnRoll", Officer(), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(answer->on_roll(), ElementsAre(true, false, false));
}

}  // namespace
}  // namespace pathways::attendance
