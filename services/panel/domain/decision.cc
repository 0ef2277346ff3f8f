#include "services/panel/domain/decision.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "libs/forms/words.h"

namespace pathways::panel {
namespace {

using education::Day;
using forms::Problem;
using Problems = std::vector<Problem>;

constexpr std::array<std::string_view, 6> kMissingCodes = {
    "reports", "pupil_view", "parent_view", "attendance_of_school", "assessment", "other"};

void RequireLater(std::string_view field, const std::optional<Day>& day, Day today,
                  Problems& problems) {
  if (!day) {
    problems.push_back({std::string(field), "Enter a day"});
  } else if (*day <= today) {
    problems.push_back({std::string(field), "Choose a day after today"});
  }
}

void RequireReceivingSchool(const Terms& terms, const TermsContext& context, Problems& problems) {
  if (!terms.receiving) {
    problems.push_back({"receiving_urn", "Choose the school that takes the pupil"});
  } else if (*terms.receiving == context.case_urn) {
    problems.push_back({"receiving_urn", "Choose another school than the pupil's own"});
  }
}

void CheckManagedMove(const Terms& terms, const TermsContext& context, Problems& problems) {
  RequireReceivingSchool(terms, context, problems);
  RequireLater("until", terms.until, context.today, problems);
  if (!terms.parents_agree) {
    problems.push_back({"parents_agree",
                        "A managed move needs the parents' agreement, freely given; without it "
                        "choose another decision"});
  }
  if (!terms.receiving_school_agrees) {
    problems.push_back(
        {"receiving_school_agrees", "A managed move needs the agreement of the receiving school"});
  }
}

void CheckAlternativeProvision(const Terms& terms, const TermsContext& context,
                               Problems& problems) {
  if (terms.tier < 1 || terms.tier > 3) problems.push_back({"tier", "Choose tier 1, 2 or 3"});
  RequireLater("review_on", terms.review_on, context.today, problems);
  // A transitional placement ends with the next school or post-16; the others are for a time.
  if (terms.tier == 1 || terms.tier == 2) {
    RequireLater("until", terms.until, context.today, problems);
  }
  if (terms.until && terms.review_on && *terms.review_on > *terms.until) {
    problems.push_back({"review_on", "Choose a day before the placement ends"});
  }
}

void CheckDeferral(const Terms& terms, Problems& problems) {
  if (terms.missing.empty() || !std::ranges::all_of(terms.missing, IsMissingCode)) {
    problems.push_back({"missing", "Say what is missing"});
  }
}

void CheckKind(const Terms& terms, const TermsContext& context, Problems& problems) {
  switch (terms.kind) {
    case DecisionKind::kSupportInMainstream:
      RequireLater("review_on", terms.review_on, context.today, problems);
      if (auto problem =
              forms::CheckWords("conditions", terms.conditions, kLeastWords, kMostWords)) {
        problems.push_back(*std::move(problem));
      }
      break;
    case DecisionKind::kManagedMove:
      CheckManagedMove(terms, context, problems);
      break;
    case DecisionKind::kAlternativeProvision:
      CheckAlternativeProvision(terms, context, problems);
      break;
    case DecisionKind::kFairAccessPlace:
      RequireReceivingSchool(terms, context, problems);
      break;
    case DecisionKind::kDeferral:
      CheckDeferral(terms, problems);
      break;
  }
}

// What belongs to another kind would be read as part of this one.
void CheckNothingElse(const Terms& terms, Problems& problems) {
  const bool school_takes =
      terms.kind == DecisionKind::kManagedMove || terms.kind == DecisionKind::kFairAccessPlace;
  if (terms.tier != 0 && terms.kind != DecisionKind::kAlternativeProvision) {
    problems.push_back({"tier", "Only alternative provision has a tier"});
  }
  if (terms.receiving && !school_takes) {
    problems.push_back({"receiving_urn", "This decision has no receiving school"});
  }
  if (!terms.missing.empty() && terms.kind != DecisionKind::kDeferral) {
    problems.push_back({"missing", "Only a deferral says what is missing"});
  }
}

const Member* Find(const std::vector<Member>& members, const education::PersonId& person) {
  const auto found = std::ranges::find(members, person, &Member::person);
  return found == members.end() ? nullptr : &*found;
}

absl::Status CheckCarried(DecisionWay way, const Votes& votes) {
  const auto count = [&](VoteChoice choice) {
    return std::ranges::count_if(votes, [&](const auto& vote) { return vote.second == choice; });
  };
  const auto in_favour = count(VoteChoice::kFor);
  const auto against = count(VoteChoice::kAgainst);
  if (way == DecisionWay::kAgreement && against > 0) {
    return absl::FailedPreconditionError(
        "Somebody voted against: it is decided by votes, or by the chair");
  }
  if (way == DecisionWay::kVote && in_favour <= against) {
    return absl::FailedPreconditionError("More members must vote for it than against it");
  }
  if (way == DecisionWay::kChair && against == 0) {
    return absl::FailedPreconditionError(
        "The chair decides only where there is no agreement: nobody has voted against");
  }
  return absl::OkStatus();
}

}  // namespace

bool IsMissingCode(std::string_view code) {
  return std::ranges::find(kMissingCodes, code) != kMissingCodes.end();
}

Problems WhatTermsLack(const Terms& terms, const TermsContext& context) {
  Problems problems;
  CheckKind(terms, context, problems);
  CheckNothingElse(terms, problems);
  const auto words = [&](std::string_view field, const std::string& text, std::size_t least) {
    if (auto problem = forms::CheckWords(field, text, least, kMostWords)) {
      problems.push_back(*std::move(problem));
    }
  };
  words("reasons", terms.reasons, kLeastWords);
  if (terms.kind != DecisionKind::kSupportInMainstream) words("conditions", terms.conditions, 0);
  if (context.replaces) {
    words("change_reason", terms.change_reason, kLeastWords);
  } else if (!terms.change_reason.empty()) {
    problems.push_back({"change_reason", "There is no earlier decision to change"});
  }
  if (context.replaces && terms.kind == DecisionKind::kDeferral) {
    problems.push_back({"kind", "A case that was decided cannot be deferred"});
  }
  return problems;
}

std::vector<std::string> Reminders(const Terms& terms, const PupilStanding& pupil) {
  std::vector<std::string> reminders;
  const bool school_takes = terms.kind == DecisionKind::kFairAccessPlace;
  if (school_takes && pupil.has_plan) {
    reminders.emplace_back(
        "The fair access protocol does not cover a pupil with an education, health and care plan: "
        "the authority names the next school in the plan (School Admissions Code 2021, 3.14-3.22)");
  }
  if (school_takes && pupil.looked_after) {
    reminders.emplace_back(
        "The fair access protocol does not cover a looked-after pupil (School Admissions Code "
        "2021, 3.14-3.22)");
  }
  if (school_takes) {
    reminders.emplace_back(
        "The pupil has a place within 20 school days (School Admissions Code 2021, 3.14-3.22)");
  }
  if (terms.kind == DecisionKind::kManagedMove ||
      terms.kind == DecisionKind::kAlternativeProvision) {
    reminders.emplace_back(
        "Where the school directs the pupil off site, parents are told in writing at least two "
        "school days before (Education Act 2002, s.29A and its regulations)");
  }
  if (pupil.looked_after) {
    reminders.emplace_back(
        "The virtual school head takes part in what follows for a looked-after pupil");
  }
  return reminders;
}

absl::Status CheckMayVote(const std::vector<Member>& members, const education::PersonId& person,
                          education::Urn case_urn,
                          const std::set<education::PersonId>& interested) {
  const Member* member = Find(members, person);
  if (member == nullptr) {
    return absl::PermissionDeniedError("Only members of this sitting vote");
  }
  if (!TakesPart(*member, case_urn, interested)) {
    return absl::PermissionDeniedError("A member with an interest in a case takes no part in it");
  }
  if (!member->attended) {
    return absl::PermissionDeniedError("Only members who are there vote: record attendance first");
  }
  return absl::OkStatus();
}

absl::Status CheckSignOff(const SignOff& sign_off) {
  const Member* chair = Find(sign_off.members, sign_off.signer);
  if (chair == nullptr || chair->seat != Seat::kChair || !chair->attended ||
      !TakesPart(*chair, sign_off.case_urn, sign_off.interested)) {
    return absl::PermissionDeniedError("The chair of this sitting signs off");
  }
  const auto lacking = WhatQuorumLacks(sign_off.members, sign_off.case_urn, sign_off.interested);
  if (!lacking.empty()) {
    std::string words = lacking.front();
    for (std::size_t i = 1; i < lacking.size(); ++i) absl::StrAppend(&words, ", ", lacking[i]);
    return absl::FailedPreconditionError(
        absl::StrCat("There is no quorum for this case: it lacks ", words));
  }
  return CheckCarried(sign_off.way, sign_off.votes);
}

bool NeedsPlacement(const Terms& terms) {
  return terms.kind == DecisionKind::kAlternativeProvision ||
         terms.kind == DecisionKind::kManagedMove || terms.kind == DecisionKind::kFairAccessPlace;
}

}  // namespace pathways::panel
