#include "services/panel/domain/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Day kToday(2026y / 11 / 23);
const education::Urn kUrn = testing::MakeSchool(0).urn;
const education::Urn kOther = testing::MakeSchool(1).urn;

Terms Of(DecisionKind kind) {
  return {.kind = kind, .reasons = "Because it fits the pupil's needs."};
}

std::vector<std::string> Lacks(const Terms& terms, bool replaces = false) {
  std::vector<std::string> fields;
  for (const auto& problem : WhatTermsLack(terms, {kUrn, kToday, replaces})) {
    fields.push_back(problem.field);
  }
  return fields;
}

TEST(Terms, EachKindNeedsItsOwn) {
  EXPECT_THAT(Lacks(Of(DecisionKind::kSupportInMainstream)),
              ElementsAre("review_on", "conditions"));
  EXPECT_THAT(Lacks(Of(DecisionKind::kManagedMove)),
              ElementsAre("receiving_urn", "until", "parents_agree", "receiving_school_agrees"));
  EXPECT_THAT(Lacks(Of(DecisionKind::kAlternativeProvision)), ElementsAre("tier", "review_on"));
  EXPECT_THAT(Lacks(Of(DecisionKind::kFairAccessPlace)), ElementsAre("receiving_urn"));
  EXPECT_THAT(Lacks(Of(DecisionKind::kDeferral)), ElementsAre("missing"));
}

TEST(Terms, GoodOnesLackNothing) {
  Terms support = Of(DecisionKind::kSupportInMainstream);
  support.review_on = kToday + 42;
  support.conditions = "A mentor twice a week, paid by the authority.";
  EXPECT_THAT(Lacks(support), IsEmpty());
  Terms move = Of(DecisionKind::kManagedMove);
  move.receiving = kOther;
  move.until = kToday + 84;
  move.parents_agree = move.receiving_school_agrees = true;
  EXPECT_THAT(Lacks(move), IsEmpty());
  move.receiving = kUrn;
  EXPECT_THAT(Lacks(move), ElementsAre("receiving_urn")) << "not the pupil's own school";
}

TEST(Terms, TiersOneAndTwoAreForATime) {
  Terms terms = Of(DecisionKind::kAlternativeProvision);
  terms.review_on = kToday + 30;
  for (const auto& [tier, lacking] :
       std::vector<std::pair<int, bool>>{{1, true}, {2, true}, {3, false}}) {
    terms.tier = tier;
    EXPECT_EQ(Lacks(terms).size(), lacking ? 1u : 0u) << tier;
  }
  terms.tier = 2;
  terms.until = kToday + 20;
  EXPECT_THAT(Lacks(terms), ElementsAre("review_on")) << "reviewed before it ends";
}

TEST(Terms, OfAnotherKindAreRefused) {
  Terms terms = Of(DecisionKind::kDeferral);
  terms.missing = {"reports"};
  terms.tier = 2;
  terms.receiving = kOther;
  EXPECT_THAT(Lacks(terms), ElementsAre("tier", "receiving_urn"));
  terms = Of(DecisionKind::kDeferral);
  terms.missing = {"anything"};
  EXPECT_THAT(Lacks(terms), ElementsAre("missing"));
}

TEST(Terms, ChangeSaysWhy) {
  Terms terms = Of(DecisionKind::kFairAccessPlace);
  terms.receiving = kOther;
  EXPECT_THAT(Lacks(terms, true), ElementsAre("change_reason"));
  terms.change_reason = "The first school is full.";
  EXPECT_THAT(Lacks(terms, true), IsEmpty());
  EXPECT_THAT(Lacks(terms, false), ElementsAre("change_reason"));
  Terms deferral = Of(DecisionKind::kDeferral);
  deferral.missing = {"reports"};
  deferral.change_reason = "The first school is full.";
  EXPECT_THAT(Lacks(deferral, true), ElementsAre("kind"));
}

