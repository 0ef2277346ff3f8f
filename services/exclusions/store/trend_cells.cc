#include "services/exclusions/store/trend_cells.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "libs/education/academic_year.h"
#include "libs/storage/sql.h"
#include "services/exclusions/domain/trend.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::Day;
using education::LaCode;
using education::PupilId;
using education::Urn;
using storage::Row;
using storage::Sql;
using storage::Transaction;

// Lets a rebuild finish first, so that what is read next is what it made.
constexpr Sql kWaitForRebuild = "lock table trend_case in row exclusive mode";

constexpr Sql kKept = R"(
  select exclusion_id, pupil_id, la_code, urn, phase, locality, kind, start_date, half_days, reasons,
         year_group, sen_provision, disadvantaged, sex, looked_after
  from trend_case where pupil_id = any($1::uuid[]) order by pupil_id, exclusion_id)";

// What is recorded about school and pupil, by the place in the arrays.
constexpr Sql kRecorded = R"(
  select coalesce(s.phase, '') as phase, coalesce(s.locality, '') as locality,
         coalesce(c.year_group, '') as year_group, coalesce(c.sen_provision, '') as sen_provision,
         coalesce(c.sex, '') as sex,
         case when c.pupil_premium then 'Y' when not c.pupil_premium then 'N' else '' end as disadvantaged,
         case when c.looked_after then 'Y' when not c.looked_after then 'N' else '' end as looked_after
  from unnest($1::uuid[], $2::int[], $3::date[]) with ordinality as k(pupil_id, urn, start_date, place)
  left join school s on s.urn = k.urn
  left join lateral (select * from characteristics c
                     where c.pupil_id = k.pupil_id and c.valid_from <= k.start_date
                     order by c.valid_from desc limit 1) c on true
  order by k.place)";

constexpr Sql kForget = "delete from trend_case where exclusion_id = any($1::uuid[])";

constexpr Sql kRemember = R"(
  insert into trend_case (exclusion_id, pupil_id, la_code, urn, phase, locality, kind, start_date, academic_year, term,
                          half_days, reasons, year_group, sen_provision, disadvantaged, sex, looked_after)
  select k.exclusion_id, k.pupil_id, k.la_code, k.urn, k.phase, k.locality, k.kind, k.start_date, k.academic_year, k.term,
         k.half_days, string_to_array(k.reasons, ' '), k.year_group, k.sen_provision, k.disadvantaged, k.sex, k.looked_after
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::date[], $9::int[],
              $10::smallint[], $11::int[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
    as k(exclusion_id, pupil_id, la_code, urn, phase, locality, kind, start_date, academic_year, term, half_days, reasons,
         year_group, sen_provision, disadvantaged, sex, looked_after))";

// In the order of the arrays.
constexpr Sql kAdd = R"(
  insert into trend_cell (la_code, place_kind, place, breakdown, academic_year, term, value,
                          suspensions, half_days, pupils, permanent)
  select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[], $6::smallint[], $7::text[],
                       $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
  on conflict (la_code, place_kind, place, breakdown, academic_year, term, value) do update
  set suspensions = trend_cell.suspensions + excluded.suspensions, half_days = trend_cell.half_days + excluded.half_days,
      pupils = trend_cell.pupils + excluded.pupils, permanent = trend_cell.permanent + excluded.permanent)";

constexpr Sql kLockForRebuild = "lock table trend_case, trend_cell in share row exclusive mode";
constexpr Sql kClearCells = "delete from trend_cell";
constexpr Sql kClearCases = "delete from trend_case";
constexpr Sql kSpan = "select min(start_date) as first, max(start_date) as last from exclusion";

// CountsInStatistics, in sets.
constexpr Sql kBuildCases = R"(
  insert into trend_case (exclusion_id, pupil_id, la_code, urn, phase, locality, kind, start_date, academic_year, term,
                          half_days, reasons, year_group, sen_provision, disadvantaged, sex, looked_after)
  select e.exclusion_id, e.pupil_id, e.la_code, e.urn, coalesce(s.phase, ''), coalesce(s.locality, ''), e.kind, e.start_date,
         y.code, case when e.start_date <= y.autumn_last then 1 when e.start_date <= y.spring_last then 2 else 3 end,
         e.half_days, e.reasons, coalesce(c.year_group, ''), coalesce(c.sen_provision, ''),
         case when c.pupil_premium then 'Y' when not c.pupil_premium then 'N' else '' end, coalesce(c.sex, ''),
         case when c.looked_after then 'Y' when not c.looked_after then 'N' else '' end
  from exclusion e
  join unnest($1::int[], $2::date[], $3::date[], $4::date[], $5::date[]) as y(code, first, autumn_last, spring_last, last)
    on e.start_date between y.first and y.last
  left join school s on s.urn = e.urn
  left join lateral (select * from characteristics c
                     where c.pupil_id = e.pupil_id and c.valid_from <= e.start_date
                     order by c.valid_from desc limit 1) c on true
  where case when e.kind = 'PERM' then e.state = 'recorded'
             else e.state <> 'withdrawn' and (e.state <> 'cancelled' or e.ended_on >= e.start_date) end)";

