#include "services/panel/domain/sitting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/testing/builders.h"
#include "services/panel/domain/agenda.h"

namespace pathways::panel {
namespace {

using namespace std::chrono_literals;
using education::Day;
using education::WorkingCalendar;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Day kToday(2026y / 11 / 2);

Sitting Some(Day day = Day(2026y / 11 / 23)) {
  return {.id = *SittingId::Parse("10000000-0000-4000-8000-000000000901"),
          .panel = *PanelId::Parse("10000000-0000-4000-8000-000000000900"),
          .la_code = testing::MakeSchool(0).la_code,
          .day = day,
          .starts_at = "09:30",
          .papers_day = PapersDay(day, WorkingCalendar::England())};
}

Member Who(int person, Seat seat, std::optional<int> school = std::nullopt, bool attended = true) {
  Member member{testing::MakePersonId(person), seat};
  if (school) member.urn = testing::MakeSchool(*school).urn;
  member.attended = attended;
  return member;
}

TEST(PapersDay, IsFiveWorkingDaysBefore) {
  const auto papers = [](Day day) { return PapersDay(day, WorkingCalendar::England()); };
  EXPECT_EQ(papers(Day(2026y / 11 / 23)), Day(2026y / 11 / 16));
  EXPECT_EQ(papers(Day(2026y / 11 / 25)), Day(2026y / 11 / 18));
  // Over Christmas: 25 and 28 December (for the 26th) and 1 January are bank holidays.
  EXPECT_EQ(papers(Day(2027y / 1 / 5)), Day(2026y / 12 / 24));
}

std::vector<std::string> Wrong(const Sitting& sitting, const std::vector<Member>& members) {
  std::vector<std::string> fields;
  for (const auto& problem : CheckSitting(sitting, members, kToday, WorkingCalendar::England())) {
    fields.push_back(problem.field);
  }
  return fields;
}

TEST(Sitting, IsOnAWorkingDayWithOneChair) {
  const std::vector<Member> good = {Who(1, Seat::kChair), Who(2, Seat::kHeadTeacher, 1)};
  EXPECT_THAT(Wrong(Some(), good), IsEmpty());
  EXPECT_THAT(Wrong(Some(Day(2026y / 11 / 1)), good), ElementsAre("day"));
  EXPECT_THAT(Wrong(Some(Day(2026y / 11 / 21)), good), ElementsAre("day"));
  EXPECT_THAT(Wrong(Some(Day(2026y / 12 / 25)), good), ElementsAre("day"));
  EXPECT_THAT(Wrong(Some(), {}), ElementsAre("members"));
  EXPECT_THAT(Wrong(Some(), {Who(1, Seat::kChair), Who(1, Seat::kHeadTeacher)}),
              ElementsAre("members[1].person_id", "members[1].urn"));
  Sitting late = Some();
  late.starts_at = "9.30";
  late.capacity = 0;
  EXPECT_THAT(Wrong(late, good), ElementsAre("starts_at", "capacity"));
}

TEST(Sitting, ClosesWhenEveryCaseIsDealtWith) {
  EXPECT_EQ(*Next(SittingState::kPlanned, SittingMove::kOpen, 3), SittingState::kOpen);
  EXPECT_FALSE(Next(SittingState::kOpen, SittingMove::kClose, 1).ok());
  EXPECT_EQ(*Next(SittingState::kOpen, SittingMove::kClose, 0), SittingState::kClosed);
  EXPECT_EQ(*Next(SittingState::kPlanned, SittingMove::kCancel, 3), SittingState::kCancelled);
  EXPECT_FALSE(Next(SittingState::kOpen, SittingMove::kCancel, 0).ok());
  EXPECT_FALSE(Next(SittingState::kPlanned, SittingMove::kClose, 0).ok());
  EXPECT_FALSE(Next(SittingState::kClosed, SittingMove::kOpen, 0).ok());
}

TEST(Quorum, IsChairTwoHeadsAndTheAuthority) {
  const education::Urn school = testing::MakeSchool(0).urn;
  std::vector<Member> members = {Who(1, Seat::kChair), Who(2, Seat::kHeadTeacher, 1),
                                 Who(3, Seat::kHeadTeacher, 2), Who(4, Seat::kEarlyHelp)};
  EXPECT_THAT(WhatQuorumLacks(members, school, {}), IsEmpty());
  EXPECT_THAT(WhatQuorumLacks(members, school, {testing::MakePersonId(3)}),
              ElementsAre("one more head teacher"))
      << "a declared interest";
  EXPECT_THAT(WhatQuorumLacks(members, testing::MakeSchool(1).urn, {}),
              ElementsAre("one more head teacher"))
      << "the head of the case's school takes no part";
  for (Member& member : members) member.attended = false;
  EXPECT_THAT(WhatQuorumLacks(members, school, {}),
              ElementsAre("the chair", "two head teachers", "somebody for the authority"));
}

Candidate Waiting(int number, std::optional<Day> due, int referred_hour) {
  return {.id = *CaseId::Parse("10000000-0000-4000-8000-00000000000" + std::to_string(number)),
          .due = due,
          .referred_at = education::Instant(kToday.days()) + std::chrono::hours(referred_hour)};
}

std::vector<int> Numbers(const std::vector<Candidate>& candidates) {
  std::vector<int> numbers;
  for (const Candidate& one : candidates) numbers.push_back(one.id.ToString().back() - '0');
  return numbers;
}

TEST(Agenda, TakesTheEarliestDueThenWhoWaitsLongest) {
  const std::vector<Candidate> waiting = {
      Waiting(1, std::nullopt, 1), Waiting(2, std::nullopt, 0), Waiting(3, Day(2026y / 11 / 20), 9),
      Waiting(4, Day(2026y / 11 / 10), 9), Waiting(5, Day(2026y / 11 / 10), 8)};
  EXPECT_THAT(Numbers(WhatFits(Some(), 0, waiting, kToday)), ElementsAre(5, 4, 3, 2, 1));
  Sitting small = Some();
  small.capacity = 4;
  EXPECT_THAT(Numbers(WhatFits(small, 2, waiting, kToday)), ElementsAre(5, 4));
  EXPECT_THAT(WhatFits(small, 5, waiting, kToday), IsEmpty());
}

TEST(Agenda, TakesNobodyByItselfAfterThePapersWentOut) {
  const std::vector<Candidate> waiting = {Waiting(1, std::nullopt, 1)};
  EXPECT_EQ(WhatFits(Some(), 0, waiting, Some().papers_day).size(), 1u);
  EXPECT_THAT(WhatFits(Some(), 0, waiting, Some().papers_day + 1), IsEmpty());
  Sitting open = Some();
  open.state = SittingState::kOpen;
  EXPECT_THAT(WhatFits(open, 0, waiting, kToday), IsEmpty());
}

TEST(Agenda, OrderNamesEveryCaseOnce) {
  const CaseId a = Waiting(1, std::nullopt, 0).id, b = Waiting(2, std::nullopt, 0).id;
  EXPECT_TRUE(CheckOrder({a, b}, {b, a}).ok());
  EXPECT_FALSE(CheckOrder({a, b}, {b}).ok());
  EXPECT_FALSE(CheckOrder({a, b}, {b, b}).ok());
}

TEST(Agenda, ClerkTakesOnlyACompleteCaseOfThePhase) {
  PanelCase panel_case{.id = Waiting(1, std::nullopt, 0).id,
                       .reference = "SP-7K3M-2Q",
                       .pupil = testing::MakePupilId(1),
                       .urn = testing::MakeSchool(0).urn,
                       .la_code = testing::MakeSchool(0).la_code,
                       .phase = Phase::kSecondary,
                       .state = CaseState::kReferred,
                       .complete = true};
  EXPECT_TRUE(CheckCanTake(Some(), 0, panel_case).ok());
  EXPECT_FALSE(CheckCanTake(Some(), 12, panel_case).ok());
  panel_case.complete = false;
  EXPECT_FALSE(CheckCanTake(Some(), 0, panel_case).ok());
  panel_case.complete = true;
  panel_case.phase = Phase::kPrimary;
  EXPECT_FALSE(CheckCanTake(Some(), 0, panel_case).ok());
  panel_case.phase = Phase::kSecondary;
  panel_case.state = CaseState::kDraft;
  EXPECT_FALSE(CheckCanTake(Some(), 0, panel_case).ok()) << "decision before referral";
}

}  // namespace
}  // namespace pathways::panel
