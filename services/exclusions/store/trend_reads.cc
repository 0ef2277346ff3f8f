#include "services/exclusions/store/trend_reads.h"

#include <string_view>
#include <utility>

#include "libs/storage/sql.h"

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

constexpr Sql kCells = R"(
  select breakdown, academic_year, term, value, suspensions, half_days, pupils, permanent
  from trend_cell
  where la_code = $1 and place_kind = $2 and place = $3 and breakdown = any($4::text[])
    and academic_year between $5 and $6 and (term > 0) = $7)";

constexpr Sql kHeadcounts = R"(
  select breakdown, academic_year, value, pupils
  from trend_headcount
  where la_code = $1 and place_kind = $2 and place = $3 and breakdown = any($4::text[])
    and academic_year between $5 and $6)";

constexpr Sql kRollDays = R"(
  select r.academic_year, r.counted_on
  from trend_roll r
  where r.la_code = $1 and r.academic_year between $2 and $3
    and exists (select from trend_headcount h
                where h.la_code = r.la_code and h.place_kind = 'authority' and h.place = '' and h.breakdown = 'total'
                  and h.academic_year = r.academic_year))";

constexpr Sql kFirstRecorded = R"(
  select academic_year from trend_cell
  where la_code = $1 and place_kind = 'authority' and place = '' and breakdown = 'total' and term = 0
    and (suspensions > 0 or permanent > 0)
  order by academic_year limit 1)";

constexpr Sql kSchools = R"(
  select urn, la_code, phase, locality from school where urn = any($1::int[]) order by urn)";

constexpr Sql kAuthorities = "select distinct la_code from school order by la_code";

constexpr Sql kCases = R"(
  select c.exclusion_id, e.reference, c.pupil_id, c.urn, c.la_code, c.kind, c.start_date, c.half_days, c.reasons,
         e.import_id, e.import_row, e.recorded_by, e.recorded_at, count(*) over () as total
  from trend_case c
  join exclusion e on e.exclusion_id = c.exclusion_id
  where c.la_code = $1 and c.academic_year = $4 and ($5 = 0 or c.term = $5)
    and case $2 when 'school' then c.urn::text = $3 when 'locality' then c.locality = $3
                when 'phase' then c.phase = $3 else true end
    and case $6 when 'school' then c.urn::text = $7 when 'locality' then c.locality = $7
                when 'phase' then c.phase = $7 when 'year_group' then c.year_group = $7
                when 'sen_provision' then c.sen_provision = $7 when 'disadvantaged' then c.disadvantaged = $7
                when 'sex' then c.sex = $7 when 'looked_after' then c.looked_after = $7
                when 'reason' then $7 = any(c.reasons) else true end
    and case when c.kind = 'PERM' then $9::boolean else $8::boolean end
  order by c.start_date desc, c.exclusion_id
  offset $10 limit $11)";

template <typename T>
T NeedColumn(std::optional<T> value, std::string_view column) {
  if (!value) throw storage::BadColumn(std::string(column) + " is not what was written");
  return *std::move(value);
}

Breakdown ReadBreakdown(const Row& row) {
  return NeedColumn(BreakdownFromName(row.Get<std::string_view>("breakdown")), "breakdown");
}

AcademicYear ReadYear(const Row& row) {
  const auto year = AcademicYear::FromStartYear(row.Get<std::int32_t>("academic_year") / 100);
  return NeedColumn(year.ok() ? std::optional(*year) : std::nullopt, "academic_year");
}

std::vector<std::string> NamesOf(const std::vector<Breakdown>& breakdowns) {
  std::vector<std::string> names;
  for (const Breakdown breakdown : breakdowns) names.emplace_back(BreakdownName(breakdown));
  return names;
}

TrendCaseRow ReadCase(const Row& row) {
  return {.id = row.Get<ExclusionId>("exclusion_id"),
          .reference = row.Get<std::string>("reference"),
          .pupil = row.Get<PupilId>("pupil_id"),
          .school = {row.Get<Urn>("urn"), row.Get<LaCode>("la_code")},
          .kind = row.Get<std::string>("kind"),
          .start = row.Get<Day>("start_date"),
          .half_days = row.Get<std::int32_t>("half_days"),
          .reasons = row.Get<std::vector<std::string>>("reasons"),
          .import = row.GetOptional<ImportId>("import_id"),
          .import_row = row.Get<std::int64_t>("import_row"),
          .recorded_by = row.Get<std::string>("recorded_by"),
          .recorded_at = row.Get<education::Instant>("recorded_at")};
}

}  // namespace

