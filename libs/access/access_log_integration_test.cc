#include "libs/access/access_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "libs/access/access_seal.h"
#include "libs/access/test_tokens.h"
#include "libs/storage/errors.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"
#include "libs/testing/wait.h"

namespace pathways::access {
namespace {

using namespace std::chrono_literals;
using storage::Deadline;
using storage::RowScope;
using storage::Transaction;

constexpr char kPupil[] = "10000000-0000-4000-8000-000000000001";
constexpr char kOther[] = "10000000-0000-4000-8000-000000000002";

class AccessLogTest : public ::testing::Test {
 protected:
  AccessLogTest() {
    storage::PoolOptions options;
    options.uri = database_.app_uri();
    options.size = 4;
    pool_ = *storage::Pool::Open(options);
  }

  static AccessEntry Entry(const char* pupil, Action action = Action::kRead) {
    AccessEntry entry;
    entry.action = action;
    entry.subject_id = pupil;
    entry.urn = *education::Urn::FromInt(109001);
    entry.detail = "attendance";
    return entry;
  }

  absl::Status Record(const RowScope& scope, const std::vector<AccessEntry>& entries) {
    return storage::RunInTransaction(*pool_, scope, Deadline::After(10s), [&](Transaction& t) {
      return RecordAccess(t, {"Test/Read", "request-1", ""}, entries);
    });
  }

  absl::StatusOr<HistoryPage> History(const RowScope& scope, int limit = 10,
                                      std::int64_t before = 0) {
    return storage::RunInTransaction(*pool_, scope, Deadline::After(10s), [&](Transaction& t) {
      return ReadHistory(t, SubjectKind::kPupil, kPupil, before, limit);
    });
  }

  std::vector<Seal> SealAll() {
    auto seals = KeepAccessLog(*pool_, Deadline::After(10s));
    EXPECT_TRUE(seals.ok()) << seals.status();
    return seals.ok() ? *seals : std::vector<Seal>();
  }

  // Seals until that many rows are under the new seals: transactions of other tests on the same
  // server may hold it up.
  std::vector<Seal> SealRows(std::int64_t wanted) {
    std::vector<Seal> all;
    EXPECT_TRUE(testing::WaitFor([&] {
      for (Seal& seal : SealAll()) {
        wanted -= seal.rows;
        all.push_back(std::move(seal));
      }
      return wanted <= 0;
    }));
    EXPECT_EQ(wanted, 0);
    return all;
  }

  std::vector<ChainFault> Faults(education::Day day) {
    auto faults = storage::RunInTransaction(*pool_, RowScope::System("test"), Deadline::After(10s),
                                            [&](Transaction& t) { return VerifyChain(t, day); });
    EXPECT_TRUE(faults.ok()) << faults.status();
    return *faults;
  }

  static RowScope As(Role role) {
    Caller caller = MakeCaller(role);
    caller.trace_id = "0af7651916cd43dd8448eb211c80319c";
    return caller.ToRowScope();
  }