TEST(Reminders, FollowTheKindAndThePupil) {
  Terms terms = Of(DecisionKind::kFairAccessPlace);
  EXPECT_EQ(Reminders(terms, {}).size(), 1u);
  EXPECT_EQ(Reminders(terms, {.has_plan = true, .looked_after = true}).size(), 4u);
  EXPECT_THAT(Reminders(Of(DecisionKind::kSupportInMainstream), {}), IsEmpty());
  EXPECT_THAT(Reminders(Of(DecisionKind::kManagedMove), {}),
              ElementsAre(HasSubstr("two school days")));
}

class Room : public ::testing::Test {
 protected:
  Room() {
    const auto add = [&](int person, Seat seat, int school) {
      members_.push_back({testing::MakePersonId(person), seat, std::nullopt, true});
      if (school >= 0) members_.back().urn = testing::MakeSchool(school).urn;
    };
    add(1, Seat::kChair, -1);
    add(2, Seat::kHeadTeacher, 1);
    add(3, Seat::kHeadTeacher, 2);
    add(4, Seat::kHeadTeacher, 0);
    add(5, Seat::kAuthority, -1);
  }
  absl::Status SignedOff(DecisionWay way, int signer = 1) {
    return CheckSignOff({members_, kUrn, interested_, votes_, way, testing::MakePersonId(signer)});
  }
  absl::Status MayVote(int person) {
    return CheckMayVote(members_, testing::MakePersonId(person), kUrn, interested_);
  }
  void Cast(int person, VoteChoice choice) { votes_[testing::MakePersonId(person)] = choice; }

  std::vector<Member> members_;
  std::set<education::PersonId> interested_;
  Votes votes_;
};

TEST_F(Room, VotesAreOfMembersWhoAreThereAndTakePart) {
  EXPECT_TRUE(MayVote(2).ok());
  EXPECT_EQ(MayVote(4).code(), absl::StatusCode::kPermissionDenied) << "the case's own school";
  EXPECT_EQ(MayVote(9).code(), absl::StatusCode::kPermissionDenied) << "does not sit";
  interested_.insert(testing::MakePersonId(2));
  EXPECT_EQ(MayVote(2).code(), absl::StatusCode::kPermissionDenied) << "an interest";
  members_[2].attended = false;
  EXPECT_EQ(MayVote(3).code(), absl::StatusCode::kPermissionDenied) << "not there";
}

TEST_F(Room, AgreementHasNobodyAgainst) {
  EXPECT_TRUE(SignedOff(DecisionWay::kAgreement).ok());
  Cast(2, VoteChoice::kAgainst);
  EXPECT_FALSE(SignedOff(DecisionWay::kAgreement).ok());
}

TEST_F(Room, VoteIsCarriedByMoreForThanAgainst) {
  EXPECT_FALSE(SignedOff(DecisionWay::kVote).ok());
  Cast(2, VoteChoice::kFor);
  Cast(3, VoteChoice::kAgainst);
  Cast(5, VoteChoice::kAbstain);
  EXPECT_FALSE(SignedOff(DecisionWay::kVote).ok());
  Cast(5, VoteChoice::kFor);
  EXPECT_TRUE(SignedOff(DecisionWay::kVote).ok());
}

TEST_F(Room, ChairDecidesOnlyWithoutAgreement) {
  EXPECT_FALSE(SignedOff(DecisionWay::kChair).ok());
  Cast(2, VoteChoice::kAgainst);
  EXPECT_TRUE(SignedOff(DecisionWay::kChair).ok());
}

TEST_F(Room, OnlyTheChairSignsOffAndOnlyWithAQuorum) {
  EXPECT_EQ(SignedOff(DecisionWay::kAgreement, 5).code(), absl::StatusCode::kPermissionDenied);
  interested_.insert(testing::MakePersonId(3));
  const auto status = SignedOff(DecisionWay::kAgreement);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("one more head teacher"));
  interested_ = {testing::MakePersonId(1)};
  EXPECT_EQ(SignedOff(DecisionWay::kAgreement).code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace pathways::panel
