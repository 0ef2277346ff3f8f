#include "services/panel/store/minutes_store.h"

#include "libs/storage/sql.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

// Parts that are hidden from the reader are not counted: they cannot be checked.
constexpr Sql kFind = R"(
  select m.*, coalesce(encode(m.digest, 'hex'), '') as digest_text,
         not exists (select 1 from minutes_item i
                     where i.sitting_id = m.sitting_id and i.digest <> sha256(convert_to(i.content, 'UTF8'))) as intact
  from minutes m where m.sitting_id = $1)";
constexpr Sql kMake = R"(
  insert into minutes (sitting_id, la_code, version, updated_by, updated_at) values ($1, $2, 0, app.person(), now())
  on conflict do nothing)";
constexpr Sql kLock = "select 1 from minutes where sitting_id = $1 for update";
constexpr Sql kUpdate = R"(
  update minutes set version = $2, updated_by = $3, updated_at = $4, last_call = $5 where sitting_id = $1)";

constexpr Sql kWords = "select item, words, drafted from minutes_words where sitting_id = $1";
constexpr Sql kKeepWords = R"(
  insert into minutes_words (sitting_id, item, case_id, la_code, words, drafted, written_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (sitting_id, item) do update
  set words = excluded.words, drafted = excluded.drafted, written_by = app.person(), written_at = excluded.written_at)";
constexpr Sql kForgetWords = "delete from minutes_words where sitting_id = $1 and item = $2";

constexpr Sql kAddPart = R"(
  insert into minutes_item (sitting_id, position, case_id, la_code, content, digest)
  values ($1, $2, $3, $4, $5, sha256(convert_to($5, 'UTF8'))))";
constexpr Sql kSign = R"(
  update minutes
  set signed_at = $2, signed_by = $3, version = $4, last_call = $5, updated_at = $2, updated_by = $3,
      digest = (select sha256(string_agg(i.digest, '' order by i.position)) from minutes_item i where i.sitting_id = $1)
  where sitting_id = $1)";
constexpr Sql kParts = "select content from minutes_item where sitting_id = $1 order by position";

}  // namespace

absl::StatusOr<MinutesRow> FindMinutes(Transaction& transaction, const Sitting& sitting) {
  MinutesRow minutes{.sitting = sitting.id, .la_code = sitting.la_code};
  const auto row = transaction.QueryOptional(kFind, sitting.id);
  if (!row.ok()) return row.status();
  if (!*row) return minutes;
  minutes.version = (*row)->Get<std::int64_t>("version");
  minutes.updated_by = (*row)->Get<std::string>("updated_by");
  minutes.updated_at = (*row)->Get<education::Instant>("updated_at");
  minutes.last_call = (*row)->Get<std::string>("last_call");
  minutes.signed_at = (*row)->GetOptional<education::Instant>("signed_at");
  minutes.signed_by = (*row)->GetOptional<std::string>("signed_by").value_or("");
  minutes.digest = (*row)->Get<std::string>("digest_text");
  minutes.intact = (*row)->Get<bool>("intact");
  return minutes;
}

absl::StatusOr<MinutesRow> LockMinutes(Transaction& transaction, const Sitting& sitting) {
  auto status = transaction.Execute(kMake, sitting.id, sitting.la_code).status();
  if (status.ok()) status = transaction.Query(kLock, sitting.id).status();
  if (!status.ok()) return status;
  return FindMinutes(transaction, sitting);
}

absl::Status UpdateMinutes(Transaction& transaction, const MinutesRow& minutes) {
  return transaction
      .Execute(kUpdate, minutes.sitting, minutes.version, minutes.updated_by, minutes.updated_at,
               minutes.last_call)
      .status();
}

absl::StatusOr<std::map<std::string, MinutesWords>> ReadMinutesWords(Transaction& transaction,
                                                                     const SittingId& sitting) {
  const auto rows = transaction.Query(kWords, sitting);
  if (!rows.ok()) return rows.status();
  std::map<std::string, MinutesWords> words;
  for (const auto& row : *rows) {
    words[row.Get<std::string>("item")] = {row.Get<std::string>("words"),
                                           row.Get<std::string>("drafted")};
  }
  return words;
}

absl::Status KeepMinutesWords(Transaction& transaction, const MinutesRow& minutes,
                              const std::string& item, const std::optional<CaseId>& panel_case,
                              const MinutesWords& words) {
  if (words.words.empty()) {
    return transaction.Execute(kForgetWords, minutes.sitting, item).status();
  }
  return transaction
      .Execute(kKeepWords, minutes.sitting, item, panel_case, minutes.la_code, words.words,
               words.drafted, minutes.updated_at)
      .status();
}

absl::Status SealMinutes(Transaction& transaction, const MinutesRow& minutes,
                         const std::vector<MinutesPart>& parts) {
  std::int32_t position = 0;
  for (const MinutesPart& part : parts) {
    auto status = transaction
                      .Execute(kAddPart, minutes.sitting, ++position, part.panel_case,
                               minutes.la_code, part.content)
                      .status();
    if (!status.ok()) return status;
  }
  return transaction
      .Execute(kSign, minutes.sitting, minutes.updated_at, minutes.updated_by, minutes.version,
               minutes.last_call)
      .status();
}

absl::StatusOr<std::vector<std::string>> ReadMinutesParts(Transaction& transaction,
                                                          const SittingId& sitting) {
  const auto rows = transaction.Query(kParts, sitting);
  if (!rows.ok()) return rows.status();
  std::vector<std::string> parts;
  for (const auto& row : *rows) parts.push_back(row.Get<std::string>("content"));
  return parts;
}

}  // namespace pathways::panel
