#include "services/panel/domain/fair_access.h"

#include <gtest/gtest.h>

namespace pathways::panel {
namespace {

using education::CalendarKind;
using education::Day;

Day On(int month, int day) { return Day(std::chrono::year(2026) / month / day); }

// The autumn term of 2026 with half term and two INSET days.
education::SchoolCalendar Autumn() {
  const auto year = *education::AcademicYear::FromStartYear(2026);
  const std::vector<education::CalendarEntry> entries = {
      {std::nullopt, year, CalendarKind::kTerm, "Autumn", On(9, 2), On(12, 18)},
      {std::nullopt, year, CalendarKind::kHoliday, "Half term", On(10, 26), On(10, 30)},
      {std::nullopt, year, CalendarKind::kInset, "", On(9, 2), On(9, 2)},
      {std::nullopt, year, CalendarKind::kInset, "", On(11, 27), On(11, 27)}};
  return *education::SchoolCalendar::Make(std::nullopt, entries);
}

FairAccessFacts Asked(Day referred) { return {.asked = true, .referred = referred}; }

TEST(FairAccess, IsDueTwentySchoolDaysAfterTheReferral) {
  const FairAccess plain = FairAccessOf(Asked(On(9, 7)), Autumn(), On(9, 7));
  EXPECT_EQ(plain.due, On(10, 5)) << "four weeks";
  EXPECT_EQ(plain.state, FairAccessState::kDue);
  const FairAccess half_term = FairAccessOf(Asked(On(10, 12)), Autumn(), On(10, 12));
  EXPECT_EQ(half_term.due, On(11, 16)) << "half term is skipped";
  const FairAccess inset = FairAccessOf(Asked(On(11, 2)), Autumn(), On(11, 2));
  EXPECT_EQ(inset.due, On(12, 1)) << "27 November (INSET) is skipped";
}

TEST(FairAccess, ShowsItsWorking) {
  const FairAccess limit = FairAccessOf(Asked(On(10, 12)), Autumn(), On(10, 12));
  EXPECT_EQ(limit.days.front().day, On(10, 12));
  EXPECT_EQ(limit.days.front().number, 0);
  EXPECT_EQ(limit.days.back().day, limit.due);
  EXPECT_EQ(limit.days.back().number, kFairAccessDays);
  EXPECT_EQ(education::Recount({education::Count::kAfter, On(10, 12), kFairAccessDays}, limit.days),
            limit.due);
}

TEST(FairAccess, IsLateTheDayAfterAndFoundWhenDecided) {
  EXPECT_EQ(FairAccessOf(Asked(On(9, 7)), Autumn(), On(10, 5)).state, FairAccessState::kDue);
  EXPECT_EQ(FairAccessOf(Asked(On(9, 7)), Autumn(), On(10, 6)).state, FairAccessState::kLate);
  FairAccessFacts found = Asked(On(9, 7));
  found.found = On(10, 20);
  EXPECT_EQ(FairAccessOf(found, Autumn(), On(10, 21)).state, FairAccessState::kFound);
}

TEST(FairAccess, HasNoDateBeyondTheCalendar) {
  const FairAccess limit = FairAccessOf(Asked(On(12, 7)), Autumn(), On(12, 7));
  EXPECT_EQ(limit.due, std::nullopt);
  EXPECT_EQ(limit.state, FairAccessState::kDue);
}

TEST(FairAccess, IsNotForChildrenForWhomOthersNameTheSchool) {
  FairAccessFacts facts = Asked(On(9, 7));
  facts.has_plan = true;
  EXPECT_EQ(FairAccessOf(facts, Autumn(), On(9, 7)).why_not, "has_plan");
  facts = Asked(On(9, 7));
  facts.looked_after = true;
  EXPECT_EQ(FairAccessOf(facts, Autumn(), On(9, 7)).why_not, "looked_after");
  EXPECT_EQ(FairAccessOf({.referred = On(9, 7)}, Autumn(), On(9, 7)).state, FairAccessState::kNone);
}

}  // namespace
}  // namespace pathways::panel
