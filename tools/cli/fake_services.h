// For tests: services that answer what they are told to and remember what they were asked.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/service/status.h"
#include "tools/cli/services.h"

namespace pathways::cli {

class FakeServices : public Services {
 public:
  // Answers of imports, in order; the last one again and again.
  std::vector<absl::StatusOr<common::v1::ImportReport>> reports;
  absl::Status export_status;
  std::string export_text = "urn,name\n";
  std::map<std::string, absl::StatusOr<common::v1::ListDeadLettersResponse>, std::less<>> letters;
  std::map<std::string, absl::StatusOr<common::v1::ListGapsResponse>, std::less<>> gaps;
  absl::Status decision;

  // What was asked.
  std::vector<ImportKind> kinds;
  std::vector<common::v1::ImportStart> starts;
  std::vector<std::string> sent;  // the bytes of each file
  attendance::v1::ExportAttendanceRequest attendance;
  attendance::v1::ExportCrossingsRequest crossings;
  exclusions::v1::ExportExclusionsRequest exclusions;
  exclusions::v1::ExportClockRequest clock;
  exclusions::v1::ExportTrendRequest trend;
  panel::v1::ExportImpactRequest impact;
  std::vector<std::string> decided;  // "replay attendance 3 because"

  absl::StatusOr<common::v1::ImportReport> Import(ImportKind kind, const NextChunk& next) override {
    kinds.push_back(kind);
    common::v1::ImportChunk chunk;
    sent.emplace_back();
    while (true) {
      const auto more = next(&chunk);
      if (!more.ok()) return more.status();
      if (!*more) break;
      if (chunk.has_start()) starts.push_back(chunk.start());
      sent.back() += chunk.data();
    }
    if (!chunk.has_end()) return absl::InvalidArgumentError("the file was cut");
    const std::size_t number = std::min(kinds.size(), reports.size()) - 1;
    return reports[number];
  }
  absl::StatusOr<common::v1::ImportReport> GetImport(ImportKind, const std::string&) override {
    return reports.front();
  }
  absl::Status ExportRefusedRows(ImportKind, const std::string& import_id,
                                 const Sink& sink) override {
    return export_status.ok() ? sink("refused of " + import_id + "\n") : export_status;
  }
  absl::Status ExportSchools(const Sink& sink) override { return Export(sink); }
  absl::Status ExportAttendance(const attendance::v1::ExportAttendanceRequest& request,
                                const Sink& sink) override {
    attendance = request;
    return Export(sink);
  }
  absl::Status ExportCrossings(const attendance::v1::ExportCrossingsRequest& request,
                               const Sink& sink) override {
    crossings = request;
    return Export(sink);
  }
  absl::Status ExportExclusions(const exclusions::v1::ExportExclusionsRequest& request,
                                const Sink& sink) override {
    exclusions = request;
    return Export(sink);
  }
  absl::Status ExportClock(const exclusions::v1::ExportClockRequest& request,
                           const Sink& sink) override {
    clock = request;
    return Export(sink);
  }
  absl::Status ExportTrend(const exclusions::v1::ExportTrendRequest& request,
                           const Sink& sink) override {
    trend = request;
    return Export(sink);
  }
  absl::Status ExportImpact(const panel::v1::ExportImpactRequest& request,
                            const Sink& sink) override {
    impact = request;
    return Export(sink);
  }
  absl::StatusOr<common::v1::ListDeadLettersResponse> ListDeadLetters(
      std::string_view service, const common::v1::ListDeadLettersRequest& request) override {
    const auto found = letters.find(std::string(service) + request.page_token());
    return found == letters.end() ? common::v1::ListDeadLettersResponse() : found->second;
  }
  absl::Status ReplayDeadLetter(std::string_view service,
                                const common::v1::ReplayDeadLetterRequest& request) override {
    return Decide("replay", service, std::to_string(request.id()), request.why());
  }
  absl::Status DiscardDeadLetter(std::string_view service,
                                 const common::v1::DiscardDeadLetterRequest& request) override {
    return Decide("discard", service, std::to_string(request.id()), request.why());
  }
  absl::StatusOr<common::v1::ListGapsResponse> ListGaps(
      std::string_view service, const common::v1::ListGapsRequest&) override {
    const auto found = gaps.find(service);
    return found == gaps.end() ? common::v1::ListGapsResponse() : found->second;
  }
  absl::Status AcceptGap(std::string_view service,
                         const common::v1::AcceptGapRequest& request) override {
    return Decide("accept", service, request.reaction() + " " + request.aggregate(), request.why());
  }

 private:
  // Half of it comes before a failure.
  absl::Status Export(const Sink& sink) {
    if (absl::Status status = sink(export_text); !status.ok()) return status;
    return export_status;
  }
  absl::Status Decide(const std::string& what, std::string_view service, const std::string& which,
                      const std::string& why) {
    decided.push_back(what + " " + std::string(service) + " " + which + " " + why);
    return decision;
  }
};

}  // namespace pathways::cli
