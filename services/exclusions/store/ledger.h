// The exclusions of some pupils, locked together, and what every change of them brings: totals and
// clocks worked out anew, over all schools and in order of time; what moved and why; events,
// timeline and access log. One way for people, files, calendars and pupils' characteristics.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/access_log.h"
#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/moves.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/kept_exclusion.h"
#include "services/exclusions/store/step_row.h"
#include "services/exclusions/store/timeline_store.h"

namespace pathways::exclusions {

// What is published about a change, with the figures as they are after it.
enum class Happened : std::uint8_t {
  kRecorded,
  kChanged,
  kCancelled,
  kWithdrawn,
  kGovernorsDecided,
  kGovernorsDecidedAgain,
  kReviewPanelDecided,
};

struct LedgerEntry {
  KeptExclusion kept;
  bool is_new = false;
  // A person or a file changed it (or made it): written under their own scope.
  bool touched = false;
  std::vector<Happened> happened = {};
  std::vector<NewEntry> told = {};

  // As kept before; after Save as they are now.
  std::vector<StepRow> steps = {};
  // As the rows say, to see what changes.
  Derived derived_before = {};
  RecordedThen then_before = {};
};

// The circumstances of a change.
struct LedgerContext {
  events::Outbox* outbox = nullptr;
  education::Instant now;
  education::Day today;
  // What moved the exclusions that nobody touched.
  MoveCause cause = MoveCause::kEarlierExclusion;
  CalendarsBySchool calendars = {};         // of every school in Schools()
  CalendarsBySchool calendars_before = {};  // of those whose calendar changed
  CalendarVersions versions = {};           // of those that the registry was asked for
  access::AccessContext access = {};
  std::string access_detail = {};  // for those that were touched
  std::string trace_id = {};
  std::string traceparent = {};
};

// Lives within one transaction. Not thread-safe.
class Ledger {
 public:
  // Locks the pupils, in order, so that two changes of one pupil come one after the other.
  static absl::StatusOr<Ledger> Open(storage::Transaction& transaction,
                                     std::vector<education::PupilId> pupils);
  // The same to look at, without a lock.
  static absl::StatusOr<Ledger> Read(storage::Transaction& transaction,
                                     const std::vector<education::PupilId>& pupils);

  // In order of start; pointers hold as long as the ledger.
  std::vector<LedgerEntry*> Of(const education::PupilId& pupil) const;
  // Null when it is none of these pupils'.
  LedgerEntry* Find(const ExclusionId& id) const;
  LedgerEntry& Add(KeptExclusion kept);
  std::set<SchoolKey> Schools() const;
  const std::map<education::PupilId, std::vector<std::unique_ptr<LedgerEntry>>>& pupils() const {
    return pupils_;
  }

  // Works everything out anew and writes what changed, with its events. Once. PERMISSION_DENIED
  // when the scope does not let the caller write what was touched.
  absl::Status Save(storage::Transaction& transaction, const LedgerContext& context);

  // Brings the figures of trends up to date with these exclusions; a part of Save.
  absl::Status KeepFigures(storage::Transaction& transaction) const;

 private:
  static absl::StatusOr<Ledger> Load(storage::Transaction& transaction,
                                     const std::vector<education::PupilId>& pupils);

  std::map<education::PupilId, std::vector<std::unique_ptr<LedgerEntry>>> pupils_;
};

// The clock of the last of `entries` (in order of start), as the others before it make it.
StatutoryClock ClockOfLast(const std::vector<const Exclusion*>& in_order,
                           const CalendarsBySchool& calendars);

// Gives each a reference that no other exclusion has.
absl::Status AssignReferences(storage::Transaction& transaction, education::IdSource& ids,
                              const std::vector<LedgerEntry*>& entries);

}  // namespace pathways::exclusions
