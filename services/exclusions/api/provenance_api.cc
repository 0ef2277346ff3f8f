// Where an exclusion came from.
#include <array>
#include <string>

#include "libs/importing/sent_files.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/trends_api.h"
#include "services/exclusions/store/exclusion_store.h"

namespace pathways::exclusions {
namespace {

using service::Call;
using storage::Transaction;

absl::StatusOr<KeptExclusion> Find(const TrendsParts& parts, const Call& call,
                                   const ExclusionId& id) {
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(),
      [&](Transaction& transaction) -> absl::StatusOr<KeptExclusion> {
        auto found = FindExclusion(transaction, id);
        if (!found.ok()) return found.status();
        const Exclusion& exclusion = found->exclusion;
        const std::array entry{access::AccessEntry{
            access::Action::kRead, access::SubjectKind::kPupil, exclusion.pupil.ToString(),
            exclusion.urn, exclusion.la_code, "where an exclusion came from"}};
        const auto status = access::RecordAccess(transaction, call.AccessContext(), entry);
        if (!status.ok()) return status;
        return found;
      });
}

absl::Status Get(const TrendsParts& parts, Call& call, const v1::GetProvenanceRequest& request,
                 v1::GetProvenanceResponse* response) {
  const auto id = ExclusionId::Parse(request.exclusion_id());
  if (!id.ok()) {
    return service::FieldViolations().AddIfError("exclusion_id", id.status()).ToStatus();
  }
  const auto found = Find(parts, call, *id);
  if (!found.ok()) return found.status();
  response->set_person_id(found->recorded_by);
  response->set_recorded_at(education::InstantToString(found->recorded_at));
  if (!found->import) return absl::OkStatus();
  const std::string import_id = found->import->ToString();
  const auto files = importing::FindSentFiles(*parts.pool, {import_id}, call.deadline());
  if (!files.ok()) return files.status();
  response->set_import_id(import_id);
  response->set_import_row(found->import_row);
  const auto file = files->find(import_id);
  if (file == files->end()) return absl::OkStatus();
  response->set_import_file(file->second.name);
  response->set_person_id(file->second.person);
  return absl::OkStatus();
}

}  // namespace

void AddProvenance(service::Endpoint& endpoint, const TrendsParts& parts) {
  endpoint.Unary<v1::GetProvenanceRequest, v1::GetProvenanceResponse>(
      "GetProvenance", access::Permission::kReadExclusion,
      [parts](Call& call, const auto& request, auto* response) {
        return Get(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
