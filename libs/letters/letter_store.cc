#include "libs/letters/letter_store.h"

#include <algorithm>

#include "libs/storage/sql.h"

namespace pathways::letters {
namespace {

using education::Instant;
using storage::Sql;
using storage::Transaction;

constexpr Sql kInsert = R"(
  insert into letter (letter_id, kind, subject_id, pupil_id, urn, la_code, template_version, content, digest, kept_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, sha256(convert_to($8, 'UTF8')), $9)
  returning encode(digest, 'hex') as digest, kept_by)";

constexpr Sql kFind = R"(
  select l.*, encode(digest, 'hex') as digest_text, digest = sha256(convert_to(content, 'UTF8')) as intact
  from letter l where letter_id = $1)";

constexpr Sql kList = R"(
  select l.*, encode(digest, 'hex') as digest_text, digest = sha256(convert_to(content, 'UTF8')) as intact
  from letter l where subject_id = $1 order by kept_at desc, letter_id)";

constexpr Sql kSendings = R"(
  select letter_id, how, sent_on, recorded_at, recorded_by
  from letter_sending where letter_id = any($1::uuid[]) order by recorded_at, sent_on, how)";

constexpr Sql kAddSending = R"(
  insert into letter_sending (letter_id, how, sent_on, recorded_at) values ($1, $2, $3, $4)
  on conflict do nothing)";

KeptLetter Read(const storage::Row& row) {
  return {.id = row.Get<LetterId>("letter_id"),
          .kind = row.Get<std::string>("kind"),
          .subject = row.Get<SubjectId>("subject_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .template_version = row.Get<std::int64_t>("template_version"),
          .content = row.Get<std::string>("content"),
          .digest = row.Get<std::string>("digest_text"),
          .intact = row.Get<bool>("intact"),
          .kept_at = row.Get<Instant>("kept_at"),
          .kept_by = row.Get<std::string>("kept_by")};
}

absl::Status AddSendings(Transaction& transaction, std::vector<KeptLetter>& letters) {
  std::vector<LetterId> ids;
  for (const KeptLetter& letter : letters) ids.push_back(letter.id);
  const auto rows = transaction.Query(kSendings, ids);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    const auto of = std::ranges::find(letters, row.Get<LetterId>("letter_id"), &KeptLetter::id);
    of->sendings.push_back({.how = row.Get<std::string>("how"),
                            .on = row.Get<education::Day>("sent_on"),
                            .recorded_at = row.Get<Instant>("recorded_at"),
                            .recorded_by = row.Get<std::string>("recorded_by")});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<KeptLetter>> ReadAll(Transaction& transaction,
                                                const absl::StatusOr<storage::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<KeptLetter> letters;
  for (const auto& row : *rows) letters.push_back(Read(row));
  if (auto status = AddSendings(transaction, letters); !status.ok()) return status;
  return letters;
}

}  // namespace

bool IsWayOut(std::string_view how) {
  return std::ranges::find(kWaysOut, how) != std::ranges::end(kWaysOut);
}

absl::Status InsertLetter(Transaction& transaction, KeptLetter& letter, Instant now) {
  const auto row = transaction.QueryOne(kInsert, letter.id, letter.kind, letter.subject,
                                        letter.pupil, letter.urn, letter.la_code,
                                        letter.template_version, letter.content, now);
  if (!row.ok()) return row.status();
  letter.digest = row->Get<std::string>("digest");
  letter.kept_at = now;
  letter.kept_by = row->Get<std::string>("kept_by");
  return absl::OkStatus();
}

absl::StatusOr<KeptLetter> FindLetter(Transaction& transaction, const LetterId& id) {
  auto found = ReadAll(transaction, transaction.Query(kFind, id));
  if (!found.ok()) return found.status();
  if (found->empty()) return absl::NotFoundError("There is no such letter");
  return std::move(found->front());
}

absl::StatusOr<std::vector<KeptLetter>> ListLetters(Transaction& transaction,
                                                    const SubjectId& subject) {
  return ReadAll(transaction, transaction.Query(kList, subject));
}

absl::StatusOr<bool> AddSending(Transaction& transaction, const KeptLetter& letter,
                                const Sending& sending) {
  const auto added =
      transaction.Execute(kAddSending, letter.id, sending.how, sending.on, sending.recorded_at);
  if (!added.ok()) return added.status();
  return *added == 1;
}

}  // namespace pathways::letters
