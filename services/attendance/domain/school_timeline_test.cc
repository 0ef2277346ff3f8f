#include "services/attendance/domain/school_timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <tuple>
#include <utility>

#include "services/attendance/domain/school_timeline_fixture.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One pupil, the given marks (two a day) from the first school day of 2026/27 on.
School::File Days(const SchoolCalendar& calendar, std::initializer_list<std::string> marks,
                  int pupil = 0) {
  School::File file;
  auto day = calendar.FirstSchoolDayFrom(Day(2026y / 9 / 1));
  for (const std::string& both : marks) {
    file[*day].push_back({pupil, both});
    day = calendar.NextSchoolDay(*day);
  }
  return file;
}

Day SchoolDay(const SchoolCalendar& calendar, int number) {
  return *calendar.AddSchoolDays(Day(2026y / 8 / 31), number);
}

TEST(Timeline, AbsenceBecomesPersistentOnTheDayTenPerCentAreReached) {
  School school(TwoYears(), 1);
  school.Import(Days(school.calendar(),
                     {"/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "II"}));
  EXPECT_THAT(school.crossings(), ElementsAre(EnrolmentCrossing{
                                      school.enrolments()[0], SchoolDay(school.calendar(), 10),
                                      CrossingKind::kPersistent, 20, 2, 0}));
}

TEST(Timeline, NobodyIsPersistentBeforeTheMinimumOfSessions) {
  School school(TwoYears(), 1);
  school.Import(Days(school.calendar(), {"II", "/\\", "/\\"}));
  EXPECT_THAT(school.crossings(), IsEmpty());
}

TEST(Timeline, AbsenceRecovers) {
  School school(TwoYears(), 1);
  school.Import(Days(school.calendar(),
                     {"II", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\"}));
  const EnrolmentId who = school.enrolments()[0];
  EXPECT_THAT(school.crossings(),
              ElementsAre(EnrolmentCrossing{who, SchoolDay(school.calendar(), 10),
                                            CrossingKind::kPersistent, 20, 2, 0},
                          EnrolmentCrossing{who, SchoolDay(school.calendar(), 11),
                                            CrossingKind::kRecoveredPersistent, 22, 2, 0}));
}

TEST(Timeline, ACorrectionWithdrawsWhatItMadeUntrue) {
  School school(TwoYears(), 1);
  school.Import(Days(school.calendar(),
                     {"NN", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\"}));
  ASSERT_EQ(school.crossings().size(), 1U);
  school.Import(Days(school.calendar(), {"/\\"}));
  EXPECT_THAT(school.crossings(), IsEmpty());
  EXPECT_EQ(school.last_changes().withdrawn.size(), 1U);
  EXPECT_THAT(school.last_changes().added, IsEmpty());
}

TEST(Timeline, OtherFiguresForTheSameCrossingAreNotToldAgain) {
  School school(TwoYears(), 1);
  school.Import(Days(school.calendar(),
                     {"II", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\"}));
  school.Import(Days(school.calendar(), {"II", "I\\"}));
  EXPECT_THAT(school.last_changes().added, IsEmpty());
  EXPECT_THAT(school.last_changes().withdrawn, IsEmpty());
  ASSERT_EQ(school.last_changes().refreshed.size(), 1U);
  EXPECT_EQ(school.last_changes().refreshed[0].absent, 3);
}

TEST(Timeline, ALateDayMovesTheCrossing) {
  School school(TwoYears(), 1);
  auto file = Days(school.calendar(), {"/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\", "/\\",
                                       "/\\", "/\\", "/\\", "II"});
  const Day late = SchoolDay(school.calendar(), 4);
  const auto rows = file.extract(late);
  school.Import(file);
  EXPECT_THAT(school.crossings(), IsEmpty());
  school.Import({{late, {{0, "II"}}}});
  std::vector<std::pair<CrossingKind, Day>> crossings;
  for (const auto& crossing : school.crossings())
    crossings.emplace_back(crossing.kind, crossing.day);
  EXPECT_THAT(
      crossings,
      ElementsAre(std::pair(CrossingKind::kPersistent, SchoolDay(school.calendar(), 10)),
                  std::pair(CrossingKind::kRecoveredPersistent, SchoolDay(school.calendar(), 11)),
                  std::pair(CrossingKind::kPersistent, SchoolDay(school.calendar(), 12))));
}

TEST(Timeline, TenUnauthorisedSessionsInTenSchoolWeeks) {
  School school(TwoYears(), 1);
  school.Import(Days(school.calendar(), {"GG", "GG", "GG", "GG", "GG"}));
  ASSERT_EQ(school.crossings().size(), 1U);
  EXPECT_EQ(school.crossings()[0],
            (EnrolmentCrossing{school.enrolments()[0], SchoolDay(school.calendar(), 5),
                               CrossingKind::kUnauthorised, 10, 10, 10}));
}

TEST(Timeline, TheUnauthorisedWindowRunsOverTheSummer) {
  School school(TwoYears(), 2);
  School::File file;
  // Another pupil comes first in the new year, so the slots differ.
  file[Day(2026y / 7 / 16)] = {{0, "OO"}};
  file[Day(2026y / 7 / 17)] = {{0, "OO"}};
  file[Day(2026y / 9 / 2)] = {{1, "/\\"}, {0, "OO"}};
  file[Day(2026y / 9 / 3)] = {{0, "OO"}};
  file[Day(2026y / 9 / 4)] = {{0, "O/"}};
  school.Import(file);
  EXPECT_THAT(school.crossings(), IsEmpty());
  school.Import({{Day(2026y / 9 / 7), {{0, "O\\"}}}});
  ASSERT_EQ(school.crossings().size(), 1U);
  EXPECT_EQ(school.crossings()[0].enrolment, school.enrolments()[0]);
  EXPECT_EQ(school.crossings()[0].unauthorised, 10);
  // A mark of last year put right takes it back.
  school.Import({{Day(2026y / 7 / 16), {{0, "II"}}}});
  EXPECT_THAT(school.crossings(), IsEmpty());
}

std::vector<EnrolmentCrossing> Sorted(std::vector<EnrolmentCrossing> crossings) {
  std::sort(crossings.begin(), crossings.end(), [](const auto& a, const auto& b) {
    return std::tie(a.enrolment, a.day, a.kind) < std::tie(b.enrolment, b.day, b.kind);
  });
  return crossings;
}

// Random registers: days in any order, parts of classes, corrections, files over both years.
School::File RandomFile(const School& school, std::mt19937& random) {
  static constexpr std::string_view kMarks = "//////IIOGNULBDX-";
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const auto days = school.calendar().school_days();
  School::File file;
  const std::size_t first = below(days.size());
  const std::size_t count = 1 + below(below(4) == 0 ? 60 : 6);
  for (std::size_t i = first; i < std::min(first + count, days.size()); ++i) {
    for (int pupil = 0; pupil < static_cast<int>(school.enrolments().size()); ++pupil) {
      if (below(5) == 0) continue;
      std::string marks;
      for (const char present : {'/', '\\'}) {
        const char mark = kMarks[below(kMarks.size())];
        marks += mark == '/' ? present : mark == '-' ? ' ' : mark;
      }
      file[days[i]].push_back({pupil, marks});
    }
  }
  return file;
}

TEST(Timeline, AnyOrderOfImportsGivesWhatTheLatestMarksGive) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    School school(TwoYears(), 6, 1 + static_cast<int>(random() % 20));
    for (int import = 0; import < 25; ++import) {
      school.Import(RandomFile(school, random));
      ASSERT_EQ(Sorted(school.crossings()), Sorted(school.Naive()))
          << "seed " << seed << ", import " << import;
    }
    school.ExpectSumsAreNaive();
  }
}

constexpr Day kYearStart(2026y / 9 / 1);

TEST(Timeline, AWeekThatWasNoSchoolWeekBringsOlderSessionsIntoTheWindow) {
  School school(TwoYears(), 1);
  // Nine sessions in the first week, one in the eleventh: half term is none.
  school.Import(Days(school.calendar(), {"GG", "GG", "GG", "GG", "G\\"}));
  const Day later = Day(2026y / 11 / 17);
  ASSERT_EQ(school.calendar().SchoolWeekNumber(later),
            *school.calendar().SchoolWeekNumber(kYearStart + 1) + 10);
  school.Import({{later, {{0, "G\\"}}}});
  EXPECT_THAT(school.crossings(), IsEmpty());
  const SchoolCalendar before = TwoYears();
  school.ChangeCalendar(TwoYears({{Day(2026y / 10 / 5), Day(2026y / 10 / 9)}}), kYearStart);
  ASSERT_EQ(school.last_changes().added.size(), 1U);
  EXPECT_EQ(school.last_changes().added[0].day, later);
  EXPECT_EQ(school.last_changes().added[0].unauthorised, 10);
  // The same calendar again changes nothing; the old one takes it back.
  school.ChangeCalendar(TwoYears({{Day(2026y / 10 / 5), Day(2026y / 10 / 9)}}), kYearStart);
  EXPECT_THAT(school.last_changes().added, IsEmpty());
  EXPECT_THAT(school.last_changes().withdrawn, IsEmpty());
  school.ChangeCalendar(before, kYearStart);
  EXPECT_EQ(school.last_changes().withdrawn.size(), 1U);
}

// Some days and weeks of the second year closed.
SchoolCalendar RandomCalendar(std::mt19937& random) {
  std::vector<std::pair<Day, Day>> closed;
  for (auto i = random() % 6; i > 0; --i) {
    const Day from = kYearStart + static_cast<int>(random() % 200);
    closed.emplace_back(from, from + static_cast<int>(random() % 10));
  }
  return TwoYears(closed);
}

TEST(Timeline, AnyOrderOfImportsAndCalendarsGivesWhatTheLatestOfBothGive) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    School school(TwoYears(), 5, 10);
    for (int step = 0; step < 25; ++step) {
      if (random() % 3 == 0) {
        school.ChangeCalendar(RandomCalendar(random), kYearStart);
      } else {
        school.Import(RandomFile(school, random));
      }
      ASSERT_EQ(Sorted(school.crossings()), Sorted(school.Naive()))
          << "seed " << seed << ", step " << step;
    }
    school.ExpectSumsAreNaive();
  }
}

}  // namespace
}  // namespace pathways::attendance
