// An authority's five years of exclusions with all breakdowns, asked over gRPC with rights and
// row-level security while a million suspensions lie behind them; against the same grouped in SQL
// over one flat, indexed table of them.
#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/education/clock.h"
#include "libs/service/test_server.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"
#include "pathways/exclusions/v1/trends.pb.h"
#include "services/exclusions/api/trends_api.h"
#include "services/exclusions/reactions/trend_upkeep.h"
#include "tests/bench/bench.h"
#include "tests/bench/stack.h"

namespace pathways::bench {
namespace {

using exclusions::v1::GetTrendRequest;
using exclusions::v1::GetTrendResponse;

constexpr int kCalls = 500;
constexpr int kWarmingUp = 50;
constexpr int kQueries = 5;
constexpr std::int64_t kSuspensions = 1'000'000;
constexpr std::chrono::minutes kPatience{10};

// A hundred schools of eight localities, 250,000 pupils on roll for six years, and a suspension
// every few minutes of five school years, every hundredth a permanent exclusion besides. Spread by
// multiplying with primes, so that every run has the same.
constexpr const char* kFill = R"(
  set synchronous_commit = off;
  insert into school (la_code, urn, phase, locality)
  select 822, 900000 + n, case when n % 4 = 0 then 'State-funded secondary' else 'State-funded primary' end,
         'Locality ' || n % 8
  from generate_series(0, 99) as n;
  insert into enrolment (la_code, urn, enrolment_id, pupil_id, entry_date)
  select 822, 900000 + n % 100, uuid('00000001-0000-4000-8000-' || lpad(n::text, 12, '0')),
         uuid('00000002-0000-4000-8000-' || lpad(n::text, 12, '0')), '2021-09-01'
  from generate_series(1, 250000) as n;
  insert into characteristics (pupil_id, valid_from, sen_provision, sex, year_group, pupil_premium, looked_after)
  select uuid('00000002-0000-4000-8000-' || lpad(n::text, 12, '0')), '-infinity',
         case when n % 20 = 0 then 'E' when n % 7 = 0 then 'K' else 'N' end, case when n % 2 = 0 then 'F' else 'M' end,
         (1 + n * 7919 % 13)::text, n % 4 = 0, n % 97 = 0
  from generate_series(1, 250000) as n;
  insert into exclusion (exclusion_id, reference, pupil_id, urn, la_code, kind, start_date, start_session, half_days, reasons,
                         decided_on, warnings_seen, history, has_social_worker, compulsory_age, no_examinations_left, state,
                         version, recorded_at, recorded_by, updated_at, updated_by)
  select uuid('00000003-0000-4000-8000-' || lpad(n::text, 12, '0')), 'EX-' || n,
         uuid('00000002-0000-4000-8000-' || lpad(pupil::text, 12, '0')), 900000 + pupil % 100, 822,
         case when n > 1000000 then 'PERM' else 'SUSP' end, day, 'AM',
         case when n > 1000000 then 0 else 1 + n % 9 end,
         case when n % 3 = 0 then array['DB', 'VA'] else array[(array['PP', 'PA', 'VA', 'DB', 'DM', 'TH', 'BU', 'DA'])[1 + n % 8]] end,
         day, false, false, false, true, false, 'recorded', 1, now(), '', now(), ''
  from (select n, 1 + n * 7919 % 250000 as pupil, date '2022-09-01' + (n * 104729 % 1540)::integer as day
        from generate_series(1::bigint, 1010000) as n) as made
  on conflict do nothing;
)";

constexpr storage::Sql kGrouped = R"(
  select academic_year, urn, locality, phase, year_group, sen_provision, disadvantaged, sex, looked_after, null as reason,
         grouping(urn, locality, phase, year_group, sen_provision, disadvantaged, sex, looked_after),
         count(*) filter (where kind <> 'PERM'), sum(half_days), count(distinct pupil_id) filter (where kind <> 'PERM'),
         count(*) filter (where kind = 'PERM')
  from trend_case where la_code = 822 and academic_year between 202223 and 202627
  group by academic_year, grouping sets ((), (urn), (locality), (phase), (year_group), (sen_provision), (disadvantaged), (sex),
                                         (looked_after))
  union all
  select academic_year, null, null, null, null, null, null, null, null, reason, 0,
         count(*) filter (where kind <> 'PERM'), sum(half_days), count(distinct pupil_id) filter (where kind <> 'PERM'),
         count(*) filter (where kind = 'PERM')
  from trend_case cross join lateral unnest(reasons) as r(reason)
  where la_code = 822 and academic_year between 202223 and 202627
  group by academic_year, reason)";