  testing::TestDatabase database_{
      {storage::LibraryMigrations("storage"), storage::LibraryMigrations("access")}};
  std::unique_ptr<storage::Pool> pool_;
};

TEST_F(AccessLogTest, HistoryTellsWhoDidWhatInWhichRole) {
  ASSERT_TRUE(Record(As(Role::kInclusionOfficer), {Entry(kPupil), Entry(kOther)}).ok());
  ASSERT_TRUE(Record(As(Role::kSchool), {Entry(kPupil, Action::kWrite)}).ok());
  const auto page = History(As(Role::kDataProtectionOfficer));
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->records.size(), 2u);
  EXPECT_EQ(page->next, 0);
  const AccessRecord& newest = page->records[0];
  EXPECT_EQ(newest.role, "school");
  EXPECT_EQ(newest.action, "write");
  const AccessRecord& first = page->records[1];
  EXPECT_EQ(first.person, "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(first.role, "inclusion_officer");
  EXPECT_EQ(first.purpose, "Test/Read");
  EXPECT_EQ(first.entry.subject_id, kPupil);
  EXPECT_EQ(first.entry.urn->value(), 109001);
  EXPECT_EQ(first.entry.authority, std::nullopt);
  EXPECT_EQ(first.request_id, "request-1");
  EXPECT_EQ(first.trace_id, "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(AccessLogTest, HistoryComesInPages) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Record(As(Role::kSchool), {Entry(kPupil)}).ok());
  const RowScope officer = As(Role::kDataProtectionOfficer);
  std::vector<std::int64_t> ids;
  std::int64_t before = 0;
  int pages = 0;
  do {
    const auto page = History(officer, 2, before);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const AccessRecord& record : page->records) ids.push_back(record.id);
    before = page->next;
    ++pages;
  } while (before != 0);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(ids.size(), 5u);
  EXPECT_TRUE(std::is_sorted(ids.rbegin(), ids.rend()));
  EXPECT_TRUE(absl::IsInvalidArgument(History(officer, 0).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(History(officer, 501).status()));
}

TEST_F(AccessLogTest, OnlyOfficerAndOperatorSeeHistories) {
  ASSERT_TRUE(Record(As(Role::kSchool), {Entry(kPupil)}).ok());
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const auto page = History(As(role));
    ASSERT_TRUE(page.ok()) << page.status();
    const bool sees = role == Role::kDataProtectionOfficer || role == Role::kOperator;
    EXPECT_EQ(page->records.size(), sees ? 1u : 0u) << RoleName(role);
  }
}

TEST_F(AccessLogTest, EntryGoesWithItsTransaction) {
  const absl::Status status = storage::RunInTransaction(
      *pool_, As(Role::kSchool), Deadline::After(10s), [&](Transaction& t) -> absl::Status {
        const std::vector<AccessEntry> entries = {Entry(kPupil)};
        if (auto s = RecordAccess(t, {"Test/Read", "", ""}, entries); !s.ok()) return s;
        return absl::NotFoundError("no such pupil");
      });
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_TRUE(History(As(Role::kOperator))->records.empty());
}

TEST_F(AccessLogTest, NobodyUnknownCanWriteAnEntry) {
  EXPECT_FALSE(Record(RowScope{}, {Entry(kPupil)}).ok());
}

TEST_F(AccessLogTest, ServiceCanNeitherChangeNorForge) {
  ASSERT_TRUE(Record(As(Role::kSchool), {Entry(kPupil)}).ok());
  SealRows(1);
  auto session = storage::Session::Open(database_.app_uri());
  ASSERT_TRUE(session.ok());
  const char* const statements[] = {
      "set app.role = 'operator'; update access.log set person = 'x'",
      "set app.role = 'operator'; delete from access.log",
      "truncate access.log",
      "set app.person = 'x'; insert into access.log (person, purpose, action, subject_kind, "
      "subject_id, detail, "
      "request_id, break_glass_reason) values ('y', '', 'read', 'pupil', 'z', '', '', '')",
      "set app.person = 'x'; insert into access.log (at, purpose, action, subject_kind, "
      "subject_id, detail, "
      "request_id, break_glass_reason) values (now(), '', 'read', 'pupil', 'z', '', '', '')",
      "select * from access.log_default",
      "update access.seal set digest = ''",
      "delete from access.seal",
  };
  for (const char* statement : statements) {
    const absl::Status status = session->RunScript(Deadline::After(5s), statement);
    EXPECT_TRUE(absl::IsPermissionDenied(status)) << statement << ": " << status;
  }
}

class AccessSealTest : public AccessLogTest {
 protected:
  AccessSealTest() {
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(Record(As(Role::kSchool), {Entry(kPupil), Entry(kOther)}).ok());
      day_ = SealRows(2).at(0).day;
    }
  }
  // As somebody with the whole database in their hands.
  void Tamper(std::string_view statement) { database_.RunScript(statement); }

