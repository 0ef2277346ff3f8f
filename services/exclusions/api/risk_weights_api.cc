// An authority's weights: read, drafted, switched on.
#include <array>
#include <string>
#include <utility>

#include "libs/forms/words.h"
#include "libs/service/seen_version.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/api/risk_messages.h"
#include "services/exclusions/store/risk_rows.h"
#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::LaCode;
using service::Call;
using storage::Transaction;

constexpr std::size_t kLeastWords = 10;
constexpr std::size_t kMostWords = 2'000;

// As every other touch of what is kept, though no child is named here.
absl::Status RecordWrite(Transaction& transaction, const Call& call, LaCode la_code,
                         std::string_view detail) {
  const std::array entries = {access::AccessEntry{.action = access::Action::kWrite,
                                                  .subject_kind = access::SubjectKind::kAuthority,
                                                  .subject_id = la_code.ToString(),
                                                  .urn = {},
                                                  .authority = la_code,
                                                  .detail = std::string(detail)}};
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::Status Get(const RiskParts& parts, Call& call, const v1::GetRiskWeightsRequest& request,
                 v1::GetRiskWeightsResponse* response) {
  const auto la_code = ChooseAuthority(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const auto setter = call.caller().RoleFor(Permission::kSetRiskWeights);
  const auto scope = setter ? call.caller().ToRowScope(*setter) : call.RowScope();
  return storage::RunInTransaction(
      *parts.pool, scope, call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto history = ReadWeightsHistory(transaction, *la_code);
        if (!history.ok()) return history.status();
        Fill(history->front(), response->mutable_current());
        for (const NumberedWeights& weights : *history) Fill(weights, response->add_history());
        response->set_la_code(la_code->value());
        response->set_may_change(setter.has_value());
        if (!setter) return absl::OkStatus();
        const auto draft = FindWeightsDraft(transaction, *la_code, false);
        if (!draft.ok()) return draft.status();
        if (*draft) Fill(**draft, response->mutable_draft());
        return absl::OkStatus();
      });
}

absl::StatusOr<RiskWeights> ReadWeights(const v1::RiskWeights& message) {
  if (!FactorsAreKnown(message)) {
    return service::InvalidField("weights.bands", "Choose factors from the list");
  }
  RiskWeights weights = FromMessage(message, "draft");
  service::FieldViolations wrong;
  wrong.AddAll("weights.", CheckWeights(weights));
  if (!wrong.empty()) return wrong.ToStatus();
  return weights;
}

absl::StatusOr<WeightsDraft> SaveDraft(const RiskParts& parts, const Call& call,
                                       Transaction& transaction, LaCode la_code,
                                       std::int64_t version, const RiskWeights& weights) {
  const std::string& person = transaction.scope().person;
  const auto known = FindWeightsDraft(transaction, la_code, true);
  if (!known.ok()) return known.status();
  WeightsDraft draft = known->value_or(WeightsDraft());
  const auto seen = service::CompareVersion(draft, version, call, person, "The draft");
  if (!seen.ok()) return seen.status();
  if (*seen == service::Seen::kRepeated) return draft;
  draft = {.weights = weights,
           .version = version + 1,
           .updated_at = parts.clock->Now(),
           .updated_by = person,
           .last_call = call.request_id()};
  const auto written = PutWeightsDraft(transaction, la_code, draft);
  if (!written.ok()) return written.status();
  if (!*written) return absl::AbortedError("The draft was written by somebody else just now");
  auto status = RecordWrite(transaction, call, la_code, "weights of risk drafted");
  if (!status.ok()) return status;
  return draft;
}

absl::Status Save(const RiskParts& parts, Call& call, const v1::SaveRiskWeightsRequest& request,
                  v1::SaveRiskWeightsResponse* response) {
  const auto la_code = ChooseAuthority(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const auto weights = ReadWeights(request.weights());
  if (!weights.ok()) return weights.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto draft =
            SaveDraft(parts, call, transaction, *la_code, request.version(), *weights);
        if (!draft.ok()) return draft.status();
        Fill(*draft, response->mutable_draft());
        return absl::OkStatus();
      });
}

absl::StatusOr<NumberedWeights> SwitchOn(const RiskParts& parts, const Call& call,
                                         Transaction& transaction, LaCode la_code,
                                         std::int64_t version, const std::string& reason) {
  const std::string& person = transaction.scope().person;
  const auto draft = FindWeightsDraft(transaction, la_code, true);
  if (!draft.ok()) return draft.status();
  if (!*draft) return absl::FailedPreconditionError("There is no draft to switch on");
  const auto seen = service::CompareVersion(**draft, version, call, person, "The draft");
  if (!seen.ok()) return seen.status();
  const auto history = ReadWeightsHistory(transaction, la_code);
  if (!history.ok()) return history.status();
  NumberedWeights on{.number = history->front().number + 1,
                     .weights = (*draft)->weights,
                     .reason = reason,
                     .switched_on_at = parts.clock->Now(),
                     .switched_on_by = person};
  auto status = InsertWeights(transaction, la_code, on, *on.switched_on_at);
  if (status.ok()) status = DeleteWeightsDraft(transaction, la_code);
  if (status.ok()) status = RecordWrite(transaction, call, la_code, "weights of risk switched on");
  if (status.ok()) {
    // Whose facts are weighed anew follows from the rolls; it is not the caller's to see.
    status = WithWholePupil(transaction, [&] { return NoteAuthority(transaction, la_code); });
  }
  if (!status.ok()) return status;
  return on;
}

absl::Status Switch(const RiskParts& parts, Call& call,
                    const v1::SwitchOnRiskWeightsRequest& request,
                    v1::SwitchOnRiskWeightsResponse* response) {
  const auto la_code = ChooseAuthority(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const std::string reason = forms::Tidy(request.reason());
  if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostWords)) {
    return service::InvalidField(problem->field, problem->words);
  }
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto on = SwitchOn(parts, call, transaction, *la_code, request.version(), reason);
        if (!on.ok()) return on.status();
        Fill(*on, response->mutable_current());
        return absl::OkStatus();
      });
}

}  // namespace

void AddRiskWeights(service::Endpoint& endpoint, const RiskParts& parts) {
  endpoint.Unary<v1::GetRiskWeightsRequest, v1::GetRiskWeightsResponse>(
      "GetRiskWeights", Permission::kAuditRisk,
      [parts](Call& call, const auto& request, auto* response) {
        return Get(parts, call, request, response);
      });
  endpoint.Unary<v1::SaveRiskWeightsRequest, v1::SaveRiskWeightsResponse>(
      "SaveRiskWeights", Permission::kSetRiskWeights,
      [parts](Call& call, const auto& request, auto* response) {
        return Save(parts, call, request, response);
      });
  endpoint.Unary<v1::SwitchOnRiskWeightsRequest, v1::SwitchOnRiskWeightsResponse>(
      "SwitchOnRiskWeights", Permission::kSetRiskWeights,
      [parts](Call& call, const auto& request, auto* response) {
        return Switch(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