void Check(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// The service's trends on a database of their own, and a manager who asks.
class TrendWorld {
 public:
  TrendWorld()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                   storage::LibraryMigrations("letters"),
                   storage::ServiceMigrations("exclusions")}),
        clock_(education::Day(std::chrono::year(2026) / 11 / 24)) {
    Script(kFill);
    storage::PoolOptions options;
    options.uri = database_.app_uri();
    pool_ = Need(storage::Pool::Open(options));
    Check(exclusions::TrendUpkeep(*pool_, clock_).Run());
    // Each alone: vacuum runs in no transaction.
    for (const char* table : {"trend_case", "trend_cell", "trend_headcount"}) {
      Script(std::string("vacuum analyze ") + table);
    }
    server_ = std::make_unique<service::TestServer>(
        std::vector{exclusions::TrendsEndpoint({pool_.get(), &clock_})});
    client_ = server_->ClientOf("pathways.exclusions.v1.TrendsService");
    access::Scope scope;
    scope.authorities = {*education::LaCode::FromInt(822)};
    manager_ = access::MakeCaller(access::Role::kManager, 1, scope);
    for (int by = exclusions::v1::BREAKDOWN_TOTAL; by <= exclusions::v1::BREAKDOWN_LOOKED_AFTER;
         ++by) {
      request_.add_by(static_cast<exclusions::v1::Breakdown>(by));
    }
  }

  GetTrendResponse Ask() {
    return Need(client_->Call<GetTrendRequest, GetTrendResponse>("GetTrend", request_,
                                                                 server_->As(manager_)));
  }
  std::size_t Group(storage::Session& session) {
    return Need(session.Query(storage::Deadline::After(kPatience), kGrouped)).size();
  }
  storage::Session Open() { return Need(storage::Session::Open(database_.admin_uri())); }

 private:
  void Script(const std::string& script) {
    Check(Open().RunScript(storage::Deadline::After(kPatience), script));
  }

  testing::TestDatabase database_;
  education::FixedClock clock_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<service::TestServer> server_;
  std::unique_ptr<service::Client> client_;
  access::Caller manager_;
  GetTrendRequest request_;
};

std::int64_t SuspensionsIn(const GetTrendResponse& response) {
  std::int64_t sum = 0;
  for (const auto& point : response.series(0).points()) sum += point.suspensions().count();
  return sum;
}

std::vector<Row> Run() {
  TrendWorld world;
  const std::int64_t behind = SuspensionsIn(world.Ask());
  if (behind < kSuspensions * 99 / 100) {
    throw std::runtime_error("only " + std::to_string(behind) +
                             " suspensions are behind the trend");
  }
  for (int i = 0; i < kWarmingUp; ++i) world.Ask();
  std::vector<double> ours, theirs;
  for (int i = 0; i < kCalls; ++i) ours.push_back(1e3 * Seconds([&] { world.Ask(); }));
  storage::Session session = world.Open();
  world.Group(session);
  for (int i = 0; i < kQueries; ++i) {
    theirs.push_back(1e3 * Seconds([&] { world.Group(session); }));
  }
  const std::string against = "the same grouped in SQL over one flat table";
  const double theirs_p50 = Percentile(theirs, 0.5);
  return {Time("exclusions-trend p50", Percentile(ours, 0.5), "ms", against, theirs_p50),
          Time("exclusions-trend p99", Percentile(ours, 0.99), "ms", against,
               Percentile(theirs, 0.99))};
}

}  // namespace

Benchmark ExclusionsTrend() {
  return {"exclusions-trend",
          "an authority's five years with all breakdowns, a million suspensions behind them", Run};
}

}  // namespace pathways::bench
