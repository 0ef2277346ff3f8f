// Named places at which a test ends the process as if by kill -9: CRASH_AT=relay.after_ack, or
// CRASH_AT=relay.after_ack:3 for the third time it is passed. Always compiled in; without CRASH_AT
// it costs one branch.
#pragma once

#include <array>
#include <string_view>

namespace pathways::events {

// All places of this library, so that a test can try each of them.
inline constexpr std::array<std::string_view, 8> kCrashPoints = {
    "relay.after_read",        // rows chosen, nothing sent
    "relay.after_send",        // in the producer's queue, no acknowledgement
    "relay.after_ack",         // in Kafka, not recorded
    "relay.after_record",      // in Kafka and recorded
    "consumer.after_receive",  // nothing written
    "consumer.before_commit",  // effect written, not committed
    "consumer.after_commit",   // committed, Kafka's offset is not
    "consumer.after_offset",   // both
};

namespace internal {
extern const char* const crash_at;  // the variable's value, or null
void CrashIfNamed(std::string_view point);
}  // namespace internal

// Thread-safe. Ends the process with _exit(137): no destructor, no flush.
inline void CrashPoint(std::string_view point) {
  if (internal::crash_at != nullptr) [[unlikely]]
    internal::CrashIfNamed(point);
}

}  // namespace pathways::events
