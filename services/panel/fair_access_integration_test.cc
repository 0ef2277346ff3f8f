// The fair access protocol's limit of a case, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pathways/panel/v1/fair_access.pb.h"
#include "services/panel/api/fair_access_api.h"
#include "services/panel/test_world.h"

namespace pathways::panel {
namespace {

// An autumn term without a break.
class FakeCalendars : public rolls::RollSource {
 public:
  absl::StatusOr<rolls::VisibleSchools> Visible(const service::Call&) override {
    const auto school = testing::MakeSchool(0);
    return rolls::VisibleSchools{{school.urn, {school.la_code, 1, 1}}};
  }
  absl::StatusOr<std::shared_ptr<const rolls::Roll>> GetRoll(const service::Call&, education::Urn,
                                                             const rolls::RollVersions&) override {
    return absl::UnimplementedError("nobody asks for it");
  }
  absl::StatusOr<std::shared_ptr<const education::SchoolCalendar>> GetCalendar(
      const service::Call&, education::Urn, const rolls::RollVersions&) override {
    const std::vector<education::CalendarEntry> entries = {
        {std::nullopt, *education::AcademicYear::FromStartYear(2026),
         education::CalendarKind::kTerm, "Autumn", education::Day(std::chrono::year(2026) / 9 / 2),
         education::Day(std::chrono::year(2026) / 12 / 18)}};
    return std::make_shared<const education::SchoolCalendar>(
        *education::SchoolCalendar::Make(std::nullopt, entries));
  }
};

class FairAccessLimit : public PanelWorld {
 protected:
  FairAccessLimit() : endpoint_of_(FairAccessEndpoint({parts_, &calendars_})) {}

  absl::StatusOr<v1::GetFairAccessResponse> Limit(const access::Caller& caller) {
    v1::GetFairAccessRequest request;
    request.set_case_id(IdOf(1));
    v1::GetFairAccessResponse response;
    auto status = service::CallUnary(endpoint_of_, "GetFairAccess", caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  FakeCalendars calendars_;
  service::Endpoint endpoint_of_;
};

TEST_F(FairAccessLimit, IsOfCasesThatAskForSuchAPlaceAndNotOfChildrenWithAPlan) {
  const auto other = Referred();
  EXPECT_EQ(Limit(Officer())->state(), v1::FAIR_ACCESS_STATE_UNSPECIFIED);
  const auto asked = Save(Officer(), other, "asked",
                          {{"asked_for", "fair_access_place"}, {"asked_detail", "A school."}});
  ASSERT_TRUE(asked.ok()) << asked.status();
  const auto limit = Limit(Officer());
  ASSERT_TRUE(limit.ok()) << limit.status();
  EXPECT_EQ(limit->state(), v1::FAIR_ACCESS_STATE_DUE);
  EXPECT_EQ(limit->starts_from(), "2026-11-02");
  EXPECT_EQ(limit->due(), "2026-11-30");
  EXPECT_EQ(limit->days_size(), 29) << "the day itself, and every day until it";
  EXPECT_EQ(Limit(OtherSchool()).status().code(), absl::StatusCode::kNotFound);
  const auto plan = Save(Officer(), *asked, "needs",
                         {{"needs", "learning"},
                          {"needs_detail", "Struggles to read."},
                          {"strengths", "Kind."},
                          {"has_plan", "yes"},
                          {"has_social_worker", "no"}});
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(Limit(Officer())->why_not(), "has_plan");
}

}  // namespace
}  // namespace pathways::panel
