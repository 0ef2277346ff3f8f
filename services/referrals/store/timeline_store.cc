#include "services/referrals/store/timeline_store.h"

#include "services/referrals/store/rows.h"

namespace pathways::referrals {
namespace {

using storage::Sql;

constexpr Sql kAddEntry = R"(
  with added as (
    insert into timeline (pupil_id, urn, la_code, at, kind, request_id, proposal_id, trace_id, day, sessions_possible,
                          sessions_absent, sessions_unauthorised)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    returning entry_id, urn, la_code),
  noted as (
    insert into timeline_note (entry_id, urn, la_code, note)
    select entry_id, urn, la_code, $13 from added where $13 <> '')
  select entry_id from added)";

constexpr Sql kReadTimeline = R"(
  select t.at, t.kind as entry_kind, t.person, t.role, t.urn, t.la_code, t.pupil_id, t.trace_id,
         t.request_id as entry_request_id, t.day, t.sessions_possible, t.sessions_absent, t.sessions_unauthorised,
         coalesce(n.note, '') as note,
         p.proposal_id, p.enrolment_id, p.kind, p.state, p.raised_at, p.request_id, '' as dismissed_reason
  from timeline t
  left join timeline_note n using (entry_id)
  left join proposal p using (proposal_id)
  where t.pupil_id = $1
  order by t.at desc, t.entry_id desc
  limit $3 offset $2)";

std::optional<Proposal> ReadProposalOf(const storage::Row& row) {
  if (row.IsNull("proposal_id") || row.IsNull("day")) return std::nullopt;
  return ReadProposal(row);
}

TimelineEntry ReadEntry(const storage::Row& row) {
  return {.at = row.Get<education::Instant>("at"),
          .kind = row.Get<std::string>("entry_kind"),
          .person = row.Get<std::string>("person"),
          .role = row.Get<std::string>("role"),
          .urn = row.Get<education::Urn>("urn"),
          .request = row.GetOptional<RequestId>("entry_request_id"),
          .proposal_id = row.GetOptional<ProposalId>("proposal_id"),
          .note = row.Get<std::string>("note"),
          .trace_id = row.Get<std::string>("trace_id"),
          .proposal = ReadProposalOf(row)};
}

}  // namespace

absl::StatusOr<std::int64_t> AddEntry(storage::Transaction& transaction, const NewEntry& entry) {
  const auto& figures = entry.figures;
  const auto figure = [&](std::int32_t AbsenceFigures::*member) {
    return figures ? std::optional((*figures).*member) : std::nullopt;
  };
  const auto row = transaction.QueryOne(
      kAddEntry, entry.pupil, entry.urn, entry.la_code, entry.at, entry.kind, entry.request,
      entry.proposal, entry.trace_id, figures ? std::optional(figures->day) : std::nullopt,
      figure(&AbsenceFigures::possible), figure(&AbsenceFigures::absent),
      figure(&AbsenceFigures::unauthorised), entry.note);
  if (!row.ok()) return row.status();
  return row->Get<std::int64_t>("entry_id");
}

absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(storage::Transaction& transaction,
                                                        const education::PupilId& pupil,
                                                        std::int64_t offset, std::int64_t limit) {
  const auto rows = transaction.Query(kReadTimeline, pupil, offset, limit);
  if (!rows.ok()) return rows.status();
  std::vector<TimelineEntry> entries;
  for (const auto& row : *rows) entries.push_back(ReadEntry(row));
  return entries;
}

}  // namespace pathways::referrals
