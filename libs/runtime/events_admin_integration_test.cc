// An operator's decisions about events that were set aside, on a real PostgreSQL.
#include "libs/runtime/events_admin.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "libs/access/access_log.h"
#include "libs/service/calling.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/common/v1/events_admin.pb.h"

namespace pathways::runtime {
namespace {

using namespace std::chrono_literals;
namespace v1 = common::v1;

// Two letters about one child, one of them decided; one whose record cannot be read; and a history
// with a gap.
std::string Rows(const std::string& pupil) {
  return R"(
insert into events.dead_letter
  (reaction, state, topic, partition, kafka_offset, record_key, headers, value, type, aggregate, version, error)
values
  ('referrals.absence', 'dead', 't', 0, 1, 'pupil/)" +
         pupil + R"(', '{}', 'bytes', 'T', 'absence/1', 3, 'no such enrolment'),
  ('referrals.absence', 'discarded', 't', 0, 2, 'pupil/)" +
         pupil + R"(', '{}', 'bytes', 'T', 'absence/1', 4, 'other'),
  ('referrals.rolls', 'dead', 't', 0, 3, 'gibberish', '{}', 'bytes', '', '', 0, 'unreadable');
insert into events.aggregate (reaction, aggregate, version, parked) values
  ('referrals.absence', 'absence/1', 2, 0), ('referrals.rolls', 'pupil/)" +
         pupil + R"(', 1, 1);
insert into events.parked (reaction, aggregate, version, topic, partition, kafka_offset, record_key, headers)
values ('referrals.rolls', 'pupil/)" +
         pupil + R"(', 5, 't', 0, 9, 'k', '{}');)";
}

class EventsAdminTest : public ::testing::Test {
 protected:
  EventsAdminTest()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access")}) {
    pool_ = *storage::Pool::Open({.uri = database_.app_uri(), .size = 2});
    endpoint_ = std::make_unique<service::Endpoint>(EventsAdminEndpoint(*pool_));
    database_.RunScript(Rows(pupil_));
  }

  static access::Caller CallerAs(access::Role role) {
    access::Caller caller;
    caller.person = testing::MakePersonId(7);
    caller.roles = {role};
    caller.scope.everything = true;
    return caller;
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const char* method, const Request& request,
                               access::Role role = access::Role::kOperator) {
    Response response;
    absl::Status status =
        service::CallUnary(*endpoint_, method, CallerAs(role), request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::ListDeadLettersResponse> List(const v1::ListDeadLettersRequest& request = {}) {
    return Ask<v1::ListDeadLettersResponse>("ListDeadLetters", request);
  }

  absl::Status Replay(std::int64_t id, const std::string& why) {
    v1::ReplayDeadLetterRequest request;
    request.set_id(id);
    request.set_why(why);
    return Ask<v1::ReplayDeadLetterResponse>("ReplayDeadLetter", request).status();
  }

  std::vector<access::AccessRecord> History() {
    auto page = storage::RunInTransaction(
        *pool_, CallerAs(access::Role::kOperator).ToRowScope(), storage::Deadline::After(10s),
        [&](storage::Transaction& transaction) {
          return access::ReadHistory(transaction, access::SubjectKind::kPupil, pupil_, 0, 50);
        });
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->records : std::vector<access::AccessRecord>();
  }

  const std::string pupil_ = testing::MakePupilId(1).ToString();
  testing::TestDatabase database_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<service::Endpoint> endpoint_;
};

TEST_F(EventsAdminTest, AnswersEveryMethodOfItsService) {
  EXPECT_TRUE(endpoint_->Check().ok()) << endpoint_->Check();
}

TEST_F(EventsAdminTest, ListsWithoutBytesAndLeavesNoTraceOfALookThatWasNone) {
  const auto all = List();
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->letters_size(), 3);
  EXPECT_EQ(all->letters(0).error(), "no such enrolment");
  EXPECT_EQ(all->letters(0).payload(), "");
  EXPECT_TRUE(History().empty());
}

TEST_F(EventsAdminTest, PagesAndFilters) {
  v1::ListDeadLettersRequest request;
  request.set_state("dead");
  request.set_page_size(1);
  const auto first = List(request);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->letters_size(), 1);
  request.set_page_token(first->next_page_token());
  const auto second = List(request);
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->letters_size(), 1);
  EXPECT_EQ(second->letters(0).reaction(), "referrals.rolls");
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(EventsAdminTest, SaysWhatIsWrongWithAQuestion) {
  v1::ListDeadLettersRequest request;
  request.set_state("alive");
  request.set_page_size(-1);
  EXPECT_EQ(service::ViolationsOf(List(request).status()).size(), 2U);
}

TEST_F(EventsAdminTest, ALookAtTheBytesIsInTheChildsHistory) {
  v1::ListDeadLettersRequest request;
  request.set_with_payload(true);
  request.set_reaction("referrals.absence");
  const auto letters = List(request);
  ASSERT_TRUE(letters.ok()) << letters.status();
  EXPECT_EQ(letters->letters(0).payload(), "bytes");
  ASSERT_EQ(History().size(), 2U);
  EXPECT_EQ(History().front().action, "read");
}

TEST_F(EventsAdminTest, AReplayKeepsWhoAndWhyAndIsInTheChildsHistory) {
  ASSERT_TRUE(Replay(1, "the enrolment is there now").ok());
  const auto letters = List();
  ASSERT_TRUE(letters.ok()) << letters.status();
  EXPECT_EQ(letters->letters(0).state(), "replay_requested");
  EXPECT_EQ(letters->letters(0).decided_by(), testing::MakePersonId(7).ToString());
  EXPECT_EQ(letters->letters(0).decided_why(), "the enrolment is there now");
  ASSERT_EQ(History().size(), 1U);
  EXPECT_EQ(History().front().action, "write");
}

TEST_F(EventsAdminTest, DecisionsNeedAReasonAndALetterThatIsDead) {
  EXPECT_EQ(service::ViolationsOf(Replay(1, "")).size(), 1U);
  EXPECT_EQ(service::ViolationsOf(Replay(1, std::string(501, 'x'))).size(), 1U);
  EXPECT_TRUE(absl::IsFailedPrecondition(Replay(2, "again")));
  EXPECT_TRUE(absl::IsNotFound(Replay(99, "again")));
  EXPECT_TRUE(History().empty());
}

TEST_F(EventsAdminTest, DiscardsWhatCannotBeReadAtAll) {
  v1::DiscardDeadLetterRequest request;
  request.set_id(3);
  request.set_why("not one of ours");
  const auto discarded = Ask<v1::DiscardDeadLetterResponse>("DiscardDeadLetter", request);
  ASSERT_TRUE(discarded.ok()) << discarded.status();
  const auto letters = List();
  ASSERT_TRUE(letters.ok()) << letters.status();
  EXPECT_EQ(letters->letters(2).state(), "discarded");
}

TEST_F(EventsAdminTest, AGapIsListedUntilItIsAccepted) {
  const auto gaps = Ask<v1::ListGapsResponse>("ListGaps", v1::ListGapsRequest());
  ASSERT_TRUE(gaps.ok()) << gaps.status();
  ASSERT_EQ(gaps->gaps_size(), 1);
  EXPECT_EQ(gaps->gaps(0).next_parked(), 5);
  v1::AcceptGapRequest request;
  request.set_reaction(gaps->gaps(0).reaction());
  request.set_aggregate(gaps->gaps(0).aggregate());
  request.set_why("lost with the old cluster");
  ASSERT_TRUE(Ask<v1::AcceptGapResponse>("AcceptGap", request).ok());
  EXPECT_EQ(Ask<v1::ListGapsResponse>("ListGaps", v1::ListGapsRequest())->gaps_size(), 0);
  EXPECT_TRUE(absl::IsNotFound(Ask<v1::AcceptGapResponse>("AcceptGap", request).status()));
  EXPECT_EQ(History().size(), 1U);
}

TEST_F(EventsAdminTest, IsForOperatorsAlone) {
  for (const auto role :
       {access::Role::kAdministrator, access::Role::kManager, access::Role::kService}) {
    EXPECT_TRUE(absl::IsPermissionDenied(
        Ask<v1::ListGapsResponse>("ListGaps", v1::ListGapsRequest(), role).status()));
  }
}

}  // namespace
}  // namespace pathways::runtime
