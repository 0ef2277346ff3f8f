#include "tools/demo/borough.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "libs/education/absence_state.h"
#include "libs/education/attendance_code.h"
#include "libs/education/unauthorised_threshold.h"
#include "tools/demo/borough_files.h"
#include "tools/demo/registers.h"

namespace pathways::demo {
namespace {

using namespace std::chrono_literals;
using education::AttendanceCode;
using education::CrossingKind;
using education::Day;
using education::EnrolmentStatus;
using education::SessionSums;

constexpr int kPupils = 4000;
const Settings kSettings{1, Day(2026y / 11 / 20)};

const Borough& DemoBorough() {
  static const Borough& borough =
      *new Borough(MakeBorough(InventedSchools(kMostInventedSchools, kPupils), kSettings));
  return borough;
}

double Share(const auto& things, const auto& is) {
  return static_cast<double>(std::ranges::count_if(things, is)) /
         static_cast<double>(things.size());
}

SessionSums SumsOf(const DayMarks& day) {
  SessionSums sums;
  for (const SessionMark& mark : day.sessions) {
    sums +=
        education::CountsOf(*education::Classify(*AttendanceCode::FromByte(mark.final), day.day));
  }
  return sums;
}

TEST(Borough, EveryNumberIsValidAndNobodysElse) {
  std::set<education::Upn> upns;
  for (const Child& child : DemoBorough().children) {
    EXPECT_TRUE(education::Upn::Parse(child.upn.ToString()).ok());
    EXPECT_EQ(child.upn.ToString().substr(1, 3), "999");
    EXPECT_TRUE(upns.insert(child.upn).second);
  }
}

TEST(Borough, HeadcountsAddUp) {
  const Borough& borough = DemoBorough();
  EXPECT_EQ(borough.children.size(), static_cast<std::size_t>(kPupils));
  for (std::size_t school = 0; school < borough.schools.size(); ++school) {
    const auto on_first_day =
        std::ranges::count_if(borough.enrolments, [&](const Enrolment& enrolment) {
          return enrolment.school == school && enrolment.entry <= borough.days.front() &&
                 enrolment.status != EnrolmentStatus::kSubsidiary;
        });
    EXPECT_EQ(on_first_day, borough.schools[school].headcount) << borough.schools[school].name;
  }
}

TEST(Borough, ChildrenAreLikeEnglands) {
  const auto& children = DemoBorough().children;
  EXPECT_NEAR(
      Share(children,
            [](const Child& c) { return c.sen_provision == education::SenProvision::kSupport; }),
      0.13, 0.02);
  EXPECT_NEAR(Share(children,
                    [](const Child& c) {
                      return c.sen_provision ==
                             education::SenProvision::kEducationHealthAndCarePlan;
                    }),
              0.045, 0.02);
  EXPECT_NEAR(Share(children, [](const Child& c) { return c.pupil_premium; }), 0.25, 0.05);
  EXPECT_NEAR(Share(children, [](const Child& c) { return c.looked_after; }), 0.01, 0.006);
}

TEST(Borough, AgesFitYearGroups) {
  for (const Child& child : DemoBorough().children) {
    const int turned = 2026 - static_cast<int>(child.born.date().year()) -
                       (child.born.date() > child.born.date().year() / 8 / 31);
    EXPECT_EQ(turned, child.year_group == "R" ? 4 : 4 + std::stoi(std::string(child.year_group)))
        << child.born.ToIso();
  }
}

TEST(Borough, SomebodyMovesAndSomebodyIsAtTwoSchools) {
  const Borough& borough = DemoBorough();
  int moved = 0;
  int dual = 0;
  for (const Enrolment& enrolment : borough.enrolments) {
    dual += enrolment.status == EnrolmentStatus::kMain;
    if (!enrolment.leaving) continue;
    ++moved;
    EXPECT_TRUE(std::ranges::any_of(borough.enrolments, [&](const Enrolment& next) {
      return next.child == enrolment.child && next.school != enrolment.school &&
             next.entry > *enrolment.leaving;
    }));
  }
  EXPECT_GE(moved, 3);
  EXPECT_EQ(dual, 4);
}

TEST(Borough, MarksAreGoodAndOnSchoolDaysOfTheEnrolment) {
  const Borough& borough = DemoBorough();
  for (const Enrolment& enrolment : borough.enrolments) {
    const auto& calendar = borough.calendars[enrolment.school];
    for (const DayMarks& day : MarksAtSchool(borough, kSettings, enrolment)) {
      ASSERT_TRUE(calendar.IsSchoolDay(day.day)) << day.day.ToIso();
      ASSERT_LE(day.day, kSettings.until);
      ASSERT_GE(day.day, enrolment.entry);
      ASSERT_LE(day.day, enrolment.leaving.value_or(day.day));
      for (const char byte : {day.sessions[0].first, day.sessions[0].final, day.sessions[1].first,
                              day.sessions[1].final}) {
        const auto code = AttendanceCode::FromByte(byte);
        ASSERT_TRUE(code.has_value()) << byte;
        ASSERT_NE(education::RuleFor(*code, day.day), nullptr) << byte;
      }
    }
  }
}

TEST(Borough, ADuallyRegisteredChildIsDueAtOneSchoolEachDay) {
  const Borough& borough = DemoBorough();
  for (const Enrolment& main : borough.enrolments) {
    if (main.status != EnrolmentStatus::kMain) continue;
    const auto other = std::ranges::find_if(borough.enrolments, [&](const Enrolment& enrolment) {
      return enrolment.child == main.child && enrolment.status == EnrolmentStatus::kSubsidiary;
    });
    ASSERT_NE(other, borough.enrolments.end());
    std::map<Day, int> due;
    for (const auto* enrolment : {&main, &*other}) {
      for (const DayMarks& day : MarksAtSchool(borough, kSettings, *enrolment))
        due[day.day] += day.sessions[0].first != 'D';
    }
    for (const auto& [day, count] : due) EXPECT_LE(count, 1) << day.ToIso();
  }
}

TEST(Borough, AbsenceIsLikeEnglands) {
  const Borough& borough = DemoBorough();
  education::GroupMeasure measure;
  for (const Enrolment& enrolment : borough.enrolments) {
    SessionSums sums;
    for (const DayMarks& day : MarksAtSchool(borough, kSettings, enrolment)) sums += SumsOf(day);
    measure.Add(sums);
  }
  const auto percent = [](std::int64_t part, std::int64_t whole) {
    return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  };
  EXPECT_NEAR(percent(measure.absent(), measure.possible), 7.0, 0.7);
  EXPECT_NEAR(percent(measure.unauthorised, measure.possible), 2.4, 0.7);
  EXPECT_NEAR(percent(measure.persistent, measure.enrolments), 20.0, 2.5);
  EXPECT_NEAR(percent(measure.severe, measure.enrolments), 2.0, 0.7);
}

// Crossings of a school's children in so many days to `until`.
std::map<CrossingKind, int> LateCrossings(const Borough& borough, const Settings& settings,
                                          std::size_t school, int days) {
  std::map<CrossingKind, int> found;
  const auto& calendar = borough.calendars[school];
  for (const Enrolment& enrolment : borough.enrolments) {
    if (enrolment.school != school) continue;
    std::vector<education::SumsToDay> sums;
    std::vector<education::UnauthorisedDay> unauthorised;
    for (const DayMarks& day : MarksAtSchool(borough, settings, enrolment)) {
      const SessionSums of_day = SumsOf(day);
      sums.push_back({day.day, sums.empty() ? of_day : sums.back().sums + of_day});
      unauthorised.push_back({day.day, of_day.unauthorised});
    }
    for (const auto& crossing :
         education::AbsenceCrossings(sums, education::kDefaultMinimumPossibleSessions)) {
      if (crossing.day > settings.until - days) ++found[crossing.kind];
    }
    for (const auto& crossing : education::UnauthorisedCrossings(unauthorised, calendar)) {
      if (crossing.day > settings.until - days) ++found[CrossingKind::kUnauthorised];
    }
  }
  return found;
}

TEST(Borough, ThereIsAlwaysSomethingToActOnAtTheSchoolsOfItsPeople) {
  for (const Day until :
       {Day(2026y / 10 / 2), Day(2026y / 10 / 23), Day(2026y / 11 / 20), Day(2026y / 12 / 11),
        Day(2027y / 3 / 1), Day(2027y / 6 / 25), Day(2027y / 11 / 23)}) {
    const Settings settings{1, until};
    const Borough borough = MakeBorough(InventedSchools(kMostInventedSchools, kPupils), settings);
    for (const std::size_t school : {0U, 1U}) {
      EXPECT_GE(LateCrossings(borough, settings, school, 14)[CrossingKind::kPersistent], 1)
          << until.ToIso() << " " << borough.schools[school].name;
    }
  }
}

TEST(Borough, EveryKindOfCrossingHappensSomewhere) {
  std::map<CrossingKind, int> all;
  for (std::size_t school = 0; school < DemoBorough().schools.size(); ++school) {
    for (const auto& [kind, count] : LateCrossings(DemoBorough(), kSettings, school, 90))
      all[kind] += count;
  }
  for (const auto kind :
       {CrossingKind::kPersistent, CrossingKind::kSevere, CrossingKind::kRecoveredPersistent,
        CrossingKind::kRecoveredSevere, CrossingKind::kUnauthorised}) {
    EXPECT_GE(all[kind], 1) << ToString(kind);
  }
}

TEST(Borough, TheSameSettingsGiveTheSameFiles) {
  const Borough again = MakeBorough(InventedSchools(kMostInventedSchools, kPupils), kSettings);
  EXPECT_EQ(SchoolsCsv(DemoBorough()), SchoolsCsv(again));
  EXPECT_EQ(CalendarCsv(DemoBorough()), CalendarCsv(again));
  EXPECT_EQ(PupilsCsv(DemoBorough()), PupilsCsv(again));
  const Registers first = RegisterCsvs(DemoBorough(), kSettings);
  const Registers second = RegisterCsvs(again, kSettings);
  EXPECT_EQ(first.wide, second.wide);
  EXPECT_EQ(first.amendments, second.amendments);
}

TEST(Borough, ALaterDayOnlyAdds) {
  const Settings later{1, Day(2026y / 11 / 27)};
  const Borough borough = MakeBorough(InventedSchools(kMostInventedSchools, kPupils), later);
  const Registers before = RegisterCsvs(DemoBorough(), kSettings);
  const Registers after = RegisterCsvs(borough, later);
  for (std::size_t school = 0; school < before.wide.size(); ++school) {
    EXPECT_TRUE(after.wide[school].starts_with(before.wide[school]))
        << borough.schools[school].name;
  }
  EXPECT_LT(before.amendments.size(), after.amendments.size());
}

TEST(Borough, AnotherSeedIsAnotherBorough) {
  const Settings other{2, kSettings.until};
  EXPECT_NE(PupilsCsv(DemoBorough()),
            PupilsCsv(MakeBorough(InventedSchools(kMostInventedSchools, kPupils), other)));
}

TEST(Borough, AmendmentsChangeWhatTheRegisterSays) {
  const Registers registers = RegisterCsvs(DemoBorough(), kSettings);
  EXPECT_THAT(registers.amendments,
              testing::HasSubstr(
                  ",AM,I,The parent has since told us that the child was ill,School office\n"));
  EXPECT_THAT(registers.amendments,
              testing::HasSubstr(",O,No reason given within five school days,School office\n"));
  EXPECT_THAT(registers.wide.front(), testing::StartsWith("urn,upn,date,am,pm\n900001,"));
}

TEST(Borough, ManyPupilsShareFewSchools) {
  const Settings settings{1, Day(2026y / 9 / 1)};
  const Borough borough = MakeBorough(InventedSchools(2, 101), settings);
  EXPECT_EQ(borough.children.size(), 101U);
  EXPECT_TRUE(borough.days.empty()) << "term has not begun";
  EXPECT_EQ(RegisterCsvs(borough, settings).wide.front(), "urn,upn,date,am,pm\n");
}

}  // namespace
}  // namespace pathways::demo
