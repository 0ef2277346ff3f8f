#include "tools/cli/grpc_services.h"

#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/service/client.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::cli {
namespace {

using common::v1::FileChunk;
using common::v1::ImportChunk;
using common::v1::ImportReport;
using service::CallOptions;
using service::Client;
using std::chrono::milliseconds;

// As long as a service lets a stream last.
constexpr milliseconds kStreamTime{std::chrono::hours(1)};
constexpr milliseconds kCallTime{std::chrono::seconds(30)};
// A token lasts longer; a call made with it may go on after its end.
constexpr std::chrono::minutes kTokenUse{5};

constexpr const char* kEventsAdmin = "pathways.common.v1.EventsAdminService";

std::string_view MethodOf(ImportKind kind) {
  switch (kind) {
    case ImportKind::kSchools:
      return "ImportSchools";
    case ImportKind::kCalendar:
      return "ImportCalendar";
    case ImportKind::kPupils:
      return "ImportPupils";
    case ImportKind::kPeople:
      return "ImportPeople";
    case ImportKind::kRegister:
      return "ImportRegister";
    case ImportKind::kSuspensions:
      return "ImportSuspensions";
    case ImportKind::kPublished:
      return "ImportPublished";
    case ImportKind::kNeighbours:
      return "ImportNeighbours";
  }
  return "";
}

// One running service.
class Peer {
 public:
  Peer(std::string_view name, std::string address, std::string own_service)
      : name_(name),
        address_(address),
        own_({.address = address, .service = std::move(own_service)}),
        events_({.address = address, .service = kEventsAdmin}) {}

  Client& own() { return own_; }
  Client& events() { return events_; }

  // A broken connection in words; other errors are the service's own.
  absl::Status Explain(const absl::Status& status) const {
    if (absl::IsUnavailable(status))
      return Say(status,
                 "does not answer. './pathways status' shows what runs, './pathways up' starts it");
    if (absl::IsDeadlineExceeded(status))
      return Say(status, "did not finish in time. './pathways logs' may tell why");
    if (absl::IsUnimplemented(status))
      return Say(status, "cannot do this: it is of another version");
    return status;
  }
  template <typename T>
  absl::StatusOr<T> Explain(absl::StatusOr<T> result) const {
    if (!result.ok()) return Explain(result.status());
    return result;
  }

 private:
  absl::Status Say(const absl::Status& status, const char* what) const {
    return {status.code(), absl::StrCat(name_, " at ", address_, " ", what, ".")};
  }

  const std::string name_;
  const std::string address_;
  Client own_;
  Client events_;
};

class GrpcServices : public Services {
 public:
  GrpcServices(const std::map<std::string_view, std::string>& addresses,
               std::string operator_secret)
      : registry_("registry", addresses.at("registry"), "pathways.registry.v1.RegistryService"),
        attendance_("attendance", addresses.at("attendance"),
                    "pathways.attendance.v1.AttendanceService"),
        referrals_("referrals", addresses.at("referrals"),
                   "pathways.referrals.v1.ReferralsService"),
        exclusions_("exclusions", addresses.at("exclusions"),
                    "pathways.exclusions.v1.ExclusionsService"),
        trends_("exclusions", addresses.at("exclusions"), "pathways.exclusions.v1.TrendsService"),
        published_("exclusions", addresses.at("exclusions"),
                   "pathways.exclusions.v1.PublishedFiguresService"),
        panel_("panel", addresses.at("panel"), "pathways.panel.v1.PanelService"),
        impact_("panel", addresses.at("panel"), "pathways.panel.v1.ImpactService"),
        operator_secret_(std::move(operator_secret)) {}