  education::Day day_ = education::Day::FromEpochDays(0);
};

using Kind = ChainFault::Kind;

TEST_F(AccessSealTest, UntouchedChainHasNoFault) {
  EXPECT_TRUE(Faults(day_).empty());
  EXPECT_TRUE(SealAll().empty());
  EXPECT_TRUE(Faults(day_).empty());
}

TEST_F(AccessSealTest, ChangedRowIsFound) {
  Tamper("update access.log set person = 'somebody else' where id = 3");
  EXPECT_EQ(Faults(day_), (std::vector<ChainFault>{{Kind::kRowsChanged, 2}}));
}

TEST_F(AccessSealTest, RemovedRowIsFound) {
  Tamper("delete from access.log where id = 1");
  EXPECT_EQ(Faults(day_), (std::vector<ChainFault>{{Kind::kRowsChanged, 1}}));
}

TEST_F(AccessSealTest, RowSlippedInIsFound) {
  Tamper(
      "insert into access.log (xid, person, role, trace_id, purpose, action, subject_kind, "
      "subject_id, detail, "
      "request_id, break_glass_reason) "
      "select xid, person, role, trace_id, purpose, action, subject_kind, subject_id, detail, "
      "request_id, "
      "break_glass_reason from access.log where id = 5");
  EXPECT_EQ(Faults(day_), (std::vector<ChainFault>{{Kind::kRowsChanged, 3}}));
}

TEST_F(AccessSealTest, ReplacedSealBreaksTheLink) {
  Tamper(
      "update access.log set person = 'somebody else' where id = 3;"
      "update access.seal s set digest = sha256(s.previous || (select "
      "string_agg(access.row_digest(l), ''::bytea "
      "order by l.xid, l.id) from access.log l where l.xid >= s.from_xid and l.xid < s.below_xid)) "
      "where number = 2");
  EXPECT_EQ(Faults(day_), (std::vector<ChainFault>{{Kind::kLinkBroken, 3}}));
}

TEST_F(AccessSealTest, RemovedSealIsFound) {
  Tamper("delete from access.seal where number = 2");
  EXPECT_EQ(Faults(day_),
            (std::vector<ChainFault>{{Kind::kLinkBroken, 3}, {Kind::kRowsUnsealed, 0}}));
}

TEST_F(AccessSealTest, LateCommitIsSealedLaterNotMissed) {
  auto late = pool_->Begin(As(Role::kSchool), Deadline::After(30s));
  ASSERT_TRUE(late.ok()) << late.status();
  const std::vector<AccessEntry> entries = {Entry(kPupil)};
  ASSERT_TRUE(RecordAccess(*late, {"Test/Read", "", ""}, entries).ok());
  ASSERT_TRUE(Record(As(Role::kSchool), {Entry(kOther)}).ok());  // begins later, commits earlier
  EXPECT_TRUE(SealAll().empty());                                // neither has surely ended
  ASSERT_TRUE(late->Commit().ok());
  SealRows(2);
  EXPECT_TRUE(Faults(day_).empty());
}

TEST_F(AccessSealTest, WritersDoNotWaitForTheSealer) {
  auto sealer = pool_->Begin(RowScope::System("test"), Deadline::After(30s));
  ASSERT_TRUE(sealer.ok());
  ASSERT_TRUE(Record(As(Role::kSchool), {Entry(kPupil)}).ok());
  ASSERT_TRUE(testing::WaitFor([&] { return !SealAccessLog(*sealer)->empty(); }));
  // The sealing transaction is still open.
  EXPECT_TRUE(Record(As(Role::kSchool), {Entry(kPupil)}).ok());
  ASSERT_TRUE(sealer->Commit().ok());
  SealRows(1);
  EXPECT_TRUE(Faults(day_).empty());
}

}  // namespace
}  // namespace pathways::access
