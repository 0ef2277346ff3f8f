#include "services/panel/domain/attendance_there.h"

#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using namespace std::chrono_literals;
using education::Day;
using education::SessionSums;
using enum AttendanceThere::Source;

const education::Urn kHome = testing::MakeSchool(0).urn;
const education::Urn kUnit = testing::MakeSchool(1).urn;
// A Monday.
const Day kFirst(2026y / 10 / 5);

PlacementSpan Span(std::vector<Weekday> days, Day last) {
  return {
      .home = kHome, .own_register = kUnit, .days = std::move(days), .first = kFirst, .last = last};
}

TEST(AttendanceThere, NothingArrivedCannotTell) {
  const auto there = MeasureThere(Span(WholeWeek(), kFirst + 30), {});
  EXPECT_FALSE(there.CanTell());
  EXPECT_EQ(there.source, kNone);
  EXPECT_FALSE(
      MeasureThere(Span(WholeWeek(), kFirst), {{kHome, {{kFirst - 3, "B", "B"}}}}).CanTell())
      << "before it began";
}

TEST(AttendanceThere, HomeRegisterSaysBAndKAndAbsence) {
  const RegisterAt home{kHome,
                        {{kFirst, "B", "B"},        // there
                         {kFirst + 1, "/", "\\"},   // in school, not there
                         {kFirst + 2, "K", "O"},    // there, then gone
                         {kFirst + 3, "I", "D"},    // ill; on another register
                         {kFirst + 4, "B", "B"}}};  // Friday: no day of the placement
  const auto there = MeasureThere(
      Span({Weekday::kMon, Weekday::kTue, Weekday::kWed, Weekday::kThu}, kFirst + 30), {home});
  EXPECT_EQ(there.source, kHomeRegister);
  EXPECT_EQ(there.since_start,
            (SessionSums{.possible = 5, .attended = 3, .authorised = 1, .unauthorised = 1}));
  EXPECT_EQ(there.dual_sessions, 1);
  EXPECT_EQ(there.last_mark, kFirst + 3);
}

TEST(AttendanceThere, OwnRegisterIsBelievedBeforeTheHomeOne) {
  const auto there = MeasureThere(Span(WholeWeek(), kFirst + 30),
                                  {{kHome, {{kFirst, "D", "D"}}}, {kUnit, {{kFirst, "/", "O"}}}});
  EXPECT_EQ(there.source, kOwnRegister);
  EXPECT_EQ(there.since_start,
            (SessionSums{.possible = 2, .attended = 1, .authorised = 0, .unauthorised = 1}));
  const auto only_dual =
      MeasureThere(Span(WholeWeek(), kFirst + 30), {{kHome, {{kFirst, "D", "D"}}}});
  EXPECT_FALSE(only_dual.CanTell());
  EXPECT_EQ(only_dual.dual_sessions, 2);
}

TEST(AttendanceThere, LastFourWeeksEndWithTheSpan) {
  const Day last = kFirst + 35;
  const auto there = MeasureThere(Span(WholeWeek(), last), {{kHome,
                                                             {{kFirst, "O", "O"},
                                                              {last - 28, "O", "O"},
                                                              {last - 27, "B", "B"},
                                                              {last, "B", "O"},
                                                              {last + 1, "B", "B"}}}});
  EXPECT_EQ(there.since_start.possible, 8);
  EXPECT_EQ(there.last_four_weeks,
            (SessionSums{.possible = 4, .attended = 3, .authorised = 0, .unauthorised = 1}));
}

}  // namespace
}  // namespace pathways::panel
