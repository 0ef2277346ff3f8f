// The relay's side of the outbox: the lead, what is unpublished, and the state row. Internal to the
// relay.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/envelope.h"
#include "libs/events/watermark.h"
#include "libs/storage/deadline.h"
#include "libs/storage/session.h"

namespace pathways::events {

// What one look at the outbox saw.
struct Look {
  std::vector<std::int64_t> seqs;  // ascending, one for each event
  std::vector<Event> events;
  std::int64_t snapshot_xmin = 0;
  std::chrono::microseconds oldest{};  // age of the first event; 0 when there is none
};

// One connection of its own; all errors mean that it, and with it the lead, is lost. One thread.
class OutboxReader {
 public:
  // A session that does not speak for `lead_timeout` is ended by the server, which frees its lock:
  // a stopped process cannot keep the lead.
  static absl::StatusOr<OutboxReader> Connect(const std::string& uri,
                                              std::chrono::milliseconds lead_timeout);

  // Takes the lead if it is free.
  absl::StatusOr<bool> TryLead();

  // Begins a new epoch: whoever led before can no longer change the state. Call once, when leading.
  absl::StatusOr<Watermark> BeginEpoch();

  absl::StatusOr<Look> Read(const std::vector<SeqSpan>& spans, std::size_t limit);

  // FAILED_PRECONDITION when another leader has begun an epoch since.
  absl::Status Record(const Watermark& watermark);

  absl::StatusOr<std::int64_t> FreshTransactionId();
  absl::Status Maintain();
  absl::Status Ping();

 private:
  explicit OutboxReader(storage::Session session) : session_(std::move(session)) {}

  storage::Session session_;
  std::int64_t epoch_ = 0;
};

}  // namespace pathways::events
