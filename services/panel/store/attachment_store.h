// Files of cases in the database.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/attachment.h"
#include "services/panel/domain/sitting.h"

namespace pathways::panel {

// With its content; size and digest are the database's own count of it.
absl::Status InsertAttachment(storage::Transaction& transaction, const Attachment& attachment,
                              const std::string& content);
// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Attachment> FindAttachment(storage::Transaction& transaction,
                                          const AttachmentId& id);
// In the order they were added, removed ones too.
absl::StatusOr<std::vector<Attachment>> ReadAttachments(storage::Transaction& transaction,
                                                        const CaseId& id);
// NOT_FOUND when it is gone.
absl::StatusOr<std::string> ReadAttachmentContent(storage::Transaction& transaction,
                                                  const AttachmentId& id);
// By the caller, now. Its content goes, unless a sealed pack holds it.
absl::Status TakeAttachmentOff(storage::Transaction& transaction, const AttachmentId& id,
                               const std::string& reason, education::Instant now);

// The files that the case has now belong to its pack.
absl::Status KeepPackAttachments(storage::Transaction& transaction, const SittingId& sitting,
                                 const CaseId& id);

}  // namespace pathways::panel
