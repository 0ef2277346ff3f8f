#include "libs/importing/import_store.h"

#include <utility>

#include "libs/storage/sql.h"

namespace pathways::importing {
namespace {

using common::v1::RowProblem;
using storage::Sql;

constexpr Sql kInsertImport = R"(
  insert into import_job (import_id, kind, file_name, urn, la_code, person, state, report, started_at)
  values ($1, $2, $3, $4, 0, $5, $6, $7, $8)
  on conflict (import_id) do nothing)";

// That an import began need not survive a crash of the database: nothing of it was written. Its
// outcome is committed as usual.
constexpr Sql kDoNotWaitForDisk = "select set_config('synchronous_commit', 'off', true)";

constexpr Sql kReopenImport = R"(
  update import_job set state = $2, report = $3, started_at = $4, finished_at = null where import_id = $1)";

constexpr Sql kFinishImport = R"(
  update import_job set state = $2, report = $3, finished_at = $4 where import_id = $1)";

constexpr Sql kDropRefusals = "delete from import_refusal where import_id = $1";

constexpr Sql kInsertRefusals = R"(
  insert into import_refusal (import_id, ordinal, row_number, column_name, value, reason, advice, code, raw)
  select $1, o, r, c, v, w, a, k, t
  from unnest($2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       as u(o, r, c, v, w, a, k, t))";

constexpr Sql kInsertHeader = R"(
  insert into import_header (import_id, raw, delimiter) values ($1, $2, $3)
  on conflict (import_id) do update set raw = excluded.raw, delimiter = excluded.delimiter)";

constexpr Sql kFindImport = "select state, report from import_job where import_id = $1";

constexpr Sql kFindProblems = R"(
  select row_number, column_name, value, reason, advice, code, raw from import_refusal
  where import_id = $1 order by row_number, ordinal limit $2)";

constexpr Sql kListImports = R"(
  select state, report from import_job
  where kind = $1 and ($2 = 0 or urn = $2)
  order by started_at desc, import_id limit $4 offset $3)";

constexpr Sql kFindHeader = "select raw, delimiter from import_header where import_id = $1";

constexpr Sql kMarkInterrupted = R"(
  update import_job set state = 6, finished_at = $1 where state in (1, 2))";

constexpr Sql kDropRefusedBefore = R"(
  delete from import_refusal f using import_job j
  where j.import_id = f.import_id and j.finished_at < $1)";

constexpr std::int64_t kProblemsInReport = 100;
constexpr std::int64_t kAllProblems = 1'000'000;

std::string Bare(ImportReport report) {
  report.clear_problems();
  return report.SerializeAsString();
}

absl::StatusOr<ImportReport> ReadReport(const storage::Row& row) {
  ImportReport report;
  if (!report.ParseFromString(row.Get<storage::Bytes>("report").data)) {
    return absl::InternalError("an import's stored report cannot be read");
  }
  report.set_state(static_cast<common::v1::ImportState>(row.Get<std::int32_t>("state")));
  return report;
}

tabular::Problem ReadProblem(const storage::Row& row) {
  return tabular::Problem{.row = row.Get<std::int64_t>("row_number"),
                          .column = row.Get<std::string>("column_name"),
                          .value = row.Get<std::string>("value"),
                          .reason = row.Get<std::string>("reason"),
                          .advice = row.Get<std::string>("advice"),
                          .code = row.Get<std::string>("code")};
}

// Refused rows as columns for one insert.
struct RefusalColumns {
  std::vector<std::int32_t> ordinal;
  std::vector<std::int64_t> row;
  std::vector<std::string> column, value, reason, advice, code, raw;

  void Add(const tabular::Problem& problem, const std::string& raw_text) {
    ordinal.push_back(static_cast<std::int32_t>(ordinal.size() + 1));
    row.push_back(problem.row);
    column.push_back(problem.column);
    value.push_back(problem.value);
    reason.push_back(problem.reason);
    advice.push_back(problem.advice);
    code.push_back(problem.code);
    raw.push_back(raw_text);
  }
};

// PostgreSQL's text holds neither NUL nor what is not UTF-8; such rows are kept as far as they can
// be shown.
std::string Storable(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(byte == 0 || byte >= 0x80 ? '?' : c);
  }
  return text;
}

bool IsStorable(const std::vector<tabular::Problem>& problems) {
  for (const auto& problem : problems) {
    if (problem.code == "not_utf8" || problem.code == "nul_byte") return false;
  }
  return true;
}

RefusalColumns ToColumns(const Refusals& refusals) {
  RefusalColumns columns;
  for (const auto& [row, refused] : refusals.kept()) {
    const std::string raw = IsStorable(refused.problems) ? refused.raw : Storable(refused.raw);
    bool first = true;
    for (const auto& problem : refused.problems) {
      columns.Add(problem, first ? raw : std::string());
      first = false;
    }
  }
  return columns;
}

}  // namespace

