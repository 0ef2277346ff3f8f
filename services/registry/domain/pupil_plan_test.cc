#include "services/registry/domain/pupil_plan.h"

#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::registry {
namespace {

using namespace std::chrono_literals;
using education::Day;

const Day kToday(2026y / 10 / 5);
const education::Urn kSchoolA = testing::MakeSchool(0).urn;
const education::Urn kSchoolB = testing::MakeSchool(1).urn;
const education::LaCode kAuthority = testing::MakeSchool(0).la_code;

PupilRow Row(int number, education::Urn urn = kSchoolA, Day entry = Day(2026y / 9 / 1)) {
  const testing::TestPupil pupil = testing::MakePupil(number);
  return {.row = 2,
          .raw = "raw",
          .identity = {pupil.upn, pupil.family_name, pupil.given_name, pupil.born,
                       education::Sex::kFemale, "WBRI"},
          .former_upn = std::nullopt,
          .characteristics = {*education::YearGroup::Parse("7"), education::SenProvision::kNone},
          .urn = urn,
          .la_code = kAuthority,
          .entry_date = entry,
          .leaving_date = std::nullopt,
          .status = education::EnrolmentStatus::kSingle,
          .status_given = true};
}

// What is known after a plan on nothing.
KnownPupils After(const PupilPlan& plan) {
  KnownPupils known;
  for (const PupilChange& pupil : plan.new_pupils) {
    known.by_upn[pupil.identity.upn] = known.pupils.size();
    CharacteristicsFrom latest{
        std::nullopt, {*education::YearGroup::Parse("7"), education::SenProvision::kNone}, 1};
    for (const CharacteristicsChange& change : plan.characteristics) {
      if (change.id == pupil.id) latest = change.values;
    }
    std::vector<Enrolment> enrolments;
    for (const Enrolment& enrolment : plan.new_enrolments) {
      if (enrolment.pupil == pupil.id) enrolments.push_back(enrolment);
    }
    known.pupils.push_back({pupil.id, pupil.identity, latest, enrolments});
  }
  return known;
}

class PupilPlanTest : public ::testing::Test {
 protected:
  PupilPlan Plan(const KnownPupils& known, std::vector<PupilRow> rows) {
    return PlanPupils(known, std::move(rows), kToday, ids_);
  }
  KnownPupils Known(std::vector<PupilRow> rows) { return After(Plan({}, std::move(rows))); }

