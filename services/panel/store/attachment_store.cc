#include "services/panel/store/attachment_store.h"

#include "libs/storage/codec.h"
#include "services/panel/store/rows.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kInsert = R"(
  insert into attachment (attachment_id, case_id, pupil_id, urn, la_code, file_name, kind, bytes, digest, scan, added_at)
  values ($1, $2, $3, $4, $5, $6, $7, octet_length($8::bytea), sha256($8::bytea), $9, $10))";
constexpr Sql kInsertContent = R"(
  insert into attachment_content (attachment_id, content) values ($1, $2))";

constexpr Sql kFind = R"(
  select a.*, encode(a.digest, 'hex') as digest_text,
         exists (select 1 from pack_attachment p where p.attachment_id = a.attachment_id) as in_pack,
         exists (select 1 from attachment_content c where c.attachment_id = a.attachment_id) as readable
  from attachment a where a.attachment_id = $1)";
constexpr Sql kList = R"(
  select a.*, encode(a.digest, 'hex') as digest_text,
         exists (select 1 from pack_attachment p where p.attachment_id = a.attachment_id) as in_pack,
         exists (select 1 from attachment_content c where c.attachment_id = a.attachment_id) as readable
  from attachment a where a.case_id = $1
  order by a.added_at, a.attachment_id)";
constexpr Sql kContent = "select content from attachment_content where attachment_id = $1";

constexpr Sql kRemove = R"(
  update attachment set removed_at = $2, removed_by = app.person(), removed_reason = $3
  where attachment_id = $1 and removed_at is null)";
constexpr Sql kForgetContent = R"(
  delete from attachment_content c
  where c.attachment_id = $1 and not exists (select 1 from pack_attachment p where p.attachment_id = c.attachment_id))";

constexpr Sql kKeepInPack = R"(
  insert into pack_attachment (sitting_id, case_id, attachment_id, urn, digest)
  select $1, a.case_id, a.attachment_id, a.urn, a.digest from attachment a
  where a.case_id = $2 and a.removed_at is null)";

Attachment ReadAttachment(const storage::Row& row) {
  return {.id = row.Get<AttachmentId>("attachment_id"),
          .panel_case = row.Get<CaseId>("case_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .file_name = row.Get<std::string>("file_name"),
          .kind = Named<kAttachmentKindNames>(row, "kind"),
          .bytes = row.Get<std::int32_t>("bytes"),
          .digest = row.Get<std::string>("digest_text"),
          .scan = Named<kScanStateNames>(row, "scan"),
          .added_at = row.Get<education::Instant>("added_at"),
          .added_by = row.Get<std::string>("added_by"),
          .removed_at = row.GetOptional<education::Instant>("removed_at"),
          .removed_by = row.GetOptional<std::string>("removed_by").value_or(""),
          .removed_reason = row.Get<std::string>("removed_reason"),
          .in_pack = row.Get<bool>("in_pack"),
          .readable = row.Get<bool>("readable")};
}

}  // namespace

absl::Status InsertAttachment(Transaction& transaction, const Attachment& attachment,
                              const std::string& content) {
  const storage::Bytes octets{content};
  auto status = transaction
                    .Execute(kInsert, attachment.id, attachment.panel_case, attachment.pupil,
                             attachment.urn, attachment.la_code, attachment.file_name,
                             kAttachmentKindNames.Of(attachment.kind), octets,
                             kScanStateNames.Of(attachment.scan), attachment.added_at)
                    .status();
  if (!status.ok()) return status;
  return transaction.Execute(kInsertContent, attachment.id, octets).status();
}

absl::StatusOr<Attachment> FindAttachment(Transaction& transaction, const AttachmentId& id) {
  const auto row = transaction.QueryOne(kFind, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such file");
  if (!row.ok()) return row.status();
  return ReadAttachment(*row);
}

absl::StatusOr<std::vector<Attachment>> ReadAttachments(Transaction& transaction,
                                                        const CaseId& id) {
  const auto rows = transaction.Query(kList, id);
  if (!rows.ok()) return rows.status();
  std::vector<Attachment> attachments;
  for (const auto& row : *rows) attachments.push_back(ReadAttachment(row));
  return attachments;
}

absl::StatusOr<std::string> ReadAttachmentContent(Transaction& transaction,
                                                  const AttachmentId& id) {
  const auto row = transaction.QueryOne(kContent, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("The file was taken off");
  if (!row.ok()) return row.status();
  return row->Get<storage::Bytes>("content").data;
}

absl::Status TakeAttachmentOff(Transaction& transaction, const AttachmentId& id,
                               const std::string& reason, education::Instant now) {
  auto status = transaction.Execute(kRemove, id, now, reason).status();
  if (!status.ok()) return status;
  return transaction.Execute(kForgetContent, id).status();
}

absl::Status KeepPackAttachments(Transaction& transaction, const SittingId& sitting,
                                 const CaseId& id) {
  return transaction.Execute(kKeepInPack, sitting, id).status();
}

}  // namespace pathways::panel