  absl::StatusOr<ImportReport> Import(ImportKind kind, const NextChunk& next) override {
    Peer& peer = TakerOf(kind);
    const auto options = Options(kStreamTime);
    if (!options.ok()) return options.status();
    // A file that cannot be read is not the service's failure.
    absl::Status ours;
    auto report = peer.own().ClientStream<ImportChunk, ImportReport>(MethodOf(kind), *options,
                                                                     [&](ImportChunk* chunk) {
                                                                       auto more = next(chunk);
                                                                       ours = more.status();
                                                                       return more;
                                                                     });
    if (!ours.ok()) return ours;
    return peer.Explain(std::move(report));
  }

  absl::StatusOr<ImportReport> GetImport(ImportKind kind, const std::string& import_id) override {
    if (kind != ImportKind::kRegister) {
      return AskForImport<exclusions::v1::GetImportRequest, exclusions::v1::GetImportResponse>(
          TakerOf(kind), import_id);
    }
    return AskForImport<attendance::v1::GetImportRequest, attendance::v1::GetImportResponse>(
        attendance_, import_id);
  }

  absl::Status ExportRefusedRows(ImportKind kind, const std::string& import_id,
                                 const Sink& sink) override {
    if (kind != ImportKind::kRegister) {
      exclusions::v1::ExportRefusedRowsRequest request;
      request.set_import_id(import_id);
      return Export(TakerOf(kind), "ExportRefusedRows", request, sink);
    }
    attendance::v1::ExportRefusedRowsRequest request;
    request.set_import_id(import_id);
    return Export(attendance_, "ExportRefusedRows", request, sink);
  }

  absl::Status ExportSchools(const Sink& sink) override {
    return Export(registry_, "ExportSchools", registry::v1::ExportSchoolsRequest(), sink);
  }
  absl::Status ExportAttendance(const attendance::v1::ExportAttendanceRequest& request,
                                const Sink& sink) override {
    return Export(attendance_, "ExportAttendance", request, sink);
  }
  absl::Status ExportCrossings(const attendance::v1::ExportCrossingsRequest& request,
                               const Sink& sink) override {
    return Export(attendance_, "ExportCrossings", request, sink);
  }
  absl::Status ExportExclusions(const exclusions::v1::ExportExclusionsRequest& request,
                                const Sink& sink) override {
    return Export(exclusions_, "ExportExclusions", request, sink);
  }
  absl::Status ExportClock(const exclusions::v1::ExportClockRequest& request,
                           const Sink& sink) override {
    return Export(exclusions_, "ExportClock", request, sink);
  }
  absl::Status ExportTrend(const exclusions::v1::ExportTrendRequest& request,
                           const Sink& sink) override {
    return Export(trends_, "ExportTrend", request, sink);
  }
  absl::Status ExportImpact(const panel::v1::ExportImpactRequest& request,
                            const Sink& sink) override {
    return Export(impact_, "ExportImpact", request, sink);
  }

  absl::StatusOr<common::v1::ListDeadLettersResponse> ListDeadLetters(
      std::string_view service, const common::v1::ListDeadLettersRequest& request) override {
    return AskEvents<common::v1::ListDeadLettersResponse>(service, "ListDeadLetters", request);
  }
  absl::Status ReplayDeadLetter(std::string_view service,
                                const common::v1::ReplayDeadLetterRequest& request) override {
    return AskEvents<common::v1::ReplayDeadLetterResponse>(service, "ReplayDeadLetter", request)
        .status();
  }
  absl::Status DiscardDeadLetter(std::string_view service,
                                 const common::v1::DiscardDeadLetterRequest& request) override {
    return AskEvents<common::v1::DiscardDeadLetterResponse>(service, "DiscardDeadLetter", request)
        .status();
  }
  absl::StatusOr<common::v1::ListGapsResponse> ListGaps(
      std::string_view service, const common::v1::ListGapsRequest& request) override {
    return AskEvents<common::v1::ListGapsResponse>(service, "ListGaps", request);
  }
  absl::Status AcceptGap(std::string_view service,
                         const common::v1::AcceptGapRequest& request) override {
    return AskEvents<common::v1::AcceptGapResponse>(service, "AcceptGap", request).status();
  }

