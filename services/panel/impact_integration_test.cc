// Whether the panel is fair and helps, on a real PostgreSQL; attendance and exclusions are played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pathways/common/v1/import.pb.h"
#include "pathways/panel/v1/impact.pb.h"
#include "services/panel/api/impact_api.h"
#include "services/panel/test_sittings.h"

namespace pathways::panel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// Everybody attends half before and all after; those alike stay at half. Nobody is suspended after.
class FakeComparisons : public ComparisonSource {
 public:
  absl::StatusOr<AttendanceByPupil> Attendance(
      const service::Call&, const std::vector<PupilDay>& started,
      const std::vector<education::PupilId>& set_apart) override {
    asked = started.size();
    apart = set_apart.size();
    AttendanceByPupil answer;
    for (const PupilDay& one : started) {
      AttendanceAround& around = answer[one];
      around.own.assign(kEffectWeeks.size(), {{60, 30}, {60, 60}});
      for (int i = 0; i < 5; ++i) {
        around.alike.push_back(testing::MakePupilId(900 + i));
        around.of_alike.emplace_back(kEffectWeeks.size(), SessionsAround{{60, 30}, {60, 30}});
      }
    }
    return answer;
  }
  absl::StatusOr<CountsByPupil> Exclusions(const service::Call&, const WithAlike& started,
                                           const std::vector<int>& weeks) override {
    if (!exclusions.ok()) return exclusions;
    CountsByPupil answer;
    for (const auto& [pupil, alike] : started) {
      answer[pupil].assign(weeks.size(), {.suspensions_before = 2});
    }
    if (!answer.empty()) answer.begin()->second[0].permanent_after = 1;
    return answer;
  }
  absl::StatusOr<std::vector<bool>> OnRoll(const service::Call&,
                                           const std::vector<Return>& questions) override {
    return std::vector<bool>(questions.size(), true);
  }

  absl::Status exclusions;
  std::size_t asked = 0;
  std::size_t apart = 0;
};

