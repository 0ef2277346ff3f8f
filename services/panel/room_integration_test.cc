// A sitting to its end: what is seen in the room, who wrote what down, minutes, and tasks that go
// out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "pathways/panel/v1/minutes.pb.h"
#include "pathways/panel/v1/room.pb.h"
#include "pathways/panel/v1/tasks.pb.h"
#include "services/panel/api/attachments_api.h"
#include "services/panel/api/minutes_api.h"
#include "services/panel/api/room_api.h"
#include "services/panel/api/task_sending.h"
#include "services/panel/api/tasks_api.h"
#include "services/panel/test_places.h"

namespace pathways::panel {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PanelRoom : public PlaceWorld {
 protected:
  PanelRoom()
      : room_(RoomEndpoint(parts_)),
        minutes_(MinutesEndpoint(parts_)),
        tasks_(TasksEndpoint(parts_)) {}

  template <typename Response, typename Request>
  static absl::StatusOr<Response> AskOf(const service::Endpoint& endpoint,
                                        const access::Caller& caller, const Request& request) {
    const std::string name = Request::descriptor()->name();
    Response response;
    auto status =
        service::CallUnary(endpoint, name.substr(0, name.size() - 7), caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  v1::GetRoomMarksResponse Marks(const access::Caller& caller) {
    v1::GetRoomMarksRequest request;
    request.set_sitting_id(IdOf(901));
    const auto marks = AskOf<v1::GetRoomMarksResponse>(room_, caller, request);
    EXPECT_TRUE(marks.ok()) << marks.status();
    return *marks;
  }
  v1::GetRoomResponse Room(const access::Caller& caller) {
    v1::GetRoomRequest request;
    request.set_sitting_id(IdOf(901));
    const auto room = AskOf<v1::GetRoomResponse>(room_, caller, request);
    EXPECT_TRUE(room.ok()) << room.status();
    return *room;
  }
  absl::StatusOr<v1::Minutes> Minutes(const access::Caller& caller) {
    v1::GetMinutesRequest request;
    request.set_sitting_id(IdOf(901));
    auto response = AskOf<v1::GetMinutesResponse>(minutes_, caller, request);
    if (!response.ok()) return response.status();
    return response->minutes();
  }
  absl::StatusOr<v1::Minutes> Edit(const access::Caller& caller, std::int64_t version,
                                   const std::string& item, const std::string& words) {
    v1::SaveMinutesItemRequest request;
    request.set_sitting_id(IdOf(901));
    request.set_version(version);
    request.set_item(item);
    request.set_words(words);
    auto response = AskOf<v1::SaveMinutesItemResponse>(minutes_, caller, request);
    if (!response.ok()) return response.status();
    return response->minutes();
  }
  absl::StatusOr<v1::Minutes> SignMinutes(const access::Caller& caller, std::int64_t version) {
    v1::SignMinutesRequest request;
    request.set_sitting_id(IdOf(901));
    request.set_version(version);
    auto response = AskOf<v1::SignMinutesResponse>(minutes_, caller, request);
    if (!response.ok()) return response.status();
    return response->minutes();
  }
  std::vector<v1::Task> Owed(const access::Caller& caller, bool mine = true) {
    v1::ListTasksRequest request;
    request.set_mine(mine);
    const auto listed = AskOf<v1::ListTasksResponse>(tasks_, caller, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->tasks().begin(), listed->tasks().end()};
  }
  static std::vector<std::string> Codes(const std::vector<v1::Task>& tasks) {
    std::vector<std::string> codes;
    for (const auto& task : tasks) codes.push_back(task.code());
    return codes;
  }
  absl::StatusOr<v1::Task> Complete(const access::Caller& caller, const std::string& id) {
    v1::CompleteTaskRequest request;
    request.set_task_id(id);
    auto response = AskOf<v1::CompleteTaskResponse>(tasks_, caller, request);
    if (!response.ok()) return response.status();
    return response->task();
  }
  v1::DecisionTerms ManagedMove() {
    v1::DecisionTerms terms;
    terms.set_kind(v1::DECISION_KIND_MANAGED_MOVE);
    terms.set_receiving_urn(kOther.urn.value());
    terms.set_until("2027-02-12");
    terms.set_parents_agree(true);
    terms.set_receiving_school_agrees(true);
    terms.set_way(v1::DECISION_WAY_VOTE);
    terms.set_reasons("A fresh start, as the family and both schools ask for.");
    return terms;
  }
  v1::Sitting Closed() {
    const auto closed = Move(*GetSitting(Clerk()), v1::SITTING_MOVE_CLOSE);
    EXPECT_TRUE(closed.ok()) << closed.status();
    return *closed;
  }

  service::Endpoint room_;
  service::Endpoint minutes_;
  service::Endpoint tasks_;
};

// Every method of these services and every role: a new method needs a line here.
TEST_F(PanelRoom, MayBeAskedByTheRolesOfThisTable) {
  using enum access::Role;
  using Roles = std::set<access::Role>;
  const Roles reads = {kSchool,     kInclusionOfficer, kManager,    kOperator,
                       kPanelClerk, kPanelChair,       kPanelMember};
  const Roles writes = {kSchool, kInclusionOfficer, kOperator, kPanelClerk};
  const Roles pupils = {kSchool,      kInclusionOfficer, kEarlyHelpWorker,      kManager,
                        kOperator,    kService,          kPanelClerk,           kPanelChair,
                        kPanelMember, kProvider,         kDataProtectionOfficer};
  const std::map<std::string, Roles> may = {
      {"UploadAttachment", writes},
      {"ListAttachments", reads},
      {"DownloadAttachment", reads},
      {"RemoveAttachment", writes},
      {"GetRoomMarks", reads},
      {"GetRoom", reads},
      {"GetMinutes", reads},
      {"SignMinutes", {kOperator, kPanelChair}},
      {"SaveMinutesItem", {kOperator, kPanelClerk, kPanelChair}},
      // Row-level security says whose tasks: a data protection officer has none.
      {"ListTasks", pupils},
      {"CompleteTask", pupils},
      {"CountTasks", pupils}};
  const service::Endpoint files = AttachmentsEndpoint({parts_, nullptr});
  std::size_t methods = 0;
  const std::vector<const service::Endpoint*> all = {&files, &room_, &minutes_, &tasks_};
  for (const service::Endpoint* endpoint : all) {
    for (const auto& method : endpoint->methods()) {
      ++methods;
      ASSERT_TRUE(may.contains(method.name)) << method.name;
      for (int number = 0; number < access::kRoleCount; ++number) {
        const auto role = static_cast<access::Role>(number);
        EXPECT_EQ(access::Grants(role, method.permission), may.at(method.name).contains(role))
            << method.name << ' ' << access::RoleName(role);
      }
    }
    EXPECT_TRUE(endpoint->Check().ok()) << endpoint->service();
  }
  EXPECT_EQ(methods, may.size());
}

TEST_F(PanelRoom, TellsEverybodyThatSomethingChangedAndWhoWroteItDown) {
  Planned();
  const std::string id = Referred().case_id();
  Opened();
  const auto before = Marks(Sitter(9));
  ASSERT_TRUE(Declare(Clerk(), id, 9).ok());
  const auto declared = Marks(Sitter(9));
  EXPECT_EQ(declared.agenda(), before.agenda());
  EXPECT_NE(declared.decisions(), before.decisions()) << "also for whom the case is hidden";
  ASSERT_TRUE(Declare(Clerk(), id, 8).ok());
  const auto proposed = Propose(Clerk(), id, TierTwo());
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  ASSERT_TRUE(Vote(Clerk(), proposed->decision_id(), v1::VOTE_CHOICE_FOR, 10).ok());
  EXPECT_EQ(Vote(Clerk(), proposed->decision_id(), v1::VOTE_CHOICE_FOR, 9).status().code(),
            absl::StatusCode::kPermissionDenied)
      << "an interest";
  ASSERT_TRUE(Vote(Sitter(11), proposed->decision_id(), v1::VOTE_CHOICE_FOR).ok());
  const auto room = Room(Clerk());
  ASSERT_EQ(room.interests_size(), 2);
  EXPECT_EQ(room.interests(0).written_by(), PersonIdOf(3));
  ASSERT_EQ(room.votes_size(), 2);
  EXPECT_EQ(room.votes(0).person_id(), PersonIdOf(10));
  EXPECT_EQ(room.votes(0).written_by(), PersonIdOf(3));
  EXPECT_EQ(room.votes(1).written_by(), PersonIdOf(11));
  EXPECT_THAT(Room(Sitter(9)).votes(), IsEmpty());
  EXPECT_EQ(Marks(Sitter(9)).decisions(), Marks(Clerk()).decisions());
  v1::GetRoomMarksRequest elsewhere;
  elsewhere.set_sitting_id(IdOf(901));
  EXPECT_EQ(AskOf<v1::GetRoomMarksResponse>(room_, Elsewhere(access::Role::kPanelClerk), elsewhere)
                .status()
                .code(),
            absl::StatusCode::kNotFound);
}

TEST_F(PanelRoom, DecisionsChangeTheFreePlacesThatMembersSee) {
  MakeProvider(2);
  Planned();
  const auto panel_case = Referred();
  Opened();
  const auto free = [&] { return Room(Sitter(9)).tiers(0); };
  const auto before = free();
  EXPECT_GT(before.free(), 0);
  EXPECT_EQ(before.promised(), 0);
  const auto decided = SignOff(*Propose(Clerk(), panel_case.case_id(), TierTwo()));
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_EQ(free().promised(), 1);
  const auto marks = Marks(Sitter(9));
  ASSERT_TRUE(Offer(Officer(), decided->decision().decision_id()).ok());
  EXPECT_EQ(free().free(), before.free() - 1);
  EXPECT_EQ(free().promised(), 0);
  EXPECT_NE(Marks(Sitter(9)).places(), marks.places());
}

TEST_F(PanelRoom, MinutesDraftThemselvesAreEditedAndSealed) {
  facts_.schools = {{.urn = kOther.urn, .name = "Kingsmead School"}};
  Planned();
  const std::string moved = Referred(1, 1).case_id();
  const std::string hidden = Referred(2, 2).case_id();
  EXPECT_EQ(Minutes(Clerk()).status().code(), absl::StatusCode::kFailedPrecondition);
  Opened();
  const auto proposed = Propose(Clerk(), moved, ManagedMove(), 700);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  for (const int person : {4, 10, 11}) {
    ASSERT_TRUE(Vote(Clerk(), proposed->decision_id(), v1::VOTE_CHOICE_FOR, person).ok());
  }
  ASSERT_TRUE(SignOff(*proposed).ok());
  const auto drafted = Minutes(Clerk());
  ASSERT_TRUE(drafted.ok()) << drafted.status();
  ASSERT_EQ(drafted->items_size(), 4);
  EXPECT_THAT(drafted->items(0).words(), HasSubstr("The panel met on Monday 23 November 2026"));
  EXPECT_THAT(drafted->items(1).words(), HasSubstr("by votes: 3 for, 0 against"));
  EXPECT_THAT(drafted->items(1).words(), HasSubstr("Kingsmead School"));
  EXPECT_THAT(drafted->items(2).words(), HasSubstr("Nothing was decided."));
  for (const auto& caller : {Manager(), SchoolStaff()}) {
    EXPECT_EQ(Minutes(caller).status().code(), absl::StatusCode::kPermissionDenied);
  }
  // The clerk's words stay; that the sitting has moved on since is said.
  const auto edited = Edit(Clerk(), 0, hidden, "The panel spoke about this case at length.");
  ASSERT_TRUE(edited.ok()) << edited.status();
  EXPECT_EQ(edited->version(), 1);
  EXPECT_EQ(Edit(Chair(), 0, "other", "Nothing else.").status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Edit(Sitter(9), 1, "other", "Mine.").status().code(),
            absl::StatusCode::kPermissionDenied);
  ASSERT_TRUE(SignOff(*Propose(Clerk(), hidden, TierTwo(), 701)).ok());
  ASSERT_TRUE(Declare(Sitter(11), hidden).ok());
  EXPECT_EQ(Minutes(Sitter(11))->items_size(), 3);
  const auto again = Minutes(Clerk());
  EXPECT_EQ(again->items(2).words(), "The panel spoke about this case at length.");
  EXPECT_THAT(again->items(2).drafted(), HasSubstr("alternative provision, tier 2"));
  EXPECT_EQ(SignMinutes(Chair(), 1).status().code(), absl::StatusCode::kFailedPrecondition);
  Closed();
  EXPECT_EQ(SignMinutes(Clerk(), 1).status().code(), absl::StatusCode::kPermissionDenied);
  const auto sealed = SignMinutes(Chair(), 1);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(sealed->signed_by(), PersonIdOf(4));
  EXPECT_EQ(sealed->digest().size(), 64u);
  EXPECT_TRUE(sealed->intact());
  EXPECT_EQ(Edit(Clerk(), 2, "other", "Later.").status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_EQ(Minutes(Sitter(9))->items_size(), 4);
  EXPECT_THAT(Minutes(Sitter(9))->items(1).words(), HasSubstr("Send the receiving school"));
  EXPECT_EQ(Minutes(Sitter(11))->items_size(), 3);
}

TEST_F(PanelRoom, TasksGoOutWhenTheSittingClosesAndAreOwedUntilDone) {
  Planned();
  const auto panel_case = Referred();
  Opened();
  const auto proposed = Propose(Clerk(), panel_case.case_id(), ManagedMove());
  for (const int person : {4, 10, 11}) {
    ASSERT_TRUE(Vote(Clerk(), proposed->decision_id(), v1::VOTE_CHOICE_FOR, person).ok());
  }
  ASSERT_TRUE(SignOff(*proposed).ok());
  v1::AddActionRequest add;
  add.set_action_id(IdOf(400));
  add.set_case_id(panel_case.case_id());
  add.set_sitting_id(IdOf(901));
  add.set_what("Ask the family what help they want.");
  add.set_owner_agency("early_help");
  add.set_due("2026-12-01");
  ASSERT_TRUE(Ask<v1::AddActionResponse>(Clerk(), add).ok());
  const auto early_help = Person(20, access::Role::kEarlyHelpWorker, Here());
  EXPECT_THAT(Owed(early_help), IsEmpty()) << "before the sitting closes";
  Closed();
  ASSERT_TRUE(TaskSending(parts_).Rest().ok()) << "nothing is sent twice";
  EXPECT_THAT(Codes(Owed(SchoolStaff())), ElementsAre("send_record"));
  EXPECT_THAT(Codes(Owed(OtherSchool())), ElementsAre("agree_start"));
  EXPECT_THAT(Codes(Owed(Officer())), ElementsAre("review_trial"));
  EXPECT_THAT(Codes(Owed(Elsewhere(access::Role::kInclusionOfficer))), IsEmpty());
  EXPECT_THAT(Owed(ProviderStaff()), IsEmpty());
  ASSERT_EQ(Owed(early_help).size(), 1U);
  EXPECT_EQ(Owed(early_help)[0].what(), "Ask the family what help they want.");
  EXPECT_EQ(Owed(early_help)[0].reference(), panel_case.reference());
  EXPECT_EQ(Owed(Manager(), false).size(), 4U);
  EXPECT_EQ(Owed(Manager(), false)[0].what(), "") << "no words for managers";
  // The receiving school does what it owes, without seeing the case.
  EXPECT_EQ(Get(OtherSchool(), panel_case.case_id()).status().code(), absl::StatusCode::kNotFound);
  const auto task = Owed(OtherSchool())[0];
  EXPECT_EQ(task.what(),
            "Agree the pupil's first day with the family and the pupil's school, and who meets "
            "them.");
  EXPECT_EQ(Complete(SchoolStaff(), task.task_id()).status().code(), absl::StatusCode::kOk)
      << "whoever is on the case may say so";
  const auto done = Complete(OtherSchool(), task.task_id());
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->done_by(), PersonIdOf(1));
  EXPECT_THAT(Owed(OtherSchool()), IsEmpty());
  clock_.Advance(std::chrono::hours(24 * 60));
  const auto counts = AskOf<v1::CountTasksResponse>(tasks_, early_help, v1::CountTasksRequest());
  EXPECT_EQ(counts->mine(), 1);
  EXPECT_EQ(counts->mine_overdue(), 1);
  ASSERT_TRUE(Complete(early_help, IdOf(400)).ok());
  EXPECT_THAT(Kinds(Clerk()), Contains("tasks_sent"));
  EXPECT_THAT(Kinds(Clerk()), Contains("task_done").Times(2));
  EXPECT_THAT(Published(), Contains("TaskSent 1").Times(4));
  EXPECT_THAT(Published(), Contains("TaskDone 2").Times(2));
  // Added later: sent at once.
  add.set_action_id(IdOf(401));
  ASSERT_TRUE(Ask<v1::AddActionResponse>(Clerk(), add).ok());
  EXPECT_EQ(Owed(early_help).size(), 1U);
}

}  // namespace
}  // namespace pathways::panel
