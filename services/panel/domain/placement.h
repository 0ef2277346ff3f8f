// A placement that follows from a decision, and its life:
//
//   offered -> accepted -> started (reviewed) -> ended
//      '----------'--> declined | withdrawn
//
// The place is held from the offer and free again when the placement ends, is declined or is taken
// back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/forms/problem.h"
#include "services/panel/domain/decision.h"
#include "services/panel/domain/places.h"

namespace pathways::panel {

using PlacementId = education::Uuid<struct PlacementIdTag>;

enum class PlacementState : std::uint8_t {
  kOffered,
  kAccepted,
  kStarted,
  kEnded,
  kDeclined,
  kWithdrawn,
};
inline constexpr auto kPlacementStateNames =
    MakeNames<PlacementState>({"offered", "accepted", "started", "ended", "declined", "withdrawn"});

enum class PlacementAction : std::uint8_t {
  kAccept,
  kDecline,
  kWithdraw,
  kStart,
  kReview,
  kEnd,
};
absl::StatusOr<PlacementState> Next(PlacementState state, PlacementAction action);

// Whether the place is held.
bool HoldsPlace(PlacementState state);

enum class ReviewOutcome : std::uint8_t { kContinue, kExtend, kReadyToReturn, kNotWorking };
inline constexpr auto kReviewOutcomeNames =
    MakeNames<ReviewOutcome>({"continue", "extend", "ready_to_return", "not_working"});

enum class EndReason : std::uint8_t {
  kReturnedToSchool,
  kNewSchool,
  kPost16,
  kBrokeDown,
  kMovedAway,
  kOther,
};
inline constexpr auto kEndReasonNames = MakeNames<EndReason>(
    {"returned_to_school", "new_school", "post_16", "broke_down", "moved_away", "other"});

struct Placement {
  PlacementId id;
  CaseId panel_case;
  DecisionId decision;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::optional<ProviderId> provider = {};
  std::optional<ProgrammeId> programme = {};
  std::optional<education::Urn> receiving = {};
  int tier = 0;
  std::vector<Weekday> days = {};
  PlacementState state = PlacementState::kOffered;
  std::int64_t version = 1;
  std::int64_t event_version = 0;
  education::Day start_day;
  std::optional<education::Day> planned_end = {};
  std::optional<education::Day> next_review = {};
  std::optional<education::Day> ended_on = {};
  std::string end_reason = {};
  // From the plan for the return, once it is agreed.
  std::optional<education::Urn> reintegration_urn = {};
  std::optional<education::Day> reintegration_day = {};
  std::optional<std::int64_t> offer_words = {};
  std::string origin_trace_id = {};
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};

  // Read only.
  std::string message = {};  // with the offer; for those who may read words
  std::string name = {};
};

// INVALID_ARGUMENT or FAILED_PRECONDITION when this decision leads to no such placement.
// `chosen`: a programme was named, with its tier.
absl::Status CheckOffer(const Terms& terms, DecisionState state, std::optional<int> chosen_tier);

struct Review {
  education::Day day;
  ReviewOutcome outcome = ReviewOutcome::kContinue;
  std::string words = {};
  std::optional<education::Day> next_review = {};
  std::string person = {};
};
// `planned_end`: the new one, where it was given.
std::vector<forms::Problem> CheckReview(const Placement& placement, const Review& review,
                                        const std::optional<education::Day>& planned_end,
                                        education::Day today);

// Whether the pupil goes to a mainstream school then.
bool IsReintegration(EndReason reason);
// Problems by field. Who returns from a provider needs a plan that is agreed; a school that has the
// pupil already keeps them without one.
std::vector<forms::Problem> CheckEnd(const Placement& placement, EndReason reason,
                                     education::Day day, std::string_view words,
                                     education::Day today);

}  // namespace pathways::panel
