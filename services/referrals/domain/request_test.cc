#include "services/referrals/domain/request.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

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

TEST(Request, MovesAsItsLifeAllowsAndNotOtherwise) {
  for (const State state : kStates) {
    for (const Action action : kActions) {
      SCOPED_TRACE(std::string(StateName(state)) + ", action " +
                   std::to_string(static_cast<int>(action)));
      const auto next = Next(state, action);
      const auto allowed = kAllowed.find({state, action});
      if (allowed == kAllowed.end()) {
        EXPECT_EQ(next.status().code(), absl::StatusCode::kFailedPrecondition);
        EXPECT_FALSE(next.status().message().empty());
      } else {
        ASSERT_TRUE(next.ok()) << next.status();
        EXPECT_EQ(*next, allowed->second);
      }
    }
  }
}

TEST(Request, SideOfEachAction) {
  for (const Action action : {kSave, kSubmit, kWithdraw}) EXPECT_EQ(SideOf(action), Side::kAsking);
  for (const Action action : {kAskForMore, kRedirect, kDecline, kAccept, kAllocate}) {
    EXPECT_EQ(SideOf(action), Side::kEarlyHelp);
  }
}

TEST(Request, StatesAreReadBack) {
  for (const State state : kStates) EXPECT_EQ(StateFromName(StateName(state)), state);
  EXPECT_EQ(StateFromName("lost"), std::nullopt);
}

}  // namespace
}  // namespace pathways::referrals
