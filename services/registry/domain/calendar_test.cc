#include "services/registry/domain/calendar.h"

#include <gtest/gtest.h>

namespace pathways::registry {
namespace {

using namespace std::chrono_literals;
using education::CalendarKind;
using education::Day;

const CalendarDays kAutumn{CalendarKind::kTerm, "Autumn", Day(2026y / 9 / 2), Day(2026y / 12 / 18)};
const CalendarDays kSpring{CalendarKind::kTerm, "Spring", Day(2027y / 1 / 5), Day(2027y / 3 / 25)};

TEST(MergeCalendar, AddsWhatIsNew) {
  EXPECT_EQ(MergeCalendar({kAutumn}, {kSpring}), (std::vector{kAutumn, kSpring}));
}

TEST(MergeCalendar, ChangesNothingForTheSameEntries) {
  EXPECT_EQ(MergeCalendar({kAutumn, kSpring}, {kAutumn}), (std::vector{kAutumn, kSpring}));
}

TEST(MergeCalendar, MovesATermWhoseDatesChanged) {
  const CalendarDays moved{CalendarKind::kTerm, "Autumn", Day(2026y / 9 / 1), Day(2026y / 12 / 17)};
  EXPECT_EQ(MergeCalendar({kAutumn, kSpring}, {moved}), (std::vector{moved, kSpring}));
}

TEST(MergeCalendar, LeavesEntriesOfOtherKindsAlone) {
  const CalendarDays closure{CalendarKind::kClosure, "Snow", Day(2026y / 11 / 30),
                             Day(2026y / 11 / 30)};
  EXPECT_EQ(MergeCalendar({kAutumn}, {closure}), (std::vector{kAutumn, closure}));
}

}  // namespace
}  // namespace pathways::registry
