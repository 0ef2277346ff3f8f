// Events written in the transaction that makes them true.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/envelope.h"

namespace pathways::storage {
class Transaction;
}

namespace pathways::events {

// Thread-safe when its IdSource is.
class Outbox {
 public:
  // `source` is the CloudEvents source, e.g. "/pathways/attendance". `committed` is called after
  // each commit that wrote events, on the committing thread: the relay's Poke.
  Outbox(education::IdSource& ids, const education::Clock& clock, std::string source,
         std::function<void()> committed = {}, int max_message_bytes = 1'000'000);

  // One statement for all of them, in the order given. Call it AFTER the aggregates' rows were
  // updated (locked) in this transaction: seq is taken here, and readers of one aggregate get its
  // events in seq order. INVALID_ARGUMENT: CheckNewEvent, an aggregate whose versions do not rise
  // within the span, or an event larger than the broker takes - found here, where the change can
  // still be refused, not later in the relay. `traceparent`: W3C trace context of what caused it,
  // may be empty.
  absl::Status Append(storage::Transaction& transaction, std::span<const NewEvent> events,
                      std::string_view traceparent = {});

 private:
  absl::Status Check(std::span<const NewEvent> events, std::string_view traceparent) const;
  absl::Status Insert(storage::Transaction& transaction, std::span<const NewEvent> events,
                      std::string_view traceparent);

  education::IdSource& ids_;
  const education::Clock& clock_;
  const std::string source_;
  const std::function<void()> committed_;
  const int max_message_bytes_;
};

}  // namespace pathways::events
