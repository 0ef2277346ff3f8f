#include "services/panel/domain/tasks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using education::Day;
using education::WorkingCalendar;
using std::chrono::year;
using ::testing::ElementsAre;

// The Thursday before the Christmas week: bank holidays are not worked.
const Day kDecided(year(2026) / 12 / 17);

std::vector<std::string> Told(const Terms& terms) {
  std::vector<std::string> told;
  for (const Task& task : TasksOf(terms, kDecided, WorkingCalendar::England())) {
    EXPECT_NE(std::ranges::find(kAgencies, task.agency), kAgencies.end()) << task.code;
    EXPECT_GE(task.due, kDecided);
    told.push_back(std::string(task.agency) + " " + std::string(task.code) + " " +
                   task.due.ToIso());
  }
  return told;
}

TEST(Tasks, OfEveryKindOfDecision) {
  Terms terms{.kind = DecisionKind::kSupportInMainstream, .review_on = Day(year(2027) / 1 / 15)};
  EXPECT_THAT(Told(terms), ElementsAre("school put_support_in_place 2026-12-24",
                                       "school hold_review 2027-01-15"));
  terms = {.kind = DecisionKind::kManagedMove,
           .receiving = testing::MakeSchool(1).urn,
           .until = Day(year(2027) / 3 / 25)};
  EXPECT_THAT(Told(terms),
              ElementsAre("receiving_school agree_start 2026-12-24",
                          "school send_record 2026-12-24", "authority review_trial 2027-03-25"));
  terms = {.kind = DecisionKind::kAlternativeProvision,
           .tier = 2,
           .until = Day(year(2027) / 3 / 25),
           .review_on = Day(year(2027) / 1 / 15)};
  EXPECT_THAT(Told(terms),
              ElementsAre("authority find_place 2026-12-24", "school send_information 2026-12-24",
                          "authority hold_review 2027-01-15", "school plan_return 2027-03-25"));
  terms = {.kind = DecisionKind::kFairAccessPlace, .receiving = testing::MakeSchool(1).urn};
  EXPECT_THAT(Told(terms),
              ElementsAre("receiving_school admit 2026-12-24", "school send_record 2026-12-24"));
}

TEST(Tasks, OfADeferralNameWhatWasMissing) {
  const Terms terms{.kind = DecisionKind::kDeferral,
                    .missing = {"reports", "pupil_view", "assessment"}};
  const auto tasks = TasksOf(terms, kDecided, WorkingCalendar::England());
  ASSERT_EQ(tasks.size(), 1U);
  EXPECT_EQ(tasks[0].what,
            "Add to the case what was missing: reports, the pupil's view and an assessment.");
  // 25 and 28 December and 1 January are bank holidays.
  EXPECT_EQ(tasks[0].due.ToIso(), "2027-01-05");
}

TEST(Tasks, EveryMissingThingHasWords) {
  for (const char* code :
       {"reports", "pupil_view", "parent_view", "attendance_of_school", "assessment", "other"}) {
    EXPECT_TRUE(IsMissingCode(code));
    EXPECT_EQ(MissingInWords(code).find('_'), std::string::npos) << code;
  }
}

}  // namespace
}  // namespace pathways::panel
