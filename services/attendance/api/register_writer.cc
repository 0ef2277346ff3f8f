#include "services/attendance/api/register_writer.h"

#include <algorithm>

#include "services/attendance/api/register_writing.h"

namespace pathways::attendance {
namespace {

// Schools written together: bounds memory, whatever the size of the file's area.
constexpr std::size_t kSchoolsAtOnce = 200;

}  // namespace

absl::StatusOr<Written> RegisterWriter::Write(storage::Transaction& transaction,
                                              const service::Call& call,
                                              const std::string& import_id,
                                              std::span<const SchoolDraft* const> drafts) {
  RegisterWriting writing(transaction, call, slots_,
                          {clock_.Now(), transaction.scope().person, import_id});
  while (!drafts.empty()) {
    const auto now = drafts.first(std::min(drafts.size(), kSchoolsAtOnce));
    if (absl::Status status = writing.Write(now); !status.ok()) return status;
    drafts = drafts.subspan(now.size());
  }
  // Last, after every lock: an event's place in the outbox is taken here.
  if (!writing.events().empty()) {
    absl::Status status =
        outbox_.Append(transaction, writing.events(), call.trace().ToTraceparent());
    if (!status.ok()) return status;
  }
  return writing.written();
}

}  // namespace pathways::attendance
