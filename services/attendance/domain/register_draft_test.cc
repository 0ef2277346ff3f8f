#include "services/attendance/domain/register_draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pathways::attendance {
namespace {

using education::Session;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint32_t kPupil = 1;

RowMarks Row(std::int64_t row, char am, char pm, std::uint32_t member = kPupil) {
  return {row, member, {am, pm}};
}

TEST(DayDraft, KeepsWhatRowsSay) {
  DayDraft draft(3);
  EXPECT_TRUE(draft.empty());
  EXPECT_TRUE(draft.Place(Row(2, '/', '\\')).kept);
  EXPECT_TRUE(draft.Place(Row(3, 'I', 0, 2)).kept);
  EXPECT_EQ(draft.MarkOf(kPupil, Session::kMorning), '/');
  EXPECT_EQ(draft.MarkOf(kPupil, Session::kAfternoon), '\\');
  EXPECT_EQ(draft.MarkOf(2, Session::kAfternoon), '\0');
  EXPECT_FALSE(draft.empty());
}

TEST(DayDraft, TheSameMarkAgainIsFine) {
  DayDraft draft(3);
  draft.Place(Row(2, '/', '\\'));
  EXPECT_TRUE(draft.Place(Row(9, '/', '\\')).kept);
  EXPECT_EQ(draft.MarkOf(kPupil, Session::kMorning), '/');
}

TEST(DayDraft, AnotherMarkForTheSameSessionRefusesBothRowsWholly) {
  DayDraft draft(3);
  draft.Place(Row(2, '/', '\\'));
  const auto placed = draft.Place(Row(9, 'I', 0));
  EXPECT_FALSE(placed.kept);
  EXPECT_EQ(placed.other_row, 2);
  EXPECT_THAT(placed.withdrawn, ElementsAre(Row(2, '/', '\\')));
  EXPECT_EQ(draft.MarkOf(kPupil, Session::kMorning), '\0');
  EXPECT_EQ(draft.MarkOf(kPupil, Session::kAfternoon), '\0');
  EXPECT_TRUE(draft.empty());
}

TEST(DayDraft, RowsThatAgreedWithARefusedOneAreRefusedToo) {
  DayDraft draft(3);
  draft.Place(Row(2, '/', 0));
  draft.Place(Row(5, '/', 0));
  const auto placed = draft.Place(Row(9, 'I', 0));
  EXPECT_THAT(placed.withdrawn, ElementsAre(Row(2, '/', 0), Row(5, '/', 0)));
}

TEST(DayDraft, AThirdRowIsRefusedAlone) {
  DayDraft draft(3);
  draft.Place(Row(2, '/', 0));
  draft.Place(Row(9, 'I', 0));
  const auto placed = draft.Place(Row(12, '/', 0));
  EXPECT_FALSE(placed.kept);
  EXPECT_EQ(placed.other_row, 2);
  EXPECT_THAT(placed.withdrawn, IsEmpty());
}

TEST(DayDraft, WhatAnotherRowSaidOfTheOtherSessionStands) {
  DayDraft draft(3);
  draft.Place(Row(2, '/', '\\'));
  draft.Place(Row(3, 0, '\\'));
  const auto placed = draft.Place(Row(9, 'I', 0));
  EXPECT_THAT(placed.withdrawn, ElementsAre(Row(2, '/', '\\')));
  EXPECT_EQ(draft.MarkOf(kPupil, Session::kAfternoon), '\\');
  EXPECT_THAT(draft.Place(Row(10, 0, 'B')).withdrawn, ElementsAre(Row(3, 0, '\\')));
}

TEST(DayDraft, NotesStandBesideMarksThatStand) {
  DayDraft draft(3);
  draft.Place(Row(2, 'L', 0));
  draft.SetNote(kPupil, Session::kMorning,
                {.minutes_late = 12, .comment = "", .reason = "", .amended_by = ""});
  ASSERT_NE(draft.FindNote(kPupil, Session::kMorning), nullptr);
  EXPECT_EQ(draft.FindNote(kPupil, Session::kMorning)->minutes_late, 12);
  draft.Place(Row(3, '/', 0));
  int notes = 0;
  draft.ForEachNote([&](std::uint32_t, Session, const MarkNote&) { ++notes; });
  EXPECT_EQ(notes, 0);
}

}  // namespace
}  // namespace pathways::attendance
