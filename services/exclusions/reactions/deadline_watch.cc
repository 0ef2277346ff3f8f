#include "services/exclusions/reactions/deadline_watch.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "libs/access/access_log.h"
#include "libs/service/trace.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/exclusion_events.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/ledger.h"
#include "services/exclusions/store/timeline_store.h"
#include "services/exclusions/store/trace.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using storage::Transaction;

constexpr char kName[] = "exclusions.deadlines";
constexpr std::int64_t kPupilsAtOnce = 500;
// Five school days are never further away than the summer holidays are long.
constexpr int kFurthestDays = 70;
constexpr std::chrono::seconds kTime{60};

absl::StatusOr<Horizons> FindHorizons(Transaction& transaction, Day today) {
  const auto schools = SchoolsToWarn(transaction, today, today + kFurthestDays);
  if (!schools.ok()) return schools.status();
  const auto calendars = ReadCalendars(transaction, *schools);
  if (!calendars.ok()) return calendars.status();
  Horizons horizons;
  for (const auto& [urn, calendar] : *calendars) {
    horizons.emplace(urn, calendar->AddSchoolDays(today, kApproachingSchoolDays).value_or(today));
  }
  return horizons;
}

// What is to be said about some pupils.
class Warnings {
 public:
  Warnings(Day today, education::Instant now, const Horizons& horizons)
      : today_(today), now_(now), horizons_(horizons) {}

  void Look(LedgerEntry& entry) {
    bool said = false;
    for (StepRow& row : entry.steps) {
      if (row.state != StepState::kDue || !row.to_do) continue;
      if (!row.missed && StateOn(row, today_) == StepState::kLate) {
        row.missed = row.approached = said = true;
        events_.push_back(MakeMissedEvent(entry, row, now_));
        entries_.push_back(
            {&entry.kept, {.kind = "deadline_passed", .step = std::string(StepName(row.step))}});
      } else if (!row.approached && IsNear(entry.kept.exclusion.urn, row)) {
        row.approached = said = true;
        events_.push_back(MakeApproachingEvent(entry, row, now_));
      }
    }
    if (!said) return;
    kept_.push_back(&entry.kept);
    clocks_.emplace_back(&entry.kept, &entry.steps);
    const Exclusion& e = entry.kept.exclusion;
    records_.push_back({access::Action::kWrite, access::SubjectKind::kPupil, e.pupil.ToString(),
                        e.urn, e.la_code, "deadline of an exclusion"});
  }

  bool empty() const { return events_.empty(); }

  absl::Status Write(Transaction& transaction, events::Outbox& outbox) const {
    const auto trace = service::TraceContext::New();
    auto status = BindTrace(transaction, trace.trace_id);
    if (status.ok()) status = UpdateDerived(transaction, kept_);
    if (status.ok()) status = ReplaceSteps(transaction, clocks_);
    if (status.ok()) status = AddEntries(transaction, entries_, now_, trace.trace_id);
    if (status.ok()) status = outbox.Append(transaction, events_, trace.ToTraceparent());
    if (!status.ok()) return status;
    return access::RecordAccess(transaction, {kName, "", ""}, records_);
  }

 private:
  bool IsNear(education::Urn urn, const StepRow& row) const {
    const auto horizon = horizons_.find(urn);
    if (horizon == horizons_.end() || !row.date.due) return false;
    return today_ <= *row.date.due && *row.date.due <= horizon->second;
  }

  const Day today_;
  const education::Instant now_;
  const Horizons& horizons_;
  std::vector<events::NewEvent> events_;
  std::vector<EntryOf> entries_;
  std::vector<const KeptExclusion*> kept_;
  std::vector<ClockToKeep> clocks_;
  std::vector<access::AccessEntry> records_;
};

// The number of pupils that were looked at.
absl::StatusOr<std::size_t> SayNext(Transaction& transaction, events::Outbox& outbox,
                                    const education::Clock& clock) {
  const Day today = clock.Today();
  const auto horizons = FindHorizons(transaction, today);
  if (!horizons.ok()) return horizons.status();
  const auto pupils = PupilsToWarn(transaction, today, *horizons, kPupilsAtOnce);
  if (!pupils.ok()) return pupils.status();
  if (pupils->empty()) return 0;
  const auto ledger = Ledger::Open(transaction, *pupils);
  if (!ledger.ok()) return ledger.status();
  Warnings warnings(today, clock.Now(), *horizons);
  for (const auto& [pupil, entries] : ledger->pupils()) {
    for (const auto& entry : entries) warnings.Look(*entry);
  }
  if (warnings.empty()) return 0;
  if (auto status = warnings.Write(transaction, outbox); !status.ok()) return status;
  return pupils->size();
}

}  // namespace

absl::Status DeadlineWatch::Run() {
  for (;;) {
    const auto said = storage::RunInTransaction(
        pool_, storage::RowScope::System(kName), storage::Deadline::After(kTime),
        [&](Transaction& transaction) { return SayNext(transaction, outbox_, clock_); });
    if (!said.ok()) return said.status();
    if (*said < static_cast<std::size_t>(kPupilsAtOnce)) return absl::OkStatus();
  }
}

}  // namespace pathways::exclusions
