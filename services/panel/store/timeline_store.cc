#include "services/panel/store/timeline_store.h"

#include "libs/storage/sql.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kKeepWords = R"(
  insert into words (case_id, placement_id, words) values ($1, $2, $3) returning words_id)";

// Without "returning": who writes for a placement may not read the timeline of the case.
constexpr Sql kAddEntry = R"(
  insert into timeline (case_id, placement_id, pupil_id, urn, la_code, at, kind, code, note, trace_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))";

constexpr Sql kRead = R"(
  select t.*, coalesce(w.words, '') as note_text
  from timeline t left join words w on w.words_id = t.note
  where t.pupil_id = $1
  order by t.at desc, t.entry_id desc
  limit $3 offset $2)";

}  // namespace

absl::StatusOr<std::optional<std::int64_t>> KeepWords(Transaction& transaction,
                                                      const CaseId& panel_case,
                                                      const std::string& words,
                                                      const std::optional<PlacementId>& placement) {
  if (words.empty()) return std::optional<std::int64_t>();
  const auto row = transaction.QueryOne(kKeepWords, panel_case, placement, words);
  if (!row.ok()) return row.status();
  return std::optional<std::int64_t>(row->Get<std::int64_t>(0));
}

absl::StatusOr<std::optional<std::int64_t>> AddEntry(Transaction& transaction,
                                                     const NewEntry& entry) {
  const auto words = entry.kept_words
                         ? absl::StatusOr<std::optional<std::int64_t>>(entry.kept_words)
                         : KeepWords(transaction, entry.panel_case, entry.note, entry.placement);
  if (!words.ok()) return words.status();
  const auto added =
      transaction.Execute(kAddEntry, entry.panel_case, entry.placement, entry.pupil, entry.urn,
                          entry.la_code, entry.at, entry.kind, entry.code, *words, entry.trace_id);
  if (!added.ok()) return added.status();
  return words;
}

absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(Transaction& transaction,
                                                        const education::PupilId& pupil,
                                                        std::int64_t offset, std::int64_t limit) {
  const auto rows = transaction.Query(kRead, pupil, offset, limit);
  if (!rows.ok()) return rows.status();
  std::vector<TimelineEntry> entries;
  for (const auto& row : *rows) {
    entries.push_back({.at = row.Get<education::Instant>("at"),
                       .kind = row.Get<std::string>("kind"),
                       .code = row.Get<std::string>("code"),
                       .person = row.Get<std::string>("person"),
                       .role = row.Get<std::string>("role"),
                       .pupil = row.Get<education::PupilId>("pupil_id"),
                       .urn = row.Get<education::Urn>("urn"),
                       .la_code = row.Get<education::LaCode>("la_code"),
                       .panel_case = row.Get<CaseId>("case_id"),
                       .note = row.Get<std::string>("note_text"),
                       .trace_id = row.Get<std::string>("trace_id")});
  }
  return entries;
}

}  // namespace pathways::panel
