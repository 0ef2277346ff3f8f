// Attendance's part of a pupil's timeline, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pathways/attendance/v1/timeline.pb.h"
#include "services/attendance/api/timeline_api.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Timeline : public AttendanceTest {
 protected:
  Timeline() : endpoint_(TimelineEndpoint(service_.parts())) {}

  absl::StatusOr<v1::ListTimelineResponse> Ask(const access::Caller& caller, int size = 0,
                                               const std::string& token = "") {
    v1::ListTimelineRequest request;
    request.set_pupil_id(testing::MakePupilId(0).ToString());
    request.set_page_size(size);
    request.set_page_token(token);
    v1::ListTimelineResponse response;
    auto status = service::CallUnary(endpoint_, "ListTimeline", caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  static std::vector<std::string> KindsOf(const v1::ListTimelineResponse& response) {
    std::vector<std::string> kinds;
    for (const auto& entry : response.entries()) kinds.push_back(entry.kind());
    return kinds;
  }

  service::Endpoint endpoint_;
};

TEST_F(Timeline, TellsCrossingsNewestFirstToWhoMaySeeThem) {
  service_.Import(TenDays(0, {{0, "OO"}, {1, "OO"}, {2, "OO"}, {3, "OO"}, {4, "OO"}, {5, "OO"}}));
  const auto all = Ask(Staff(0));
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_THAT(KindsOf(*all), ElementsAre("persistent", "severe", "unauthorised_10_in_10_weeks"));
  EXPECT_EQ(all->entries(2).day(), "2026-09-09");
  EXPECT_EQ(all->entries(2).sessions_absent(), 10);
  EXPECT_EQ(all->entries(0).at(), "2026-09-15T23:00:00Z") << "the day begins in London";
  const auto first = Ask(Staff(0), 2);
  ASSERT_THAT(first->entries(), SizeIs(2));
  const auto rest = Ask(Staff(0), 2, first->next_page_token());
  EXPECT_THAT(rest->entries(), SizeIs(1));
  EXPECT_THAT(rest->next_page_token(), IsEmpty());
  EXPECT_THAT(Ask(Staff(1))->entries(), IsEmpty());
}

}  // namespace
}  // namespace pathways::attendance
