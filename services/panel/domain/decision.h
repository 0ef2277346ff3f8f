// What a panel decides, what each kind of decision needs, who may vote, and when it is final.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "libs/forms/problem.h"
#include "services/panel/domain/sitting.h"

namespace pathways::panel {

// Characters of reasons and other words.
inline constexpr std::size_t kLeastWords = 10;
inline constexpr std::size_t kMostWords = 4000;

enum class DecisionKind : std::uint8_t {
  kSupportInMainstream,
  kManagedMove,
  kAlternativeProvision,
  kFairAccessPlace,
  kDeferral,
};
inline constexpr auto kDecisionKindNames =
    MakeNames<DecisionKind>({"support_in_mainstream", "managed_move", "alternative_provision",
                             "fair_access_place", "deferral"});

enum class DecisionWay : std::uint8_t { kAgreement, kVote, kChair };
inline constexpr auto kDecisionWayNames = MakeNames<DecisionWay>({"agreement", "vote", "chair"});

enum class DecisionState : std::uint8_t { kProposed, kFinal, kReplaced };
inline constexpr auto kDecisionStateNames =
    MakeNames<DecisionState>({"proposed", "final", "replaced"});

enum class VoteChoice : std::uint8_t { kFor, kAgainst, kAbstain };
inline constexpr auto kVoteChoiceNames = MakeNames<VoteChoice>({"for", "against", "abstain"});

// What can be missing when a case is deferred.
bool IsMissingCode(std::string_view code);

struct Terms {
  DecisionKind kind = DecisionKind::kDeferral;
  // SEND and AP improvement plan: 1 targeted support in mainstream, 2 time-limited placement with
  // return, 3 transitional placement to a new school or post-16; 0 for other kinds.
  int tier = 0;
  std::optional<education::Urn> receiving = {};
  std::optional<education::Day> until = {};
  std::optional<education::Day> review_on = {};
  bool parents_agree = false;
  bool receiving_school_agrees = false;
  std::vector<std::string> missing = {};
  std::string reasons = {};  // tidied, as are all words
  std::string conditions = {};
  DecisionWay way = DecisionWay::kAgreement;
  std::string change_reason = {};
};

struct TermsContext {
  education::Urn case_urn;
  education::Day today;
  bool replaces = false;  // another decision was signed off before
};
// What is wrong or missing, by the field of the terms. Empty: it can be signed off.
std::vector<forms::Problem> WhatTermsLack(const Terms& terms, const TermsContext& context);

// What is known of the pupil when it is decided.
struct PupilStanding {
  bool has_plan = false;  // an education, health and care plan
  bool looked_after = false;
};
// Things to think of, in sentences with their source; they refuse nothing.
std::vector<std::string> Reminders(const Terms& terms, const PupilStanding& pupil);

using Votes = std::map<education::PersonId, VoteChoice>;

// PERMISSION_DENIED in words when the person does not sit there, is not there, or takes no part in
// the case.
absl::Status CheckMayVote(const std::vector<Member>& members, const education::PersonId& person,
                          education::Urn case_urn, const std::set<education::PersonId>& interested);

struct SignOff {
  const std::vector<Member>& members;
  education::Urn case_urn;
  const std::set<education::PersonId>& interested;
  const Votes& votes;
  DecisionWay way;
  education::PersonId signer;
};
// FAILED_PRECONDITION in words when there is no quorum or the votes do not carry it;
// PERMISSION_DENIED when the signer does not chair it.
absl::Status CheckSignOff(const SignOff& sign_off);

// Whether a place follows from it: a programme, or a receiving school.
bool NeedsPlacement(const Terms& terms);

}  // namespace pathways::panel
