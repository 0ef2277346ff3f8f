// Moments in time, and the clock that is passed to whatever needs one.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/education/day.h"

namespace pathways::education {

// A moment, UTC, to the microsecond (as PostgreSQL keeps it).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// RFC 3339 with Z or an offset: 2026-10-06T08:45:00Z, 2026-10-06T09:45:00.123456+01:00. Digits
// beyond microseconds are dropped. A leap second (:60) is refused.
absl::StatusOr<Instant> ParseInstant(std::string_view text);

// RFC 3339 in UTC, fraction only when there is one: 2026-10-06T08:45:00Z, 2026-10-06T08:45:00.5Z.
std::string InstantToString(Instant instant);

// How far the clocks of Europe/London are ahead of UTC: one hour from 01:00 UTC on the last Sunday
// of March to 01:00 UTC on the last Sunday of October (Summer Time Order 2002; the same days since
// 1996), otherwise zero.
std::chrono::hours LondonOffset(Instant instant);

// The day it is in Europe/London at that moment.
Day LondonDay(Instant instant);

// The moment at which that day begins in Europe/London.
Instant StartOfLondonDay(Day day);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
  // In Europe/London.
  Day Today() const { return LondonDay(Now()); }
};

// Thread-safe.
class SystemClock : public Clock {
 public:
  Instant Now() const override;
};

// For tests: stands still until told. Thread-safe.
class FixedClock : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  // Noon in London on that day.
  explicit FixedClock(Day day);
  Instant Now() const override { return now_.load(); }
  void Set(Instant now) { now_.store(now); }
  void Advance(std::chrono::microseconds by) { now_.store(now_.load() + by); }

 private:
  std::atomic<Instant> now_;
};

}  // namespace pathways::education
