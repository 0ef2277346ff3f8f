// School calendars, as kept here from the registry's events.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "libs/storage/transaction.h"

namespace pathways::exclusions {

struct SchoolKey {
  education::Urn urn;
  education::LaCode la_code;
  friend auto operator<=>(const SchoolKey&, const SchoolKey&) = default;
};

using Calendar = std::shared_ptr<const education::SchoolCalendar>;
// One for each school asked for; one that knows no school day where nothing was said.
using CalendarsBySchool = std::map<education::Urn, Calendar>;

// As they are in this transaction.
absl::StatusOr<CalendarsBySchool> ReadCalendars(storage::Transaction& transaction,
                                                const std::set<SchoolKey>& schools);

// The registry's versions of calendars: each the sum of those of the school's own and its
// authority's years.
using CalendarVersions = std::map<SchoolKey, std::int64_t>;
// Exclusions were worked out with calendars of these versions, which the copy here may not have
// reached yet. Written with all rows in sight.
absl::Status KeepSeen(storage::Transaction& transaction, const CalendarVersions& versions);

// As ReadCalendars, kept in memory by version. Not for a transaction that changes calendars.
// Thread-safe.
class CalendarCache {
 public:
  absl::StatusOr<CalendarsBySchool> Read(storage::Transaction& transaction,
                                         const std::set<SchoolKey>& schools);

 private:
  static constexpr std::size_t kMostSchools = 5'000;  // a calendar of five years is about 10 kB

  struct Kept {
    std::int64_t version;
    Calendar calendar;
  };
  std::mutex mutex_;
  std::map<SchoolKey, Kept> kept_;
};

}  // namespace pathways::exclusions
