#include "libs/letters/template_store.h"

#include "libs/storage/sql.h"

namespace pathways::letters {
namespace {

using education::LaCode;
using storage::Sql;
using storage::Transaction;

constexpr Sql kNewest = R"(
  select * from letter_template where la_code = $1 and kind = $2 order by version desc limit 1)";
constexpr Sql kFind =
    "select * from letter_template where la_code = $1 and kind = $2 and version = $3";
constexpr Sql kList =
    "select * from letter_template where la_code = $1 and kind = $2 order by version desc";
constexpr Sql kInsert = R"(
  insert into letter_template (la_code, kind, version, text, updated_at, last_call)
  values ($1, $2, $3, $4, $5, $6))";

TemplateVersion Read(const storage::Row& row) {
  return {.la_code = row.Get<LaCode>("la_code"),
          .kind = row.Get<std::string>("kind"),
          .version = row.Get<std::int64_t>("version"),
          .text = row.Get<std::string>("text"),
          .updated_at = row.Get<education::Instant>("updated_at"),
          .updated_by = row.Get<std::string>("updated_by"),
          .last_call = row.Get<std::string>("last_call")};
}

TemplateVersion AsShipped(const ShippedTemplates& shipped, const LetterKind& kind, LaCode la_code) {
  return {.la_code = la_code, .kind = std::string(kind.name), .text = shipped.TextOf(kind)};
}

}  // namespace

absl::StatusOr<TemplateVersion> TemplateInForce(Transaction& transaction,
                                                const ShippedTemplates& shipped,
                                                const LetterKind& kind, LaCode la_code) {
  const auto row = transaction.QueryOptional(kNewest, la_code, kind.name);
  if (!row.ok()) return row.status();
  return row->has_value() ? Read(**row) : AsShipped(shipped, kind, la_code);
}

absl::StatusOr<TemplateVersion> FindTemplate(Transaction& transaction,
                                             const ShippedTemplates& shipped,
                                             const LetterKind& kind, LaCode la_code,
                                             std::int64_t version) {
  if (version == 0) return AsShipped(shipped, kind, la_code);
  const auto row = transaction.QueryOptional(kFind, la_code, kind.name, version);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return absl::NotFoundError("There is no such version of the template");
  return Read(**row);
}

absl::StatusOr<std::vector<TemplateVersion>> ListVersions(Transaction& transaction,
                                                          std::string_view kind, LaCode la_code) {
  const auto rows = transaction.Query(kList, la_code, kind);
  if (!rows.ok()) return rows.status();
  std::vector<TemplateVersion> versions;
  for (const auto& row : *rows) versions.push_back(Read(row));
  return versions;
}

absl::Status InsertTemplate(Transaction& transaction, const TemplateVersion& version) {
  return transaction
      .Execute(kInsert, version.la_code, version.kind, version.version, version.text,
               version.updated_at, version.last_call)
      .status();
}

}  // namespace pathways::letters
