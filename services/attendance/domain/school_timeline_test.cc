#include "services/attendance/domain/school_timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <tuple>
#include <utility>

#include "libs/education/attendance_code.h"
#include "libs/education/id_source.h"
#include "libs/education/unauthorised_threshold.h"
#include "services/attendance/domain/crossing_changes.h"
#include "services/attendance/domain/day_marks.h"

namespace pathways::attendance {
namespace {

using namespace std::chrono_literals;
using education::AcademicYear;
using education::CrossingKind;
using education::Day;
using education::EnrolmentId;
using education::SchoolCalendar;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two years of autumn and spring terms, with half-term weeks and a long summer between; `closed`
// in the second.
SchoolCalendar TwoYears(const std::vector<std::pair<Day, Day>>& closed = {}) {
  std::vector<education::CalendarEntry> entries;
  const auto add = [&](int start, education::CalendarKind kind, Day from, Day to) {
    entries.push_back({std::nullopt, *AcademicYear::FromStartYear(start), kind, "", from, to});
  };
  for (const int start : {2025, 2026}) {
    const std::chrono::year year(start);
    add(start, education::CalendarKind::kTerm, Day(year / 9 / 2), Day(year / 12 / 18));
    add(start, education::CalendarKind::kHoliday, Day(year / 10 / 26), Day(year / 10 / 30));
    add(start, education::CalendarKind::kTerm, Day((year + std::chrono::years(1)) / 1 / 5),
        Day((year + std::chrono::years(1)) / 7 / 17));
  }
  for (const auto& [from, to] : closed) add(2026, education::CalendarKind::kClosure, from, to);
  return *SchoolCalendar::Make(std::nullopt, entries);
}

// A school kept the way the service keeps it, in memory: what is stored changes only by what
// Recompute() answers.
class School {
 public:
  School(SchoolCalendar calendar, int pupils,
         int minimum = education::kDefaultMinimumPossibleSessions)
      : calendar_(std::move(calendar)), minimum_(minimum) {
    for (int i = 0; i < pupils; ++i) enrolments_.push_back(EnrolmentId::New(ids_));
  }

  const SchoolCalendar& calendar() const { return calendar_; }
  const std::vector<EnrolmentId>& enrolments() const { return enrolments_; }
  const std::vector<EnrolmentCrossing>& crossings() const { return crossings_; }
  const CrossingChanges& last_changes() const { return changes_; }

  // Marks of pupils by day, as a file brings them. Slots are given as pupils come, so they differ
  // from year to year.
  using File = std::map<Day, std::vector<std::pair<int, std::string>>>;
  void Import(const File& file) {
    std::map<Day, std::string> changed;
    for (const auto& [day, rows] : file) MergeInto(day, rows, changed);
    if (!changed.empty()) WorkOut(changed.begin()->first, changed);
  }

  // Some days are no school days any more, or are now.
  void ChangeCalendar(SchoolCalendar calendar, Day from) {
    calendar_ = std::move(calendar);
    WorkOut(from, {});
  }

  // Everything worked out anew from the latest marks, pupil by pupil, with the library's own
  // functions.
  std::vector<EnrolmentCrossing> Naive() const {
    std::vector<EnrolmentCrossing> all;
    for (const EnrolmentId& enrolment : enrolments_) AddNaive(enrolment, all);
    return all;
  }

  void ExpectSumsAreNaive() const {
    for (const auto& [day, row] : sums_) {
      const AcademicYear year = AcademicYear::Of(day);
      SumsRow naive;
      for (const auto& [block_day, marks] : blocks_) {
        if (AcademicYear::Of(block_day) == year && block_day <= day)
          AddDay(marks, block_day, naive);
      }
      ASSERT_TRUE(SameSums(row, naive)) << day.ToIso();
    }
    ASSERT_EQ(sums_.size(), blocks_.size());
  }

 private:
  std::size_t SlotOf(AcademicYear year, int pupil) {
    auto& slots = slots_[year];
    const EnrolmentId& enrolment = enrolments_[static_cast<std::size_t>(pupil)];
    const auto found = std::find(slots.begin(), slots.end(), enrolment);
    if (found != slots.end()) return static_cast<std::size_t>(found - slots.begin());
    slots.push_back(enrolment);
    return slots.size() - 1;
  }

