#include "services/exclusions/store/published_store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using storage::Row;
using storage::Sql;
using storage::Transaction;

// One statement, so that what is there already is neither read nor written again.
constexpr Sql kPut = R"(
  insert into published_figure as p
    (la_code, phase_group, academic_year, term, education_phase, headcount, perm_excl, perm_excl_rate, suspension, susp_rate,
     one_plus_susp, one_plus_susp_rate, source, import_id, import_row)
  select k.la_code, k.phase_group, k.academic_year, k.term, k.education_phase, k.headcount, k.perm_excl, k.perm_excl_rate, k.suspension,
         k.susp_rate, k.one_plus_susp, k.one_plus_susp_rate, k.source, $15::uuid, k.import_row
  from unnest($1::int[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
              $11::text[], $12::text[], $13::text[], $14::bigint[])
    as k(la_code, phase_group, academic_year, term, education_phase, headcount, perm_excl, perm_excl_rate, suspension, susp_rate,
         one_plus_susp, one_plus_susp_rate, source, import_row)
  on conflict (la_code, phase_group, academic_year, term) do update
  set education_phase = excluded.education_phase, headcount = excluded.headcount, perm_excl = excluded.perm_excl,
      perm_excl_rate = excluded.perm_excl_rate, suspension = excluded.suspension, susp_rate = excluded.susp_rate,
      one_plus_susp = excluded.one_plus_susp, one_plus_susp_rate = excluded.one_plus_susp_rate, source = excluded.source,
      import_id = excluded.import_id, import_row = excluded.import_row
  where (p.education_phase, p.headcount, p.perm_excl, p.perm_excl_rate, p.suspension, p.susp_rate, p.one_plus_susp,
         p.one_plus_susp_rate, p.source)
     is distinct from
        (excluded.education_phase, excluded.headcount, excluded.perm_excl, excluded.perm_excl_rate, excluded.suspension,
         excluded.susp_rate, excluded.one_plus_susp, excluded.one_plus_susp_rate, excluded.source)
  returning (p.xmax = 0) as made)";

constexpr Sql kRead = R"(
  select la_code, phase_group, academic_year, term, education_phase, headcount, perm_excl, perm_excl_rate, suspension, susp_rate,
         one_plus_susp, one_plus_susp_rate, source
  from published_figure
  where la_code = any($1::int[]) and phase_group in ($2, '') and academic_year between $3 and $4 and (term > 0) = $5)";

constexpr Sql kReadNeighbours = R"(
  select neighbour, source from statistical_neighbour where la_code = $1 order by neighbour)";

constexpr Sql kDropNeighbours = R"(
  delete from statistical_neighbour s
  where s.la_code = any($1::int[])
    and not exists (select from unnest($1::int[], $2::int[]) as k(la_code, neighbour)
                    where k.la_code = s.la_code and k.neighbour = s.neighbour))";

constexpr Sql kPutNeighbours = R"(
  insert into statistical_neighbour as s (la_code, neighbour, source, import_id, import_row)
  select k.la_code, k.neighbour, k.source, $5::uuid, k.import_row
  from unnest($1::int[], $2::int[], $3::text[], $4::bigint[]) as k(la_code, neighbour, source, import_row)
  on conflict (la_code, neighbour) do update
  set source = excluded.source, import_id = excluded.import_id, import_row = excluded.import_row
  where s.source <> excluded.source
  returning (s.xmax = 0) as made)";

// In the order of PublishedColumn.
constexpr std::array<std::string_view, kPublishedColumns> kValueColumns = {
    "headcount", "perm_excl",     "perm_excl_rate",    "suspension",
    "susp_rate", "one_plus_susp", "one_plus_susp_rate"};

PutOutcome CountPut(const storage::Rows& rows) {
  PutOutcome outcome;
  for (const Row& row : rows) ++(row.Get<bool>("made") ? outcome.made : outcome.changed);
  return outcome;
}

PublishedValue ReadValue(const Row& row, std::string_view column) {
  auto value = PublishedValue::Parse(row.Get<std::string>(column));
  if (!value.ok()) throw storage::BadColumn(std::string(column) + " is not what was written");
  return *std::move(value);
}

