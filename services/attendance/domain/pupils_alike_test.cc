#include "services/attendance/domain/pupils_alike.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::attendance {
namespace {

using education::SenProvision;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

MatchedPupil Pupil(int number, int absent, const char* year = "9",
                   SenProvision sen = SenProvision::kSupport, int possible = 100) {
  MatchedPupil pupil{.pupil = testing::MakePupilId(number), .characteristics = {}, .before = {}};
  pupil.characteristics.year_group = *education::YearGroup::Parse(year);
  pupil.characteristics.sen_provision = sen;
  pupil.before.possible = static_cast<std::uint16_t>(possible);
  pupil.before.unauthorised = static_cast<std::uint16_t>(absent);
  return pupil;
}

TEST(AbsenceLevel, BeginsAtItsPercentExactly) {
  EXPECT_EQ(AbsenceLevel(Pupil(1, 4).before), 0);
  EXPECT_EQ(AbsenceLevel(Pupil(1, 5).before), 1);
  EXPECT_EQ(AbsenceLevel(Pupil(1, 10).before), 2);
  EXPECT_EQ(AbsenceLevel(Pupil(1, 34).before), 3);
  EXPECT_EQ(AbsenceLevel(Pupil(1, 35).before), 4);
  EXPECT_EQ(AbsenceLevel(Pupil(1, 50).before), 5);
}

TEST(AbsenceLevel, NeedsSessions) {
  EXPECT_EQ(AbsenceLevel(Pupil(1, 4, "9", SenProvision::kNone, 19).before), std::nullopt);
  EXPECT_EQ(AbsenceLevel(Pupil(1, 4, "9", SenProvision::kNone, 20).before), 3);
}

TEST(PupilsAlike, ShareYearGroupProvisionAndLevel) {
  const std::vector<MatchedPupil> pool = {Pupil(1, 12),
                                          Pupil(2, 19),
                                          Pupil(3, 20),
                                          Pupil(4, 12, "8"),
                                          Pupil(5, 12, "9", SenProvision::kNone),
                                          Pupil(6, 14)};
  const Alike alike = FindAlike(pool[0], pool);
  EXPECT_EQ(alike.found, 2);
  EXPECT_THAT(alike.nearest, ElementsAre(testing::MakePupilId(6), testing::MakePupilId(2)));
}

TEST(PupilsAlike, AreTheNearestInAbsence) {
  std::vector<MatchedPupil> pool;
  for (int number = 1; number <= 14; ++number) pool.push_back(Pupil(number, 20 + number));
  const Alike alike = FindAlike(Pupil(99, 20), pool);
  EXPECT_EQ(alike.found, 14);
  ASSERT_THAT(alike.nearest, SizeIs(kNearest));
  EXPECT_EQ(alike.nearest.front(), testing::MakePupilId(1));
  EXPECT_EQ(alike.nearest.back(), testing::MakePupilId(10));
}

TEST(PupilsAlike, AreNobodyWhenTheGroupIsNotRecorded) {
  MatchedPupil pupil = Pupil(99, 20);
  pupil.characteristics.sen_provision.reset();
  std::vector<MatchedPupil> pool = {Pupil(1, 20)};
  pool.front().characteristics.sen_provision.reset();
  EXPECT_THAT(FindAlike(pupil, pool).nearest, IsEmpty());
}

}  // namespace
}  // namespace pathways::attendance
