// What the command line asks of the running services.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pathways/attendance/v1/service.pb.h"
#include "pathways/common/v1/events_admin.pb.h"
#include "pathways/common/v1/import.pb.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "pathways/exclusions/v1/trends.pb.h"
#include "pathways/panel/v1/impact.pb.h"
#include "tools/cli/arguments.h"

namespace pathways::cli {

// In the order in which they are asked.
constexpr std::array<std::string_view, 5> ServiceNames() {
  return {"registry", "attendance", "referrals", "exclusions", "panel"};
}

// Files that may be long: their service tells how far it is, and gives refused rows back as a file.
constexpr bool TellsProgress(ImportKind kind) {
  return kind == ImportKind::kRegister || kind == ImportKind::kSuspensions ||
         kind == ImportKind::kPublished || kind == ImportKind::kNeighbours;
}

// Fills in the next piece of a file; false at its end.
using NextChunk = std::function<absl::StatusOr<bool>(common::v1::ImportChunk*)>;
// Takes the next bytes of an answer.
using Sink = std::function<absl::Status(std::string_view)>;

// Errors are for people: their messages say what to do, and field violations are kept. Thread-safe.
class Services {
 public:
  virtual ~Services() = default;

  virtual absl::StatusOr<common::v1::ImportReport> Import(ImportKind kind,
                                                          const NextChunk& next) = 0;
  // Of kinds that TellsProgress.
  virtual absl::StatusOr<common::v1::ImportReport> GetImport(ImportKind kind,
                                                             const std::string& import_id) = 0;
  virtual absl::Status ExportRefusedRows(ImportKind kind, const std::string& import_id,
                                         const Sink& sink) = 0;

  virtual absl::Status ExportSchools(const Sink& sink) = 0;
  virtual absl::Status ExportAttendance(const attendance::v1::ExportAttendanceRequest& request,
                                        const Sink& sink) = 0;
  virtual absl::Status ExportCrossings(const attendance::v1::ExportCrossingsRequest& request,
                                       const Sink& sink) = 0;
  virtual absl::Status ExportExclusions(const exclusions::v1::ExportExclusionsRequest& request,
                                        const Sink& sink) = 0;
  virtual absl::Status ExportClock(const exclusions::v1::ExportClockRequest& request,
                                   const Sink& sink) = 0;
  virtual absl::Status ExportTrend(const exclusions::v1::ExportTrendRequest& request,
                                   const Sink& sink) = 0;
  virtual absl::Status ExportImpact(const panel::v1::ExportImpactRequest& request,
                                    const Sink& sink) = 0;

  // `service`: one of ServiceNames().
  virtual absl::StatusOr<common::v1::ListDeadLettersResponse> ListDeadLetters(
      std::string_view service, const common::v1::ListDeadLettersRequest& request) = 0;
  virtual absl::Status ReplayDeadLetter(std::string_view service,
                                        const common::v1::ReplayDeadLetterRequest& request) = 0;
  virtual absl::Status DiscardDeadLetter(std::string_view service,
                                         const common::v1::DiscardDeadLetterRequest& request) = 0;
  virtual absl::StatusOr<common::v1::ListGapsResponse> ListGaps(
      std::string_view service, const common::v1::ListGapsRequest& request) = 0;
  virtual absl::Status AcceptGap(std::string_view service,
                                 const common::v1::AcceptGapRequest& request) = 0;
};

}  // namespace pathways::cli
