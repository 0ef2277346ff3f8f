#include "libs/education/unauthorised_threshold.h"

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "libs/education/attendance_code.h"
#include "libs/education/calendar_fixture.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

const SchoolCalendar& Calendar() {
  static const SchoolCalendar calendar = fixture::Calendar(fixture::BedfordBothYears());
  return calendar;
}

// Marks of one pupil, by school week and weekday (0 Monday): "GG" is morning and afternoon.
class Marks {
 public:
  Marks& On(int week, int weekday, const std::string& am_pm) {
    days_[Calendar().FirstDayOfSchoolWeek(week).value() + weekday] = am_pm;
    return *this;
  }

  std::vector<UnauthorisedCrossing> Crossings() const {
    std::vector<UnauthorisedDay> days;
    for (const auto& [day, marks] : days_) {
      int sessions = 0;
      for (const char byte : marks) {
        sessions += CountsFor(day)[static_cast<unsigned char>(byte)].unauthorised;
      }
      days.push_back({day, sessions});
    }
    return UnauthorisedCrossings(days, Calendar());
  }

 private:
  std::map<Day, std::string> days_;
};

Day DayIn(int week, int weekday) { return *Calendar().FirstDayOfSchoolWeek(week) + weekday; }

using Crossed = std::vector<UnauthorisedCrossing>;

TEST(UnauthorisedThreshold, PN1WholeWeekOfHoliday) {
  Marks marks;
  for (int weekday = 0; weekday < 5; ++weekday) marks.On(3, weekday, "GG");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(3, 4), 10}}));
}

TEST(UnauthorisedThreshold, PN2SixAndThenOneAWeek) {
  Marks marks;
  for (int weekday = 0; weekday < 3; ++weekday) marks.On(2, weekday, "OO");
  for (int week = 3; week <= 6; ++week) marks.On(week, 1, "U\\");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(6, 1), 10}}));
}

TEST(UnauthorisedThreshold, PN3HolidayAndLateTogether) {
  Marks marks;
  marks.On(2, 1, "GG").On(2, 2, "GG");
  for (int week = 3; week <= 8; ++week) marks.On(week, 0, "U\\");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(8, 0), 10}}));
}

TEST(UnauthorisedThreshold, PN4SummerHolidayWeeksDoNotCount) {
  const int last_of_summer = *Calendar().SchoolWeekNumber(Day(2026y / 7 / 17));
  Marks marks;
  marks.On(last_of_summer, 4, "OO");
  for (int i = 1; i <= 8; ++i) marks.On(last_of_summer + i, 3, "O\\");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(last_of_summer + 8, 3), 10}}));
  EXPECT_GT(DayIn(last_of_summer + 8, 3), Day(2026y / 10 / 20));
}

TEST(UnauthorisedThreshold, PN5NineInTenWeeksTwice) {
  Marks marks;
  for (int week = 1; week <= 9; ++week) marks.On(week, 2, "O\\");
  marks.On(11, 2, "O\\");
  EXPECT_EQ(marks.Crossings(), Crossed{});
}

TEST(UnauthorisedThreshold, PN6OneInEachOfTenWeeksOverHalfTermPN7) {
  Marks marks;
  for (int week = 1; week <= 10; ++week) marks.On(week, 2, "O\\");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(10, 2), 10}}));
  EXPECT_EQ(Calendar().FirstDayOfSchoolWeek(9), Day(2025y / 11 / 3)) << "half term lies between";
}

TEST(UnauthorisedThreshold, PN8CorrectedMarksNoLongerCount) {
  Marks marks;
  for (int weekday = 0; weekday < 5; ++weekday) marks.On(3, weekday, "NN");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(3, 4), 10}}));
  marks.On(3, 0, "II").On(3, 1, "II");
  EXPECT_EQ(marks.Crossings(), Crossed{});
}

TEST(UnauthorisedThreshold, PN9AuthorisedSessionsDoNotCount) {
  Marks marks;
  for (int weekday = 0; weekday < 4; ++weekday) marks.On(3, weekday, "dd");  // C2
  marks.On(4, 0, "OO").On(4, 1, "OO");
  EXPECT_EQ(marks.Crossings(), Crossed{});
}

TEST(UnauthorisedThreshold, PN10LateBeforeCloseIsPresent) {
  Marks marks;
  for (int week = 3; week <= 4; ++week) {
    for (int weekday = 0; weekday < 5; ++weekday) marks.On(week, weekday, "LL");
  }
  EXPECT_EQ(marks.Crossings(), Crossed{});
}

TEST(UnauthorisedThreshold, PN11LateAfterCloseCountsThoughThePupilCame) {
  Marks marks;
  for (int weekday = 0; weekday < 5; ++weekday) marks.On(3, weekday, "U\\");
  for (int weekday = 0; weekday < 4; ++weekday) marks.On(4, weekday, "U\\");
  marks.On(4, 4, "O\\");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(4, 4), 10}}));
}

TEST(UnauthorisedThreshold, IsCrossedAgainOnlyAfterHavingBeenLower) {
  Marks marks;
  for (int weekday = 0; weekday < 5; ++weekday) marks.On(2, weekday, "GG");
  marks.On(5, 0, "OO");
  EXPECT_EQ(marks.Crossings().size(), 1U) << "still above";
  // Week 12 loses the ten of week 2 on its Monday; two are left, and eight more make ten.
  for (int weekday = 1; weekday < 5; ++weekday) marks.On(12, weekday, "GG");
  EXPECT_EQ(marks.Crossings(), (Crossed{{DayIn(2, 4), 10}, {DayIn(12, 4), 10}}));
}

