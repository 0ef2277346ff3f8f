// The exclusions behind a point.
#include <string>
#include <utility>
#include <vector>

#include "libs/importing/sent_files.h"
#include "libs/service/paging.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/trend_question.h"
#include "services/exclusions/api/trends_api.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using service::Call;
using service::FieldViolations;
using service::OffsetPage;
using storage::Transaction;

constexpr OffsetPage::Bounds kPage{.otherwise = 50, .most = 200};

struct Point {
  AcademicYear year;
  SchoolTerm term;
  Breakdown breakdown;
};

absl::StatusOr<Point> ReadPoint(const v1::ListTrendCasesRequest& request) {
  FieldViolations wrong;
  const auto year = AcademicYear::Parse(std::to_string(request.academic_year()));
  wrong.AddIfError("academic_year", year.status());
  if (!v1::SchoolTerm_IsValid(request.term())) wrong.Add("term", "Choose a term or none");
  if (!v1::TrendMeasure_IsValid(request.measure())) {
    wrong.Add("measure", "Choose suspensions, permanent exclusions or both");
  }
  const auto breakdown =
      request.by() == v1::BREAKDOWN_UNSPECIFIED ? Breakdown::kTotal : FromMessage(request.by());
  if (!breakdown) wrong.Add("by", "Choose a breakdown from the list");
  if (!wrong.empty()) return wrong.ToStatus();
  return Point{*year, static_cast<SchoolTerm>(request.term()), *breakdown};
}

void Fill(const TrendCaseRow& row, v1::TrendCase* to) {
  to->set_exclusion_id(row.id.ToString());
  to->set_reference(row.reference);
  to->set_pupil_id(row.pupil.ToString());
  to->set_urn(row.school.urn.value());
  to->set_kind(row.kind);
  to->set_start_date(row.start.ToIso());
  to->set_half_days(row.half_days);
  for (const std::string& reason : row.reasons) to->add_reasons(reason);
  if (row.import) to->set_import_id(row.import->ToString());
  to->set_import_row(row.import_row);
  to->set_recorded_by(row.recorded_by);
  to->set_recorded_at(education::InstantToString(row.recorded_at));
}

absl::Status RecordReads(Transaction& transaction, const Call& call,
                         const std::vector<TrendCaseRow>& rows) {
  std::vector<access::AccessEntry> entries;
  for (const TrendCaseRow& row : rows) {
    entries.push_back({access::Action::kRead, access::SubjectKind::kPupil, row.pupil.ToString(),
                       row.school.urn, row.school.la_code, "a case behind a trend"});
  }
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

// The names of the files they came with.
absl::Status NameFiles(const TrendsParts& parts, const Call& call,
                       v1::ListTrendCasesResponse* response) {
  std::vector<std::string> ids;
  for (const v1::TrendCase& one : response->cases()) {
    if (!one.import_id().empty()) ids.push_back(one.import_id());
  }
  const auto files = importing::FindSentFiles(*parts.pool, ids, call.deadline());
  if (!files.ok()) return files.status();
  for (v1::TrendCase& one : *response->mutable_cases()) {
    const auto file = files->find(one.import_id());
    if (file != files->end()) one.set_import_file(file->second.name);
  }
  return absl::OkStatus();
}

absl::Status List(const TrendsParts& parts, Call& call, const v1::ListTrendCasesRequest& request,
                  v1::ListTrendCasesResponse* response) {
  const auto point = ReadPoint(request);
  if (!point.ok()) return point.status();
  const auto page = OffsetPage::Read(request.page_size(), request.page_token(), kPage);
  if (!page.ok()) return page.status();
  auto status = storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
        response->Clear();
        auto sight = LookAt(transaction, call, request.scope());
        if (!sight.ok()) return sight.status();
        if (!sight->casework) {
          return absl::PermissionDeniedError("cases are for those who work with them");
        }
        const auto cases = ReadTrendCases(
            transaction,
            {.la_code = sight->la_code,
             .place = std::move(sight->place),
             .year = point->year,
             .term = point->term,
             .breakdown = point->breakdown,
             .value = request.value(),
             .suspensions = request.measure() != v1::TREND_MEASURE_PERMANENT_EXCLUSIONS,
             .permanent = request.measure() != v1::TREND_MEASURE_SUSPENSIONS,
             .offset = page->offset,
             .limit = page->size});
        if (!cases.ok()) return cases.status();
        for (const TrendCaseRow& row : cases->cases) Fill(row, response->add_cases());
        response->set_total(cases->total);
        response->set_next_page_token(page->NextToken(cases->cases.size(), cases->total));
        return RecordReads(transaction, call, cases->cases);
      });
  return status.ok() ? NameFiles(parts, call, response) : status;
}

}  // namespace

void AddTrendCases(service::Endpoint& endpoint, const TrendsParts& parts) {
  endpoint.Unary<v1::ListTrendCasesRequest, v1::ListTrendCasesResponse>(
      "ListTrendCases", access::Permission::kReadExclusion,
      [parts](Call& call, const auto& request, auto* response) {
        return List(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
