// Writes what a file says about registers: marks, sums, crossings, amendments, events and the
// access log, all in the caller's transaction.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/events/outbox.h"
#include "libs/service/call.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/school_draft.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

// Marks, counted by what became of them.
struct Written {
  std::int64_t added = 0;
  std::int64_t amended = 0;
  std::int64_t unchanged = 0;
};

// Thread-safe.
class RegisterWriter {
 public:
  // All must outlive it.
  RegisterWriter(SlotCache& slots, events::Outbox& outbox, const education::Clock& clock)
      : slots_(slots), outbox_(outbox), clock_(clock) {}

  // `drafts` in order of URN. PERMISSION_DENIED when a mark would change and the caller may not
  // correct registers. Starts afresh each time, so the transaction may be repeated.
  absl::StatusOr<Written> Write(storage::Transaction& transaction, const service::Call& call,
                                const std::string& import_id,
                                std::span<const SchoolDraft* const> drafts);

 private:
  SlotCache& slots_;
  events::Outbox& outbox_;
  const education::Clock& clock_;
};

}  // namespace pathways::attendance
