#include "services/attendance/domain/day_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pathways::attendance {
namespace {

using education::Session;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<char> Said(std::string_view marks) {
  std::vector<char> said(marks.begin(), marks.end());
  for (char& mark : said) {
    if (mark == ' ') mark = 0;
  }
  return said;
}

TEST(MergeDay, AFirstRegisterShowsWhoHasNoMarkAndWhoIsNotOnRoll) {
  const MergedDay day = MergeDay("", {true, true, false}, Said("/\\    "));
  EXPECT_EQ(day.marks, "/\\--..");
  EXPECT_EQ(day.added, 2);
  EXPECT_THAT(day.amendments, IsEmpty());
  EXPECT_TRUE(day.changed());
}

TEST(MergeDay, TheSameAgainChangesNothing) {
  const MergedDay day = MergeDay("/\\--", {true, true}, Said("/\\  "));
  EXPECT_FALSE(day.changed());
  EXPECT_EQ(day.unchanged, 2);
}

TEST(MergeDay, SomebodyNewOnRollIsNoNewRegister) {
  EXPECT_FALSE(MergeDay("/\\", {true, true}, Said("/\\  ")).changed());
}

TEST(MergeDay, AMissingMarkIsAddedLater) {
  const MergedDay day = MergeDay("/-", {true}, Said(" \\"));
  EXPECT_EQ(day.marks, "/\\");
  EXPECT_EQ(day.added, 1);
}

TEST(MergeDay, AnEmptyCellTakesNothingAway) {
  EXPECT_EQ(MergeDay("/\\", {true}, Said("  ")).marks, "/\\");
}

TEST(MergeDay, ACorrectionKeepsTheOriginal) {
  const MergedDay day = MergeDay("NN/\\", {true, true}, Said("I   "));
  EXPECT_EQ(day.marks, "IN/\\");
  EXPECT_THAT(day.amendments, ElementsAre(MarkChange{0, Session::kMorning, 'N', 'I'}));
}

TEST(MergeDay, AMarkOfSomebodyWhoLeftTheRollStays) {
  EXPECT_EQ(MergeDay("/\\/\\", {false, true}, Said("  I ")).marks, "/\\I\\");
}

TEST(AbsencesOf, NamesWhoWasNotThereForAllTheSchoolHeld) {
  const education::Day day = *education::Day::ParseIso("2026-10-05");
  // Present, ill all day, unauthorised in the afternoon, elsewhere in the morning, not on roll.
  const DayAbsences absences = AbsencesOf("/\\II/UD\\..", day);
  EXPECT_EQ(absences.sessions, 2);
  EXPECT_THAT(absences.slots, ElementsAre(SlotAbsence{1, 2, 0, 0}, SlotAbsence{2, 1, 1, 0},
                                          SlotAbsence{3, 0, 0, 1}));
}

TEST(AbsencesOf, CountsOnlySessionsThatWereHeld) {
  const education::Day day = *education::Day::ParseIso("2026-10-05");
  EXPECT_THAT(AbsencesOf("/#I#", day).slots, ElementsAre(SlotAbsence{1, 1, 0, 0}));
  EXPECT_EQ(AbsencesOf("/#I#", day).sessions, 1);
  EXPECT_EQ(AbsencesOf("####", day).sessions, 0);
}

TEST(MarkAt, BeyondTheEndIsNotOnRoll) {
  EXPECT_EQ(MarkAt("/\\", 0, Session::kAfternoon), '\\');
  EXPECT_EQ(MarkAt("/\\", 1, Session::kMorning), '.');
}

}  // namespace
}  // namespace pathways::attendance