absl::StatusOr<TrendFigures> ReadTrend(Transaction& transaction, LaCode la_code, const Place& place,
                                       const TrendSpan& span,
                                       const std::vector<Breakdown>& breakdowns) {
  const std::string kind(PlaceKindName(place.kind));
  const std::vector<std::string> names = NamesOf(breakdowns);
  const std::int32_t first = YearCode(span.first), last = YearCode(span.last);
  auto cells =
      transaction.Query(kCells, la_code, kind, place.name, names, first, last, span.by_term);
  if (!cells.ok()) return cells.status();
  auto headcounts = transaction.Query(kHeadcounts, la_code, kind, place.name, names, first, last);
  if (!headcounts.ok()) return headcounts.status();
  TrendFigures figures;
  figures.counted.reserve(cells->size());
  for (const Row& row : *cells) {
    figures.counted.push_back({.breakdown = ReadBreakdown(row),
                               .year = ReadYear(row),
                               .term = static_cast<SchoolTerm>(row.Get<std::int16_t>("term")),
                               .value = row.Get<std::string>("value"),
                               .counts = {.suspensions = row.Get<std::int64_t>("suspensions"),
                                          .half_days = row.Get<std::int64_t>("half_days"),
                                          .pupils = row.Get<std::int64_t>("pupils"),
                                          .permanent = row.Get<std::int64_t>("permanent")}});
  }
  figures.headcounts.reserve(headcounts->size());
  for (const Row& row : *headcounts) {
    figures.headcounts.push_back({.breakdown = ReadBreakdown(row),
                                  .year = ReadYear(row),
                                  .value = row.Get<std::string>("value"),
                                  .pupils = row.Get<std::int64_t>("pupils")});
  }
  return figures;
}

absl::StatusOr<std::map<AcademicYear, Day>> ReadRollDays(Transaction& transaction, LaCode la_code,
                                                         const TrendSpan& span) {
  auto rows = transaction.Query(kRollDays, la_code, YearCode(span.first), YearCode(span.last));
  if (!rows.ok()) return rows.status();
  std::map<AcademicYear, Day> days;
  for (const Row& row : *rows) days.emplace(ReadYear(row), row.Get<Day>("counted_on"));
  return days;
}

absl::StatusOr<std::optional<AcademicYear>> FirstRecordedYear(Transaction& transaction,
                                                              LaCode la_code) {
  auto row = transaction.QueryOptional(kFirstRecorded, la_code);
  if (!row.ok()) return row.status();
  if (!*row) return std::nullopt;
  return ReadYear(**row);
}

absl::StatusOr<std::vector<TrendSchool>> FindSchools(Transaction& transaction,
                                                     const std::vector<Urn>& urns) {
  auto rows = transaction.Query(kSchools, urns);
  if (!rows.ok()) return rows.status();
  std::vector<TrendSchool> schools;
  for (const Row& row : *rows) {
    schools.push_back({{row.Get<Urn>("urn"), row.Get<LaCode>("la_code")},
                       row.Get<std::string>("phase"),
                       row.Get<std::string>("locality")});
  }
  return schools;
}

absl::StatusOr<std::vector<LaCode>> AllAuthorities(Transaction& transaction) {
  auto rows = transaction.Query(kAuthorities);
  if (!rows.ok()) return rows.status();
  std::vector<LaCode> authorities;
  for (const Row& row : *rows) authorities.push_back(row.Get<LaCode>("la_code"));
  return authorities;
}

absl::StatusOr<TrendCasePage> ReadTrendCases(Transaction& transaction,
                                             const TrendCaseFilter& filter) {
  auto rows = transaction.Query(kCases, filter.la_code,
                                std::string(PlaceKindName(filter.place.kind)), filter.place.name,
                                YearCode(filter.year), static_cast<std::int16_t>(filter.term),
                                std::string(BreakdownName(filter.breakdown)), filter.value,
                                filter.suspensions, filter.permanent, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  TrendCasePage page;
  for (const Row& row : *rows) {
    page.cases.push_back(ReadCase(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

}  // namespace pathways::exclusions
