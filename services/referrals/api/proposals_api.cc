// Proposals: read, and dismissed by a person who says why.
#include <algorithm>
#include <string>

#include "libs/forms/words.h"
#include "libs/service/paging.h"
#include "services/referrals/api/calls.h"
#include "services/referrals/api/messages.h"
#include "services/referrals/domain/decision.h"
#include "services/referrals/store/proposal_store.h"
#include "services/referrals/store/timeline_store.h"

namespace pathways::referrals {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

absl::StatusOr<ProposalFilter> ReadFilter(const v1::ListProposalsRequest& request) {
  ProposalFilter filter{.urn = request.urn(), .kind = request.kind()};
  service::FieldViolations wrong;
  if (request.state() != v1::PROPOSAL_STATE_UNSPECIFIED) {
    const auto state = FromMessage(request.state());
    if (!state) wrong.Add("state", "Name a state, or leave it out for open ones");
    filter.state = state.value_or(ProposalState::kOpen);
  }
  if (!filter.kind.empty() && std::ranges::count(kProposalKinds, filter.kind) == 0) {
    wrong.Add("kind", "Choose persistent, severe or unauthorised_10_in_10_weeks");
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return filter;
}

absl::Status List(const ReferralsParts& parts, const Call& call,
                  const v1::ListProposalsRequest& request, v1::ListProposalsResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                              {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  filter->offset = page->offset;
  filter->limit = page->size;
  const auto found =
      Reading(parts, call, [&](Transaction& transaction) -> absl::StatusOr<ProposalPage> {
        auto proposals = ListProposals(transaction, *filter);
        if (!proposals.ok()) return proposals.status();
        auto status =
            RecordReads(transaction, call, proposals->proposals, "absence proposal in a list");
        if (!status.ok()) return status;
        return proposals;
      });
  if (!found.ok()) return found.status();
  for (const Proposal& proposal : found->proposals) Fill(proposal, response->add_proposals());
  response->set_total(found->total);
  response->set_next_page_token(page->NextToken(found->proposals.size(), found->total));
  return absl::OkStatus();
}

absl::Status Get(const ReferralsParts& parts, const Call& call,
                 const v1::GetProposalRequest& request, v1::GetProposalResponse* response) {
  const auto id = ReadId<ProposalId>("proposal_id", request.proposal_id());
  if (!id.ok()) return id.status();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto proposal = FindProposal(transaction, *id);
    if (!proposal.ok()) return proposal.status();
    Fill(*proposal, response->mutable_proposal());
    return RecordReads(transaction, call, std::span(&*proposal, 1), "absence proposal");
  });
}

absl::StatusOr<Proposal> DismissIn(Transaction& transaction, const ReferralsParts& parts,
                                   const ProposalId& id, const std::string& reason) {
  auto proposal = LockProposal(transaction, id);
  if (!proposal.ok()) return proposal.status();
  if (proposal->state == ProposalState::kDismissed) {
    // The same call once more: its answer was lost.
    auto before = FindProposal(transaction, id);
    if (!before.ok() || before->dismissed_reason == reason) return before;
  }
  if (proposal->state != ProposalState::kOpen) {
    return absl::FailedPreconditionError("This proposal does not wait for a decision any more");
  }
  const auto entry = AddEntry(transaction, {.pupil = proposal->pupil,
                                            .urn = proposal->urn,
                                            .la_code = proposal->la_code,
                                            .at = parts.clock->Now(),
                                            .kind = "proposal_dismissed",
                                            .proposal = id,
                                            .trace_id = proposal->trace_id,
                                            .figures = proposal->figures,
                                            .note = reason});
  if (!entry.ok()) return entry.status();
  if (auto status = Dismiss(transaction, id, *entry); !status.ok()) return status;
  return FindProposal(transaction, id);
}

absl::Status DismissOne(const ReferralsParts& parts, const Call& call,
                        const v1::DismissProposalRequest& request,
                        v1::DismissProposalResponse* response) {
  const auto id = ReadId<ProposalId>("proposal_id", request.proposal_id());
  if (!id.ok()) return id.status();
  const std::string reason = forms::Tidy(request.reason());
  if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostReasonWords)) {
    return service::InvalidField(problem->field, problem->words);
  }
  return Writing(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto proposal = DismissIn(transaction, parts, *id, reason);
    if (!proposal.ok()) return proposal.status();
    response->Clear();
    Fill(*proposal, response->mutable_proposal());
    const access::AccessEntry entry =
        Touched(access::Action::kWrite, *proposal, "absence proposal dismissed");
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  });
}

}  // namespace

void AddProposals(service::Endpoint& endpoint, const ReferralsParts& parts) {
  endpoint
      .Unary<v1::ListProposalsRequest, v1::ListProposalsResponse>(
          "ListProposals", Permission::kReadRequest,
          [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::GetProposalRequest, v1::GetProposalResponse>(
          "GetProposal", Permission::kReadRequest,
          [&parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::DismissProposalRequest, v1::DismissProposalResponse>(
          "DismissProposal", Permission::kWriteRequest,
          [&parts](Call& call, const auto& q, auto* r) { return DismissOne(parts, call, q, r); });
}

}  // namespace pathways::referrals
