// The open clocks of a nation's exclusions: read with the service's own queries some schools at a
// time, every step with its date, owner and state worked out from the exclusions as kept and the
// schools' calendars; against only reading the same rows by COPY. What is computed streams through:
// one portion is in memory at a time.
#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/step_row.h"
#include "tests/bench/bench.h"
#include "tests/bench/stack.h"

namespace pathways::bench {
namespace {

using exclusions::KeptExclusion;
using exclusions::Spell;

constexpr std::int64_t kExclusions = 1'000'000;
constexpr int kSchools = 24'000;
constexpr int kFirstUrn = 900'000;
constexpr int kSchoolsAtOnce = 80;  // about as many exclusions as the service takes at once
constexpr std::chrono::minutes kPatience{10};
constexpr int kBareRuns = 3;

// 24,000 schools of 150 authorities with two years of terms, holidays and an INSET day each, and
// the exclusions of 625,000 pupils since September, so that most pupils have one and some up to
// three: suspensions of half a day to twelve days, every fortieth a permanent exclusion, some with
// representations, an examination, a board's decision or an application for review. For every
// third somebody said what was done.
constexpr const char* kFill = R"(
  set synchronous_commit = off;
  insert into calendar (la_code, urn, academic_year, version)
  select 200 + la, 0, year, 1 from generate_series(1, 150) as la, unnest(array[202627, 202728]) as year;
  insert into calendar_entry (la_code, urn, academic_year, kind, name, first_day, last_day)
  select 200 + la, 0, k.year, k.kind, k.name, k.first_day + la % 2, k.last_day
  from generate_series(1, 150) as la,
       (values (202627, 'term', 'Autumn', date '2026-09-02', date '2026-12-18'),
               (202627, 'holiday', 'Half term', date '2026-10-26', date '2026-10-30'),
               (202627, 'term', 'Spring', date '2027-01-05', date '2027-03-25'),
               (202627, 'holiday', 'Half term', date '2027-02-15', date '2027-02-19'),
               (202627, 'term', 'Summer', date '2027-04-13', date '2027-07-20'),
               (202627, 'holiday', 'Half term', date '2027-05-31', date '2027-06-04'),
               (202728, 'term', 'Autumn', date '2027-09-01', date '2027-12-17'))
         as k(year, kind, name, first_day, last_day);
  insert into calendar (la_code, urn, academic_year, version)
  select 201 + n % 150, 900000 + n, 202627, 1 from generate_series(0, 23999) as n;
  insert into calendar_entry (la_code, urn, academic_year, kind, name, first_day, last_day)
  select 201 + n % 150, 900000 + n, 202627, 'inset', 'Training', day, day
  from generate_series(0, 23999) as n, lateral (select date '2026-11-23' + n % 5 as day) as d;
  insert into pupil (pupil_id)
  select uuid('00000002-0000-4000-8000-' || lpad(n::text, 12, '0')) from generate_series(0, 624999) as n;
  insert into exclusion (exclusion_id, reference, pupil_id, urn, la_code, kind, start_date, start_session, half_days, reasons,
                         decided_on, exam_on, warnings_seen, history, sen_provision, year_group, looked_after,
                         has_social_worker, compulsory_age, no_examinations_left, state, board_told_on, representations_on,
                         board_met_on, board_decision, decision_notice_on, review_applied_on,
                         version, recorded_at, recorded_by, updated_at, updated_by)
  select uuid('00000003-0000-4000-8000-' || lpad(n::text, 12, '0')), 'EX-' || n,
         uuid('00000002-0000-4000-8000-' || lpad(pupil::text, 12, '0')), 900000 + pupil % 24000, 201 + pupil % 24000 % 150,
         case when perm then 'PERM' when n % 11 = 0 then 'LNCH' else 'SUSP' end, day,
         case when not perm and n % 11 <> 0 and n % 3 = 0 then 'PM' else 'AM' end, case when perm then 0 else 1 + n % 24 end,
         case when n % 3 = 0 then array['DB', 'VA'] else array[(array['PP', 'PA', 'VA', 'DB', 'DM', 'TH', 'BU', 'DA'])[1 + n % 8]] end,
         day, case when n % 50 = 1 then day + 3 end, false, false, case when n % 20 = 0 then 'E' when n % 7 = 0 then 'K' else 'N' end,
         (1 + n % 11)::text, n % 97 = 0, n % 31 = 0, true, false, 'recorded', day + n::integer % 2,
         case when n % 6 = 0 then day + 5 end, case when decided then day + 14 end, case when decided then 'decline' else '' end,
         case when decided then day + 15 end, case when decided and n % 160 = 0 then day + 20 end,
         1, '2026-11-20 12:00:00Z', 'person', '2026-11-20 12:00:00Z', 'person'
  from (select n, n * 7919 % 625000 as pupil, date '2026-09-07' + (n * 104729 % 70)::integer as day, n % 40 = 0 as perm,
               n % 80 = 0 as decided
        from generate_series(1::bigint, 1010000) as n) as made
  on conflict do nothing;
  insert into step_done (exclusion_id, step, urn, la_code, done_on, at_time, how, recorded_at, recorded_by)
  select exclusion_id, 'notify_parents', urn, la_code, start_date, '14:00', 'email', recorded_at, 'person'
  from exclusion where right(reference, 1) in ('1', '4', '7');
  delete from exclusion e where exclusion_id in (
    select exclusion_id from exclusion x where not exists (select from step_done d where d.exclusion_id = x.exclusion_id)
    limit (select greatest(count(*) - 1000000, 0) from exclusion));
)";

void Check(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

// What was worked out, so that nothing of it can be left out: compared with what must be there.
struct Tally {
  std::int64_t exclusions = 0;
  std::int64_t steps = 0;
  std::int64_t owed = 0;
  double reading = 0, computing = 0;  // seconds
};

class Nation {
 public:
  Nation()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                   storage::LibraryMigrations("letters"),
                   storage::ServiceMigrations("exclusions")}) {
    Script(kFill);
    // Each alone: vacuum runs in no transaction.
    for (const char* table : {"exclusion", "step_done", "pupil", "calendar_entry"}) {
      Script(std::string("vacuum analyze ") + table);
    }
    storage::PoolOptions options;
    options.uri = database_.app_uri();
    pool_ = Need(storage::Pool::Open(options));
  }