TEST(UnauthorisedThreshold, CountHoldsWhenAsManyComeAsLeave) {
  Marks marks;
  marks.On(2, 0, "OO");
  for (int week = 3; week <= 10; ++week) marks.On(week, 0, "O\\");
  ASSERT_EQ(marks.Crossings().size(), 1U);
  marks.On(12, 0, "OO");
  EXPECT_EQ(marks.Crossings().size(), 1U) << "two leave and two come on the same Monday";
  marks.On(12, 0, "/\\").On(12, 1, "OO");
  EXPECT_EQ(marks.Crossings().size(), 2U) << "that Monday ended with eight";
}

TEST(UnauthorisedThreshold, MarksOfAWeekClosedLaterCountWithTheWeekBefore) {
  const Day half_term = Day(2025y / 10 / 29).Monday();
  std::vector<UnauthorisedDay> days;
  for (int i = 0; i < 5; ++i) days.push_back({half_term + i, 2});
  EXPECT_EQ(UnauthorisedCrossings(days, Calendar()), (Crossed{{half_term + 4, 10}}));
  // The week before half term leaves the window ten school weeks later, and half term with it.
  days = {{half_term, 2}, {half_term + 1, 2}, {half_term + 2, 2}, {half_term + 3, 2}};
  days.push_back(
      {*Calendar().FirstDayOfSchoolWeek(*Calendar().SchoolWeekNumber(half_term - 3) + 10), 2});
  EXPECT_TRUE(UnauthorisedCrossings(days, Calendar()).empty());
}

TEST(UnauthorisedThreshold, MarksBeforeTheFirstWeekAreInNoWindow) {
  std::vector<UnauthorisedDay> days;
  const Day summer = Calendar().school_days().front() - 30;
  for (int i = 0; i < 5; ++i) days.push_back({summer + i, 2});
  EXPECT_TRUE(UnauthorisedCrossings(days, Calendar()).empty());
}

TEST(UnauthorisedThreshold, MarksOfADayClosedLaterStillCount) {
  std::vector<CalendarEntry> entries = fixture::Bedford202526();
  entries.push_back(
      fixture::Entry(CalendarKind::kClosure, "Boiler", 2025y / 9 / 12, 2025y / 9 / 12));
  std::vector<UnauthorisedDay> days;
  for (Day day(2025y / 9 / 8); day <= Day(2025y / 9 / 12); ++day) days.push_back({day, 2});
  EXPECT_EQ(UnauthorisedCrossings(days, fixture::Calendar(entries)),
            (Crossed{{Day(2025y / 9 / 12), 10}}));
}

TEST(UnauthorisedThreshold, OfNothingIsNotReached) {
  EXPECT_TRUE(UnauthorisedCrossings({}, Calendar()).empty());
}

// The naive model: for every school day all sessions up to it in its ten school weeks.
Crossed NaiveCrossings(const std::map<Day, int>& sessions, Day last) {
  Crossed crossings;
  int before = 0;
  for (const Day day : Calendar().school_days()) {
    if (day > last) break;
    const int week = *Calendar().SchoolWeekNumber(day);
    int count = 0;
    for (const auto& [other, n] : sessions) {
      const int other_week = *Calendar().SchoolWeekNumber(other);
      if (other <= day && other_week > week - 10 && other_week <= week) count += n;
    }
    if (before < 10 && count >= 10) crossings.push_back({day, count});
    before = count;
  }
  return crossings;
}

TEST(UnauthorisedThreshold, AgreesWithTheDefinitionOnRandomPupils) {
  std::mt19937 random(20260901);
  std::size_t seen = 0;
  for (int pupil = 0; pupil < 150; ++pupil) {
    const auto often = 2 + random() % 14;
    std::map<Day, int> sessions;
    std::vector<UnauthorisedDay> sparse;
    for (const Day day : Calendar().school_days()) {
      if (random() % often != 0) continue;
      sessions[day] = 1 + static_cast<int>(random() % 2);
      sparse.push_back({day, sessions[day]});
    }
    const Crossed expected = NaiveCrossings(sessions, Calendar().school_days().back());
    ASSERT_EQ(UnauthorisedCrossings(sparse, Calendar()), expected) << "pupil " << pupil;
    seen += expected.size();
  }
  EXPECT_GT(seen, 100U);
}

TEST(UnauthorisedWindow, ForgetsWholeWeeksHoweverFarItMoves) {
  UnauthorisedWindow window;
  EXPECT_FALSE(window.Add(1, 9));
  EXPECT_FALSE(window.Add(10, 0));
  EXPECT_EQ(window.count(), 9);
  EXPECT_TRUE(window.Add(10, 1));
  EXPECT_FALSE(window.Add(10, 1)) << "reached already";
  EXPECT_FALSE(window.Add(11, 1));
  EXPECT_EQ(window.count(), 3);
  EXPECT_FALSE(window.Add(1000, 1));
  EXPECT_EQ(window.count(), 1);
}

}  // namespace
}  // namespace pathways::education
