// Who may do and see what: at the API and in row-level security.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "libs/access/permission.h"
#include "services/panel/test_places.h"

namespace pathways::panel {
namespace {

using access::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using enum access::Role;

class PanelRights : public PlaceWorld {
 protected:
  static void ExpectHidden(const absl::Status& status) {
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << status;
  }
  // As a role of row-level security: rows of the table that it sees.
  std::int64_t Sees(const access::Caller& caller, storage::Sql sql) {
    const auto row = storage::RunInTransaction(
        *pool_, caller.ToRowScope(), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return transaction.QueryOne(sql); });
    EXPECT_TRUE(row.ok()) << row.status();
    return row.ok() ? row->Get<std::int64_t>(0) : -1;
  }
};

// Every method and every role: a new method needs a line here.
TEST_F(PanelRights, AreThoseOfThisTable) {
  const std::set<Role> reads = {Role::kSchool, kInclusionOfficer, kManager,    kOperator,
                                kPanelClerk,   kPanelChair,       kPanelMember};
  const std::set<Role> writes_cases = {Role::kSchool, kInclusionOfficer, kOperator, kPanelClerk};
  const std::set<Role> manages = {kOperator, kPanelClerk, kPanelChair};
  const std::set<Role> sits = {kOperator, kPanelClerk, kPanelChair, kPanelMember};
  const std::set<Role> reads_places = {Role::kSchool, kInclusionOfficer, kManager, kOperator,
                                       kPanelClerk,   kPanelChair,       kProvider};
  const std::set<Role> writes_places = {kInclusionOfficer, kOperator, kPanelClerk, kProvider};
  const std::map<std::string, std::set<Role>> may = {
      {"CreateCase", writes_cases},
      {"SaveCaseSection", writes_cases},
      {"ReferCase", writes_cases},
      {"EndCase", writes_cases},
      {"GetCase", reads},
      {"ListCases", reads},
      {"SavePanel", manages},
      {"ListPanels", reads},
      {"SaveSitting", manages},
      {"MoveSitting", manages},
      {"GetSitting", reads},
      {"ListSittings", reads},
      {"RecordAttendance", manages},
      {"FillAgenda", manages},
      {"ReorderAgenda", manages},
      {"AddToAgenda", manages},
      {"RemoveFromAgenda", manages},
      {"DeclareInterest", sits},
      {"SealPacks", manages},
      {"GetPack", sits},
      {"ListPackReadings", manages},
      {"ProposeDecision", manages},
      {"CastVote", sits},
      {"SignOffDecision", {kOperator, kPanelChair}},
      {"ListDecisions", reads},
      {"AddAction", manages},
      {"CompleteAction", reads},
      {"ListActions", reads},
      {"SaveProvider", writes_places},
      {"RecordProviderCheck", writes_places},
      {"SaveProgramme", writes_places},
      {"ListProviders", reads},
      {"MatchPlaces", writes_places},
      {"OfferPlacement", writes_places},
      {"AnswerOffer", reads_places},
      {"StartPlacement", writes_places},
      {"ReviewPlacement", writes_places},
      {"EndPlacement", writes_places},
      {"GetPlacement", reads_places},
      {"ListPlacements", reads_places},
      {"ListTimeline", reads},
      {"GetWorkCounts", reads},
      {"ListAccessHistory", {kDataProtectionOfficer, kOperator}},
  };
  EXPECT_EQ(endpoint_->methods().size(), may.size());
  for (const auto& method : endpoint_->methods()) {
    ASSERT_TRUE(may.contains(method.name)) << method.name;
    for (int number = 0; number < access::kRoleCount; ++number) {
      const auto role = static_cast<Role>(number);
      EXPECT_EQ(access::Grants(role, method.permission), may.at(method.name).contains(role))
          << method.name << ' ' << access::RoleName(role);
    }
  }
}

TEST_F(PanelRights, DraftIsItsSchoolsAlone) {
  const auto draft = Create(SchoolStaff());
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_TRUE(Get(SchoolStaff(), draft->case_id()).ok());
  for (const auto& caller : {OtherSchool(), Clerk(), Chair(), Officer(), Manager(), Sitter(9),
                             Elsewhere(kInclusionOfficer)}) {
    ExpectHidden(Get(caller, draft->case_id()).status());
    EXPECT_THAT(Cases(caller), IsEmpty());
  }
}

TEST_F(PanelRights, ReferredCaseByRole) {
  Planned();
  const auto referred = Referred();
  const std::string id = referred.case_id();
  for (const auto& caller : {SchoolStaff(), Clerk(), Chair(), Officer()}) {
    const auto seen = Get(caller, id);
    ASSERT_TRUE(seen.ok()) << seen.status();
    EXPECT_EQ(seen->sections_size(), 6);
    EXPECT_GT(seen->facts_size(), 0);
  }
  for (const auto& caller : {Manager(), Sitter(9)}) {
    const auto seen = Get(caller, id);
    ASSERT_TRUE(seen.ok()) << seen.status();
    EXPECT_EQ(seen->sections_size(), 0) << "no words";
    EXPECT_EQ(seen->facts_size(), 0);
  }
  for (const auto& caller :
       {OtherSchool(), Sitter(8), Sitter(20), Elsewhere(kPanelClerk), Elsewhere(kManager)}) {
    ExpectHidden(Get(caller, id).status());
  }
  EXPECT_EQ(Sees(Manager(), "select count(*) from case_section"), 0);
  EXPECT_EQ(Sees(Sitter(9), "select count(*) from case_section"), 0);
  EXPECT_EQ(Sees(Sitter(8), "select count(*) from panel_case"), 0) << "the head's own school";
  EXPECT_EQ(Sees(OtherSchool(), "select count(*) from panel_case"), 0);
  EXPECT_EQ(Sees(ProviderStaff(), "select count(*) from panel_case"), 0);
}

TEST_F(PanelRights, PackIsForMembersWhoTakePartAndEachLookIsKept) {
  Planned();
  const std::string id = Referred().case_id();
  ExpectHidden(GetPack(Sitter(9), id).status());
  ASSERT_TRUE(Seal(*GetSitting(Clerk())).ok());
  ASSERT_TRUE(GetPack(Sitter(9), id).ok());
  ExpectHidden(GetPack(Sitter(8), id).status());
  ExpectHidden(GetPack(Sitter(20), id).status());
  v1::ListPackReadingsRequest request;
  request.set_sitting_id(IdOf(901));
  const auto readings = Ask<v1::ListPackReadingsResponse>(Clerk(), request);
  ASSERT_TRUE(readings.ok()) << readings.status();
  ASSERT_EQ(readings->readings_size(), 1);
  EXPECT_EQ(readings->readings(0).person_id(), PersonIdOf(9));
  EXPECT_EQ(readings->readings(0).role(), "panel_member");
  EXPECT_EQ(readings->readings(0).digest(), GetPack(Clerk(), id)->digest());
  // What was sealed stays: pages cannot be written behind the members' backs.
  EXPECT_EQ(Save(SchoolStaff(), *Get(SchoolStaff(), id), "safety", {{"risks_known", "no"}})
                .status()
                .code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(PanelRights, DeclaredInterestHidesTheCase) {
  Planned();
  const std::string id = Referred().case_id();
  const std::string other = Referred(2, 2).case_id();
  ASSERT_TRUE(Seal(*GetSitting(Clerk())).ok());
  ASSERT_TRUE(GetPack(Sitter(9), id).ok());
  EXPECT_EQ(Declare(Sitter(9), id, 10).code(), absl::StatusCode::kPermissionDenied);
  ASSERT_TRUE(Declare(Sitter(9), id).ok());
  ASSERT_TRUE(Declare(Clerk(), id, 10).ok()) << "the clerk writes down another's";
  for (const int member : {9, 10}) {
    ExpectHidden(Get(Sitter(member), id).status());
    ExpectHidden(GetPack(Sitter(member), id).status());
    EXPECT_EQ(Sees(Sitter(member), "select count(*) from panel_case"), 1);
    EXPECT_EQ(Sees(Sitter(member), "select count(*) from agenda_item"), 1);
    EXPECT_TRUE(Get(Sitter(member), other).ok());
  }
  const auto seen = GetSitting(Clerk());
  for (const auto& item : seen->agenda()) {
    if (item.panel_case().case_id() != id) continue;
    EXPECT_THAT(item.interested_person_ids(), UnorderedElementsAre(PersonIdOf(9), PersonIdOf(10)));
    EXPECT_FALSE(item.quorum().met());
  }
}

TEST_F(PanelRights, VoteWithAnInterestIsRefused) {
  Planned();
  const std::string id = Referred().case_id();
  Opened();
  const auto proposed = Propose(Clerk(), id, TierTwo());
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  ASSERT_TRUE(Vote(Sitter(9), proposed->decision_id(), v1::VOTE_CHOICE_FOR).ok());
  ASSERT_TRUE(Declare(Clerk(), id, 10).ok());
  ExpectHidden(Vote(Sitter(10), proposed->decision_id(), v1::VOTE_CHOICE_FOR).status());
  // Nor through the clerk, nor for a head of the pupil's own school, nor for who is not there.
  for (const int person : {10, 8, 20}) {
    EXPECT_EQ(Vote(Clerk(), proposed->decision_id(), v1::VOTE_CHOICE_FOR, person).status().code(),
              absl::StatusCode::kPermissionDenied);
  }
  EXPECT_EQ(Vote(Sitter(9), proposed->decision_id(), v1::VOTE_CHOICE_FOR, 11).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Count("select count(*) from vote"), 1);
  EXPECT_EQ(SignOff(*proposed).status().code(), absl::StatusCode::kFailedPrecondition)
      << "with the interest there is no quorum";
}

TEST_F(PanelRights, ManagersReadDecisionsWithoutWords) {
  const auto decision = Decided();
  v1::ListDecisionsRequest request;
  request.set_case_id(decision.case_id());
  const auto seen = Ask<v1::ListDecisionsResponse>(Manager(), request);
  ASSERT_TRUE(seen.ok()) << seen.status();
  ASSERT_EQ(seen->decisions_size(), 1);
  EXPECT_EQ(seen->decisions(0).terms().tier(), 2);
  EXPECT_EQ(seen->decisions(0).terms().reasons(), "");
  EXPECT_EQ(seen->decisions(0).terms().conditions(), "");
  EXPECT_EQ(Sees(Manager(), "select count(*) from words"), 0);
  const auto school = Ask<v1::ListDecisionsResponse>(SchoolStaff(), request);
  EXPECT_NE(school->decisions(0).terms().reasons(), "");
}

TEST_F(PanelRights, ProviderSeesItsOwnPlacementsOnly) {
  const auto decision = Decided();
  MakeProvider(1, 800, 12);
  MakeProvider(1, 810, 13);
  ASSERT_TRUE(Offer(Officer(), decision.decision_id()).ok());
  EXPECT_TRUE(GetPlacement(ProviderStaff(12)).ok());
  ExpectHidden(GetPlacement(ProviderStaff(13)).status());
  ExpectHidden(GetPlacement(OtherSchool()).status());
  ExpectHidden(GetPlacement(Elsewhere(kPanelClerk)).status());
  EXPECT_TRUE(GetPlacement(SchoolStaff()).ok());
  EXPECT_TRUE(GetPlacement(Manager()).ok());
  EXPECT_EQ(Sees(ProviderStaff(12), "select count(*) from placement"), 1);
  EXPECT_EQ(Sees(ProviderStaff(13), "select count(*) from placement"), 0);
  EXPECT_EQ(Sees(ProviderStaff(12), "select count(*) from decision"), 0);
  EXPECT_EQ(Sees(ProviderStaff(12), "select count(*) from words"), 0);
  EXPECT_EQ(Answer(ProviderStaff(12), *GetPlacement(Officer()), v1::OFFER_ANSWER_WITHDRAW)
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Offer(ProviderStaff(12), decision.decision_id(), 601).status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST_F(PanelRights, WritesStayWithinTheScope) {
  Planned();
  const auto referred = Referred();
  EXPECT_EQ(Create(Elsewhere(kInclusionOfficer), 5).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(MakePanel(Elsewhere(kPanelClerk), 950).ok());
  EXPECT_FALSE(MakeSitting(Elsewhere(kPanelClerk), 951).ok());
  ExpectHidden(End(OtherSchool(), referred, v1::CASE_END_WITHDRAWN).status());
  EXPECT_EQ(End(SchoolStaff(), referred, v1::CASE_END_COMPLETED).status().code(),
            absl::StatusCode::kPermissionDenied);
  const auto withdrawn = End(SchoolStaff(), referred, v1::CASE_END_WITHDRAWN);
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ(withdrawn->closed_reason(), "withdrawn");
  EXPECT_EQ(GetSitting(Clerk())->agenda_size(), 0);
}

TEST_F(PanelRights, TwoEditorsAndARepeatedCall) {
  const auto draft = Create(SchoolStaff());
  ASSERT_TRUE(Create(SchoolStaff()).ok()) << "the same call again";
  ASSERT_TRUE(Save(SchoolStaff(), *draft, "safety", {{"risks_known", "no"}}).ok());
  const auto late = Save(SchoolStaff(), *draft, "safety", {{"risks_known", "yes"}});
  EXPECT_EQ(late.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(late.status().message()), ::testing::HasSubstr(PersonIdOf(1)));
  EXPECT_THAT(Fields(Refer(SchoolStaff(), *Get(SchoolStaff(), draft->case_id())).status()),
              ::testing::Contains("views.pupil_view_known"));
}

TEST_F(PanelRights, EveryReadOfAChildsRecordIsKept) {
  Planned();
  const std::string id = Referred().case_id();
  ASSERT_TRUE(Get(Officer(), id).ok());
  EXPECT_EQ(Count("select count(*) from access.log where action = 'read' and detail = 'panel case' "
                  "and role = 'inclusion_officer'"),
            1);
}

}  // namespace
}  // namespace pathways::panel
