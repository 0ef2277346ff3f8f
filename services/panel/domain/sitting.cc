#include "services/panel/domain/sitting.h"

#include <algorithm>

#include "libs/forms/words.h"

namespace pathways::panel {
namespace {

using education::Day;
using forms::Problem;

// 00:00 to 23:59.
bool IsTime(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
    return false;
  }
  return text.substr(0, 2) <= "23" && text.substr(3) <= "59";
}

bool IsAuthoritys(Seat seat) {
  return seat == Seat::kAuthority || seat == Seat::kSend || seat == Seat::kEarlyHelp ||
         seat == Seat::kSocialCare;
}

void CheckMembers(const std::vector<Member>& members, std::vector<Problem>& problems) {
  std::set<education::PersonId> seen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string field = "members[" + std::to_string(i) + "]";
    if (!seen.insert(members[i].person).second) {
      problems.push_back({field + ".person_id", "Name each member once"});
    }
    if (members[i].seat == Seat::kHeadTeacher && !members[i].urn) {
      problems.push_back({field + ".urn", "Say which school the head teacher is from"});
    }
  }
  if (std::ranges::count(members, Seat::kChair, &Member::seat) != 1) {
    problems.push_back({"members", "Name one chair"});
  }
}

}  // namespace

absl::StatusOr<SittingState> Next(SittingState state, SittingMove move, int undecided) {
  switch (move) {
    case SittingMove::kOpen:
      if (state == SittingState::kPlanned) return SittingState::kOpen;
      break;
    case SittingMove::kClose:
      if (state != SittingState::kOpen) break;
      if (undecided > 0) {
        return absl::FailedPreconditionError(
            "Decide, defer or take off every case on the agenda before the sitting is closed");
      }
      return SittingState::kClosed;
    case SittingMove::kCancel:
      if (state == SittingState::kPlanned) return SittingState::kCancelled;
      break;
  }
  switch (state) {
    case SittingState::kPlanned:
      return absl::FailedPreconditionError("The sitting has not been opened yet");
    case SittingState::kOpen:
      return absl::FailedPreconditionError("The sitting is open already");
    case SittingState::kClosed:
      return absl::FailedPreconditionError("The sitting is over");
    case SittingState::kCancelled:
      break;
  }
  return absl::FailedPreconditionError("The sitting was cancelled");
}

Day PapersDay(Day sitting, const education::WorkingCalendar& calendar) {
  Day day = sitting;
  for (int left = kPapersWorkingDays; left > 0;) {
    day = day - 1;
    if (calendar.IsWorkingDay(day)) --left;
  }
  return day;
}

std::vector<Problem> CheckSitting(const Sitting& sitting, const std::vector<Member>& members,
                                  Day today, const education::WorkingCalendar& calendar) {
  std::vector<Problem> problems;
  if (sitting.day < today) {
    problems.push_back({"day", "Choose today or a later day"});
  } else if (const auto why = calendar.WhyNot(sitting.day)) {
    problems.push_back({"day", "Choose a working day; this one is none: " + *why});
  }
  if (!IsTime(sitting.starts_at)) problems.push_back({"starts_at", "Enter a time, such as 09:30"});
  if (auto problem = forms::CheckWords("venue", sitting.venue, 0, 200)) {
    problems.push_back(*std::move(problem));
  }
  if (sitting.capacity < 1 || sitting.capacity > kMostCases) {
    problems.push_back({"capacity", "Enter a number from 1 to " + std::to_string(kMostCases)});
  }
  CheckMembers(members, problems);
  return problems;
}

bool TakesPart(const Member& member, education::Urn case_urn,
               const std::set<education::PersonId>& interested) {
  return member.urn != case_urn && !interested.contains(member.person);
}

std::vector<std::string> WhatQuorumLacks(const std::vector<Member>& members,
                                         education::Urn case_urn,
                                         const std::set<education::PersonId>& interested) {
  bool chair = false, authority = false;
  int heads = 0;
  for (const Member& member : members) {
    if (!member.attended || !TakesPart(member, case_urn, interested)) continue;
    chair |= member.seat == Seat::kChair;
    authority |= IsAuthoritys(member.seat);
    heads += member.seat == Seat::kHeadTeacher;
  }
  std::vector<std::string> lacking;
  if (!chair) lacking.emplace_back("the chair");
  if (heads == 0) lacking.emplace_back("two head teachers");
  if (heads == 1) lacking.emplace_back("one more head teacher");
  if (!authority) lacking.emplace_back("somebody for the authority");
  return lacking;
}

}  // namespace pathways::panel
