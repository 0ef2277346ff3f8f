// An Early Help request and its life:
//
//   draft -> submitted <-> more asked
//            submitted or more asked -> accepted -> allocated (and to another worker)
//                                    -> redirected | declined
//   draft, submitted or more asked -> withdrawn
//
// Early Help may also decide while it waits for the school: an answer can come by telephone, or
// never.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/uuid.h"

namespace pathways::referrals {

using RequestId = education::Uuid<struct RequestIdTag>;
using ProposalId = education::Uuid<struct ProposalIdTag>;

enum class State : std::uint8_t {
  kDraft,
  kSubmitted,
  kMoreAsked,
  kAccepted,
  kAllocated,
  kRedirected,
  kDeclined,
  kWithdrawn,
};
inline constexpr std::array kStates = {State::kDraft,    State::kSubmitted, State::kMoreAsked,
                                       State::kAccepted, State::kAllocated, State::kRedirected,
                                       State::kDeclined, State::kWithdrawn};
// "more_asked", as stored.
std::string_view StateName(State state);
std::optional<State> StateFromName(std::string_view name);

enum class Action : std::uint8_t {
  kSave,
  kSubmit,
  kWithdraw,
  kAskForMore,
  kRedirect,
  kDecline,
  kAccept,
  kAllocate,
};
inline constexpr std::array kActions = {Action::kSave,       Action::kSubmit,   Action::kWithdraw,
                                        Action::kAskForMore, Action::kRedirect, Action::kDecline,
                                        Action::kAccept,     Action::kAllocate};

// Who does it: the side that asks for help, or Early Help.
enum class Side : std::uint8_t { kAsking, kEarlyHelp };
Side SideOf(Action action);

// On which sides somebody may act; an inclusion officer on both.
struct Sides {
  bool asking = false;
  bool early_help = false;
};

// Where the action leads. PERMISSION_DENIED when it is for the other side; FAILED_PRECONDITION, in
// words for the person who tried, when the state does not allow it.
absl::StatusOr<State> Next(State state, Action action, Sides sides);

struct Request {
  RequestId id;
  std::string reference;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  State state = State::kDraft;
  std::int64_t version = 1;        // one more with every change
  std::int64_t event_version = 0;  // of the last event published about it
  std::string created_by = {};     // person id, or "system:<name>"; so are all of these
  education::Instant created_at = {};
  std::optional<education::Instant> submitted_at = {};  // last sent
  std::optional<education::Day> decision_due = {};
  std::optional<education::PersonId> worker = {};
  std::string decision_code = {};
  std::optional<std::int64_t> decision_entry = {};  // timeline entry with the last decision's words
  std::optional<ProposalId> proposal = {};
  std::string main_reason = {};
  std::string origin_trace_id = {};
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};  // request id of the call that made the last change; may be empty

  // The last decision's words, when the reader may see them. Read only.
  std::string decision_note = {};
};

}  // namespace pathways::referrals