  education::SequenceIdSource ids_;
};

TEST_F(PupilPlanTest, MakesANewPupilWithEnrolmentAndFirstCharacteristics) {
  const PupilPlan plan = Plan({}, {Row(1)});
  ASSERT_EQ(plan.new_pupils.size(), 1u);
  ASSERT_EQ(plan.new_enrolments.size(), 1u);
  EXPECT_EQ(plan.new_enrolments[0].pupil, plan.new_pupils[0].id);
  EXPECT_EQ(plan.new_enrolments[0].version, 1);
  ASSERT_EQ(plan.characteristics.size(), 1u);
  EXPECT_FALSE(plan.characteristics[0].values.valid_from.has_value());
  EXPECT_EQ(plan.schools, std::set{kSchoolA});
}

TEST_F(PupilPlanTest, ChangesNothingWhenTheSameFileComesAgain) {
  const PupilPlan plan = Plan(Known({Row(1), Row(2)}), {Row(1), Row(2)});
  EXPECT_TRUE(plan.new_pupils.empty());
  EXPECT_TRUE(plan.changed_pupils.empty());
  EXPECT_TRUE(plan.new_enrolments.empty());
  EXPECT_TRUE(plan.changed_enrolments.empty());
  EXPECT_TRUE(plan.characteristics.empty());
  EXPECT_TRUE(plan.schools.empty());
  EXPECT_EQ(plan.unchanged_rows, 2);
}

TEST_F(PupilPlanTest, TellsAgainWhenTheEthnicGroupChanges) {
  PupilRow again = Row(1);
  again.identity.ethnicity = "WIRI";
  EXPECT_TRUE(Plan(Known({Row(1)}), {again}).characteristics.empty()) << "the same group";
  again.identity.ethnicity = "BCRB";
  const PupilPlan plan = Plan(Known({Row(1)}), {again});
  ASSERT_EQ(plan.characteristics.size(), 1u);
  EXPECT_EQ(plan.characteristics[0].ethnic_group, education::EthnicGroup::kBlack);
  EXPECT_EQ(plan.characteristics[0].values.version, 2);
}

TEST_F(PupilPlanTest, KeepsOneCharacteristicsEntryADay) {
  PupilRow changed = Row(1);
  changed.characteristics.sen_provision = education::SenProvision::kSupport;
  KnownPupils known = Known({Row(1)});
  const PupilPlan first = Plan(known, {changed});
  ASSERT_EQ(first.characteristics.size(), 1u);
  EXPECT_EQ(first.characteristics[0].values.valid_from, kToday);
  EXPECT_EQ(first.characteristics[0].values.version, 1);

  known.pupils[0].latest = first.characteristics[0].values;
  changed.characteristics.pupil_premium = true;
  const PupilPlan second = Plan(known, {changed});
  ASSERT_EQ(second.characteristics.size(), 1u);
  EXPECT_EQ(second.characteristics[0].values.valid_from, kToday);
  EXPECT_EQ(second.characteristics[0].values.version, 2);
}

TEST_F(PupilPlanTest, ClosesAnEarlierSingleRegistrationTheDayBeforeTheNewOneBegins) {
  const Day moved(2026y / 10 / 1);
  const PupilPlan plan = Plan(Known({Row(1)}), {Row(1, kSchoolB, moved)});
  ASSERT_EQ(plan.changed_enrolments.size(), 1u);
  EXPECT_EQ(plan.changed_enrolments[0].urn, kSchoolA);
  EXPECT_EQ(plan.changed_enrolments[0].leaving_date, moved - 1);
  EXPECT_EQ(plan.changed_enrolments[0].version, 2);
  EXPECT_EQ(plan.schools, (std::set{kSchoolA, kSchoolB}));
}

TEST_F(PupilPlanTest, ClosesNothingWhenTheNewEntryDoesNotSaySingle) {
  PupilRow dual = Row(1, kSchoolB, Day(2026y / 10 / 1));
  dual.status = education::EnrolmentStatus::kSubsidiary;
  EXPECT_TRUE(Plan(Known({Row(1)}), {dual}).changed_enrolments.empty());

  PupilRow silent = Row(1, kSchoolB, Day(2026y / 10 / 1));
  silent.status_given = false;
  EXPECT_TRUE(Plan(Known({Row(1)}), {silent}).changed_enrolments.empty());
}

TEST_F(PupilPlanTest, KeepsALeavingDateThatALaterFileLeavesEmpty) {
  PupilRow left = Row(1);
  left.leaving_date = Day(2026y / 9 / 30);
  const PupilPlan plan = Plan(Known({left}), {Row(1)});
  EXPECT_TRUE(plan.changed_enrolments.empty());
}

TEST_F(PupilPlanTest, RefusesAUpnRecordedForAnotherChild) {
  PupilRow other = Row(1);
  other.identity.surname = "Otherwise";
  other.identity.date_of_birth = Day(2014y / 1 / 1);
  const PupilPlan plan = Plan(Known({Row(1)}), {other});
  ASSERT_EQ(plan.refusals.size(), 1u);
  EXPECT_EQ(plan.refusals[0].code, "upn_of_another_pupil");
  EXPECT_TRUE(plan.changed_pupils.empty());
}

TEST_F(PupilPlanTest, TakesAMarriedOrCorrectedSurname) {
  PupilRow renamed = Row(1);
  renamed.identity.surname = "Otherwise";
  const PupilPlan plan = Plan(Known({Row(1)}), {renamed});
  ASSERT_EQ(plan.changed_pupils.size(), 1u);
  EXPECT_EQ(plan.changed_pupils[0].identity.surname, "Otherwise");
  // Registers carry no names, but whoever keeps the roll shows them.
  EXPECT_EQ(plan.schools, std::set{kSchoolA});
}

TEST_F(PupilPlanTest, FollowsAPupilFromATemporaryToAPermanentUpn) {
  PupilRow permanent = Row(1);
  permanent.identity.upn = testing::MakeUpn(500);
  permanent.former_upn = testing::MakeUpn(1);
  KnownPupils known = Known({Row(1)});
  const PupilPlan plan = Plan(known, {permanent});
  EXPECT_TRUE(plan.new_pupils.empty());
  ASSERT_EQ(plan.changed_pupils.size(), 1u);
  EXPECT_EQ(plan.changed_pupils[0].id, known.pupils[0].id);
  EXPECT_EQ(plan.changed_pupils[0].identity.upn, testing::MakeUpn(500));
  EXPECT_EQ(plan.changed_pupils[0].former_upn, testing::MakeUpn(1));
}

TEST_F(PupilPlanTest, DoesNotGiveBackAFormerUpn) {
  KnownPupils known = Known({Row(1)});
  known.by_upn[testing::MakeUpn(500)] = 0;
  PupilRow late = Row(1);
  late.identity.upn = testing::MakeUpn(500);
  const PupilPlan plan = Plan(known, {late});
  EXPECT_TRUE(plan.new_pupils.empty());
  EXPECT_TRUE(plan.changed_pupils.empty());
  EXPECT_EQ(plan.unchanged_rows, 1);
}

TEST_F(PupilPlanTest, TakesSeveralSchoolsOfOnePupilFromOneFile) {
  const PupilPlan plan = Plan({}, {Row(1, kSchoolB, Day(2026y / 10 / 1)), Row(1)});
  EXPECT_EQ(plan.new_pupils.size(), 1u);
  ASSERT_EQ(plan.new_enrolments.size(), 2u);
  EXPECT_EQ(plan.new_enrolments[0].urn, kSchoolA);
  EXPECT_EQ(plan.new_enrolments[0].leaving_date, Day(2026y / 9 / 30));
  EXPECT_FALSE(plan.new_enrolments[1].leaving_date.has_value());
}

}  // namespace
}  // namespace pathways::registry
