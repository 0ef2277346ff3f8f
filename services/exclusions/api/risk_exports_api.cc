// Proposals as a file.
#include <string>
#include <vector>

#include "libs/service/send_file.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/tabular/csv_writer.h"
#include "pathways/common/v1/import.pb.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/api/risk_messages.h"

namespace pathways::exclusions {
namespace {

using common::v1::FileChunk;
using service::Call;
using storage::Transaction;

constexpr std::int64_t kAtOnce = 1'000;

std::string DayOf(const std::optional<education::Instant>& at) {
  return at ? education::LondonDay(*at).ToIso() : std::string();
}

void Write(const RiskProposal& one, tabular::CsvWriter& csv) {
  const std::vector<std::string> cells = {
      one.id.ToString(),
      one.pupil.ToString(),
      one.urn.ToString(),
      one.facts.primary ? "primary" : "secondary",
      std::string(ProposalStateName(one.state)),
      std::to_string(one.score),
      std::to_string(one.threshold),
      std::to_string(one.weights_number),
      DayOf(one.proposed_at),
      std::string(one.decision ? RiskDecisionName(*one.decision) : ""),
      DayOf(one.decided_at),
      one.lapsed_because};
  csv.WriteRecord(std::vector<std::string_view>(cells.begin(), cells.end()));
}

absl::Status RecordExport(Transaction& transaction, const Call& call,
                          const std::vector<RiskProposal>& proposals) {
  std::vector<access::AccessEntry> entries;
  for (const RiskProposal& one : proposals) {
    entries.push_back({access::Action::kExport, access::SubjectKind::kPupil, one.pupil.ToString(),
                       one.urn, one.la_code, "proposals of help"});
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::StatusOr<std::string> MakeFile(const RiskParts& parts, const Call& call,
                                     const ProposalFilter& filter) {
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(),
      [&](Transaction& transaction) -> absl::StatusOr<std::string> {
        std::string text;
        tabular::CsvWriter csv(&text);
        csv.WriteRecord({"proposal_id", "pupil_id", "urn", "phase", "state", "score", "threshold",
                         "weights", "proposed_on", "decision", "decided_on", "lapsed_because"});
        std::int64_t offset = 0;
        for (;;) {
          const auto list = ListProposals(transaction, filter, offset, kAtOnce);
          if (!list.ok()) return list.status();
          for (const RiskProposal& one : list->proposals) Write(one, csv);
          auto status = RecordExport(transaction, call, list->proposals);
          if (!status.ok()) return status;
          offset += kAtOnce;
          if (offset >= list->total) return text;
        }
      });
}

absl::Status Export(const RiskParts& parts, Call& call,
                    const v1::ExportRiskProposalsRequest& request,
                    service::Writer<FileChunk>& out) {
  const auto filter = ReadFilter(request.proposals(), "proposals.");
  if (!filter.ok()) return filter.status();
  const auto text = MakeFile(parts, call, *filter);
  if (!text.ok()) return text.status();
  return service::SendFile(*text, out);
}

}  // namespace

void AddRiskExports(service::Endpoint& endpoint, const RiskParts& parts) {
  endpoint.ServerStream<v1::ExportRiskProposalsRequest, FileChunk>(
      "ExportRiskProposals", access::Permission::kReadRisk,
      [parts](Call& call, const auto& request, service::Writer<FileChunk>& out) {
        return Export(parts, call, request, out);
      });
}

}  // namespace pathways::exclusions
