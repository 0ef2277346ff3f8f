// Exclusions before and after a day, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pathways/exclusions/v1/comparison.pb.h"
#include "services/exclusions/api/comparison_api.h"
#include "services/exclusions/store/comparison_store.h"
#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ExclusionsAround : public ExclusionsWorld {
 protected:
  ExclusionsAround() : around_(ComparisonEndpoint(parts_)) {
    auto session = storage::Session::Open(database_.admin_uri());
    const auto status = session->RunScript(storage::Deadline::After(std::chrono::seconds(20)), R"(
      insert into exclusion (exclusion_id, reference, pupil_id, urn, la_code, kind, start_date, start_session, half_days, reasons,
                             decided_on, warnings_seen, history, has_social_worker, compulsory_age, no_examinations_left, state,
                             ended_on, version, recorded_at, recorded_by, updated_at, updated_by)
      select gen_random_uuid(), 'EX-' || n, ('00009001-0000-4000-8000-' || lpad(to_hex(pupil + 1), 12, '0'))::uuid, 150000, 822, kind,
             start_date::date, 'AM', case when kind = 'PERM' then 0 else 2 end, '{PP}', start_date::date, false, true, false, true,
             false, state, ended_on::date, 1, now(), 'test', now(), 'test'
      from (values (1, 0, 'SUSP', '2026-09-07', 'recorded', null), (2, 0, 'LNCH', '2026-10-01', 'recorded', null),
                   (3, 0, 'SUSP', '2026-10-05', 'recorded', null), (4, 0, 'SUSP', '2026-10-06', 'withdrawn', '2026-10-07'),
                   (5, 0, 'PERM', '2026-11-02', 'recorded', null), (6, 1, 'PERM', '2026-10-12', 'cancelled', '2026-10-13'))
           as e(n, pupil, kind, start_date, state, ended_on))");
    EXPECT_TRUE(status.ok()) << status;
  }

  absl::StatusOr<v1::CompareExclusionsResponse> Compare(const access::Caller& caller, int pupil,
                                                        int weeks = 12) {
    v1::CompareExclusionsRequest request;
    auto* changed = request.add_changed();
    changed->set_pupil_id(testing::MakePupilId(pupil).ToString());
    changed->set_day("2026-10-05");
    changed->add_alike_pupil_ids(testing::MakePupilId(0).ToString());
    request.add_weeks(2);
    request.add_weeks(weeks);
    v1::CompareExclusionsResponse response;
    auto status = service::CallUnary(around_, "CompareExclusions", caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  service::Endpoint around_;
};

TEST_F(ExclusionsAround, CountWhatStandsInEachSpan) {
  const auto answer = Compare(Officer(), 1);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_THAT(answer->counts(), SizeIs(1)) << "what was cancelled is no permanent exclusion";
  const auto& counts = answer->counts(0);
  EXPECT_EQ(counts.pupil_id(), testing::MakePupilId(0).ToString());
  ASSERT_THAT(counts.spans(), SizeIs(2));
  EXPECT_EQ(counts.spans(0).suspensions_before(), 1) << "the lunchtime of the Thursday before";
  EXPECT_EQ(counts.spans(0).suspensions_after(), 1) << "not the one that was withdrawn";
  EXPECT_EQ(counts.spans(0).permanent_after(), 0);
  EXPECT_EQ(counts.spans(1).suspensions_before(), 2);
  EXPECT_EQ(counts.spans(1).permanent_after(), 1);
  EXPECT_THAT(Compare(OfficerElsewhere(), 1)->counts(), IsEmpty());
  EXPECT_EQ(Compare(Officer(), 1, 53).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace pathways::exclusions
