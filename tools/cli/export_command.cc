#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/education/year_code.h"
#include "tools/cli/commands.h"
#include "tools/files/output_file.h"

namespace pathways::cli {
namespace {

// Exclusions that started in the span.
template <typename Request>
Request Started(const ExportArguments& arguments) {
  Request request;
  request.set_from(arguments.from);
  request.set_to(arguments.to);
  request.set_urn(arguments.urn);
  return request;
}

absl::StatusOr<std::int32_t> ReadYear(const std::string& text) {
  if (text.empty()) return 0;
  const auto year = education::AcademicYear::Parse(text);
  if (!year.ok()) return year.status();
  return education::YearCode(*year);
}

absl::StatusOr<exclusions::v1::Breakdown> ReadBreakdown(std::string_view word) {
  exclusions::v1::Breakdown breakdown;
  const std::string name = "BREAKDOWN_" + absl::AsciiStrToUpper(std::string(word));
  if (exclusions::v1::Breakdown_Parse(name, &breakdown) &&
      breakdown != exclusions::v1::BREAKDOWN_UNSPECIFIED) {
    return breakdown;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("Figures are not divided by ", std::string(word),
                   ": use total, school, locality, phase, year_group, sen_provision, "
                   "disadvantaged, sex, looked_after or reason."));
}

absl::StatusOr<exclusions::v1::ExportTrendRequest> TrendOf(const ExportArguments& arguments) {
  exclusions::v1::ExportTrendRequest request;
  exclusions::v1::GetTrendRequest& trend = *request.mutable_trend();
  const auto from = ReadYear(arguments.from);
  if (!from.ok()) return from.status();
  const auto to = ReadYear(arguments.to);
  if (!to.ok()) return to.status();
  trend.set_from_year(*from);
  trend.set_to_year(*to);
  trend.set_by_term(arguments.by_term);
  trend.mutable_scope()->set_la_code(arguments.la_code);
  trend.mutable_scope()->set_urn(arguments.urn);
  trend.mutable_scope()->set_locality(arguments.locality);
  trend.mutable_scope()->set_phase(arguments.phase);
  const std::vector<std::string> words = absl::StrSplit(arguments.by, ',', absl::SkipEmpty());
  for (const std::string& word : words) {
    const auto breakdown = ReadBreakdown(word);
    if (!breakdown.ok()) return breakdown.status();
    trend.add_by(*breakdown);
  }
  return request;
}

absl::Status Export(const ExportArguments& arguments, Services& services, const Sink& sink) {
  switch (arguments.kind) {
    case ExportKind::kSchools:
      return services.ExportSchools(sink);
    case ExportKind::kAttendance: {
      attendance::v1::ExportAttendanceRequest request;
      request.set_level(arguments.level);
      request.set_from(arguments.from);
      request.set_to(arguments.to);
      request.set_by(arguments.by);
      request.set_as_known(arguments.as_known);
      request.set_urn(arguments.urn);
      return services.ExportAttendance(request, sink);
    }
    case ExportKind::kCrossings: {
      attendance::v1::ExportCrossingsRequest request;
      request.set_from(arguments.from);
      request.set_to(arguments.to);
      request.set_urn(arguments.urn);
      return services.ExportCrossings(request, sink);
    }
    case ExportKind::kExclusions:
      return services.ExportExclusions(Started<exclusions::v1::ExportExclusionsRequest>(arguments),
                                       sink);
    case ExportKind::kClock:
      return services.ExportClock(Started<exclusions::v1::ExportClockRequest>(arguments), sink);
    case ExportKind::kTrends: {
      const auto request = TrendOf(arguments);
      if (!request.ok()) return request.status();
      return services.ExportTrend(*request, sink);
    }
    case ExportKind::kPanel: {
      panel::v1::ExportImpactRequest request;
      request.mutable_scope()->set_la_code(arguments.la_code);
      request.mutable_scope()->set_from(arguments.from);
      request.mutable_scope()->set_to(arguments.to);
      return services.ExportImpact(request, sink);
    }
  }
  return absl::InternalError("no such export");
}

absl::Status Write(const ExportArguments& arguments, Services& services, Console& console) {
  auto output = files::OutputFile::Open(arguments.output, console.out);
  if (!output.ok()) return output.status();
  absl::Status status =
      Export(arguments, services, [&](std::string_view bytes) { return output->Write(bytes); });
  return status.ok() ? output->Commit() : status;
}

}  // namespace

ExitCode RunExport(const ExportArguments& arguments, Services& services, Console& console) {
  const absl::Status status = Write(arguments, services, console);
  if (status.ok()) return kAllGood;
  Complain(console, "", status);
  return kNothingDone;
}

}  // namespace pathways::cli
