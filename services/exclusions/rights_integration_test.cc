// Who may see and do what, at the methods and in the database below them.
#include <gmock/gmock.h>

#include "services/exclusions/store/ledger.h"
#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Rights : public ExclusionsWorld {
 protected:
  // Rows of a table as a caller's transaction sees them, whatever the methods ask for.
  std::int64_t Seen(const access::Caller& caller, storage::Sql count) {
    const auto row = storage::RunInTransaction(
        *pool_, caller.ToRowScope(), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return transaction.QueryOne(count); });
    EXPECT_TRUE(row.ok()) << row.status();
    return row.ok() ? row->Get<std::int64_t>(0) : -1;
  }
  absl::Status Write(const access::Caller& caller, storage::Sql sql) {
    return storage::RunInTransaction(
               *pool_, caller.ToRowScope(), storage::Deadline::After(kLimit),
               [&](storage::Transaction& transaction) { return transaction.Execute(sql); })
        .status();
  }
  static access::Caller ProtectionOfficer() {
    return Person(10, access::Role::kDataProtectionOfficer, OfAuthority(0));
  }
  static access::Caller Administrator() {
    return Person(11, access::Role::kAdministrator, OfAuthority(0));
  }
};

TEST_F(Rights, MatrixOfRoleSchoolCaseAndWords) {
  Record(1, 1, Permanent("2026-11-16"));
  const auto noted = Done(Staff(), *Get(Staff(), IdOf(1)), "notify_parents", "2026-11-16");
  ASSERT_TRUE(noted.ok());
  v1::Decisions decisions;
  decisions.set_representations_on("2026-11-16");
  ASSERT_TRUE(Decide(Staff(), *noted, decisions, "The mother wrote a letter.").ok());
  struct Row {
    const char* who;
    access::Caller caller;
    bool sees;   // the case
    bool words;  // and what people wrote
  };
  const std::vector<Row> matrix = {
      {"own school", Staff(0), true, true},
      {"another school", Staff(1), false, false},
      {"inclusion officer", Officer(), true, true},
      {"officer of another authority", OfficerElsewhere(), false, false},
      {"manager", Manager(), true, false},
      {"Early Help", EarlyHelp(), true, false},
      {"data protection officer", ProtectionOfficer(), false, false},
      {"administrator", Administrator(), false, false},
      {"operator", Operator(), true, true},
  };
  for (const Row& row : matrix) {
    const auto got = Get(row.caller, IdOf(1));
    EXPECT_EQ(got.ok(), row.sees) << row.who;
    // Below the methods, too.
    EXPECT_EQ(Seen(row.caller, "select count(*) from exclusion"), row.sees) << row.who;
    EXPECT_EQ(Seen(row.caller, "select count(*) from clock_step") > 0, row.sees) << row.who;
    EXPECT_EQ(Seen(row.caller, "select count(*) from timeline") > 0, row.sees) << row.who;
    EXPECT_EQ(Seen(row.caller, "select count(*) from step_done") > 0, row.sees) << row.who;
    EXPECT_EQ(Seen(row.caller, "select count(*) from exclusion_words"), row.words) << row.who;
    EXPECT_EQ(Seen(row.caller, "select count(*) from timeline_note"), row.words) << row.who;
    if (!got.ok()) continue;
    EXPECT_EQ(!got->facts().evidence().empty(), row.words) << row.who;
    EXPECT_EQ(got->facts().reasons_size(), 1) << row.who;
    bool note = false;
    for (const auto& entry : Timeline(row.caller, 1)) note = note || !entry.note().empty();
    EXPECT_EQ(note, row.words) << row.who;
  }
}