  void MergeInto(Day day, const std::vector<std::pair<int, std::string>>& rows,
                 std::map<Day, std::string>& changed) {
    const AcademicYear year = AcademicYear::Of(day);
    for (const auto& [pupil, marks] : rows) SlotOf(year, pupil);
    std::vector<char> said(2 * slots_[year].size());
    for (const auto& [pupil, marks] : rows) {
      const std::size_t slot = SlotOf(year, pupil);
      for (const std::size_t session : {0U, 1U}) {
        if (marks[session] != ' ') said[2 * slot + session] = marks[session];
      }
    }
    const auto known = blocks_.find(day);
    const MergedDay merged = MergeDay(known == blocks_.end() ? std::string() : known->second,
                                      std::vector<bool>(slots_[year].size(), true), said);
    if (merged.changed()) {
      blocks_[day] = merged.marks;
      changed[day] = merged.marks;
    }
  }

  const SumsRow* LastBefore(const Lookback& wanted) const {
    auto row = sums_.lower_bound(wanted.before);
    if (row == sums_.begin()) return nullptr;
    --row;
    return AcademicYear::Of(row->first) == wanted.year ? &row->second : nullptr;
  }

  void WorkOut(Day first, const std::map<Day, std::string>& changed) {
    TimelineInput input{.calendar = &calendar_,
                        .minimum_possible_sessions = minimum_,
                        .slots = {},
                        .first = first,
                        .changed = changed,
                        .stored = {},
                        .lookback = {}};
    for (auto& [year, slots] : slots_) input.slots[year] = &slots;
    std::set<Day> days;
    for (const auto& [day, marks] : changed) days.insert(day);
    for (auto row = sums_.lower_bound(first); row != sums_.end(); ++row) {
      input.stored.insert(*row);
      days.insert(row->first);
    }
    for (const Lookback& row :
         NeededLookbacks(calendar_, first, std::vector<Day>(days.begin(), days.end()))) {
      if (const SumsRow* found = LastBefore(row)) input.lookback.emplace(row, *found);
    }
    Store(first, std::move(input));
  }

  void Store(Day first, TimelineInput input) {
    TimelineOutcome outcome = Recompute(std::move(input));
    for (const Day day : outcome.rewritten) sums_[day] = outcome.rows.at(day);
    std::vector<EnrolmentCrossing> known;
    std::erase_if(crossings_, [&](const EnrolmentCrossing& crossing) {
      if (crossing.day < first) return false;
      known.push_back(crossing);
      return true;
    });
    changes_ = Compare(known, outcome.crossings);
    crossings_.insert(crossings_.end(), outcome.crossings.begin(), outcome.crossings.end());
  }

  void AddNaive(const EnrolmentId& enrolment, std::vector<EnrolmentCrossing>& all) const {
    std::vector<education::SumsToDay> to_day;
    std::vector<education::UnauthorisedDay> unauthorised;
    std::map<Day, education::SessionSums> sums_on;
    std::optional<AcademicYear> year;
    education::SessionSums sums;
    for (const auto& [day, marks] : blocks_) {
      if (year != AcademicYear::Of(day)) sums = {};
      year = AcademicYear::Of(day);
      const auto& slots = slots_.at(*year);
      const auto slot = std::find(slots.begin(), slots.end(), enrolment);
      education::SessionSums that_day;
      if (slot != slots.end()) {
        for (const auto session : {education::Session::kMorning, education::Session::kAfternoon}) {
          const char mark = MarkAt(marks, static_cast<std::size_t>(slot - slots.begin()), session);
          that_day += education::CountsFor(day)[static_cast<unsigned char>(mark)];
        }
      }
      sums += that_day;
      sums_on[day] = sums;
      to_day.push_back({day, sums});
      unauthorised.push_back({day, that_day.unauthorised});
    }
    for (const education::Crossing& crossing : education::AbsenceCrossings(to_day, minimum_)) {
      all.push_back({enrolment, crossing.day, crossing.kind, crossing.possible, crossing.absent,
                     sums_on.at(crossing.day).unauthorised});
    }
    for (const auto& crossing : education::UnauthorisedCrossings(unauthorised, calendar_)) {
      const education::SessionSums& on = sums_on.at(crossing.day);
      all.push_back({enrolment, crossing.day, CrossingKind::kUnauthorised, on.possible, on.absent(),
                     crossing.count});
    }
  }

  education::SequenceIdSource ids_;
  SchoolCalendar calendar_;
  const int minimum_;
  std::vector<EnrolmentId> enrolments_;
  std::map<AcademicYear, std::vector<EnrolmentId>> slots_;
  std::map<Day, std::string> blocks_;
  std::map<Day, SumsRow> sums_;
  std::vector<EnrolmentCrossing> crossings_;
  CrossingChanges changes_;
};

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
