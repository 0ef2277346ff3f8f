#include "services/exclusions/store/draft_store.h"

#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

using education::Instant;
using storage::Sql;
using storage::Transaction;

constexpr Sql kFind = "select * from draft where draft_id = $1";
constexpr Sql kLock = "select * from draft where draft_id = $1 for update";

constexpr Sql kInsert = R"(
  insert into draft (draft_id, pupil_id, urn, la_code, facts, version, created_at, created_by, updated_at, updated_by, last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))";

constexpr Sql kUpdate = R"(
  update draft set facts = $2, version = $3, updated_at = $4, updated_by = $5, last_call = $6 where draft_id = $1)";

constexpr Sql kDelete = "delete from draft where draft_id = $1";

constexpr Sql kClose = R"(
  update draft set exclusion_id = $2, facts = '', version = version + 1, updated_at = $3, updated_by = $4
  where draft_id = $1 and exclusion_id is null)";

constexpr Sql kList = R"(
  select * from draft
  where exclusion_id is null and ($1 = 0 or urn = $1)
  order by updated_at desc, draft_id
  limit $3 offset $2)";

Draft ReadDraft(const storage::Row& row) {
  return {.id = row.Get<DraftId>("draft_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .facts = row.Get<storage::Bytes>("facts").data,
          .version = row.Get<std::int64_t>("version"),
          .created_at = row.Get<Instant>("created_at"),
          .created_by = row.Get<std::string>("created_by"),
          .updated_at = row.Get<Instant>("updated_at"),
          .updated_by = row.Get<std::string>("updated_by"),
          .last_call = row.Get<std::string>("last_call"),
          .exclusion = row.GetOptional<ExclusionId>("exclusion_id")};
}

absl::StatusOr<Draft> One(const absl::StatusOr<std::optional<storage::Row>>& row) {
  if (!row.ok()) return row.status();
  if (!row->has_value()) return absl::NotFoundError("There is no such draft");
  return ReadDraft(**row);
}

}  // namespace

absl::StatusOr<Draft> FindDraft(Transaction& transaction, const DraftId& id) {
  return One(transaction.QueryOptional(kFind, id));
}

absl::StatusOr<Draft> LockDraft(Transaction& transaction, const DraftId& id) {
  return One(transaction.QueryOptional(kLock, id));
}

absl::Status InsertDraft(Transaction& transaction, const Draft& draft) {
  return transaction
      .Execute(kInsert, draft.id, draft.pupil, draft.urn, draft.la_code,
               storage::Bytes{draft.facts}, draft.version, draft.created_at, draft.created_by,
               draft.updated_at, draft.updated_by, draft.last_call)
      .status();
}

absl::Status UpdateDraft(Transaction& transaction, const Draft& draft) {
  return transaction
      .Execute(kUpdate, draft.id, storage::Bytes{draft.facts}, draft.version, draft.updated_at,
               draft.updated_by, draft.last_call)
      .status();
}

absl::Status DeleteDraft(Transaction& transaction, const DraftId& id) {
  return transaction.Execute(kDelete, id).status();
}

absl::Status CloseDraft(Transaction& transaction, const DraftId& id, const ExclusionId& exclusion,
                        Instant at, const std::string& person) {
  return transaction.Execute(kClose, id, exclusion, at, person).status();
}

absl::StatusOr<std::vector<Draft>> ListDrafts(Transaction& transaction, std::int32_t urn,
                                              std::int64_t offset, std::int64_t limit) {
  const auto rows = transaction.Query(kList, urn, offset, limit);
  if (!rows.ok()) return rows.status();
  std::vector<Draft> drafts;
  for (const auto& row : *rows) drafts.push_back(ReadDraft(row));
  return drafts;
}

}  // namespace pathways::exclusions