AcademicYear ReadYear(const Row& row) {
  const auto year = AcademicYear::FromStartYear(row.Get<std::int32_t>("academic_year") / 100);
  if (!year.ok()) throw storage::BadColumn("academic_year is not what was written");
  return *year;
}

}  // namespace

absl::StatusOr<PutOutcome> PutPublished(Transaction& transaction,
                                        const std::vector<PublishedToPut>& rows,
                                        const std::string& import_id) {
  std::vector<std::int32_t> la_code, year, term;
  std::vector<std::string> group, phase, source;
  std::array<std::vector<std::string>, kPublishedColumns> values;
  std::vector<std::int64_t> file_row;
  for (const PublishedToPut& put : rows) {
    la_code.push_back(std::get<std::int32_t>(put.key));
    group.push_back(std::get<std::string>(put.key));
    year.push_back(YearCode(std::get<AcademicYear>(put.key)));
    term.push_back(static_cast<std::int32_t>(std::get<SchoolTerm>(put.key)));
    phase.push_back(put.row->phase);
    for (std::size_t i = 0; i < kPublishedColumns; ++i) {
      values[i].push_back(put.row->figures.values[i].text());
    }
    source.push_back(put.row->source);
    file_row.push_back(put.file_row);
  }
  const auto put =
      transaction.Query(kPut, la_code, group, year, term, phase, values[0], values[1], values[2],
                        values[3], values[4], values[5], values[6], source, file_row, import_id);
  if (!put.ok()) return put.status();
  return CountPut(*put);
}

absl::StatusOr<PublishedRows> ReadPublished(Transaction& transaction,
                                            const std::vector<std::int32_t>& places,
                                            const std::string& phase_group, const TrendSpan& span) {
  const auto found = transaction.Query(kRead, places, phase_group, YearCode(span.first),
                                       YearCode(span.last), span.by_term);
  if (!found.ok()) return found.status();
  PublishedRows rows;
  for (const Row& row : *found) {
    PublishedRow kept{row.Get<std::string>("education_phase"), {}, row.Get<std::string>("source")};
    for (std::size_t i = 0; i < kPublishedColumns; ++i) {
      kept.figures.values[i] = ReadValue(row, kValueColumns[i]);
    }
    rows.emplace(
        PublishedKey{row.Get<std::int32_t>("la_code"), row.Get<std::string>("phase_group"),
                     ReadYear(row), static_cast<SchoolTerm>(row.Get<std::int16_t>("term"))},
        std::move(kept));
  }
  return rows;
}

absl::StatusOr<Neighbours> ReadNeighbours(Transaction& transaction, education::LaCode la_code) {
  const auto rows = transaction.Query(kReadNeighbours, la_code);
  if (!rows.ok()) return rows.status();
  Neighbours neighbours;
  for (const Row& row : *rows) {
    neighbours.la_codes.push_back(row.Get<std::int32_t>("neighbour"));
    neighbours.source = row.Get<std::string>("source");
  }
  return neighbours;
}

absl::StatusOr<PutOutcome> PutNeighbours(Transaction& transaction,
                                         const std::vector<NeighbourRow>& rows,
                                         const std::string& import_id) {
  std::vector<std::int32_t> la_code, neighbour;
  std::vector<std::string> source;
  std::vector<std::int64_t> file_row;
  for (const NeighbourRow& row : rows) {
    la_code.push_back(row.la_code);
    neighbour.push_back(row.neighbour);
    source.push_back(row.source);
    file_row.push_back(row.file_row);
  }
  const auto dropped = transaction.Execute(kDropNeighbours, la_code, neighbour);
  if (!dropped.ok()) return dropped.status();
  const auto put =
      transaction.Query(kPutNeighbours, la_code, neighbour, source, file_row, import_id);
  if (!put.ok()) return put.status();
  PutOutcome outcome = CountPut(*put);
  outcome.changed += *dropped;
  return outcome;
}

}  // namespace pathways::exclusions