// Sorting every case some seventy ways is what a rebuild is; for the transaction.
constexpr Sql kRoomToSort = "set local work_mem = '64MB'";

// One year's cells but those of reasons. A school, locality and phase are both a place and a
// breakdown of the authority: as places they are other expressions, so that the two are told apart.
constexpr Sql kBuildCells = R"(
  insert into trend_cell (la_code, place_kind, place, breakdown, academic_year, term, value,
                          suspensions, half_days, pupils, permanent)
  select la_code,
         case when grouping(in_school) = 0 then 'school' when grouping(in_locality) = 0 then 'locality'
              when grouping(in_phase) = 0 then 'phase' else 'authority' end,
         case when grouping(in_school) = 0 then in_school when grouping(in_locality) = 0 then in_locality
              when grouping(in_phase) = 0 then in_phase else '' end,
         case when grouping(urn) = 0 then 'school' when grouping(locality) = 0 then 'locality'
              when grouping(phase) = 0 then 'phase' when grouping(year_group) = 0 then 'year_group'
              when grouping(sen_provision) = 0 then 'sen_provision' when grouping(disadvantaged) = 0 then 'disadvantaged'
              when grouping(sex) = 0 then 'sex' when grouping(looked_after) = 0 then 'looked_after' else 'total' end,
         academic_year, case when grouping(term) = 0 then term else 0 end,
         case when grouping(urn) = 0 then urn::text when grouping(locality) = 0 then locality
              when grouping(phase) = 0 then phase when grouping(year_group) = 0 then year_group
              when grouping(sen_provision) = 0 then sen_provision when grouping(disadvantaged) = 0 then disadvantaged
              when grouping(sex) = 0 then sex when grouping(looked_after) = 0 then looked_after else '' end,
         count(*) filter (where kind <> 'PERM'), sum(half_days),
         count(distinct pupil_id) filter (where kind <> 'PERM'), count(*) filter (where kind = 'PERM')
  from (select *, '' || urn as in_school, '' || locality as in_locality, '' || phase as in_phase
        from trend_case where academic_year = $1) as c
  group by la_code, academic_year, grouping sets ((), (term)),
           grouping sets ((), (in_school), (in_locality), (in_phase)),
           grouping sets ((), (urn), (locality), (phase), (year_group), (sen_provision), (disadvantaged), (sex), (looked_after))
  having (grouping(urn) = 1 or grouping(in_school) = 1)
     and (grouping(locality, phase) = 3 or grouping(in_school, in_locality, in_phase) = 7))";

constexpr Sql kBuildReasonCells = R"(
  insert into trend_cell (la_code, place_kind, place, breakdown, academic_year, term, value,
                          suspensions, half_days, pupils, permanent)
  select la_code,
         case when grouping(urn) = 0 then 'school' when grouping(locality) = 0 then 'locality'
              when grouping(phase) = 0 then 'phase' else 'authority' end,
         case when grouping(urn) = 0 then urn::text when grouping(locality) = 0 then locality
              when grouping(phase) = 0 then phase else '' end,
         'reason', academic_year, case when grouping(term) = 0 then term else 0 end, reason,
         count(*) filter (where kind <> 'PERM'), sum(half_days),
         count(distinct pupil_id) filter (where kind <> 'PERM'), count(*) filter (where kind = 'PERM')
  from trend_case cross join lateral unnest(reasons) as r(reason)
  where academic_year = $1
  group by la_code, academic_year, reason, grouping sets ((), (term)),
           grouping sets ((), (urn), (locality), (phase)))";

constexpr Sql kOfChangedSchools = R"(
  select distinct c.pupil_id
  from school s join trend_case c on c.urn = s.urn
  where (c.phase, c.locality) <> (s.phase, s.locality)
  order by c.pupil_id limit $1)";

constexpr Sql kMissing = R"(
  select exists (select from exclusion where state = 'recorded') and not exists (select from trend_case) as missing)";

using CasesByPupil = std::map<PupilId, std::vector<TrendCase>>;

TrendPupil ReadPupil(const Row& row) {
  return {.year_group = row.Get<std::string>("year_group"),
          .sen_provision = row.Get<std::string>("sen_provision"),
          .disadvantaged = row.Get<std::string>("disadvantaged"),
          .sex = row.Get<std::string>("sex"),
          .looked_after = row.Get<std::string>("looked_after")};
}

