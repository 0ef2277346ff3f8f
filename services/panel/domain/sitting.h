// A sitting of a panel: when, who, and whether enough of the right people are there.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/working_calendar.h"
#include "libs/forms/problem.h"
#include "services/panel/domain/panel_case.h"

namespace pathways::panel {

// Papers go out that many working days before the sitting: usual practice of panels.
inline constexpr int kPapersWorkingDays = 5;
// Heads who must be there: usual practice of panels.
inline constexpr int kQuorumHeads = 2;
inline constexpr int kMostCases = 60;

enum class SittingState : std::uint8_t { kPlanned, kOpen, kClosed, kCancelled };
inline constexpr auto kSittingStateNames =
    MakeNames<SittingState>({"planned", "open", "closed", "cancelled"});

enum class SittingMove : std::uint8_t { kOpen, kClose, kCancel };

// FAILED_PRECONDITION, in words, when it cannot be moved there. `undecided`: cases on its agenda
// without a signed-off decision.
absl::StatusOr<SittingState> Next(SittingState state, SittingMove move, int undecided);

enum class Seat : std::uint8_t {
  kChair,
  kHeadTeacher,
  kAuthority,
  kSend,
  kEarlyHelp,
  kSocialCare,
  kEducationalPsychology,
  kPoliceOrYouth,
  kAlternativeProvision,
};
inline constexpr auto kSeatNames =
    MakeNames<Seat>({"chair", "head_teacher", "authority", "send", "early_help", "social_care",
                     "educational_psychology", "police_or_youth", "alternative_provision"});

struct Member {
  education::PersonId person;
  Seat seat = Seat::kAuthority;
  std::optional<education::Urn> urn = {};  // a head teacher's school
  bool attended = false;
};

struct Panel {
  PanelId id;
  education::LaCode la_code;
  std::string name;
  Phase phase = Phase::kSecondary;
  int usual_capacity = 12;
  std::int64_t version = 1;
};

struct Sitting {
  SittingId id;
  PanelId panel;
  education::LaCode la_code;
  Phase phase = Phase::kSecondary;
  education::Day day;
  std::string starts_at = {};  // HH:MM
  std::string venue = {};
  int capacity = 12;
  education::Day papers_day;
  SittingState state = SittingState::kPlanned;
  bool clerk_ordered = false;  // the clerk has put the agenda in an order of their own
  std::int64_t version = 1;
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};

  // Read only.
  std::string panel_name = {};
  int cases = 0;
};

// The fifth working day before the sitting; the sitting's day does not count.
education::Day PapersDay(education::Day sitting, const education::WorkingCalendar& calendar);

// What is wrong with a sitting as entered: a day in the past or none to work on, a time that is
// none, no chair or several, somebody twice, a head teacher without a school.
std::vector<forms::Problem> CheckSitting(const Sitting& sitting, const std::vector<Member>& members,
                                         education::Day today,
                                         const education::WorkingCalendar& calendar);

// A member from the case's school takes no part in it, nor one who declared an interest.
bool TakesPart(const Member& member, education::Urn case_urn,
               const std::set<education::PersonId>& interested);

// What lacks for a quorum on one case, in words: chair, two heads and the authority (or one of its
// services) among those who are there and take part in it. Empty: it is met.
std::vector<std::string> WhatQuorumLacks(const std::vector<Member>& members,
                                         education::Urn case_urn,
                                         const std::set<education::PersonId>& interested);

}  // namespace pathways::panel
