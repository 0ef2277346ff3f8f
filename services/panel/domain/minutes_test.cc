#include "services/panel/domain/minutes.h"

#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using education::Day;
using std::chrono::year;

Member Sat(int person, Seat seat, bool attended) {
  return {.person = testing::MakePersonId(person), .seat = seat, .attended = attended};
}

TEST(Minutes, SayWhoWasThere) {
  const auto school = testing::MakeSchool(0);
  const Sitting sitting{.id = *SittingId::Parse("10000000-0000-4000-8000-000000000001"),
                        .panel = *PanelId::Parse("10000000-0000-4000-8000-000000000002"),
                        .la_code = school.la_code,
                        .day = Day(year(2026) / 11 / 24),
                        .starts_at = "09:30",
                        .venue = "Room 2",
                        .papers_day = Day(year(2026) / 11 / 17)};
  EXPECT_EQ(
      DraftAttendance(sitting, {Sat(1, Seat::kChair, true), Sat(2, Seat::kHeadTeacher, true),
                                Sat(3, Seat::kHeadTeacher, true), Sat(4, Seat::kHeadTeacher, false),
                                Sat(5, Seat::kSend, false)}),
      "The panel met on Tuesday 24 November 2026 at 09:30. Venue: Room 2.\n\n"
      "There: the chair, 2 head teachers.\n\n"
      "Not there: a head teacher, the SEND team.");
}

TEST(Minutes, SayWhatWasDecidedHowAndWhy) {
  CaseRecord record{.reference = "SP-7K3M-2Q", .interested = 1, .decided = true, .final = true};
  record.terms = {.kind = DecisionKind::kAlternativeProvision,
                  .tier = 2,
                  .until = Day(year(2027) / 3 / 25),
                  .review_on = Day(year(2027) / 1 / 15),
                  .reasons = "A practical programme fits.",
                  .conditions = "Maths every week.",
                  .way = DecisionWay::kVote};
  record.votes = {{testing::MakePersonId(1), VoteChoice::kFor},
                  {testing::MakePersonId(2), VoteChoice::kFor},
                  {testing::MakePersonId(3), VoteChoice::kAgainst}};
  record.actions = {{"receiving_school", "Agree the first day.", Day(year(2026) / 12 / 1)}};
  EXPECT_EQ(DraftCase(record),
            "One member declared an interest and took no part.\n\n"
            "Decided, by votes: 2 for, 1 against, 0 neither: alternative provision, tier 2. Until "
            "25 March 2027. First review: 15 January 2027.\n\n"
            "Reasons: A practical programme fits.\n\n"
            "Support and conditions: Maths every week.\n\n"
            "Actions:\n- Receiving school, by 1 December 2026: Agree the first day.");
}

TEST(Minutes, SayWhatIsStillOpen) {
  CaseRecord record{.reference = "SP-7K3M-2Q", .late = true, .quorum_lacks = {"the chair"}};
  EXPECT_EQ(DraftCase(record),
            "The case was put on the agenda after the papers day.\n\n"
            "There was no quorum: the chair missing.\n\nNothing was decided.");
  record = {.reference = "SP-7K3M-2Q", .decided = true};
  record.terms = {.kind = DecisionKind::kDeferral,
                  .missing = {"pupil_view"},
                  .reasons = "Nobody asked the pupil."};
  EXPECT_EQ(DraftCase(record),
            "Written down, not signed off yet, by agreement: deferred. Missing: the pupil's "
            "view.\n\nReasons: Nobody asked the pupil.");
}

TEST(Minutes, NameAgenciesAsPeopleDo) {
  EXPECT_EQ(AgencyInWords("educational_psychology"), "Educational psychology");
  EXPECT_EQ(AgencyInWords("send"), "SEND team");
  EXPECT_EQ(AgencyInWords(""), "A member");
}

}  // namespace
}  // namespace pathways::panel
