// A person decides about a proposal.
#include <array>
#include <string>

#include "libs/forms/words.h"
#include "libs/service/seen_version.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/api/risk_messages.h"
#include "services/exclusions/store/risk_events.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

constexpr std::size_t kLeastWords = 10;
constexpr std::size_t kMostWords = 2'000;

struct Wish {
  ProposalId id;
  std::int64_t version;
  RiskDecision decision;
  std::string reason;
};

absl::StatusOr<Wish> ReadWish(const v1::DecideRiskProposalRequest& request) {
  service::FieldViolations wrong;
  const auto id = ProposalId::Parse(request.proposal_id());
  wrong.AddIfError("proposal_id", id.status());
  const auto decision = FromMessage(request.decision());
  if (!decision) wrong.Add("decision", "Choose what is decided");
  std::string reason = forms::Tidy(request.reason());
  if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostWords)) {
    wrong.Add(problem->field, problem->words);
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return Wish{*id, request.version(), *decision, std::move(reason)};
}

class Decider {
 public:
  Decider(const RiskParts& parts, const Call& call, const Wish& wish)
      : parts_(parts), call_(call), wish_(wish) {}

  absl::StatusOr<RiskProposal> Decide(Transaction& transaction) const {
    // One that is not theirs is not there; one they may only read is refused.
    if (auto seen = FindProposal(transaction, wish_.id); !seen.ok()) return seen.status();
    auto locked = LockProposal(transaction, wish_.id);
    if (absl::IsNotFound(locked.status())) {
      return absl::PermissionDeniedError("A proposal is for the authority to decide");
    }
    if (!locked.ok()) return locked.status();
    const std::string& person = transaction.scope().person;
    const auto seen =
        service::CompareVersion(*locked, wish_.version, call_, person, "The proposal");
    if (!seen.ok()) return seen.status();
    if (*seen == service::Seen::kRepeated) return locked;
    if (locked->state == ProposalState::kLapsed) {
      return absl::FailedPreconditionError("The proposal has lapsed: there is nothing to decide");
    }
    Set(person, &*locked);
    if (auto status = Write(transaction, *locked); !status.ok()) return status;
    return locked;
  }

 private:
  void Set(const std::string& person, RiskProposal* proposal) const {
    proposal->state = ProposalState::kDecided;
    proposal->decision = wish_.decision;
    proposal->decided_at = proposal->updated_at = parts_.clock->Now();
    proposal->decided_by = proposal->updated_by = person;
    proposal->last_call = call_.request_id();
    proposal->below_since = false;
    ++proposal->version;
  }

  absl::Status Write(Transaction& transaction, RiskProposal& proposal) const {
    const std::array events = {MakeRiskDecidedEvent(proposal)};
    auto status = UpdateProposals(transaction, std::span(&proposal, 1));
    if (status.ok()) status = AddDecision(transaction, proposal, wish_.reason);
    if (status.ok()) {
      const access::AccessEntry entry{access::Action::kWrite,    access::SubjectKind::kPupil,
                                      proposal.pupil.ToString(), proposal.urn,
                                      proposal.la_code,          "proposal of help decided"};
      status = access::RecordAccess(transaction, call_.AccessContext(), std::span(&entry, 1));
    }
    if (!status.ok()) return status;
    return parts_.outbox->Append(transaction, events, call_.trace().ToTraceparent());
  }

  const RiskParts& parts_;
  const Call& call_;
  const Wish& wish_;
};

absl::Status Decide(const RiskParts& parts, Call& call,
                    const v1::DecideRiskProposalRequest& request,
                    v1::DecideRiskProposalResponse* response) {
  const auto wish = ReadWish(request);
  if (!wish.ok()) return wish.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto decided = Decider(parts, call, *wish).Decide(transaction);
        if (!decided.ok()) return decided.status();
        const auto weights = ReadWeights(transaction, decided->la_code, decided->weights_number);
        if (!weights.ok()) return weights.status();
        Fill(*decided, weights->weights, response->mutable_proposal());
        return absl::OkStatus();
      });
}

}  // namespace

void AddRiskDecisions(service::Endpoint& endpoint, const RiskParts& parts) {
  endpoint.Unary<v1::DecideRiskProposalRequest, v1::DecideRiskProposalResponse>(
      "DecideRiskProposal", Permission::kDecideRisk,
      [parts](Call& call, const auto& request, auto* response) {
        return Decide(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
