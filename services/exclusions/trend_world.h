// What the integration tests of trends share: the service's database, schools with their rolls as
// the registry's events would bring them, and exclusions recorded through the ledger. Included by
// tests only.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/service/calling.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/common/v1/import.pb.h"
#include "pathways/exclusions/v1/trends.pb.h"
#include "services/exclusions/api/trends_api.h"
#include "services/exclusions/domain/trend.h"
#include "services/exclusions/reactions/trend_upkeep.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/ledger.h"
#include "services/exclusions/store/trend_cells.h"

namespace pathways::exclusions {

using namespace std::chrono_literals;
using education::Day;
using storage::Transaction;

class TrendTest : public ::testing::Test {
 protected:
  // Two schools of Bedford and one of Central Bedfordshire.
  static constexpr int kFirst = 0, kSecond = 1, kElsewhere = 6;

  TrendTest()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                   storage::LibraryMigrations("letters"),
                   storage::ServiceMigrations("exclusions")}),
        clock_(Day(2026y / 11 / 24)),
        outbox_(ids_, clock_, "/pathways/exclusions") {
    storage::PoolOptions options;
    options.uri = database_.app_uri();
    auto pool = storage::Pool::Open(options);
    EXPECT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
    upkeep_ = std::make_unique<TrendUpkeep>(*pool_, clock_);
    endpoint_ = std::make_unique<service::Endpoint>(TrendsEndpoint({pool_.get(), &clock_}));
    PutSchool(kFirst, "State-funded secondary", "North");
    PutSchool(kSecond, "State-funded primary", "South");
    PutSchool(kElsewhere, "State-funded primary", "");
  }

  static SchoolKey School(int number) {
    const auto made = testing::MakeSchool(number);
    return {made.urn, made.la_code};
  }
  static std::int32_t UrnOf(int school) { return School(school).urn.value(); }

  void AsSystem(const std::function<absl::Status(Transaction&)>& work) {
    storage::RowScope scope = storage::RowScope::System("test");
    scope.trace_id = std::string(32, 'a');
    const auto status = storage::RunInTransaction(
        *pool_, scope, storage::Deadline::After(std::chrono::seconds(20)), work);
    EXPECT_TRUE(status.ok()) << status;
  }

  void PutSchool(int number, const std::string& phase, const std::string& locality) {
    AsSystem([&](Transaction& transaction) {
      return PutSchools(transaction, std::vector<SchoolRow>{{School(number), phase, locality}});
    });
  }

  // Pupil number `pupil` on a roll from a day on, for good.
  void Enrol(int pupil, int school, Day entry, bool main = true) {
    AsSystem([&](Transaction& transaction) {
      return PutEnrolments(
          transaction, std::vector<EnrolmentRow>{{.school = School(school),
                                                  .enrolment = education::EnrolmentId::New(ids_),
                                                  .pupil = testing::MakePupilId(pupil),
                                                  .entry = entry,
                                                  .leaving = {},
                                                  .main = main}});
    });
  }

  struct Values {
    std::string sen = "N";
    std::string sex = "M";
    std::string year_group = "8";
    bool disadvantaged = false;
    bool looked_after = false;
  };
  // The values, and what the reaction does about them: the pupil's exclusions are worked out anew.
  void Describe(int pupil, const Values& values, std::optional<Day> from = {}) {
    AsSystem([&](Transaction& transaction) -> absl::Status {
      const auto id = testing::MakePupilId(pupil);
      const CharacteristicsRow row{id,
                                   from,
                                   {.sen_provision = *education::ParseSenProvision(values.sen),
                                    .sex = *education::ParseSex(values.sex),
                                    .year_group = *education::YearGroup::Parse(values.year_group),
                                    .pupil_premium = values.disadvantaged,
                                    .free_school_meals = {},
                                    .english_additional_language = {},
                                    .looked_after = values.looked_after}};
      if (auto status = PutCharacteristics(transaction, std::span(&row, 1)); !status.ok()) {
        return status;
      }
      auto ledger = Ledger::Open(transaction, {id});
      if (!ledger.ok()) return ledger.status();
      return Save(transaction, *ledger);
    });
  }

  ExclusionId Exclude(int pupil, int school, Kind kind, Day start, int half_days,
                      const std::vector<std::string>& reasons = {"PP"}) {
    const ExclusionId id = ExclusionId::New(ids_);
    AsSystem([&](Transaction& transaction) -> absl::Status {
      auto ledger = Ledger::Open(transaction, {testing::MakePupilId(pupil)});
      if (!ledger.ok()) return ledger.status();
      const SchoolKey key = School(school);
      LedgerEntry& entry = ledger->Add({.exclusion = {.id = id,
                                                      .pupil = testing::MakePupilId(pupil),
                                                      .urn = key.urn,
                                                      .la_code = key.la_code,
                                                      .kind = kind,
                                                      .start = start,
                                                      .half_days = HalfDays::Of(half_days),
                                                      .reasons = Reasons::Parse(reasons).value(),
                                                      .decided_on = start},
                                        .recorded_at = clock_.Now(),
                                        .recorded_by = "somebody",
                                        .updated_at = clock_.Now(),
                                        .updated_by = "somebody"});
      if (auto status = AssignReferences(transaction, ids_, {&entry}); !status.ok()) return status;
      return Save(transaction, *ledger);
    });
    return id;
  }
  ExclusionId Suspend(int pupil, int school, Day start, int half_days = 2) {
    return Exclude(pupil, school, Kind::kSuspension, start, half_days);
  }

  void Change(int pupil, const ExclusionId& id, const std::function<void(Exclusion&)>& change) {
    AsSystem([&](Transaction& transaction) -> absl::Status {
      auto ledger = Ledger::Open(transaction, {testing::MakePupilId(pupil)});
      if (!ledger.ok()) return ledger.status();
      LedgerEntry* entry = ledger->Find(id);
      if (entry == nullptr) return absl::NotFoundError("there is no such exclusion");
      entry->touched = true;
      ++entry->kept.version;
      change(entry->kept.exclusion);
      return Save(transaction, *ledger);
    });
  }
  void End(int pupil, const ExclusionId& id, State state, Day on) {
    Change(pupil, id, [&](Exclusion& exclusion) {
      exclusion.state = state;
      exclusion.ended_on = on;
    });
  }

  void Rebuild() {
    AsSystem([](Transaction& transaction) { return RebuildTrend(transaction); });
  }
  void Upkeep() {
    const auto status = upkeep_->Run();
    EXPECT_TRUE(status.ok()) << status;
  }

  storage::Rows Query(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    EXPECT_TRUE(session.ok()) << session.status();
    auto rows = session->Query(storage::Deadline::After(std::chrono::seconds(10)), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return *rows;
  }
  // All that is kept, as text, noughts left out.
  std::vector<std::string> Kept() {
    std::vector<std::string> lines;
    for (const auto& row :
         Query("select trend_cell::text from trend_cell"
               " where (suspensions, half_days, pupils, permanent) <> (0, 0, 0, 0)"
               " union all select trend_case::text from trend_case order by 1")) {
      lines.push_back(row.Get<std::string>(0));
    }
    return lines;
  }

  static access::Caller CallerWith(access::Role role, access::Scope scope) {
    access::Caller caller;
    caller.person = testing::MakePersonId(1);
    caller.roles = {role};
    caller.scope = std::move(scope);
    return caller;
  }
  static access::Caller Manager() {
    access::Scope scope;
    scope.authorities = {School(kFirst).la_code};
    return CallerWith(access::Role::kManager, scope);
  }
  static access::Caller Staff(int school) {
    access::Scope scope;
    scope.schools = {School(school).urn};
    return CallerWith(access::Role::kSchool, scope);
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(std::string_view method, const access::Caller& caller,
                               const Request& request) {
    Response response;
    const auto status = service::CallUnary(*endpoint_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  absl::StatusOr<v1::GetTrendResponse> Get(const access::Caller& caller,
                                           const v1::GetTrendRequest& request) {
    return Ask<v1::GetTrendResponse>("GetTrend", caller, request);
  }

  testing::TestDatabase database_;
  education::FixedClock clock_;
  education::RandomIdSource ids_;
  events::Outbox outbox_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<TrendUpkeep> upkeep_;
  std::unique_ptr<service::Endpoint> endpoint_;

 private:
  absl::Status Save(Transaction& transaction, Ledger& ledger) {
    auto calendars = ReadCalendars(transaction, ledger.Schools());
    if (!calendars.ok()) return calendars.status();
    return ledger.Save(transaction, {.outbox = &outbox_,
                                     .now = clock_.Now(),
                                     .today = clock_.Today(),
                                     .calendars = *std::move(calendars),
                                     .access = {"test", "", ""},
                                     .access_detail = "test"});
  }
};

}  // namespace pathways::exclusions
