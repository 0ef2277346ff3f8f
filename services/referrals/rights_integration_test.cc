// Who may see and do what: role x own or other school or authority x draft or sent, at both walls.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/referrals/test_world.h"

namespace pathways::referrals {
namespace {

using access::Role;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kWords[] = "Supported by the school.";

// Methods by who may call them at all.
const std::map<std::string, std::set<Role>> kMayCall = [] {
  const std::set<Role> readers = {Role::kSchool,  Role::kInclusionOfficer, Role::kEarlyHelpWorker,
                                  Role::kManager, Role::kOperator,         Role::kService};
  const std::set<Role> writers = {Role::kSchool, Role::kInclusionOfficer, Role::kOperator};
  const std::set<Role> triage = {Role::kInclusionOfficer, Role::kEarlyHelpWorker, Role::kOperator};
  return std::map<std::string, std::set<Role>>{
      {"ListProposals", readers},
      {"GetProposal", readers},
      {"DismissProposal", writers},
      {"CreateRequest", writers},
      {"SaveSection", writers},
      {"GetRequest", readers},
      {"ListRequests", readers},
      {"SubmitRequest", writers},
      {"WithdrawRequest", writers},
      {"DecideRequest", triage},
      {"AllocateRequest", triage},
      {"ListTimeline", readers},
      {"GetWorkCounts", readers},
      {"ListAccessHistory", {Role::kDataProtectionOfficer, Role::kOperator}}};
}();

class Rights : public ReferralsWorld {
 protected:
  struct Reader {
    std::string name;
    access::Caller caller;
    bool sees_draft, sees_sent, sees_words;
  };
  // The draft and the sent request are of kSchool, written by its staff.
  static std::vector<Reader> Readers() {
    access::Caller operator_caller = Person(12, Role::kOperator, access::Scope::Everything());
    return {
        {"school", SchoolStaff(), true, true, true},
        {"colleague at the school", Person(11, Role::kSchool, OfSchool(kSchool)), true, true, true},
        {"other school", OtherSchool(), false, false, false},
        {"early help", EarlyHelp(), false, true, true},
        {"early help elsewhere", Elsewhere(Role::kEarlyHelpWorker), false, false, false},
        {"inclusion officer", Officer(), false, true, true},
        {"inclusion officer elsewhere", Elsewhere(Role::kInclusionOfficer), false, false, false},
        {"manager", Manager(), false, true, false},
        {"manager elsewhere", Elsewhere(Role::kManager), false, false, false},
        {"operator", operator_caller, true, true, true}};
  }

