#include "tools/demo/exclusion.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tools/demo/excluded_marks.h"
#include "tools/demo/terms.h"

namespace pathways::demo {
namespace {

using namespace std::chrono_literals;
using education::Day;
using education::SchoolCalendar;
using education::Session;

// Half term is 26 to 30 October.
const SchoolCalendar& Calendar() {
  static const SchoolCalendar& calendar = *new SchoolCalendar(*SchoolCalendar::Make(
      std::nullopt, AuthorityCalendar(*education::AcademicYear::Parse("202627"))));
  return calendar;
}

constexpr Day kMonday(2026y / 9 / 7);
constexpr auto kSuspension = ExclusionKind::kSuspension;

std::string LastFrom(Day start, Session session, int sessions, ExclusionKind kind = kSuspension) {
  const auto last = LastDayOut(Calendar(), kind, start, session, sessions);
  return last ? last->ToIso() : "none";
}

TEST(LastDayOut, CountsHalfDaysOnSchoolDays) {
  EXPECT_EQ(LastFrom(kMonday, Session::kMorning, 10), "2026-09-11");
  EXPECT_EQ(LastFrom(kMonday, Session::kMorning, 12), "2026-09-14");
  EXPECT_EQ(LastFrom(kMonday, Session::kAfternoon, 11), "2026-09-14");
  EXPECT_EQ(LastFrom(kMonday, Session::kAfternoon, 1), "2026-09-07");
  EXPECT_EQ(LastFrom(Day(2026y / 10 / 22), Session::kMorning, 12), "2026-11-05");
  EXPECT_EQ(LastFrom(kMonday, Session::kMorning, 11, ExclusionKind::kLunchtime), "2026-09-21");
  EXPECT_EQ(LastFrom(kMonday, Session::kMorning, 0, ExclusionKind::kPermanent), "2026-09-07");
  EXPECT_EQ(LastFrom(Day(2027y / 7 / 20), Session::kMorning, 8), "none");
}

TEST(Outcome, IsHiddenUntilItHappened) {
  const Outcome all = OutcomeOf({.represented_after = 1,
                                 .decided_after = 5,
                                 .board_decision = "decline",
                                 .applied_after = 10,
                                 .panel_after = 15,
                                 .panel_decision = "uphold"},
                                kMonday, Calendar());
  EXPECT_EQ(all.decision_notice_on, Day(2026y / 9 / 14));
  const Outcome before = AsKnownOn(Day(2026y / 9 / 11), all);
  EXPECT_EQ(before.representations_on, Day(2026y / 9 / 8));
  EXPECT_EQ(before.board_decision, "");
  const Outcome between = AsKnownOn(Day(2026y / 9 / 21), all);
  EXPECT_EQ(between.board_decision, "decline");
  EXPECT_EQ(between.review_applied_on, Day(2026y / 9 / 21));
  EXPECT_EQ(between.panel_decision, "");
  EXPECT_EQ(AsKnownOn(Day(2026y / 9 / 28), all).panel_decision, "uphold");
}

Exclusion Make(ExclusionKind kind, Day start, Session session, int sessions) {
  return {.child = 1,
          .upn = *education::Upn::FromBody("999000126000"),
          .school = 0,
          .kind = kind,
          .start = start,
          .start_session = session,
          .sessions = sessions,
          .end = *LastDayOut(Calendar(), kind, start, session, sessions),
          .decided_on = start};
}

// Marks of `days` school days from Monday 7 September, when all else is present.
std::string MarksWith(const std::vector<Exclusion>& exclusions, int days) {
  std::vector<DayMarks> marks;
  for (Day day = kMonday; static_cast<int>(marks.size()) < days; ++day) {
    if (Calendar().IsSchoolDay(day)) marks.push_back({day, {{{'/', '/', 0}, {'\\', '\\', 0}}}});
  }
  std::vector<const Exclusion*> of_child;
  for (const Exclusion& exclusion : exclusions) of_child.push_back(&exclusion);
  MarkExclusions(of_child, Calendar(), marks);
  std::string text;
  for (const DayMarks& day : marks) {
    text += day.sessions[0].final;
    text += day.sessions[1].final;
  }
  return text;
}

TEST(ExcludedMarks, AreForTheSessionsMissed) {
  EXPECT_EQ(MarksWith({Make(kSuspension, kMonday, Session::kAfternoon, 3)}, 3), "/EEE/\\");
  EXPECT_EQ(MarksWith({Make(kSuspension, kMonday + 1, Session::kMorning, 1)}, 2), "/\\E\\");
  EXPECT_EQ(MarksWith({Make(ExclusionKind::kLunchtime, kMonday, Session::kMorning, 2)}, 2),
            "/\\/\\");
}

TEST(ExcludedMarks, TellOfProvisionFromTheSixthDay) {
  EXPECT_EQ(MarksWith({Make(kSuspension, kMonday, Session::kMorning, 13)}, 8),
            "EEEEEEEEEEBBB\\/\\");
  EXPECT_EQ(MarksWith({Make(ExclusionKind::kPermanent, kMonday, Session::kMorning, 0)}, 7),
            "EEEEEEEEEEKKKK");
}

TEST(ExcludedMarks, CountSuspensionsBackToBackAsOneRun) {
  EXPECT_EQ(MarksWith({Make(kSuspension, kMonday, Session::kMorning, 6),
                       Make(kSuspension, kMonday + 3, Session::kMorning, 6)},
                      6),
            "EEEEEEEEEEBB");
  EXPECT_EQ(MarksWith({Make(kSuspension, kMonday, Session::kMorning, 6),
                       Make(kSuspension, kMonday + 4, Session::kMorning, 8)},
                      8),
            "EEEEEE/\\EEEEEEEE");
}

TEST(ExcludedMarks, LeaveWhoWasReinstatedInSchool) {
  Exclusion exclusion = Make(ExclusionKind::kPermanent, kMonday, Session::kMorning, 0);
  exclusion.outcome.board_decision = "reinstate";
  EXPECT_EQ(MarksWith({exclusion}, 1), "/\\");
}

}  // namespace
}  // namespace pathways::demo