TEST_F(Rights, ListsAndDeadlinesShowWhatIsTheirs) {
  Record(1, 1, Permanent("2026-11-16"));
  Record(2, 12, Suspension("2026-11-16", 4), 1);
  EXPECT_EQ(List(Staff(0)).size(), 1u);
  EXPECT_EQ(List(Staff(1)).size(), 1u);
  EXPECT_EQ(List(Officer()).size(), 2u);
  EXPECT_EQ(List(Manager()).size(), 2u);
  EXPECT_THAT(List(OfficerElsewhere()), IsEmpty());
  for (const auto& one : List(Officer())) EXPECT_EQ(one.facts().evidence(), "");
  for (const auto& one : Deadlines(Staff(1))) {
    EXPECT_EQ(one.exclusion().exclusion_id(), IdOf(2));
  }
  EXPECT_THAT(Deadlines(OfficerElsewhere()), IsEmpty());
  EXPECT_EQ(Ask<v1::ListExclusionsResponse>(Administrator(), "ListExclusions",
                                            v1::ListExclusionsRequest())
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
}

TEST_F(Rights, OnlySchoolAndInclusionTeamWriteWithinTheirScope) {
  const auto recorded = Record(1, 1, Suspension("2026-11-23", 4));
  for (const auto& caller : {Manager(), EarlyHelp(), ProtectionOfficer(), Administrator()}) {
    EXPECT_EQ(TryRecord(caller, 9, 2, Suspension("2026-11-23", 4)).status().code(),
              absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(Done(caller, recorded, "notify_parents", "2026-11-23").status().code(),
              absl::StatusCode::kPermissionDenied);
  }
  EXPECT_EQ(Done(Staff(1), recorded, "notify_parents", "2026-11-23").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(TryRecord(Staff(1), 9, 2, Suspension("2026-11-23", 4), 0).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_TRUE(TryRecord(Officer(), 9, 2, Suspension("2026-11-23", 4)).ok());
}

TEST_F(Rights, TheDatabaseHoldsTheLineByItself) {
  Record(1, 1, Permanent("2026-11-16"));
  EXPECT_TRUE(Write(Manager(), "update exclusion set half_days = 0").ok());
  EXPECT_EQ(Seen(Manager(),
                 "with w as (update exclusion set version = version + 1 returning 1)"
                 " select count(*) from w"),
            0);
  EXPECT_EQ(Seen(Staff(1),
                 "with w as (update exclusion set version = version + 1 returning 1)"
                 " select count(*) from w"),
            0);
  EXPECT_EQ(Write(Staff(), "delete from timeline").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Write(Staff(), "update exclusion_words set evidence = ''").code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Seen(Staff(), "select count(*) from pupil"), 0) << "the lock is nobody's to read";
  EXPECT_EQ(Write(Staff(), "insert into calendar values (822, 0, 202627, 9)").code(),
            absl::StatusCode::kPermissionDenied);
  storage::RowScope nobody;
  const auto row = storage::RunInTransaction(
      *pool_, nobody, storage::Deadline::After(kLimit), [&](storage::Transaction& transaction) {
        return transaction.QueryOne("select count(*) from exclusion");
      });
  EXPECT_EQ(row->Get<std::int64_t>(0), 0);
}

TEST_F(Rights, EveryReadAndWriteIsInTheAccessHistory) {
  Record(1, 1, Suspension("2026-11-23", 4));
  ASSERT_TRUE(Get(Manager(), IdOf(1)).ok());
  common::v1::ListAccessHistoryRequest request;
  request.set_pupil_id(testing::MakePupilId(1).ToString());
  const auto history =
      Ask<common::v1::ListAccessHistoryResponse>(ProtectionOfficer(), "ListAccessHistory", request);
  ASSERT_TRUE(history.ok()) << history.status();
  std::vector<std::string> told;
  for (const auto& entry : history->entries()) told.push_back(entry.role() + " " + entry.action());
  EXPECT_THAT(told, ElementsAre("manager read: exclusion", "school write: exclusion recorded"));
  EXPECT_EQ(Ask<common::v1::ListAccessHistoryResponse>(Staff(), "ListAccessHistory", request)
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
}

TEST_F(Rights, TheTransactionsOwnScopeHoldsAgainAfterASum) {
  Record(1, 5, Suspension("2026-09-07", 4), 1);
  const auto seen = storage::RunInTransaction(
      *pool_, Staff(0).ToRowScope(), storage::Deadline::After(kLimit),
      [&](storage::Transaction& transaction) -> absl::StatusOr<std::int64_t> {
        const auto ledger = Ledger::Read(transaction, {testing::MakePupilId(5)});
        if (!ledger.ok()) return ledger.status();
        EXPECT_EQ(ledger->Of(testing::MakePupilId(5)).size(), 1u);
        const auto row = transaction.QueryOne("select count(*) from exclusion");
        if (!row.ok()) return row.status();
        return row->Get<std::int64_t>(0);
      });
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(*seen, 0);
}

TEST_F(Rights, NoMethodEscapesAndNoneIsLeftOut) {
  EXPECT_TRUE(endpoint_->Check().ok()) << endpoint_->Check();
  for (const auto& method : endpoint_->methods()) {
    EXPECT_NE(method.permission, access::Permission::kAnyone) << method.name;
  }
}

}  // namespace
}  // namespace pathways::exclusions
