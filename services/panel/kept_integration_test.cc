// What must not change behind anybody's back, at the database itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pathways/registry/v1/events.pb.h"
#include "services/panel/reactions/school_reaction.h"
#include "services/panel/test_places.h"

namespace pathways::panel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Kept : public PlaceWorld {
 protected:
  // As the service, seeing everything.
  absl::Status Try(storage::Sql sql) {
    return storage::RunInTransaction(
        *pool_, storage::RowScope::System("test"), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return transaction.Execute(sql).status(); });
  }
};

TEST_F(Kept, FinalDecisionsAreNotRewritten) {
  Decided();
  EXPECT_EQ(Try("update decision set tier = 3").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Try("update decision set until = null").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Count("select tier from decision"), 2);
}

TEST_F(Kept, WordsPacksReadingsAndTheTimelineAreOnlyAddedTo) {
  Planned();
  const std::string id = Referred().case_id();
  ASSERT_TRUE(Seal(*GetSitting(Clerk())).ok());
  ASSERT_TRUE(GetPack(Sitter(9), id).ok());
  for (const storage::Sql sql :
       {storage::Sql("update pack set content = ''"), storage::Sql("delete from pack"),
        storage::Sql("delete from pack_reading"), storage::Sql("update timeline set kind = ''"),
        storage::Sql("delete from interest"), storage::Sql("update words set words = ''")}) {
    EXPECT_EQ(Try(sql).code(), absl::StatusCode::kPermissionDenied) << sql.text();
  }
}

TEST_F(Kept, PackSaysWhetherItIsWhatWasSealed) {
  Planned();
  const std::string id = Referred().case_id();
  ASSERT_TRUE(Seal(*GetSitting(Clerk())).ok());
  const auto pack = GetPack(Clerk(), id);
  ASSERT_TRUE(pack.ok()) << pack.status();
  EXPECT_EQ(pack->digest().size(), 64u);
  // Deferred, completed and sealed again for another sitting: the first one stays as it was.
  Opened();
  v1::DecisionTerms terms;
  terms.set_kind(v1::DECISION_KIND_DEFERRAL);
  terms.set_way(v1::DECISION_WAY_AGREEMENT);
  terms.set_reasons("Nobody asked the pupil in person.");
  terms.add_missing("pupil_view");
  ASSERT_TRUE(SignOff(*Propose(Clerk(), id, terms)).ok());
  ASSERT_TRUE(Save(SchoolStaff(), *Get(SchoolStaff(), id), "views",
                   {{"pupil_view_known", "yes"},
                    {"pupil_view", "Asked again: wants to stay."},
                    {"parent_view_known", "yes"},
                    {"parent_view", "Agrees."}})
                  .ok());
  EXPECT_EQ(GetPack(Clerk(), id)->digest(), pack->digest());
  EXPECT_TRUE(GetPack(Clerk(), id)->intact());
}

TEST_F(Kept, ActionsAreOwedUntilDone) {
  Planned();
  const std::string id = Referred().case_id();
  v1::AddActionRequest add;
  add.set_action_id(IdOf(400));
  add.set_case_id(id);
  add.set_what("Ask the educational psychologist for a report.");
  add.set_due("2026-11-16");
  EXPECT_THAT(Fields(Ask<v1::AddActionResponse>(Clerk(), add).status()),
              ElementsAre("owner_agency"));
  add.set_owner_person_id(PersonIdOf(11));
  ASSERT_TRUE(Ask<v1::AddActionResponse>(Clerk(), add).ok());
  ASSERT_TRUE(Ask<v1::AddActionResponse>(Clerk(), add).ok()) << "the same call again";
  clock_.Advance(std::chrono::hours(24 * 20));
  v1::ListActionsRequest mine;
  mine.set_mine(true);
  mine.set_owed(true);
  const auto owed = Ask<v1::ListActionsResponse>(Sitter(11), mine);
  ASSERT_TRUE(owed.ok()) << owed.status();
  ASSERT_EQ(owed->actions_size(), 1);
  EXPECT_TRUE(owed->actions(0).overdue());
  EXPECT_EQ(Ask<v1::GetWorkCountsResponse>(Sitter(11), v1::GetWorkCountsRequest())->my_actions(),
            1);
  v1::CompleteActionRequest done;
  done.set_action_id(IdOf(400));
  EXPECT_EQ(Ask<v1::CompleteActionResponse>(Manager(), done).status().code(),
            absl::StatusCode::kPermissionDenied);
  const auto completed = Ask<v1::CompleteActionResponse>(Sitter(11), done);
  ASSERT_TRUE(completed.ok()) << completed.status();
  EXPECT_EQ(completed->action().done_by(), PersonIdOf(11));
  EXPECT_EQ(Ask<v1::ListActionsResponse>(Sitter(11), mine)->total(), 0);
}

TEST_F(Kept, SittingThatIsCancelledGivesItsCasesBack) {
  Planned();
  const std::string id = Referred().case_id();
  ASSERT_TRUE(Move(*GetSitting(Clerk()), v1::SITTING_MOVE_CANCEL).ok());
  EXPECT_EQ(Get(Clerk(), id)->state(), v1::CASE_STATE_REFERRED);
  const auto next = MakeSitting(Clerk(), 902, "2026-12-07");
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->agenda_size(), 1);
}

TEST_F(Kept, ClosedSittingHasEveryCaseDealtWith) {
  Planned();
  Referred();
  const auto open = Opened();
  EXPECT_EQ(Move(open, v1::SITTING_MOVE_CLOSE).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(Kept, CasesAreMadeWithoutFactsThatCannotBeHad) {
  facts_.attendance = absl::UnavailableError("attendance is down");
  const auto draft = Create(SchoolStaff());
  ASSERT_TRUE(draft.ok()) << draft.status();
  std::map<std::string, std::string> facts;
  for (const auto& fact : draft->facts()) facts[fact.key()] = fact.value();
  EXPECT_EQ(facts.at("attendance_facts"), "");
  EXPECT_EQ(facts.at("suspensions_in_year"), "4");
  EXPECT_THAT(metrics_.Text(), HasSubstr("panel_facts_missing_total{source=\"attendance\"} 1"));
}

TEST_F(Kept, PhaseOfASchoolComesFromRegistry) {
  SchoolReaction reaction;
  registry::v1::SchoolChanged message;
  message.set_urn(kSchool.urn.value());
  message.set_la_code(kSchool.la_code.value());
  message.set_phase("State-funded primary");
  const std::vector<events::Event> events = {EventOf(message)};
  auto status = storage::RunInTransaction(
      *pool_, storage::RowScope::System("panel.schools"), storage::Deadline::After(kLimit),
      [&](storage::Transaction& transaction) { return reaction.Apply(transaction, events); });
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_TRUE(Apply({Said(exclusions::v1::PermanentExclusionRecorded())}).ok());
  EXPECT_EQ(Cases(Clerk()).front().phase(), v1::PHASE_PRIMARY);
}

}  // namespace
}  // namespace pathways::panel