class Impact : public SittingWorld {
 protected:
  Impact()
      : impact_(ImpactEndpoint({.pool = pool_.get(),
                                .clock = &clock_,
                                .facts = &facts_,
                                .comparisons = &comparisons_})) {
    Planned();
    decision_ = Decided().decision_id();
    KnowSchool();
    facts_.schools = {
        {.urn = kSchool.urn, .name = "One", .phase = Phase::kSecondary, .pupils = 900},
        {.urn = kOther.urn, .name = "Two", .phase = Phase::kSecondary, .pupils = 300}};
    // Twelve pupils who went to the other school in spring, and came back in summer.
    Rows(R"(
      insert into placement (placement_id, case_id, decision_id, pupil_id, urn, la_code, receiving_urn, name, tier, days, state,
                             version, start_day, ended_on, end_reason, reintegration_urn, reintegration_day, origin_trace_id,
                             updated_by, updated_at)
      select gen_random_uuid(), d.case_id, d.decision_id,
             ('00009001-0000-4000-8000-' || lpad((800 + n)::text, 12, '0'))::uuid, d.urn, d.la_code, 150001, 'Two', 0, '{mon}',
             'ended', 1, '2026-03-02', '2026-05-01', 'returned_to_school', d.urn, '2026-05-05', 'trace', 'test', now()
      from decision d, generate_series(1, 12) n)");
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Figures(std::string_view method, const access::Caller& caller,
                                   const Request& request) {
    Response response;
    auto status = service::CallUnary(impact_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  absl::StatusOr<std::string> File(const access::Caller& caller) {
    const auto chunks = service::CallServerStream<common::v1::FileChunk>(
        impact_, "ExportImpact", caller, v1::ExportImpactRequest());
    if (!chunks.ok()) return chunks.status();
    std::string text;
    for (const auto& chunk : *chunks) text += chunk.data();
    return text;
  }

  std::string decision_;
  FakeComparisons comparisons_;
  service::Endpoint impact_;
};

TEST_F(Impact, TellsSharesAndTimesWithNumbers) {
  const auto fair =
      Figures<v1::GetFairnessResponse>("GetFairness", Manager(), v1::GetFairnessRequest());
  ASSERT_TRUE(fair.ok()) << fair.status();
  EXPECT_EQ(fair->span().from(), "2025-09-01");
  EXPECT_EQ(fair->taken_in(), 12);
  ASSERT_THAT(fair->shares(), SizeIs(2));
  EXPECT_EQ(fair->shares(0).urn(), kOther.urn.value());
  EXPECT_EQ(fair->shares(0).taken_in(), 12);
  EXPECT_EQ(fair->shares(0).fair_share(), "3.0");
  EXPECT_EQ(fair->shares(1).fair_share(), "9.0");
  ASSERT_THAT(fair->times(), SizeIs(3)) << "all, the secondary panel, alternative provision";
  EXPECT_EQ(fair->times(0).to_decision().cases(), 1);
  EXPECT_EQ(fair->times(0).to_decision().median_days(), "0.0");
  EXPECT_EQ(fair->times(0).waiting_for_start(), 1);
  EXPECT_TRUE(fair->casework());
}

TEST_F(Impact, TellsASchoolNothingSmall) {
  const auto fair =
      Figures<v1::GetFairnessResponse>("GetFairness", SchoolStaff(), v1::GetFairnessRequest());
  ASSERT_TRUE(fair.ok()) << fair.status();
  EXPECT_FALSE(fair->casework());
  EXPECT_EQ(fair->taken_in(), 12);
  ASSERT_THAT(fair->times(), SizeIs(1));
  EXPECT_TRUE(fair->times(0).to_decision().suppressed());
  EXPECT_EQ(fair->times(0).to_decision().cases(), 0);
  EXPECT_TRUE(fair->times(0).waiting_suppressed());
  EXPECT_EQ(Figures<v1::GetEffectsResponse>("GetEffects", SchoolStaff(), v1::GetEffectsRequest())
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
  v1::GetFairnessRequest elsewhere;
  elsewhere.mutable_scope()->set_la_code(testing::MakeSchool(6).la_code.value());
  EXPECT_EQ(Figures<v1::GetFairnessResponse>("GetFairness", Manager(), elsewhere).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(Impact, ComparesWithPupilsAlikeAndSaysWhenItCannotTell) {
  const auto effects =
      Figures<v1::GetEffectsResponse>("GetEffects", Officer(), v1::GetEffectsRequest());
  ASSERT_TRUE(effects.ok()) << effects.status();
  EXPECT_EQ(effects->started(), 12);
  EXPECT_EQ(comparisons_.asked, 12);
  EXPECT_EQ(comparisons_.apart, 12) << "nobody whom the panel helped is compared with";
  // All and tier 2, two measures, three lengths.
  ASSERT_THAT(effects->effects(), SizeIs(12));
  const v1::Effect& attendance = effects->effects(0);
  EXPECT_EQ(attendance.weeks(), 6);
  EXPECT_EQ(attendance.compared(), 12);
  EXPECT_EQ(attendance.before(), "50.00");
  EXPECT_EQ(attendance.after(), "100.00");
  EXPECT_EQ(attendance.alike_after(), "50.00");
  EXPECT_EQ(attendance.difference(), "50.00");
  EXPECT_EQ(attendance.verdict(), v1::EFFECT_VERDICT_ROSE);
  EXPECT_EQ(effects->effects(3).measure(), v1::EFFECT_MEASURE_SUSPENSIONS);
  EXPECT_EQ(effects->effects(3).difference(), "-2.00");
  EXPECT_EQ(effects->effects(3).verdict(), v1::EFFECT_VERDICT_FELL);
  // Of those who began in the last weeks nothing is over.
  v1::GetEffectsRequest lately;
  lately.mutable_scope()->set_from("2026-10-01");
  EXPECT_EQ(Figures<v1::GetEffectsResponse>("GetEffects", Officer(), lately)->started(), 0);
  comparisons_.exclusions = absl::UnavailableError("down");
  const auto without =
      Figures<v1::GetEffectsResponse>("GetEffects", Officer(), v1::GetEffectsRequest());
  EXPECT_THAT(without->missing(), ElementsAre("exclusions"));
  EXPECT_THAT(without->effects(), SizeIs(6));
}

TEST_F(Impact, SaysWhichReturnsHeld) {
  const auto returns =
      Figures<v1::GetReturnsResponse>("GetReturns", Manager(), v1::GetReturnsRequest());
  ASSERT_TRUE(returns.ok()) << returns.status();
  EXPECT_EQ(returns->returned(), 12);
  ASSERT_THAT(returns->held(), SizeIs(2));
  EXPECT_EQ(returns->held(0).returns(), 12);
  EXPECT_EQ(returns->held(0).held(), 11);
  EXPECT_EQ(returns->held(0).excluded_again(), 1);
  EXPECT_EQ(returns->held(0).held_percent(), "91.7");
  EXPECT_EQ(returns->held(1).returns(), 0) << "26 weeks are not over";
  EXPECT_EQ(returns->held(1).held_percent(), "");
}

TEST_F(Impact, GoesIntoAFileThatIsRecorded) {
  const auto file = File(Manager());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(*file, HasSubstr("2025-09-01,2026-11-02,822,fair_share,school_urn,150001,z,300,3.0"));
  EXPECT_THAT(*file, HasSubstr("attendance_difference,Total,Total,6,12,50.00,50.00,50.00,rose\n"));
  EXPECT_THAT(*file, HasSubstr("returns_held,Total,Total,12,12,11,z,z,\n"));
  const auto school = File(SchoolStaff());
  ASSERT_TRUE(school.ok()) << school.status();
  EXPECT_THAT(*school, HasSubstr("days_to_decision,Total,Total,z,c,c,z,z,\n"));
  EXPECT_THAT(*school, Not(HasSubstr("attendance")));
  EXPECT_EQ(Count("select count(*) from access.log where action = 'export'"), 2);
}

}  // namespace
}  // namespace pathways::panel