  // As a role, straight at the tables: the second wall, should the first have a hole.
  std::int64_t SeenByTheDatabase(const access::Caller& caller, storage::Sql sql) {
    auto count =
        storage::RunInTransaction(*pool_, caller.ToRowScope(), storage::Deadline::After(kLimit),
                                  [&](storage::Transaction& t) -> absl::StatusOr<std::int64_t> {
                                    const auto row = t.QueryOne(sql);
                                    if (!row.ok()) return row.status();
                                    return row->Get<std::int64_t>(0);
                                  });
    EXPECT_TRUE(count.ok()) << count.status();
    return count.ok() ? *count : -1;
  }
  absl::StatusOr<std::int64_t> Written(const access::Caller& caller, storage::Sql sql) {
    return storage::RunInTransaction(*pool_, caller.ToRowScope(), storage::Deadline::After(kLimit),
                                     [&](storage::Transaction& t) { return t.Execute(sql); });
  }
};

TEST_F(Rights, EveryMethodIsForTheRolesTheTableNames) {
  ASSERT_TRUE(endpoint_->Check().ok()) << endpoint_->Check();
  ASSERT_EQ(endpoint_->methods().size(), kMayCall.size());
  for (const auto& method : endpoint_->methods()) {
    for (int number = 0; number < access::kRoleCount; ++number) {
      const Role role = static_cast<Role>(number);
      EXPECT_EQ(access::Grants(role, method.permission), kMayCall.at(method.name).contains(role))
          << method.name << " " << access::RoleName(role);
    }
  }
}

TEST_F(Rights, DraftsAreTheirSchoolsAndSentOnesTheAuthoritysToo) {
  const auto draft = WriteDraft(1);
  const auto sent = SendRequest(2);
  const auto declined = Decide(EarlyHelp(), SendRequest(3), v1::DECISION_DECLINE, kWords, "other");
  ASSERT_TRUE(declined.ok()) << declined.status();
  for (const Reader& reader : Readers()) {
    SCOPED_TRACE(reader.name);
    const auto seen = Get(reader.caller, draft.request_id());
    EXPECT_EQ(seen.ok(), reader.sees_draft);
    if (!seen.ok()) {
      EXPECT_EQ(seen.status().code(), absl::StatusCode::kNotFound);
    }
    const auto sent_seen = Get(reader.caller, sent.request_id());
    EXPECT_EQ(sent_seen.ok(), reader.sees_sent);
    if (!sent_seen.ok()) {
      EXPECT_EQ(sent_seen.status().code(), absl::StatusCode::kNotFound);
    }
    if (sent_seen.ok()) {
      EXPECT_EQ(sent_seen->facts_size(), declined->facts_size());
      EXPECT_EQ(sent_seen->sections_size(), reader.sees_words ? declined->sections_size() : 0);
    }
    EXPECT_EQ(List(reader.caller).size(),
              (reader.sees_draft ? 1u : 0u) + (reader.sees_sent ? 2u : 0u));
    EXPECT_EQ(Timeline(reader.caller).size(),
              (reader.sees_draft ? 1u : 0u) + (reader.sees_sent ? 5u : 0u));
    if (reader.sees_sent) {
      const std::string words = Get(reader.caller, declined->request_id())->decision_note();
      EXPECT_EQ(words, reader.sees_words ? kWords : "");
      EXPECT_EQ(Timeline(reader.caller).front().note(), words);
    }
  }
}

TEST_F(Rights, DatabaseHoldsEachRoleToItsRowsByItself) {
  WriteDraft(1);
  SendRequest(2);
  ASSERT_TRUE(Decide(EarlyHelp(), SendRequest(3), v1::DECISION_DECLINE, kWords, "other").ok());
  for (const Reader& reader : Readers()) {
    SCOPED_TRACE(reader.name);
    const std::int64_t drafts = reader.sees_draft, sent = reader.sees_sent ? 2 : 0;
    EXPECT_EQ(SeenByTheDatabase(reader.caller, "select count(*) from request"), drafts + sent);
    EXPECT_EQ(SeenByTheDatabase(reader.caller, "select count(*) from request_section"),
              reader.sees_words ? 7 * (drafts + sent) : 0);
    EXPECT_EQ(
        SeenByTheDatabase(reader.caller, "select count(distinct request_id) from prefilled_fact"),
        drafts + sent);
    EXPECT_EQ(SeenByTheDatabase(reader.caller, "select count(*) from submission"),
              reader.sees_words ? sent : 0);
    EXPECT_EQ(SeenByTheDatabase(reader.caller, "select count(distinct request_id) from timeline"),
              drafts + sent);
    EXPECT_EQ(SeenByTheDatabase(reader.caller, "select count(*) from timeline_note"),
              reader.sees_words ? 1 : 0);
  }
  const access::Caller nobody;
  EXPECT_EQ(SeenByTheDatabase(nobody, "select count(*) from request"), 0);
  EXPECT_EQ(SeenByTheDatabase(nobody, "select count(*) from timeline"), 0);
  EXPECT_EQ(SeenByTheDatabase(nobody, "select count(*) from proposal"), 0);
  // Roles that read no cases, with the authority in their scope.
  for (const Role role : {Role::kDataProtectionOfficer, Role::kAdministrator}) {
    const auto caller = Person(13, role, OfAuthority(kSchool.la_code));
    EXPECT_EQ(SeenByTheDatabase(caller, "select count(*) from request"), 0);
    EXPECT_EQ(SeenByTheDatabase(caller, "select count(*) from timeline_note"), 0);
  }
}

TEST_F(Rights, DatabaseRefusesWritesPastTheService) {
  const auto sent = SendRequest(1);
  EXPECT_EQ(*Written(OtherSchool(), "update request set main_reason = 'other'"), 0);
  EXPECT_EQ(*Written(Elsewhere(Role::kEarlyHelpWorker), "update request set main_reason = 'other'"),
            0);
  EXPECT_EQ(*Written(Manager(), "update request set main_reason = 'other'"), 0);
  EXPECT_EQ(*Written(Manager(), "update proposal set state = 'dismissed'"), 0);
  EXPECT_EQ(*Written(SchoolStaff(), "delete from request"), 0);
  EXPECT_EQ(*Written(Manager(), "update request_section set answers = '{}'"), 0);
  const auto refused = [&](storage::Sql sql) {
    return Written(SchoolStaff(), sql).status().code() == absl::StatusCode::kPermissionDenied;
  };
  EXPECT_TRUE(refused("update timeline set kind = 'nothing'"));
  EXPECT_TRUE(refused("delete from timeline_note"));
  EXPECT_TRUE(refused("update submission set sections = '{}'"));
  EXPECT_TRUE(
      refused("insert into timeline (pupil_id, urn, la_code, at, kind, trace_id) select pupil_id, "
              "900999, 999, "
              "now(), 'x', '' from request"));
}

TEST_F(Rights, OthersCannotChangeARequestNorLearnThatItIsThere) {
  const auto draft = WriteDraft(1);
  const auto sent = SendRequest(2);
  EXPECT_EQ(Save(OtherSchool(), draft, "reason", {}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Submit(OtherSchool(), draft).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Withdraw(OtherSchool(), sent).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Decide(Elsewhere(Role::kEarlyHelpWorker), sent, v1::DECISION_ACCEPT).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Decide(EarlyHelp(), draft, v1::DECISION_ACCEPT).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Decide(SchoolStaff(), sent, v1::DECISION_ACCEPT).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Decide(Manager(), sent, v1::DECISION_ACCEPT).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Submit(EarlyHelp(), draft).status().code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(Rights, OfficersDraftIsSeenByTheOfficerAndTheSchool) {
  const auto draft = WriteDraft(1, Officer());
  EXPECT_TRUE(Get(Officer(), draft.request_id()).ok());
  EXPECT_TRUE(Get(SchoolStaff(), draft.request_id()).ok());
  EXPECT_EQ(Get(EarlyHelp(), draft.request_id()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(Submit(Officer(), draft).ok());
  EXPECT_TRUE(Get(EarlyHelp(), draft.request_id()).ok());
}

TEST_F(Rights, WhoWorksOnCasesReadsWordsWhateverOtherRoleTheyHold) {
  ASSERT_TRUE(Decide(EarlyHelp(), SendRequest(), v1::DECISION_DECLINE, kWords, "other").ok());
  auto both = Manager();
  both.roles.push_back(Role::kEarlyHelpWorker);
  EXPECT_EQ(Timeline(both).front().note(), kWords);
  auto school_and_manager = Person(14, Role::kSchool, OfAuthority(kSchool.la_code));
  school_and_manager.roles.push_back(Role::kManager);
  EXPECT_EQ(List(school_and_manager).size(), 1u);
}

TEST_F(Rights, EveryLookIsInTheChildsAccessHistory) {
  const auto sent = SendRequest();
  ASSERT_TRUE(Get(EarlyHelp(), sent.request_id()).ok());
  List(Manager());
  Timeline(Officer());
  common::v1::ListAccessHistoryRequest request;
  request.set_pupil_id(testing::MakePupilId(1).ToString());
  const auto officer = Person(15, Role::kDataProtectionOfficer, OfAuthority(kSchool.la_code));
  const auto history =
      Ask<common::v1::ListAccessHistoryResponse>(officer, "ListAccessHistory", request);
  ASSERT_TRUE(history.ok()) << history.status();
  ASSERT_GE(history->entries_size(), 4);
  EXPECT_EQ(history->entries(0).role(), "inclusion_officer");
  EXPECT_EQ(history->entries(1).role(), "manager");
  EXPECT_EQ(history->entries(2).action(), "read: Early Help request");
  EXPECT_EQ(history->entries(2).person_id(), testing::MakePersonId(3).ToString());
  EXPECT_EQ(history->entries(3).action(), "write: Early Help request sent");
  EXPECT_EQ(Ask<common::v1::ListAccessHistoryResponse>(EarlyHelp(), "ListAccessHistory", request)
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace pathways::referrals
