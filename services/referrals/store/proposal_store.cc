#include "services/referrals/store/proposal_store.h"

#include "services/referrals/store/rows.h"

namespace pathways::referrals {
namespace {

using storage::Sql;

constexpr Sql kFind = R"(
  select p.*, coalesce(n.note, '') as dismissed_reason
  from proposal p left join timeline_note n on n.entry_id = p.decision_entry
  where p.proposal_id = $1)";

constexpr Sql kLock = R"(
  select p.*, '' as dismissed_reason from proposal p where p.proposal_id = $1 for update)";

constexpr Sql kTakeUp = R"(
  update proposal set state = 'taken_up', request_id = $2 where proposal_id = $1)";

constexpr Sql kDismiss = R"(
  update proposal set state = 'dismissed', decision_entry = $2 where proposal_id = $1)";

constexpr Sql kList = R"(
  select p.*, coalesce(n.note, '') as dismissed_reason, count(*) over () as total
  from proposal p left join timeline_note n on n.entry_id = p.decision_entry
  where p.state = $1 and ($2 = 0 or p.urn = $2) and ($3 = '' or p.kind = $3)
  order by p.kind = 'severe' desc, p.raised_at desc, p.proposal_id
  limit $5 offset $4)";

absl::StatusOr<Proposal> One(const absl::StatusOr<storage::Row>& row) {
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such proposal");
  if (!row.ok()) return row.status();
  return ReadProposal(*row);
}

}  // namespace

absl::StatusOr<Proposal> FindProposal(storage::Transaction& transaction, const ProposalId& id) {
  return One(transaction.QueryOne(kFind, id));
}

absl::StatusOr<Proposal> LockProposal(storage::Transaction& transaction, const ProposalId& id) {
  return One(transaction.QueryOne(kLock, id));
}

absl::Status TakeUp(storage::Transaction& transaction, const ProposalId& id,
                    const RequestId& request) {
  return transaction.Execute(kTakeUp, id, request).status();
}

absl::Status Dismiss(storage::Transaction& transaction, const ProposalId& id, std::int64_t entry) {
  return transaction.Execute(kDismiss, id, entry).status();
}

absl::StatusOr<ProposalPage> ListProposals(storage::Transaction& transaction,
                                           const ProposalFilter& filter) {
  const auto rows = transaction.Query(kList, ProposalStateName(filter.state), filter.urn,
                                      filter.kind, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  ProposalPage page;
  for (const auto& row : *rows) {
    page.proposals.push_back(ReadProposal(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

}  // namespace pathways::referrals
