#include "services/exclusions/store/timeline_store.h"

#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

using education::Instant;
using storage::Sql;
using storage::Transaction;

constexpr Sql kAddEntry = R"(
  with added as (
    insert into timeline (pupil_id, urn, la_code, at, kind, exclusion_id, step, change, trace_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    returning entry_id, urn, la_code)
  insert into timeline_note (entry_id, urn, la_code, note)
  select entry_id, urn, la_code, $10 from added where $10 <> '')";

constexpr Sql kAddEntries = R"(
  insert into timeline (pupil_id, urn, la_code, at, kind, exclusion_id, step, change, trace_id)
  select k.pupil_id, k.urn, k.la_code, $8, k.kind, k.exclusion_id, k.step, k.change, $9
  from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::uuid[], $6::text[], $7::text[])
    as k(pupil_id, urn, la_code, kind, exclusion_id, step, change))";

constexpr Sql kOfPupil = R"(
  select t.*, coalesce(n.note, '') as note
  from timeline t left join timeline_note n using (entry_id)
  where t.pupil_id = $1
  order by t.at desc, t.entry_id desc
  limit $3 offset $2)";

constexpr Sql kOfExclusion = R"(
  select t.*, coalesce(n.note, '') as note
  from timeline t left join timeline_note n using (entry_id)
  where t.exclusion_id = $1
  order by t.at desc, t.entry_id desc)";

std::vector<TimelineEntry> ReadAll(const storage::Rows& rows) {
  std::vector<TimelineEntry> entries;
  for (const auto& row : rows) {
    entries.push_back({.at = row.Get<Instant>("at"),
                       .kind = row.Get<std::string>("kind"),
                       .person = row.Get<std::string>("person"),
                       .role = row.Get<std::string>("role"),
                       .urn = row.Get<education::Urn>("urn"),
                       .exclusion = row.Get<ExclusionId>("exclusion_id"),
                       .step = row.Get<std::string>("step"),
                       .change = row.Get<std::string>("change"),
                       .note = row.Get<std::string>("note"),
                       .trace_id = row.Get<std::string>("trace_id")});
  }
  return entries;
}

}  // namespace

absl::Status AddEntry(Transaction& transaction, const KeptExclusion& kept, const NewEntry& entry,
                      Instant at, const std::string& trace_id) {
  const Exclusion& e = kept.exclusion;
  return transaction
      .Execute(kAddEntry, e.pupil, e.urn, e.la_code, at, entry.kind, e.id, entry.step, entry.change,
               trace_id, entry.note)
      .status();
}

absl::Status AddEntries(Transaction& transaction, std::span<const EntryOf> entries, Instant at,
                        const std::string& trace_id) {
  if (entries.empty()) return absl::OkStatus();
  std::vector<education::PupilId> pupil;
  std::vector<education::Urn> urn;
  std::vector<education::LaCode> la_code;
  std::vector<ExclusionId> id;
  std::vector<std::string> kind, step, change;
  for (const auto& [kept, entry] : entries) {
    pupil.push_back(kept->exclusion.pupil);
    urn.push_back(kept->exclusion.urn);
    la_code.push_back(kept->exclusion.la_code);
    id.push_back(kept->exclusion.id);
    kind.push_back(entry.kind);
    step.push_back(entry.step);
    change.push_back(entry.change);
  }
  return transaction.Execute(kAddEntries, pupil, urn, la_code, kind, id, step, change, at, trace_id)
      .status();
}

absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(Transaction& transaction,
                                                        const education::PupilId& pupil,
                                                        std::int64_t offset, std::int64_t limit) {
  const auto rows = transaction.Query(kOfPupil, pupil, offset, limit);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

absl::StatusOr<std::vector<TimelineEntry>> ReadHistory(Transaction& transaction,
                                                       const ExclusionId& exclusion) {
  const auto rows = transaction.Query(kOfExclusion, exclusion);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

}  // namespace pathways::exclusions
