// School calendars as a service keeps them from the registry's events, in the tables `calendar`,
// `calendar_entry` and `calendar_seen` of its own migrations.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "libs/education/school_key.h"
#include "libs/rolls/registry_events.h"
#include "libs/storage/transaction.h"

namespace pathways::rolls {

using Calendar = std::shared_ptr<const education::SchoolCalendar>;
// One for each school asked for; one that knows no school day where nothing was said.
using CalendarsBySchool = std::map<education::Urn, Calendar>;

absl::Status PutCalendars(storage::Transaction& transaction, std::span<const CalendarRow> rows);

// As they are in this transaction.
absl::StatusOr<CalendarsBySchool> ReadCalendars(storage::Transaction& transaction,
                                                const std::set<education::SchoolKey>& schools);

// The registry's versions of calendars: each the sum of those of the school's own and its
// authority's years.
using CalendarVersions = std::map<education::SchoolKey, std::int64_t>;

// Something was worked out with calendars of these versions, asked of the registry, which the copy
// here may not have reached yet. Written with all rows in sight.
absl::Status KeepSeen(storage::Transaction& transaction, const CalendarVersions& versions);

// Schools for which something was worked out with a newer calendar than the copy here: the events
// that bring it up to date are on their way.
absl::StatusOr<std::set<education::Urn>> SchoolsBehind(storage::Transaction& transaction);

// As ReadCalendars, kept in memory by version. Not for a transaction that changes calendars.
// Thread-safe.
class CalendarCache {
 public:
  absl::StatusOr<CalendarsBySchool> Read(storage::Transaction& transaction,
                                         const std::set<education::SchoolKey>& schools);

 private:
  static constexpr std::size_t kMostSchools = 5'000;  // a calendar of five years is about 10 kB

  struct Kept {
    std::int64_t version;
    Calendar calendar;
  };
  std::mutex mutex_;
  std::map<education::SchoolKey, Kept> kept_;
};

}  // namespace pathways::rolls
