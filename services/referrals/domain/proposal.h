// A reason to think about a request, made from what attendance says. It never acts by itself.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// kRecovered: nobody had decided when the pupil's absence fell below the line again. Kept as it
// was, it waits no longer; a new crossing makes a new one.
enum class ProposalState : std::uint8_t { kOpen, kTakenUp, kDismissed, kWithdrawn, kRecovered };
std::string_view ProposalStateName(ProposalState state);  // "taken_up", as stored
std::optional<ProposalState> ProposalStateFromName(std::string_view name);

// Kinds, as in the file of crossings.
inline constexpr std::string_view kPersistent = "persistent";
inline constexpr std::string_view kSevere = "severe";
inline constexpr std::string_view kUnauthorised = "unauthorised_10_in_10_weeks";
inline constexpr std::array kProposalKinds = {kPersistent, kSevere, kUnauthorised};

// Sessions up to a day.
struct AbsenceFigures {
  education::Day day;  // the school day it became so
  std::int32_t possible = 0;
  std::int32_t absent = 0;
  std::int32_t unauthorised = 0;  // of the rolling ten school weeks for that kind
};

struct Proposal {
  ProposalId id;
  education::PupilId pupil;
  education::EnrolmentId enrolment;
  education::Urn urn;
  education::LaCode la_code;
  std::string kind;
  AbsenceFigures figures;
  ProposalState state = ProposalState::kOpen;
  education::Instant raised_at = {};
  std::string trace_id = {};  // of the register that raised it
  std::optional<RequestId> request = {};
  std::string dismissed_reason = {};  // when the reader may see it. Read only.
};

}  // namespace pathways::referrals
