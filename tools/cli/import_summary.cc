#include "tools/cli/import_summary.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/tabular/csv_writer.h"
#include "tools/cli/console.h"

namespace pathways::cli {
namespace {

using common::v1::ImportReport;
using common::v1::RowProblem;

constexpr int kProblemsShown = 20;

const char* RecordsOf(ImportKind kind) {
  switch (kind) {
    case ImportKind::kSchools:
      return "school";
    case ImportKind::kCalendar:
      return "calendar entry";
    case ImportKind::kPupils:
      return "record";
    case ImportKind::kPeople:
      return "person";
    case ImportKind::kRegister:
      return "mark";
    case ImportKind::kSuspensions:
      return "exclusion";
    case ImportKind::kPublished:
      return "published row";
    case ImportKind::kNeighbours:
      return "neighbour";
  }
  return "record";
}

const char* PluralOf(ImportKind kind) {
  if (kind == ImportKind::kCalendar) return "calendar entries";
  return kind == ImportKind::kPeople ? "people" : "";
}

std::string Rows(const ImportReport& report) {
  switch (report.state()) {
    case common::v1::IMPORT_STATE_DONE:
      return absl::StrCat(Count(report.rows_read(), "row"), " read, all good");
    case common::v1::IMPORT_STATE_DONE_WITH_REFUSALS:
      return absl::StrCat(Count(report.rows_read(), "row"), " read, ",
                          WithCommas(report.rows_good()), " good, ",
                          WithCommas(report.rows_refused()), " refused");
    case common::v1::IMPORT_STATE_REFUSED:
      return "refused; nothing was saved";
    case common::v1::IMPORT_STATE_INTERRUPTED:
      return "interrupted; nothing was saved. Send the file again";
    default:
      return absl::StrCat("not finished: ", Count(report.rows_read(), "row"), " read so far");
  }
}

std::string Effects(const ImportReport& report, ImportKind kind) {
  std::string text =
      absl::StrCat("  ", Count(report.records_new(), RecordsOf(kind), PluralOf(kind)), " new, ",
                   WithCommas(report.records_changed()), " changed, ",
                   WithCommas(report.records_unchanged()), " already so");
  if (report.first_day().empty()) return text + "\n";
  return absl::StrCat(text, "; ", report.first_day(), " to ", report.last_day(), "\n");
}

std::string Problems(const ImportReport& report) {
  std::string text;
  std::vector<std::vector<std::string>> rows;
  for (const RowProblem& problem : report.problems()) {
    if (problem.row() == 0) {
      absl::StrAppend(&text, "  ", problem.reason(), " ", problem.advice(), "\n");
    } else if (rows.size() < kProblemsShown) {
      rows.push_back({absl::StrCat(problem.row()), problem.column(), problem.value(),
                      problem.reason(), problem.advice()});
    }
  }
  if (rows.empty()) return text;
  text += "\n" + FormatTable({"row", "column", "value", "what is wrong", "what to do"}, rows);
  const auto shown = static_cast<std::int64_t>(rows.size());
  if (report.problem_count() > shown)
    absl::StrAppend(&text, "and ", WithCommas(report.problem_count() - shown), " more\n");
  return text;
}

}  // namespace

std::string Summarise(const ImportReport& report, ImportKind kind) {
  std::string text = absl::StrCat(report.file_name(), ": ", Rows(report), "\n");
  if (ExitCodeOf(report) != kNothingDone) text += Effects(report, kind);
  for (const std::string& note : report.notes()) absl::StrAppend(&text, "  note: ", note, "\n");
  return text + Problems(report);
}

ExitCode ExitCodeOf(const ImportReport& report) {
  if (report.state() == common::v1::IMPORT_STATE_DONE) return kAllGood;
  return report.state() == common::v1::IMPORT_STATE_DONE_WITH_REFUSALS ? kPartRefused
                                                                       : kNothingDone;
}

std::string ProblemsCsv(const ImportReport& report) {
  std::string text;
  tabular::CsvWriter csv(&text);
  csv.WriteRecord({"row", "column", "value", "reason", "advice"});
  for (const RowProblem& problem : report.problems()) {
    csv.WriteRecord({absl::StrCat(problem.row()), problem.column(), problem.value(),
                     problem.reason(), problem.advice()});
  }
  return text;
}

}  // namespace pathways::cli