absl::StatusOr<CasesByPupil> ReadKept(Transaction& transaction,
                                      const std::vector<PupilId>& pupils) {
  auto rows = transaction.Query(kKept, pupils);
  if (!rows.ok()) return rows.status();
  CasesByPupil cases;
  for (const Row& row : *rows) {
    auto kind = ParseKind(row.Get<std::string>("kind"));
    if (!kind.ok()) return kind.status();
    const auto pupil = row.Get<PupilId>("pupil_id");
    cases[pupil].push_back({.id = row.Get<ExclusionId>("exclusion_id"),
                            .pupil = pupil,
                            .la_code = row.Get<LaCode>("la_code"),
                            .urn = row.Get<Urn>("urn"),
                            .phase = row.Get<std::string>("phase"),
                            .locality = row.Get<std::string>("locality"),
                            .kind = *kind,
                            .start = row.Get<Day>("start_date"),
                            .half_days = row.Get<std::int32_t>("half_days"),
                            .reasons = row.Get<std::vector<std::string>>("reasons"),
                            .then = ReadPupil(row)});
  }
  return cases;
}

std::vector<const Exclusion*> Counted(const std::vector<const Exclusion*>& exclusions) {
  std::vector<const Exclusion*> counted;
  for (const Exclusion* exclusion : exclusions) {
    if (CountsInStatistics(*exclusion)) counted.push_back(exclusion);
  }
  return counted;
}

absl::StatusOr<CasesByPupil> MakeCases(Transaction& transaction,
                                       const std::vector<const Exclusion*>& counted) {
  std::vector<PupilId> pupil;
  std::vector<Urn> urn;
  std::vector<Day> start;
  for (const Exclusion* exclusion : counted) {
    pupil.push_back(exclusion->pupil);
    urn.push_back(exclusion->urn);
    start.push_back(exclusion->start);
  }
  auto rows = transaction.Query(kRecorded, pupil, urn, start);
  if (!rows.ok()) return rows.status();
  CasesByPupil cases;
  std::size_t at = 0;
  for (const Row& row : *rows) {
    const Exclusion& e = *counted[at++];
    cases[e.pupil].push_back({.id = e.id,
                              .pupil = e.pupil,
                              .la_code = e.la_code,
                              .urn = e.urn,
                              .phase = row.Get<std::string>("phase"),
                              .locality = row.Get<std::string>("locality"),
                              .kind = e.kind,
                              .start = e.start,
                              .half_days = e.half_days.count(),
                              .reasons = e.reasons.ToCodes(),
                              .then = ReadPupil(row)});
  }
  return cases;
}

// What is to be written.
struct Change {
  std::vector<ExclusionId> forget;
  std::vector<const TrendCase*> remember;
  TrendCells cells;
};

Change Compare(const std::vector<PupilId>& pupils, CasesByPupil& before, CasesByPupil& after) {
  Change change;
  for (const PupilId& pupil : pupils) {
    std::map<ExclusionId, const TrendCase*> was, is;
    for (const TrendCase& c : before[pupil]) was.emplace(c.id, &c);
    for (const TrendCase& c : after[pupil]) is.emplace(c.id, &c);
    bool changed = false;
    for (const auto& [id, c] : was) {
      const auto now = is.find(id);
      if (now != is.end() && *now->second == *c) continue;
      change.forget.push_back(id);
      changed = true;
    }
    for (const auto& [id, c] : is) {
      const auto then = was.find(id);
      if (then != was.end() && *then->second == *c) continue;
      change.remember.push_back(c);
      changed = true;
    }
    if (changed) AddDifference(before[pupil], after[pupil], &change.cells);
  }
  return change;
}

absl::Status Remember(Transaction& transaction, const std::vector<const TrendCase*>& cases) {
  std::vector<ExclusionId> id;
  std::vector<PupilId> pupil;
  std::vector<LaCode> la_code;
  std::vector<Urn> urn;
  std::vector<std::string> phase, locality, kind, reasons, year_group, sen, disadvantaged, sex,
      looked_after;
  std::vector<Day> start;
  std::vector<std::int32_t> year, half_days;
  std::vector<std::int16_t> term;
  for (const TrendCase* c : cases) {
    id.push_back(c->id);
    pupil.push_back(c->pupil);
    la_code.push_back(c->la_code);
    urn.push_back(c->urn);
    phase.push_back(c->phase);
    locality.push_back(c->locality);
    kind.emplace_back(KindCode(c->kind));
    start.push_back(c->start);
    year.push_back(YearCode(AcademicYear::Of(c->start)));
    term.push_back(static_cast<std::int16_t>(SchoolTermOf(c->start)));
    half_days.push_back(c->half_days);
    std::string codes;
    for (const std::string& reason : c->reasons) codes += (codes.empty() ? "" : " ") + reason;
    reasons.push_back(std::move(codes));
    year_group.push_back(c->then.year_group);
    sen.push_back(c->then.sen_provision);
    disadvantaged.push_back(c->then.disadvantaged);
    sex.push_back(c->then.sex);
    looked_after.push_back(c->then.looked_after);
  }
  return transaction
      .Execute(kRemember, id, pupil, la_code, urn, phase, locality, kind, start, year, term,
               half_days, reasons, year_group, sen, disadvantaged, sex, looked_after)
      .status();
}

