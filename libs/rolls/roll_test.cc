#include "libs/rolls/roll.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "libs/education/id_source.h"
#include "libs/testing/builders.h"

namespace pathways::rolls {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::HasSubstr;

constexpr Day kSeptember{2026y / 9 / 1};
constexpr Day kDecember{2026y / 12 / 18};
constexpr Day kJanuary{2027y / 1 / 5};

class RollTest : public ::testing::Test {
 protected:
  RollMember Member(int pupil, Day entry, std::optional<Day> leaving = {}) {
    return {education::EnrolmentId::New(ids_),
            testing::MakePupilId(pupil),
            testing::MakeUpn(pupil),
            {},
            entry,
            leaving,
            {}};
  }
  Roll Make(std::vector<RollMember> members) {
    const auto school = testing::MakeSchool(1);
    return Roll(school.urn, school.la_code, std::move(members));
  }
  static std::uint64_t Packed(int pupil) { return testing::MakeUpn(pupil).packed(); }

  education::SequenceIdSource ids_;
};

TEST_F(RollTest, FindsEveryMemberByUpn) {
  std::vector<RollMember> members;
  for (int pupil = 0; pupil < 2000; ++pupil) members.push_back(Member(pupil, kSeptember));
  const Roll roll = Make(std::move(members));
  for (int pupil = 0; pupil < 2000; ++pupil) EXPECT_EQ(roll.Find(Packed(pupil), kSeptember), pupil);
  for (int pupil = 2000; pupil < 4000; ++pupil)
    EXPECT_EQ(roll.Find(Packed(pupil), kSeptember), Roll::kNone);
}

TEST_F(RollTest, FindsByFormerUpn) {
  RollMember member = Member(1, kSeptember);
  member.former_upns.push_back(testing::MakeUpn(77));
  const Roll roll = Make({Member(2, kSeptember), member});
  EXPECT_EQ(roll.Find(Packed(77), kSeptember), 1U);
}

TEST_F(RollTest, ChoosesTheEnrolmentOfThatDay) {
  const Roll roll = Make({Member(1, kSeptember, kDecember), Member(1, kJanuary)});
  EXPECT_EQ(roll.Find(Packed(1), kSeptember), 0U);
  EXPECT_EQ(roll.Find(Packed(1), kDecember), 0U);
  EXPECT_EQ(roll.Find(Packed(1), kDecember + 1), Roll::kNone);
  EXPECT_EQ(roll.Find(Packed(1), kJanuary), 1U);
}

TEST_F(RollTest, TellsWhyAPupilIsNotFound) {
  const Roll roll = Make({Member(1, kSeptember, kDecember)});
  EXPECT_EQ(roll.Explain(Packed(2), kSeptember).absence, Roll::Absence::kNotOnRoll);
  const Roll::WhyNot why = roll.Explain(Packed(1), kJanuary);
  EXPECT_EQ(why.absence, Roll::Absence::kOutsideEnrolment);
  EXPECT_THAT(why.reason, HasSubstr("not on roll on 5 January 2027"));
  EXPECT_THAT(why.reason, HasSubstr("entered on 1 September 2026, left on 18 December 2026"));
}

TEST_F(RollTest, AnEmptyRollFindsNobody) {
  EXPECT_EQ(Make({}).Find(Packed(1), kSeptember), Roll::kNone);
}

}  // namespace
}  // namespace pathways::rolls
