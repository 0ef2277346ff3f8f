#include "services/referrals/domain/request.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "libs/access/permission.h"

namespace pathways::referrals {
namespace {

using enum State;
using enum Action;

// Every state and action; what is not here is refused.
const std::map<std::pair<State, Action>, State> kAllowed = {
    {{kDraft, kSave}, kDraft},
    {{kDraft, kSubmit}, kSubmitted},
    {{kDraft, kWithdraw}, kWithdrawn},
    {{kSubmitted, kWithdraw}, kWithdrawn},
    {{kSubmitted, kAskForMore}, kMoreAsked},
    {{kSubmitted, kRedirect}, kRedirected},
    {{kSubmitted, kDecline}, kDeclined},
    {{kSubmitted, kAccept}, kAccepted},
    {{kMoreAsked, kSave}, kMoreAsked},
    {{kMoreAsked, kSubmit}, kSubmitted},
    {{kMoreAsked, kWithdraw}, kWithdrawn},
    {{kMoreAsked, kRedirect}, kRedirected},
    {{kMoreAsked, kDecline}, kDeclined},
    {{kMoreAsked, kAccept}, kAccepted},
    {{kAccepted, kAllocate}, kAllocated},
    {{kAllocated, kAllocate}, kAllocated},
};

absl::StatusCode Expected(State state, Action action, access::Role role) {
  const bool asking = action == kSave || action == kSubmit || action == kWithdraw;
  const std::set<access::Role> who =
      asking ? std::set{access::Role::kSchool, access::Role::kInclusionOfficer,
                        access::Role::kOperator}
             : std::set{access::Role::kEarlyHelpWorker, access::Role::kInclusionOfficer,
                        access::Role::kOperator};
  if (!who.contains(role)) return absl::StatusCode::kPermissionDenied;
  return kAllowed.contains({state, action}) ? absl::StatusCode::kOk
                                            : absl::StatusCode::kFailedPrecondition;
}

TEST(Request, MovesAsItsLifeAllowsInTheHandsOfThoseWhoMay) {
  for (const State state : kStates) {
    for (const Action action : kActions) {
      for (int number = 0; number < access::kRoleCount; ++number) {
        const auto role = static_cast<access::Role>(number);
        SCOPED_TRACE(std::string(StateName(state)) + ", action " +
                     std::to_string(static_cast<int>(action)) + ", " +
                     std::string(access::RoleName(role)));
        const Sides sides{.asking = access::Grants(role, access::Permission::kWriteRequest),
                          .early_help = access::Grants(role, access::Permission::kTriageRequest)};
        const auto next = Next(state, action, sides);
        EXPECT_EQ(next.status().code(), Expected(state, action, role));
        if (next.ok()) {
          EXPECT_EQ(*next, kAllowed.at({state, action}));
        } else {
          EXPECT_FALSE(next.status().message().empty());
        }
      }
    }
  }
}

TEST(Request, StatesAreReadBack) {
  for (const State state : kStates) EXPECT_EQ(StateFromName(StateName(state)), state);
  EXPECT_EQ(StateFromName("lost"), std::nullopt);
}

}  // namespace
}  // namespace pathways::referrals
