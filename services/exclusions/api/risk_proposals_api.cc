// Proposals: the list, and one with its working.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/service/paging.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/api/risk_messages.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::LaCode;
using service::Call;
using service::OffsetPage;
using storage::Transaction;

constexpr OffsetPage::Bounds kPage{.otherwise = 25, .most = 200};

absl::Status RecordReads(Transaction& transaction, const Call& call,
                         const std::vector<RiskProposal>& proposals) {
  std::vector<access::AccessEntry> entries;
  for (const RiskProposal& one : proposals) {
    entries.push_back({access::Action::kRead, access::SubjectKind::kPupil, one.pupil.ToString(),
                       one.urn, one.la_code, "proposal of help"});
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

// The weights each was last weighed with, one read a set of weights.
absl::Status FillAll(Transaction& transaction, const std::vector<RiskProposal>& proposals,
                     v1::ListRiskProposalsResponse* response) {
  std::map<std::pair<LaCode, int>, NumberedWeights> known;
  for (const RiskProposal& one : proposals) {
    const std::pair key(one.la_code, one.weights_number);
    auto weights = known.find(key);
    if (weights == known.end()) {
      auto read = ReadWeights(transaction, one.la_code, one.weights_number);
      if (!read.ok()) return read.status();
      weights = known.emplace(key, *std::move(read)).first;
    }
    Fill(one, weights->second.weights, response->add_proposals());
  }
  return absl::OkStatus();
}

absl::Status List(const RiskParts& parts, Call& call, const v1::ListRiskProposalsRequest& request,
                  v1::ListRiskProposalsResponse* response) {
  const auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  const auto page = OffsetPage::Read(request.page_size(), request.page_token(), kPage);
  if (!page.ok()) return page.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto list = ListProposals(transaction, *filter, page->offset, page->size);
        if (!list.ok()) return list.status();
        auto status = FillAll(transaction, list->proposals, response);
        if (!status.ok()) return status;
        response->set_total(list->total);
        response->set_next_page_token(page->NextToken(list->proposals.size(), list->total));
        return RecordReads(transaction, call, list->proposals);
      });
}

absl::Status FillWorkings(Transaction& transaction, const RiskProposal& proposal,
                          v1::GetRiskProposalResponse* response) {
  const auto first = ReadWeights(transaction, proposal.la_code, proposal.first_weights);
  if (!first.ok()) return first.status();
  const auto latest = ReadWeights(transaction, proposal.la_code, proposal.weights_number);
  if (!latest.ok()) return latest.status();
  Fill(proposal.first_facts, *first, proposal.proposed_at, response->mutable_when_proposed());
  Fill(proposal.facts, *latest, proposal.weighed_at, response->mutable_latest());
  Fill(proposal, latest->weights, response->mutable_proposal());
  return absl::OkStatus();
}

absl::Status Get(const RiskParts& parts, Call& call, const v1::GetRiskProposalRequest& request,
                 v1::GetRiskProposalResponse* response) {
  const auto id = service::ReadId<ProposalId>("proposal_id", request.proposal_id());
  if (!id.ok()) return id.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto proposal = FindProposal(transaction, *id);
        if (!proposal.ok()) return proposal.status();
        if (auto status = FillWorkings(transaction, *proposal, response); !status.ok()) {
          return status;
        }
        const auto decisions = ReadDecisions(transaction, *id);
        if (!decisions.ok()) return decisions.status();
        for (const DecisionEntry& entry : *decisions) Fill(entry, response->add_decisions());
        response->set_may_decide(call.caller().May(Permission::kDecideRisk) &&
                                 call.caller().scope.CoversAuthority(proposal->la_code) &&
                                 proposal->state != ProposalState::kLapsed);
        return RecordReads(transaction, call, std::vector{*proposal});
      });
}

absl::Status GetCounts(const RiskParts& parts, Call& call,
                       v1::GetRiskWorkCountsResponse* response) {
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   [&](Transaction& transaction) -> absl::Status {
                                     const auto open = CountOpenProposals(transaction);
                                     if (!open.ok()) return open.status();
                                     response->set_open(*open);
                                     return absl::OkStatus();
                                   });
}

}  // namespace

void AddRiskProposals(service::Endpoint& endpoint, const RiskParts& parts) {
  endpoint.Unary<v1::ListRiskProposalsRequest, v1::ListRiskProposalsResponse>(
      "ListRiskProposals", Permission::kReadRisk,
      [parts](Call& call, const auto& request, auto* response) {
        return List(parts, call, request, response);
      });
  endpoint.Unary<v1::GetRiskWorkCountsRequest, v1::GetRiskWorkCountsResponse>(
      "GetRiskWorkCounts", Permission::kReadRisk, [parts](Call& call, const auto&, auto* response) {
        return GetCounts(parts, call, response);
      });
  endpoint.Unary<v1::GetRiskProposalRequest, v1::GetRiskProposalResponse>(
      "GetRiskProposal", Permission::kReadRisk,
      [parts](Call& call, const auto& request, auto* response) {
        return Get(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
