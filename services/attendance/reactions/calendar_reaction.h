// Keeps the copy of school calendars current, and works out anew what hangs on them: which
// unauthorised sessions lie within ten school weeks.
#pragma once

#include <span>

#include "libs/events/outbox.h"
#include "libs/events/reaction.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

class CalendarReaction : public events::Reaction {
 public:
  // Both must outlive it.
  CalendarReaction(SlotCache& slots, events::Outbox& outbox);

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;

 private:
  SlotCache& slots_;
  events::Outbox& outbox_;
};

}  // namespace pathways::attendance
