#include "services/exclusions/store/step_row.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using fixture::Calendar;
using fixture::Day;
using fixture::Declined;
using fixture::Permanent;
using fixture::Suspended;

const Day kMonday(2026y / 9 / 7);

std::vector<StepRow> StepsOf(const Exclusion& exclusion) {
  return MakeSteps(exclusion, ClockOf(exclusion, {}, Calendar()), Calendar());
}

std::string Next(const std::vector<StepRow>& rows) {
  const StepRow* next = NextToDo(rows);
  return next == nullptr ? "nothing" : std::string(StepName(next->step));
}

TEST(NextToDo, IsTheEarliestOwed) {
  Exclusion exclusion = Suspended(kMonday, 12);
  EXPECT_EQ(Next(StepsOf(exclusion)), "notify_parents");
  for (const Step step :
       {Step::kNotifyParents, Step::kNotifyLocalAuthority, Step::kNotifyGoverningBoard}) {
    exclusion.done[IndexOf(step)] = kMonday;
  }
  EXPECT_EQ(Next(StepsOf(exclusion)), "set_work");
  exclusion.done[IndexOf(Step::kSetWork)] = kMonday;
  EXPECT_EQ(Next(StepsOf(exclusion)), "provision_from");
  exclusion.done[IndexOf(Step::kProvisionFrom)] = kMonday + 7;
  EXPECT_EQ(Next(StepsOf(exclusion)), "reintegration_meeting");
  exclusion.done[IndexOf(Step::kReintegrationMeeting)] = kMonday + 8;
  EXPECT_EQ(Next(StepsOf(exclusion)), "nothing");
}

TEST(NextToDo, PassesOverWhatIsForParentsOrOnlyAllowed) {
  Exclusion exclusion = Declined();
  for (const Step step : {Step::kNotifyParents, Step::kNotifyLocalAuthority, Step::kSetWork,
                          Step::kNotifyGoverningBoard, Step::kProvisionFrom}) {
    exclusion.done[IndexOf(step)] = exclusion.start;
  }
  EXPECT_EQ(Next(StepsOf(exclusion)), "nothing");
}

TEST(History, IsAskedOfNobodyWhereAFileCannotTell) {
  std::vector<StepRow> rows = StepsOf(Permanent(kMonday));
  LeaveHistory(rows, Day(2026y / 11 / 24));
  EXPECT_EQ(Next(rows), "notify_governing_board") << "a file has a column for it";
  for (const StepRow& row : rows) {
    if (row.step == Step::kNotifyParents) {
      EXPECT_EQ(StateOn(row, Day(2026y / 11 / 24)), StepState::kLate) << "shown as it is";
      EXPECT_FALSE(row.to_do);
    }
  }
}

TEST(History, IsOnlyWhatWasLateWhenTheFileCame) {
  std::vector<StepRow> rows = StepsOf(Permanent(kMonday));
  const std::vector<StepRow> before = rows;
  LeaveHistory(rows, kMonday);
  EXPECT_EQ(rows, before);
}

}  // namespace
}  // namespace pathways::exclusions