absl::Status Add(Transaction& transaction, const TrendCells& cells) {
  std::vector<LaCode> la_code;
  std::vector<std::string> place_kind, place, breakdown, value;
  std::vector<std::int32_t> year;
  std::vector<std::int16_t> term;
  std::vector<std::int64_t> suspensions, half_days, pupils, permanent;
  for (const auto& [cell, counts] : cells) {
    if (counts.is_zero()) continue;
    la_code.push_back(cell.la_code);
    place_kind.emplace_back(PlaceKindName(cell.place.kind));
    place.push_back(cell.place.name);
    breakdown.emplace_back(BreakdownName(cell.breakdown));
    year.push_back(YearCode(cell.year));
    term.push_back(static_cast<std::int16_t>(cell.term));
    value.push_back(cell.value);
    suspensions.push_back(counts.suspensions);
    half_days.push_back(counts.half_days);
    pupils.push_back(counts.pupils);
    permanent.push_back(counts.permanent);
  }
  if (la_code.empty()) return absl::OkStatus();
  return transaction
      .Execute(kAdd, la_code, place_kind, place, breakdown, year, term, value, suspensions,
               half_days, pupils, permanent)
      .status();
}

// The academic years from the first to the last exclusion, as arrays of their days.
struct Years {
  std::vector<std::int32_t> code;
  std::vector<Day> first, autumn_last, spring_last, last;
};
Years YearsBetween(Day from, Day to) {
  Years years;
  for (AcademicYear year = AcademicYear::Of(from); year.first() <= to; year = year.Next()) {
    years.code.push_back(YearCode(year));
    years.first.push_back(year.first());
    years.autumn_last.push_back(LastDayOf(year, SchoolTerm::kAutumn));
    years.spring_last.push_back(LastDayOf(year, SchoolTerm::kSpring));
    years.last.push_back(year.last());
  }
  return years;
}

}  // namespace

absl::Status KeepTrend(Transaction& transaction, const std::vector<PupilId>& pupils,
                       const std::vector<const Exclusion*>& exclusions) {
  if (auto status = transaction.Execute(kWaitForRebuild).status(); !status.ok()) return status;
  auto before = ReadKept(transaction, pupils);
  if (!before.ok()) return before.status();
  auto after = MakeCases(transaction, Counted(exclusions));
  if (!after.ok()) return after.status();
  const Change change = Compare(pupils, *before, *after);
  if (!change.forget.empty()) {
    const auto status = transaction.Execute(kForget, change.forget).status();
    if (!status.ok()) return status;
  }
  if (!change.remember.empty()) {
    if (auto status = Remember(transaction, change.remember); !status.ok()) return status;
  }
  return Add(transaction, change.cells);
}

absl::Status RebuildTrend(Transaction& transaction) {
  for (const Sql sql : {kRoomToSort, kLockForRebuild, kClearCells, kClearCases}) {
    if (auto status = transaction.Execute(sql).status(); !status.ok()) return status;
  }
  auto span = transaction.QueryOne(kSpan);
  if (!span.ok()) return span.status();
  const auto first = span->GetOptional<Day>("first");
  if (!first) return absl::OkStatus();
  const Years years = YearsBetween(*first, span->Get<Day>("last"));
  auto status = transaction
                    .Execute(kBuildCases, years.code, years.first, years.autumn_last,
                             years.spring_last, years.last)
                    .status();
  for (const std::int32_t year : years.code) {
    if (status.ok()) status = transaction.Execute(kBuildCells, year).status();
    if (status.ok()) status = transaction.Execute(kBuildReasonCells, year).status();
  }
  return status;
}

absl::StatusOr<std::vector<PupilId>> PupilsOfChangedSchools(Transaction& transaction, int limit) {
  auto rows = transaction.Query(kOfChangedSchools, limit);
  if (!rows.ok()) return rows.status();
  std::vector<PupilId> pupils;
  for (const Row& row : *rows) pupils.push_back(row.Get<PupilId>("pupil_id"));
  return pupils;
}

absl::StatusOr<bool> TrendIsMissing(Transaction& transaction) {
  auto row = transaction.QueryOne(kMissing);
  if (!row.ok()) return row.status();
  return row->Get<bool>("missing");
}

}  // namespace pathways::exclusions
