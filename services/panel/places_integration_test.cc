// A place is given once, whatever two clerks do, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "libs/storage/errors.h"
#include "services/panel/store/placement_store.h"
#include "services/panel/store/provider_store.h"
#include "services/panel/test_places.h"

namespace pathways::panel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Places : public PlaceWorld {
 protected:
  Places() {
    Planned();
    first_ = Decided(1, 1, 700).decision_id();
    second_ = Decided(2, 2, 701).decision_id();
  }
  absl::StatusOr<v1::Placement> Withdraw(int number) {
    return Answer(Officer(), *GetPlacement(Officer(), number), v1::OFFER_ANSWER_WITHDRAW);
  }
  std::string first_, second_;
};

TEST_F(Places, GoToOneOfTwoClerksInTheSameSecond) {
  MakeProvider(1);
  for (int round = 0; round < 10; ++round) {
    std::vector<absl::StatusOr<v1::Placement>> offers(2, absl::UnknownError("never asked"));
    {
      std::jthread one([&] { offers[0] = Offer(Officer(), first_, 600 + 2 * round); });
      std::jthread two([&] { offers[1] = Offer(Officer(), second_, 601 + 2 * round); });
    }
    ASSERT_NE(offers[0].ok(), offers[1].ok()) << offers[0].status() << offers[1].status();
    const auto& refused = offers[0].ok() ? offers[1] : offers[0];
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(Count("select count(*) from place_taken where freed_at is null"), 5);
    ASSERT_TRUE(Withdraw(600 + 2 * round + (offers[0].ok() ? 0 : 1)).ok());
  }
}

// The constraint holds by itself: two transactions that both saw the place free.
TEST_F(Places, AreGuardedByTheDatabaseToo) {
  MakeProvider(1);
  ASSERT_TRUE(Offer(Officer(), first_, 600).ok());
  const auto taken = storage::RunInTransaction(
      *pool_, storage::RowScope::System("test"), storage::Deadline::After(kLimit),
      [&](storage::Transaction& transaction) -> absl::Status {
        auto placement = FindPlacement(transaction, *PlacementId::Parse(IdOf(600)));
        if (!placement.ok()) return placement.status();
        placement->id = *PlacementId::Parse(IdOf(601));
        placement->decision = *DecisionId::Parse(second_);
        placement->updated_at = clock_.Now();
        if (auto status = InsertPlacement(transaction, *placement); !status.ok()) return status;
        return TakePlaces(transaction, *placement, {{Weekday::kMon, 1}});
      });
  EXPECT_EQ(storage::ConstraintOf(taken), "place_taken_once");
}

TEST_F(Places, AreFreeAgainWhenTheOfferIsDeclined) {
  MakeProvider(1);
  const auto offered = Offer(Officer(), first_, 600);
  ASSERT_TRUE(offered.ok()) << offered.status();
  const auto refused = Offer(Officer(), second_, 601);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("Monday, Tuesday"));
  ASSERT_TRUE(Answer(ProviderStaff(), *offered, v1::OFFER_ANSWER_DECLINE).ok());
  EXPECT_TRUE(Offer(Officer(), second_, 601).ok());
}

TEST_F(Places, OneDecisionHoldsOneAtATime) {
  MakeProvider(3);
  ASSERT_TRUE(Offer(Officer(), first_, 600).ok());
  EXPECT_TRUE(Offer(Officer(), first_, 600).ok()) << "the same call again";
  EXPECT_EQ(Offer(Officer(), first_, 601).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Count("select count(*) from place_taken"), 5);
}

TEST_F(Places, ThatAreTakenAreNotTakenAway) {
  MakeProvider(2);
  ASSERT_TRUE(Offer(Officer(), first_, 600).ok());
  EXPECT_EQ(MakeProgramme(0, 800, 1).status().code(), absl::StatusCode::kInvalidArgument);
  const auto smaller = MakeProgramme(1, 800, 1);
  ASSERT_TRUE(smaller.ok()) << smaller.status();
  EXPECT_EQ(smaller->days(0).places(), 1);
  EXPECT_EQ(smaller->days(0).taken(), 1);
  EXPECT_EQ(MakeProgramme(2, 800, 1).status().code(), absl::StatusCode::kAborted);
}

TEST_F(Places, AreOnlyOfferedByProvidersThatAreChecked) {
  MakeProvider(1);
  v1::RecordProviderCheckRequest check;
  check.set_provider_id(IdOf(800));
  check.mutable_check()->set_kind("safeguarding");
  check.mutable_check()->set_outcome("not_met");
  check.mutable_check()->set_checked_on("2026-11-02");
  check.mutable_check()->set_next_due("2026-12-02");
  const auto checked = Ask<v1::RecordProviderCheckResponse>(Clerk(), check);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_THAT(checked->provider().concerns(), ElementsAre("Not met when checked: safeguarding"));
  EXPECT_EQ(Offer(Officer(), first_, 600).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Places, AreMatchedWithReasons) {
  MakeProvider(1);
  v1::MatchPlacesRequest request;
  request.set_case_id(IdOf(1));
  request.set_kind(v1::DECISION_KIND_ALTERNATIVE_PROVISION);
  request.set_tier(2);
  const auto matched = Ask<v1::MatchPlacesResponse>(Officer(), request);
  ASSERT_TRUE(matched.ok()) << matched.status();
  ASSERT_EQ(matched->options_size(), 1);
  EXPECT_EQ(matched->options(0).rank(), 1);
  EXPECT_EQ(matched->options(0).pence_a_week(), 25'000);
  ASSERT_TRUE(Offer(Officer(), second_, 600).ok());
  const auto full = Ask<v1::MatchPlacesResponse>(Officer(), request);
  EXPECT_EQ(full->options(0).rank(), 0);
  EXPECT_THAT(full->options(0).why_not(), ElementsAre("No place is free on the days asked for"));
  facts_.schools = {{.urn = kOther.urn, .name = "Other", .phase = Phase::kSecondary, .pupils = 900},
                    {.urn = kSchool.urn, .name = "Own", .phase = Phase::kSecondary, .pupils = 900}};
  request.set_kind(v1::DECISION_KIND_FAIR_ACCESS_PLACE);
  const auto schools = Ask<v1::MatchPlacesResponse>(Officer(), request);
  ASSERT_EQ(schools->options_size(), 1);
  EXPECT_EQ(schools->options(0).urn(), kOther.urn.value());
}

}  // namespace
}  // namespace pathways::panel
