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