absl::StatusOr<bool> InsertImport(storage::Transaction& transaction, std::string_view kind,
                                  const ImportReport& report) {
  if (auto set = transaction.Query(kDoNotWaitForDisk); !set.ok()) return set.status();
  auto inserted =
      transaction.Execute(kInsertImport, report.import_id(), std::string(kind), report.file_name(),
                          report.urn(), report.person_id(), static_cast<int>(report.state()),
                          storage::Bytes{Bare(report)}, report.started_at());
  if (!inserted.ok()) return inserted.status();
  return *inserted == 1;
}

absl::Status ReopenImport(storage::Transaction& transaction, const ImportReport& report) {
  return transaction
      .Execute(kReopenImport, report.import_id(), static_cast<int>(report.state()),
               storage::Bytes{Bare(report)}, report.started_at())
      .status();
}

absl::Status FinishImport(storage::Transaction& transaction, const ImportReport& report,
                          const Refusals& refusals, const HeaderLine& header) {
  auto done =
      transaction.Execute(kFinishImport, report.import_id(), static_cast<int>(report.state()),
                          storage::Bytes{Bare(report)}, report.finished_at());
  if (!done.ok()) return done.status();
  if (refusals.empty()) return absl::OkStatus();
  if (auto cleared = transaction.Execute(kDropRefusals, report.import_id()); !cleared.ok())
    return cleared.status();
  const RefusalColumns columns = ToColumns(refusals);
  auto kept = transaction.Execute(kInsertRefusals, report.import_id(), columns.ordinal, columns.row,
                                  columns.column, columns.value, columns.reason, columns.advice,
                                  columns.code, columns.raw);
  if (!kept.ok() || header.raw.empty()) return kept.status();
  return transaction
      .Execute(kInsertHeader, report.import_id(), header.raw, std::string(1, header.delimiter))
      .status();
}

absl::StatusOr<ImportReport> FindImport(storage::Transaction& transaction, const ImportId& id) {
  auto row = transaction.QueryOne(kFindImport, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such import.");
  if (!row.ok()) return row.status();
  auto report = ReadReport(*row);
  if (!report.ok()) return report.status();
  auto problems = transaction.Query(kFindProblems, id, kProblemsInReport);
  if (!problems.ok()) return problems.status();
  for (const auto& problem_row : *problems) {
    const tabular::Problem problem = ReadProblem(problem_row);
    RowProblem* added = report->add_problems();
    added->set_row(problem.row);
    added->set_column(problem.column);
    added->set_value(problem.value);
    added->set_reason(problem.reason);
    added->set_advice(problem.advice);
    added->set_code(problem.code);
  }
  return report;
}

absl::StatusOr<std::vector<ImportReport>> ListImports(storage::Transaction& transaction,
                                                      std::string_view kind, std::int32_t urn,
                                                      std::int64_t offset, std::int64_t limit) {
  auto rows = transaction.Query(kListImports, std::string(kind), urn, offset, limit);
  if (!rows.ok()) return rows.status();
  std::vector<ImportReport> imports;
  for (const auto& row : *rows) {
    auto report = ReadReport(row);
    if (!report.ok()) return report.status();
    imports.push_back(*std::move(report));
  }
  return imports;
}

absl::StatusOr<RefusedFile> ReadRefused(storage::Transaction& transaction, const ImportId& id) {
  auto header = transaction.QueryOne(kFindHeader, id);
  if (absl::IsNotFound(header.status()))
    return absl::NotFoundError("This import has no refused rows.");
  if (!header.ok()) return header.status();
  RefusedFile file;
  file.header = {header->Get<std::string>("raw"), header->Get<std::string>("delimiter").front()};
  auto rows = transaction.Query(kFindProblems, id, kAllProblems);
  if (!rows.ok()) return rows.status();
  std::int64_t last = -1;
  for (const auto& row : *rows) {
    const tabular::Problem problem = ReadProblem(row);
    if (problem.row == 0) continue;
    if (problem.row != last) file.rows.push_back({row.Get<std::string>("raw"), {}});
    file.rows.back().problems.push_back(problem);
    last = problem.row;
  }
  return file;
}

absl::StatusOr<std::int64_t> MarkInterrupted(storage::Transaction& transaction,
                                             education::Instant now) {
  return transaction.Execute(kMarkInterrupted, now);
}

absl::StatusOr<std::int64_t> DropRefusedBefore(storage::Transaction& transaction,
                                               education::Instant before) {
  return transaction.Execute(kDropRefusedBefore, before);
}

}  // namespace pathways::importing
