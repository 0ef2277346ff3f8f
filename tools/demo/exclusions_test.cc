#include "tools/demo/exclusions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "libs/education/exclusion_reason.h"
#include "tools/demo/borough_files.h"
#include "tools/demo/exclusion_book.h"
#include "tools/demo/registers.h"
#include "tools/demo/terms.h"

namespace pathways::demo {
namespace {

using namespace std::chrono_literals;
using education::AcademicYear;
using education::Day;
using education::SchoolCalendar;
using education::SenProvision;
using education::Session;

const Settings kSettings{1, Day(2026y / 11 / 23)};
const Day kToday = kSettings.until + 1;

Borough MakeDemo(const Settings& settings) {
  return MakeBorough(InventedSchools(kMostInventedSchools, 4000), settings);
}

const Borough& DemoBorough() {
  static const Borough& borough = *new Borough(MakeDemo(kSettings));
  return borough;
}

// The last day of the borough's year too, when all its stories have happened.
const Borough& FinishedBorough() {
  static const Borough& borough = *new Borough(MakeDemo({1, Day(2027y / 7 / 21)}));
  return borough;
}

bool IsPermanent(const Exclusion& exclusion) { return exclusion.kind == ExclusionKind::kPermanent; }

const SchoolCalendar& CalendarOf(const Borough& borough, const Exclusion& exclusion) {
  return borough.calendars[exclusion.school];
}

TEST(Exclusions, AreOfPupilsOnRollOnSchoolDays) {
  for (const Borough* borough : {&DemoBorough(), &FinishedBorough()}) {
    const std::vector<Stay> stays = StaysIn(*borough);
    for (const Exclusion& exclusion : borough->exclusions) {
      const SchoolCalendar& calendar = CalendarOf(*borough, exclusion);
      EXPECT_TRUE(calendar.IsSchoolDay(exclusion.start)) << exclusion.start.ToIso();
      EXPECT_EQ(exclusion.end, LastDayOut(calendar, exclusion.kind, exclusion.start,
                                          exclusion.start_session, exclusion.sessions));
      EXPECT_LE(exclusion.decided_on, exclusion.start);
      EXPECT_EQ(exclusion.sessions == 0, IsPermanent(exclusion));
      EXPECT_TRUE(std::ranges::any_of(stays, [&](const Stay& stay) {
        return stay.number == exclusion.child && stay.school == exclusion.school &&
               stay.child->upn == exclusion.upn && stay.first <= exclusion.start &&
               exclusion.end <= stay.last;
      })) << exclusion.start.ToIso();
    }
  }
}

TEST(Exclusions, OfOneChildFollowEachOther) {
  const auto& exclusions = FinishedBorough().exclusions;
  for (std::size_t at = 1; at < exclusions.size(); ++at) {
    const Exclusion& before = exclusions[at - 1];
    if (before.child != exclusions[at].child) continue;
    EXPECT_FALSE(IsPermanent(before) && before.school == exclusions[at].school);
    EXPECT_GT(exclusions[at].start, before.end) << exclusions[at].start.ToIso();
  }
}

TEST(Exclusions, HaveReasonsOfTheirTime) {
  for (const Exclusion& exclusion : DemoBorough().exclusions) {
    std::set<std::string_view> codes;
    for (const std::string_view code : exclusion.reasons) {
      if (code.empty()) continue;
      EXPECT_TRUE(codes.insert(code).second);
      EXPECT_TRUE(education::ExclusionReason::Parse(code)->IsValidOn(exclusion.decided_on))
          << code << " " << exclusion.decided_on.ToIso();
    }
    EXPECT_FALSE(exclusion.reasons[0].empty());
  }
}

TEST(Exclusions, StayWithinTheYearlyLimit) {
  std::map<std::pair<std::uint64_t, AcademicYear>, int> sessions;
  for (const Exclusion& exclusion : FinishedBorough().exclusions)
    sessions[{exclusion.child, AcademicYear::Of(exclusion.start)}] += exclusion.sessions;
  for (const auto& [key, sum] : sessions) EXPECT_LE(sum, 2 * 45);
}

struct Rates {
  double suspensions;
  double permanent;
};

// Per 100 pupils of that phase in the autumn term of the year.
Rates AutumnRates(int start_year, std::optional<Phase> phase) {
  const Borough& borough = DemoBorough();
  const TermDays term = TermsOf(*AcademicYear::FromStartYear(start_year)).front();
  const Day census = term.after_half_term;
  const auto is_of = [&](std::size_t school) {
    return !phase || borough.schools[school].phase == *phase;
  };
  const auto stays = StaysIn(borough);
  const auto roll = std::ranges::count_if(stays, [&](const Stay& stay) {
    return is_of(stay.school) && stay.first <= census && census <= stay.last;
  });
  const auto count = [&](bool permanent) {
    return std::ranges::count_if(borough.exclusions, [&](const Exclusion& exclusion) {
      return is_of(exclusion.school) && IsPermanent(exclusion) == permanent &&
             term.first <= exclusion.start && exclusion.start <= term.last;
    });
  };
  const double pupils = static_cast<double>(roll) / 100;
  return {static_cast<double>(count(false)) / pupils, static_cast<double>(count(true)) / pupils};
}

TEST(Exclusions, AreAsManyAsInEngland) {
  // Autumn 2023/24: 4.13 suspensions and 0.05 permanent exclusions for 100 pupils; primary 0.83.
  for (const int year : {2024, 2025, 2026}) {
    const Rates all = AutumnRates(year, std::nullopt);
    EXPECT_NEAR(all.suspensions, 4.13, 0.7) << year;
    EXPECT_NEAR(all.permanent, 0.05, 0.03) << year;
    EXPECT_LT(AutumnRates(year, Phase::kPrimary).suspensions, 1) << year;
    EXPECT_NEAR(AutumnRates(year, Phase::kSecondary).suspensions, 6, 1) << year;
  }
}

double SuspensionsOf(const std::function<bool(const Child&)>& is) {
  const Borough& borough = DemoBorough();
  std::map<std::uint64_t, const Child*> children;
  for (const Stay& stay : StaysIn(borough)) children[stay.number] = stay.child;
  const auto pupils =
      std::ranges::count_if(children, [&](const auto& entry) { return is(*entry.second); });
  const auto suspensions =
      std::ranges::count_if(borough.exclusions, [&](const Exclusion& exclusion) {
        return !IsPermanent(exclusion) && is(*children.at(exclusion.child));
      });
  return static_cast<double>(suspensions) / static_cast<double>(pupils);
}

TEST(Exclusions, FallOnSomeMoreThanOnOthers) {
  using education::Sex;
  EXPECT_NEAR(SuspensionsOf([](const Child& child) { return child.sex == Sex::kMale; }) /
                  SuspensionsOf([](const Child& child) { return child.sex == Sex::kFemale; }),
              1.5, 0.3);
  EXPECT_GT(SuspensionsOf([](const Child& child) { return child.pupil_premium; }) /
                SuspensionsOf([](const Child& child) { return !child.pupil_premium; }),
            2);
  const double none =
      SuspensionsOf([](const Child& child) { return child.sen_provision == SenProvision::kNone; });
  for (const auto provision : {SenProvision::kSupport, SenProvision::kEducationHealthAndCarePlan}) {
    EXPECT_GT(SuspensionsOf([&](const Child& child) { return child.sen_provision == provision; }),
              2 * none);
  }
}

TEST(Exclusions, AreHalfForPersistentDisruptiveBehaviour) {
  std::map<std::string_view, double> counts;
  double all = 0;
  for (const Exclusion& exclusion : DemoBorough().exclusions) {
    if (IsPermanent(exclusion)) continue;
    for (const std::string_view code : exclusion.reasons) {
      counts[code] += code.empty() ? 0 : 1;
      all += code.empty() ? 0 : 1;
    }
  }
  EXPECT_NEAR((counts["DB"] + counts["CB"] + counts["LD"]) / all, 0.5, 0.05);
  EXPECT_GE(counts.size(), 15U);
}

TEST(Exclusions, AreToldToTheBoardAtOnceOrByTheEndOfTerm) {
  const Borough& borough = DemoBorough();
  const Day autumn = TermsOf(borough.year).front().first;
  int waiting = 0;
  for (const Exclusion& exclusion : borough.exclusions) {
    const auto& told = exclusion.outcome.board_told_on;
    if (told) {
      EXPECT_GE(*told, exclusion.start);
      EXPECT_LE(*told, kSettings.until);
    } else {
      ++waiting;
      EXPECT_GE(exclusion.start, autumn);
      EXPECT_LE(exclusion.sessions, 10);
    }
    EXPECT_TRUE(told == exclusion.start || !IsPermanent(exclusion));
  }
  EXPECT_GT(waiting, 50);
}

TEST(Exclusions, AreWhatTheRegistersSay) {
  const Borough& borough = DemoBorough();
  int excluded = 0;
  for (const Enrolment& enrolment : borough.enrolments) {
    for (const DayMarks& day : MarksAtSchool(borough, kSettings, enrolment)) {
      for (const SessionMark& mark : day.sessions) {
        if (mark.final != 'E') continue;
        ++excluded;
        EXPECT_TRUE(std::ranges::any_of(borough.exclusions, [&](const Exclusion& exclusion) {
          return exclusion.child == enrolment.child && exclusion.school == enrolment.school &&
                 exclusion.start <= day.day && (day.day <= exclusion.end || IsPermanent(exclusion));
        })) << day.day.ToIso();
      }
    }
  }
  EXPECT_GT(excluded, 500);
}

TEST(Exclusions, ALaterDayOnlyAddsToThem) {
  using Key = std::tuple<std::uint64_t, ExclusionKind, Day, int>;
  const auto keys = [](const Borough& borough) {
    std::set<Key> found;
    for (const Exclusion& exclusion : borough.exclusions)
      found.emplace(exclusion.child, exclusion.kind, exclusion.start, exclusion.sessions);
    return found;
  };
  const std::set<Key> later = keys(FinishedBorough());
  for (const Day until : {Day(2026y / 9 / 1), Day(2026y / 10 / 15), kSettings.until}) {
    const std::set<Key> now = keys(MakeDemo({1, until}));
    EXPECT_TRUE(std::ranges::includes(later, now)) << until.ToIso();
    EXPECT_LE(now.size(), later.size());
  }
}

// The exclusions of this year's children at one school (by its place in the list), by child.
std::vector<std::vector<Exclusion>> HistoriesAt(std::size_t school) {
  const Borough& borough = DemoBorough();
  std::map<std::uint64_t, std::vector<Exclusion>> histories;
  for (const Exclusion& exclusion : borough.exclusions) {
    if (exclusion.school == school && borough.year.Contains(exclusion.start))
      histories[exclusion.child].push_back(exclusion);
  }
  std::vector<std::vector<Exclusion>> found;
  for (auto& [child, history] : histories) found.push_back(std::move(history));
  return found;
}

int SessionsOf(const std::vector<Exclusion>& history) {
  int sum = 0;
  for (const Exclusion& exclusion : history) sum += exclusion.sessions;
  return sum;
}

// Places in the list of invented schools.
constexpr std::size_t kMillbrook = 0;
constexpr std::size_t kPriory = 2;
constexpr std::size_t kKingsmead = 3;

TEST(Stories, SomebodyIsCloseToFifteenDaysAndRising) {
  EXPECT_TRUE(std::ranges::any_of(HistoriesAt(kMillbrook), [](const auto& history) {
    return DemoBorough().children[history.front().child].year_group == "9" &&
           SessionsOf(history) == 29 && history.size() == 5 &&
           std::ranges::is_sorted(history, {}, &Exclusion::sessions);
  }));
}

TEST(Stories, SomebodyHasExactlyFiveDaysAndSomebodyMoreThanFifteen) {
  EXPECT_TRUE(std::ranges::any_of(HistoriesAt(kMillbrook),
                                  [](const auto& history) { return SessionsOf(history) == 10; }));
  EXPECT_TRUE(std::ranges::any_of(HistoriesAt(kKingsmead), [](const auto& history) {
    return SessionsOf(history) > 30 && history.back().outcome.board_decision.empty();
  }));
}

TEST(Stories, ARunGoesOnAfterHalfTerm) {
  const Borough& borough = DemoBorough();
  const Day after = TermsOf(borough.year).front().after_half_term;
  EXPECT_TRUE(std::ranges::any_of(HistoriesAt(kPriory), [&](const auto& history) {
    return history.size() == 2 && history[0].end < after && history[1].start >= after &&
           borough.calendars[kPriory].NextSchoolDay(history[0].end) == history[1].start;
  }));
}

TEST(Stories, ASuspensionCrossesTheEndOfTheYear) {
  EXPECT_TRUE(std::ranges::any_of(DemoBorough().exclusions, [](const Exclusion& exclusion) {
    return !IsPermanent(exclusion) && exclusion.start <= Day(2025y / 12 / 31) &&
           exclusion.end > Day(2025y / 12 / 31);
  }));
}

TEST(Stories, SomebodyIsLookedAfterAndSomebodyHasAPlan) {
  const Borough& borough = DemoBorough();
  const auto is_there = [&](const auto& is) {
    return std::ranges::any_of(borough.exclusions, [&](const Exclusion& exclusion) {
      return borough.year.Contains(exclusion.start) && is(borough.children[exclusion.child]);
    });
  };
  EXPECT_TRUE(is_there([](const Child& child) { return child.looked_after; }));
  EXPECT_TRUE(is_there([](const Child& child) {
    return child.sen_provision == SenProvision::kEducationHealthAndCarePlan;
  }));
}

// School days from today to the last on which the board may meet; negative when it is over.
int SchoolDaysLeft(const Exclusion& exclusion) {
  const SchoolCalendar& calendar = CalendarOf(DemoBorough(), exclusion);
  return 15 - calendar.SchoolDaysBetween(exclusion.start + 1, kToday);
}

TEST(Stories, ABoardHasToMeetSoonAndOneIsLate) {
  std::vector<int> left;
  for (const std::size_t school : {kMillbrook, kPriory, kKingsmead}) {
    for (const auto& history : HistoriesAt(school)) {
      const Exclusion& last = history.back();
      if (IsPermanent(last) && last.outcome.board_decision.empty())
        left.push_back(SchoolDaysLeft(last));
    }
  }
  EXPECT_THAT(left, testing::UnorderedElementsAre(testing::AllOf(testing::Ge(0), testing::Le(5)),
                                                  testing::Lt(0)));
}

TEST(Stories, PermanentExclusionsEndInEveryWay) {
  std::map<std::string, int> ends;
  for (const Exclusion& exclusion : DemoBorough().exclusions) {
    if (!IsPermanent(exclusion)) continue;
    ++ends[std::string(exclusion.outcome.board_decision) + "," +
           std::string(exclusion.outcome.panel_decision)];
  }
  EXPECT_THAT(ends, testing::UnorderedElementsAre(
                        testing::Pair("decline,", testing::Ge(8)),
                        testing::Pair("decline,uphold", 1), testing::Pair("decline,quash", 1),
                        testing::Pair("reinstate,", 1), testing::Pair(",", 2)));
}

TEST(PastRolls, HaveWhoLeftAfterYear11) {
  const Borough& borough = DemoBorough();
  std::map<std::string, int> leavers;
  for (const PastEnrolment& past : borough.past) {
    if (past.child.year_group == "11") ++leavers[past.leaving.ToIso()];
    EXPECT_LT(past.entry, past.leaving);
    EXPECT_LT(past.leaving, borough.days.front());
  }
  EXPECT_GT(leavers["2025-06-27"], 450);
  EXPECT_GT(leavers["2026-06-26"], 450);
}

TEST(PastRolls, NobodyIsAtTwoSchoolsAtOnce) {
  std::map<std::string, std::vector<std::pair<Day, Day>>> stays;
  const Borough& borough = DemoBorough();
  for (const PastEnrolment& past : borough.past)
    stays[past.child.upn.ToString()].emplace_back(past.entry, past.leaving);
  for (const Enrolment& enrolment : borough.enrolments) {
    if (enrolment.status == education::EnrolmentStatus::kSubsidiary) continue;
    stays[borough.children[enrolment.child].upn.ToString()].emplace_back(
        enrolment.entry, enrolment.leaving.value_or(borough.year.last()));
  }
  for (auto& [upn, of_pupil] : stays) {
    std::ranges::sort(of_pupil);
    for (std::size_t at = 1; at < of_pupil.size(); ++at)
      EXPECT_GT(of_pupil[at].first, of_pupil[at - 1].second) << upn;
  }
}

TEST(SuspensionsCsv, IsAsTheImportReadsIt) {
  const std::string csv = SuspensionsCsv(DemoBorough());
  EXPECT_THAT(csv, testing::StartsWith(
                       "urn,upn,kind,start_date,start_session,end_date,sessions,reason1,reason2,"
                       "reason3,decided_on,governors_notified_on,representations_on,exam_on,"
                       "board_decision,decision_notice_on,review_applied_on,panel_decision,"
                       "panel_notice_on\n900001,"));
  EXPECT_EQ(std::ranges::count(csv, '\n'),
            static_cast<std::ptrdiff_t>(DemoBorough().exclusions.size()) + 1);
  // A permanent exclusion has neither length nor end; the first one was declined, then reviewed.
  EXPECT_THAT(csv,
              testing::ContainsRegex(",PERM,2024-09-[0-9]+,,,0,[A-Z,]+2024-09-[0-9]+,2024-09-"));
  EXPECT_THAT(csv, testing::ContainsRegex(",decline,2024-10-[0-9]+,2024-10-[0-9]+,uphold,2024-11"));
}

TEST(PupilsCsv, KeepsThoseWhoHaveLeft) {
  const std::string csv = PupilsCsv(DemoBorough());
  EXPECT_EQ(
      std::ranges::count(csv, '\n'),
      static_cast<std::ptrdiff_t>(DemoBorough().enrolments.size() + DemoBorough().past.size()) + 1);
  EXPECT_THAT(csv, testing::HasSubstr(",2026-06-26,C,"));
}

}  // namespace
}  // namespace pathways::demo
