#include "services/exclusions/domain/risk_year.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/exclusions/domain/risk_fixture.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using fixture::Authority;
using fixture::On;
using fixture::Pupil;
using fixture::Suspension;
using fixture::TestWeights;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

const AcademicYear kYear = *AcademicYear::Parse("202526");

TEST(RehearsalDays, AreTheEndsOfMonths) {
  const auto days = RehearsalDays(kYear, On("2026-11-24"));
  ASSERT_THAT(days, SizeIs(11));
  EXPECT_EQ(days.front(), On("2025-09-30"));
  EXPECT_EQ(days[5], On("2026-02-28"));
  EXPECT_EQ(days.back(), On("2026-07-31"));
  EXPECT_THAT(RehearsalDays(kYear, On("2025-10-31")), SizeIs(2));
}

class Rehearsed : public ::testing::Test {
 protected:
  YearRehearsal Of(const std::vector<RiskHistory>& pupils, const RiskWeights& after) {
    YearRehearsal rehearsal(days_, Authority(), before_, after);
    for (const RiskHistory& pupil : pupils) rehearsal.Add(pupil);
    return rehearsal;
  }

  const std::vector<education::Day> days_ = RehearsalDays(kYear, On("2026-11-24"));
  const RiskWeights before_ = TestWeights();
};

TEST_F(Rehearsed, TellsHowManyWhereAndWhen) {
  RiskHistory once = Pupil();
  once.exclusions = {Suspension("2025-10-06", 2)};
  once.recorded[0].sen_provision = "K";
  RiskHistory thrice = Pupil();
  thrice.exclusions = {Suspension("2025-10-06", 2), Suspension("2025-11-10", 2),
                       Suspension("2026-01-12", 2)};
  RiskHistory primary = Pupil();
  primary.recorded[0].year_group = "5";
  primary.stays = {fixture::AtSchool("2024-09-02", 900002, "State-funded primary")};
  primary.exclusions = {Suspension("2026-03-02", 2)};
  RiskWeights after = TestWeights();
  after.secondary_threshold = 18;  // one is enough with SEN support
  after.primary_threshold = 11;    // and no longer at primary schools
  const YearRehearsal rehearsal = Of({once, thrice, primary, Pupil()}, after);
  EXPECT_EQ(rehearsal.pupils(), 4);
  EXPECT_EQ(rehearsal.total(), (RehearsalCounts{2, 2, 1, 1}));
  EXPECT_EQ(rehearsal.primary(), (RehearsalCounts{1, 0, 0, 1}));
  ASSERT_THAT(rehearsal.Schools(), SizeIs(2));
  EXPECT_EQ(rehearsal.Schools()[0].urn, fixture::School(900001));
  EXPECT_EQ(rehearsal.Schools()[0].counts, (RehearsalCounts{1, 2, 1, 0}));
  EXPECT_THAT(rehearsal.months()[1], Pair(0, 1)) << "October";
  EXPECT_THAT(rehearsal.months()[4], Pair(1, 1)) << "January";
  EXPECT_THAT(rehearsal.months()[6], Pair(1, 0)) << "March";
}

TEST_F(Rehearsed, TheSameWeightsChangeNothing) {
  RiskHistory pupil = Pupil();
  pupil.exclusions = {Suspension("2025-10-06", 2), Suspension("2025-11-10", 2),
                      Suspension("2026-01-12", 2)};
  EXPECT_EQ(Of({pupil, Pupil()}, TestWeights()).total(), (RehearsalCounts{1, 1, 0, 0}));
}

TEST_F(Rehearsed, OtherAuthoritiesArePassedOver) {
  RiskHistory pupil = Pupil();
  pupil.stays[0].la_code = *education::LaCode::FromInt(213);
  EXPECT_EQ(Of({pupil}, TestWeights()).pupils(), 0);
}

TEST(Fairness, CountsGroupsAndWhatCameAfter) {
  const RiskWeights weights = TestWeights();
  FairnessAudit audit(Authority(), On("2026-01-31"), On("2027-01-31"), weights);
  const auto pupil = [](const std::string& sex, bool proposed, bool later) {
    RiskHistory history = Pupil();
    history.recorded[0].sex = sex;
    history.recorded[0].ethnic_group = "white";
    if (proposed) {
      history.exclusions = {Suspension("2025-10-06", 2), Suspension("2025-11-10", 2),
                            Suspension("2026-01-12", 2)};
    }
    if (later) history.exclusions.push_back(Suspension("2026-03-02", 2));
    return history;
  };
  for (const RiskHistory& one : {pupil("F", false, false), pupil("M", true, true),
                                 pupil("M", true, false), pupil("M", false, true)}) {
    audit.Add(one);
  }
  RiskHistory gone = pupil("M", true, true);
  gone.stays[0].leaving = On("2026-01-01");
  audit.Add(gone);
  const auto& sexes = audit.Groups(Grouping::kSex);
  ASSERT_THAT(sexes, SizeIs(2));
  EXPECT_EQ(sexes.at("F").pupils(), 1);
  EXPECT_EQ(sexes.at("F").proposed(), 0);
  EXPECT_EQ(sexes.at("M").pupils(), 3);
  EXPECT_EQ(sexes.at("M").proposed(), 2);
  EXPECT_EQ(sexes.at("M").excluded_later(), 2);
  EXPECT_EQ(sexes.at("M").permanently_excluded_later(), 0);
  EXPECT_EQ(sexes.at("M").proposed_and_excluded(), 1);
  EXPECT_EQ(audit.Groups(Grouping::kEthnicGroup).at("white").pupils(), 4);
  EXPECT_EQ(audit.Groups(Grouping::kDisadvantaged).at("").pupils(), 4) << "not known";
}

}  // namespace
}  // namespace pathways::exclusions