  Tally WorkOut() {
    Tally tally;
    Check(storage::RunInTransaction(*pool_, storage::RowScope::System("bench"),
                                    storage::Deadline::After(kPatience),
                                    [&](storage::Transaction& transaction) {
                                      tally = Tally();
                                      return WorkOutAll(transaction, tally);
                                    }));
    return tally;
  }

  // Bytes of both tables, read and thrown away.
  std::size_t Copy() const { return CopyOut("exclusion") + CopyOut("step_done"); }

 private:
  using Portion = std::vector<KeptExclusion>;

  void Script(const std::string& script) {
    storage::Session session = Need(storage::Session::Open(database_.admin_uri()));
    Check(session.RunScript(storage::Deadline::After(kPatience), script));
  }

  absl::Status WorkOutAll(storage::Transaction& transaction, Tally& tally) {
    for (int first = 0; first < kSchools; first += kSchoolsAtOnce) {
      Portion portion;
      exclusions::CalendarsBySchool calendars;
      tally.reading += Seconds([&] {
        const auto pupils = Need(exclusions::ExcludedBy(transaction, UrnsFrom(first)));
        portion = Need(exclusions::ReadExclusionsOf(transaction, pupils));
        calendars = Need(calendars_.Read(transaction, SchoolsOf(portion)));
      });
      tally.computing += Seconds([&] { Compute(portion, calendars, tally); });
    }
    return absl::OkStatus();
  }

  static std::vector<education::Urn> UrnsFrom(int first) {
    std::vector<education::Urn> urns;
    for (int school = first; school < first + kSchoolsAtOnce; ++school) {
      urns.push_back(*education::Urn::FromInt(kFirstUrn + school));
    }
    return urns;
  }

  static std::set<exclusions::SchoolKey> SchoolsOf(const Portion& portion) {
    std::set<exclusions::SchoolKey> schools;
    for (const KeptExclusion& kept : portion) {
      schools.insert({kept.exclusion.urn, kept.exclusion.la_code});
    }
    return schools;
  }

  // Pupil by pupil, in order of time: each clock hangs on the exclusions before it.
  static void Compute(Portion& portion, const exclusions::CalendarsBySchool& calendars,
                      Tally& tally) {
    std::ranges::sort(portion, [](const KeptExclusion& a, const KeptExclusion& b) {
      if (a.exclusion.pupil != b.exclusion.pupil) return a.exclusion.pupil < b.exclusion.pupil;
      return StartsBefore(a.exclusion, b.exclusion);
    });
    std::vector<Spell> earlier;
    const exclusions::Exclusion* before = nullptr;
    for (const KeptExclusion& kept : portion) {
      const exclusions::Exclusion& exclusion = kept.exclusion;
      if (before != nullptr && before->pupil != exclusion.pupil) earlier.clear();
      const education::SchoolCalendar& calendar = *calendars.at(exclusion.urn);
      const auto clock = exclusions::ClockOf(exclusion, earlier, calendar);
      const auto steps = exclusions::MakeSteps(exclusion, clock, calendar);
      ++tally.exclusions;
      tally.steps += static_cast<std::int64_t>(steps.size());
      tally.owed += exclusions::NextToDo(steps) != nullptr ? 1 : 0;
      earlier.push_back(clock.spell);
      before = &exclusion;
    }
  }

  std::size_t CopyOut(std::string_view table) const {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(
        PQconnectdb(database_.admin_uri().c_str()), PQfinish);
    const std::string sql = "copy " + std::string(table) + " to stdout";
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(connection.get(), sql.c_str()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_COPY_OUT)
      throw std::runtime_error(PQerrorMessage(connection.get()));
    std::size_t bytes = 0;
    char* line = nullptr;
    for (int size; (size = PQgetCopyData(connection.get(), &line, 0)) > 0;) {
      bytes += static_cast<std::size_t>(size);
      PQfreemem(line);
    }
    return bytes;
  }

  testing::TestDatabase database_;
  std::unique_ptr<storage::Pool> pool_;
  exclusions::CalendarCache calendars_;
};

std::vector<Row> Run() {
  Nation nation;
  std::vector<double> theirs;
  nation.Copy();
  for (int i = 0; i < kBareRuns; ++i) theirs.push_back(Seconds([&] { nation.Copy(); }));
  const Tally tally = nation.WorkOut();
  if (tally.exclusions != kExclusions || tally.owed == 0) {
    throw std::runtime_error(std::to_string(tally.exclusions) + " exclusions with " +
                             std::to_string(tally.owed) + " open clocks were worked out");
  }
  const std::string against = "only reading the same rows, by COPY";
  const auto rate = [](double seconds) { return static_cast<double>(kExclusions) / seconds; };
  const double bare = rate(Percentile(theirs, 0.5));
  return {Rate("clock", rate(tally.computing), "clocks/s", against, bare),
          Rate("clock-read-and-compute", rate(tally.reading + tally.computing), "clocks/s", against,
               bare)};
}

}  // namespace

Benchmark Clock() {
  return {"clock",
          "a nation's million open clocks from the exclusions as kept and the schools' calendars",
          Run};
}

}  // namespace pathways::bench
