#include "services/panel/api/impact_api.h"

#include <array>
#include <string>

#include "libs/access/access_log.h"
#include "libs/service/send_file.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/common/v1/import.pb.h"
#include "services/panel/api/impact_figures.h"

namespace pathways::panel {
namespace {

using access::Permission;
using common::v1::FileChunk;
using service::Call;

// Figures are read about an authority; whose attendance and exclusions made them is written down
// where these are kept.
absl::Status Record(const ImpactParts& parts, const Call& call, const ImpactSight& sight,
                    access::Action action) {
  const access::AccessEntry entry{.action = action,
                                  .subject_kind = access::SubjectKind::kAuthority,
                                  .subject_id = sight.span.la_code.ToString(),
                                  .urn = {},
                                  .authority = sight.span.la_code,
                                  .detail = "impact of the panel"};
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](storage::Transaction& transaction) {
        return access::RecordAccess(transaction, call.AccessContext(), std::array{entry});
      });
}

absl::StatusOr<std::string> MakeFile(const ImpactParts& parts, const Call& call,
                                     const v1::ImpactScope& scope) {
  const auto sight = LookAtImpact(parts, call, scope);
  if (!sight.ok()) return sight.status();
  v1::GetFairnessResponse fairness;
  v1::GetEffectsResponse effects;
  v1::GetReturnsResponse returns;
  if (auto s = FillFairness(parts, call, *sight, &fairness); !s.ok()) return s;
  if (sight->casework) {
    if (auto s = FillEffects(parts, call, *sight, &effects); !s.ok()) return s;
    if (auto s = FillReturns(parts, call, *sight, &returns); !s.ok()) return s;
  }
  // A file does not say afterwards what it lacks: better none.
  if (!effects.missing().empty() || !returns.missing().empty()) {
    return absl::UnavailableError("a service that knows some of the figures does not answer");
  }
  if (auto s = Record(parts, call, *sight, access::Action::kExport); !s.ok()) return s;
  return ImpactCsv(fairness, effects, returns);
}

absl::Status Export(const ImpactParts& parts, Call& call, const v1::ExportImpactRequest& request,
                    service::Writer<FileChunk>& out) {
  const auto text = MakeFile(parts, call, request.scope());
  if (!text.ok()) return text.status();
  return service::SendFile(*text, out);
}

}  // namespace

service::Endpoint ImpactEndpoint(const ImpactParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.ImpactService");
  endpoint.Unary<v1::GetFairnessRequest, v1::GetFairnessResponse>(
      "GetFairness", Permission::kReadAggregates,
      [parts](Call& call, const auto& request, auto* response) -> absl::Status {
        const auto sight = LookAtImpact(parts, call, request.scope());
        if (!sight.ok()) return sight.status();
        return FillFairness(parts, call, *sight, response);
      });
  endpoint.Unary<v1::GetEffectsRequest, v1::GetEffectsResponse>(
      "GetEffects", Permission::kReadAggregates,
      [parts](Call& call, const auto& request, auto* response) -> absl::Status {
        const auto sight = LookAtCasework(parts, call, request.scope());
        if (!sight.ok()) return sight.status();
        return FillEffects(parts, call, *sight, response);
      });
  endpoint.Unary<v1::GetReturnsRequest, v1::GetReturnsResponse>(
      "GetReturns", Permission::kReadAggregates,
      [parts](Call& call, const auto& request, auto* response) -> absl::Status {
        const auto sight = LookAtCasework(parts, call, request.scope());
        if (!sight.ok()) return sight.status();
        return FillReturns(parts, call, *sight, response);
      });
  endpoint.ServerStream<v1::ExportImpactRequest, FileChunk>(
      "ExportImpact", Permission::kExportFigures,
      [parts](Call& call, const auto& request, service::Writer<FileChunk>& out) {
        return Export(parts, call, request, out);
      });
  return endpoint;
}

}  // namespace pathways::panel