 private:
  Peer& TakerOf(ImportKind kind) {
    if (kind == ImportKind::kSuspensions) return exclusions_;
    if (kind == ImportKind::kPublished || kind == ImportKind::kNeighbours) return published_;
    return kind == ImportKind::kRegister ? attendance_ : registry_;
  }
  Peer& PeerOf(std::string_view service) {
    if (service == "attendance") return attendance_;
    if (service == "exclusions") return exclusions_;
    if (service == "panel") return panel_;
    return service == "referrals" ? referrals_ : registry_;
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const Peer& peer, Client& client, std::string_view method,
                               const Request& request) {
    const auto options = Options(kCallTime);
    if (!options.ok()) return options.status();
    return peer.Explain(client.Call<Request, Response>(method, request, *options));
  }
  template <typename Request, typename Response>
  absl::StatusOr<ImportReport> AskForImport(Peer& peer, const std::string& import_id) {
    Request request;
    request.set_import_id(import_id);
    auto response = Ask<Response>(peer, peer.own(), "GetImport", request);
    if (!response.ok()) return response.status();
    return std::move(*response->mutable_report());
  }
  template <typename Response, typename Request>
  absl::StatusOr<Response> AskEvents(std::string_view service, std::string_view method,
                                     const Request& request) {
    Peer& peer = PeerOf(service);
    return Ask<Response>(peer, peer.events(), method, request);
  }

  template <typename Request>
  absl::Status Export(Peer& peer, std::string_view method, const Request& request,
                      const Sink& sink) {
    const auto options = Options(kStreamTime);
    if (!options.ok()) return options.status();
    absl::Status ours;
    const absl::Status status = peer.own().ServerStream<Request, FileChunk>(
        method, request, *options, [&](const FileChunk& chunk) {
          ours = sink(chunk.data());
          return ours;
        });
    return ours.ok() ? peer.Explain(status) : ours;
  }

  absl::StatusOr<CallOptions> Options(milliseconds time) {
    CallOptions options = CallOptions::In(time);
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (token_.empty() || now - signed_in_ > kTokenUse) {
      registry::v1::ExchangeIdentityRequest request;
      request.set_operator_secret(operator_secret_);
      auto response = registry_.Explain(
          registry_.own()
              .Call<registry::v1::ExchangeIdentityRequest, registry::v1::ExchangeIdentityResponse>(
                  "ExchangeIdentity", request, CallOptions::In(kCallTime)));
      if (!response.ok()) return response.status();
      token_ = response->token();
      signed_in_ = now;
    }
    options.token = token_;
    return options;
  }

  Peer registry_;
  Peer attendance_;
  Peer referrals_;
  Peer exclusions_;
  Peer trends_;
  Peer published_;
  Peer panel_;
  Peer impact_;
  const std::string operator_secret_;
  std::mutex mutex_;
  std::string token_;                                // guarded by mutex_
  std::chrono::steady_clock::time_point signed_in_;  // guarded by mutex_
};

}  // namespace

absl::StatusOr<std::unique_ptr<Services>> ConnectToServices(service::ConfigReader& env) {
  const std::map<std::string_view, std::string> addresses = {
      {"registry", env.Address(service::variables::kRegistryAddress)},
      {"attendance", env.Address(service::variables::kAttendanceAddress)},
      {"referrals", env.Address(service::variables::kReferralsAddress)},
      {"exclusions", env.Address(service::variables::kExclusionsAddress)},
      {"panel", env.Address(service::variables::kPanelAddress)}};
  std::string secret = env.SecretFromFile(service::variables::kOperatorSecretFile);
  if (absl::Status status = env.Finish(); !status.ok()) return status;
  return std::make_unique<GrpcServices>(addresses, std::move(secret));
}

}  // namespace pathways::cli
