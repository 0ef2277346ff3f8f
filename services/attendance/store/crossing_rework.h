// What registers, calendars and settings that changed do to crossings: for each school, everything
// from a day on is worked out anew, and what is not as stored is written, with its events. One way
// for all of them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/envelope.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/crossing_changes.h"
#include "services/attendance/domain/school_timeline.h"
#include "services/attendance/store/crossing_store.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {

// A school during the work.
struct SchoolBook {
  SchoolKey key;
  const education::SchoolCalendar* calendar = nullptr;
  // Of the years worked out and the one before them: unauthorised absence is counted over years.
  std::map<education::AcademicYear, std::shared_ptr<const Slots>> slots = {};
  std::map<education::Day, std::string> changed = {};  // registers: marks by slot
  // Everything from that day on; nothing: this school stays as it is.
  std::optional<education::Day> first = {};

  // What is stored from then on, and the rows before it that count.
  int minimum_possible_sessions = education::kDefaultMinimumPossibleSessions;
  std::map<education::Day, SumsRow> stored = {};
  std::map<Lookback, SumsRow> lookback = {};
  std::vector<EnrolmentCrossing> known_crossings = {};
  // What follows.
  TimelineOutcome outcome = {};
  CrossingChanges crossings = {};
};

// Not owned, in order of URN, each school once; their locks (LockBooks) are held.
using SchoolBooks = std::vector<SchoolBook*>;

// Fills in the slots of all rolls from `first` on.
absl::Status ReadSlotsOf(storage::Transaction& transaction, SlotCache& cache,
                         const SchoolBooks& books, education::AcademicYear first);

// Works out those that have a first day, from slots that are there already; writes sums and
// crossings.
absl::Status WorkOut(storage::Transaction& transaction, const SchoolBooks& books);

// What changed, by school. `import_id`: that changed it; empty when no import did.
absl::StatusOr<std::vector<events::NewEvent>> CrossingEvents(storage::Transaction& transaction,
                                                             const SchoolBooks& books,
                                                             const std::string& import_id);

}  // namespace pathways::attendance
