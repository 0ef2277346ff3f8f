#include "services/exclusions/store/ledger.h"

#include <algorithm>
#include <map>
#include <utility>

#include "libs/forms/reference.h"
#include "libs/storage/sql.h"
#include "services/exclusions/domain/totals.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/exclusion_events.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/trend_cells.h"
#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::PupilId;
using storage::Sql;
using storage::Transaction;

constexpr Sql kAddPupils = R"(
  insert into pupil (pupil_id) select * from unnest($1::uuid[]) on conflict (pupil_id) do nothing)";
constexpr Sql kLockPupils = R"(
  select 1 from pupil where pupil_id = any($1::uuid[]) order by pupil_id for update)";

// Rows a statement: arrays of some hundred kilobytes.
constexpr std::size_t kAtOnce = 2'000;
// A step that was late longer ago than that when it was first heard of is history, not news.
constexpr int kNewsDays = 30;
constexpr int kReferenceAttempts = 5;

absl::Status LockPupils(Transaction& transaction, const std::vector<PupilId>& pupils) {
  if (auto status = transaction.Execute(kAddPupils, pupils).status(); !status.ok()) return status;
  return transaction.Query(kLockPupils, pupils).status();
}

Derived Derive(const Exclusion& exclusion, const StatutoryClock& clock,
               const std::vector<StepRow>& steps) {
  Derived derived{.in_term = clock.totals.in_term.count(),
                  .in_year = clock.totals.in_year.count(),
                  .elsewhere = clock.totals.elsewhere.count()};
  if (clock.totals.crosses_terms) derived.in_other_term = clock.totals.in_first_term.count();
  if (exclusion.kind != Kind::kPermanent) {
    derived.end = clock.spell.last();
    derived.back_on = clock.spell.back_on();
    derived.back_session = clock.spell.back_session();
  }
  // What is owed does not hang on the day; whether it is late does.
  if (const StepRow* next = NextToDo(steps)) {
    derived.next_step = StepName(next->step);
    derived.next_due = next->date.due;
  }
  return derived;
}

std::string Words(const std::optional<Day>& day, bool applies) {
  if (day) return day->ToUk();
  return applies ? "without delay" : "not asked for";
}

NewEntry Tell(const Move& move) {
  std::string change = std::string(StepTitle(move.step)) + ": " +
                       Words(move.was_due, move.applied) + " -> " + Words(move.due, move.applies) +
                       ". " + move.why;
  return {.kind = "deadline_moved",
          .step = std::string(StepName(move.step)),
          .change = std::move(change)};
}

// Works out one ledger and collects what is to be written.
class Worker {
 public:
  Worker(const Ledger& ledger, const LedgerContext& context) : ledger_(ledger), context_(context) {}

  void WorkOut() {
    for (const auto& [pupil, entries] : ledger_.pupils()) {
      std::vector<Spell> spells;
      for (LedgerEntry* entry : ledger_.Of(pupil)) {
        const Calendar& calendar = context_.calendars.at(entry->kept.exclusion.urn);
        const StatutoryClock clock = ClockOf(entry->kept.exclusion, spells, *calendar);
        spells.push_back(clock.spell);
        Take(*entry, clock, *calendar);
      }
    }
  }

  absl::Status Write(Transaction& transaction) {
    auto status = WriteTouched(transaction);
    if (status.ok()) {
      status = WithWholePupil(transaction, [&] { return WriteWorkedOut(transaction); });
    }
    return status;
  }

 private:
  void Take(LedgerEntry& entry, const StatutoryClock& clock,
            const education::SchoolCalendar& calendar) {
    const StepDates before = DatesOf(entry.steps);
    std::vector<StepRow> steps = MakeSteps(entry.kept.exclusion, clock, calendar);
    if (entry.kept.import) LeaveHistory(steps, education::LondonDay(entry.kept.recorded_at));
    KeepMarks(entry, steps);
    std::vector<Move> moves;
    if (!entry.is_new) moves = Moves(entry, before, clock, calendar);
    for (const Move& move : moves) Remember(move, steps);
    const Derived derived = Derive(entry.kept.exclusion, clock, steps);
    const bool same_figures = derived == entry.derived_before;
    const bool same = same_figures && steps == entry.steps && entry.kept.then == entry.then_before;
    entry.kept.derived = derived;
    entry.steps = std::move(steps);
    if (entry.touched) touched_.push_back(&entry);
    if (same && !entry.touched) return;
    changed_.push_back(&entry);
    if (!entry.touched && (!same_figures || !moves.empty())) {
      entry.happened.push_back(Happened::kChanged);
    }
    Publish(entry, moves);
  }

  // What was published for a due day that is still the same.
  void KeepMarks(const LedgerEntry& entry, std::vector<StepRow>& steps) const {
    for (StepRow& row : steps) {
      const auto was = std::ranges::find(entry.steps, row.step, &StepRow::step);
      if (was == entry.steps.end()) {
        row.missed = row.turns_on && *row.turns_on + kNewsDays < context_.today;
        row.approached = row.date.due && *row.date.due < context_.today;
        continue;
      }
      row.was_due = was->was_due;
      row.moved_because = was->moved_because;
      if (was->date.due != row.date.due || was->date.kind != row.date.kind) continue;
      row.approached = was->approached;
      row.missed = was->missed;
    }
  }

  std::vector<Move> Moves(const LedgerEntry& entry, const StepDates& before,
                          const StatutoryClock& clock,
                          const education::SchoolCalendar& calendar) const {
    const auto changed = context_.calendars_before.find(entry.kept.exclusion.urn);
    const education::SchoolCalendar* calendar_before =
        changed == context_.calendars_before.end() ? nullptr : changed->second.get();
    const MoveCause cause = entry.touched ? MoveCause::kExclusion : context_.cause;
    return WhatMoved(before, clock, cause, calendar, calendar_before);
  }

  static void Remember(const Move& move, std::vector<StepRow>& steps) {
    const auto row = std::ranges::find(steps, move.step, &StepRow::step);
    if (row == steps.end() || !move.applied) return;
    row->was_due = move.was_due;
    row->moved_because = move.why;
  }

  void Publish(LedgerEntry& entry, const std::vector<Move>& moves) {
    for (const NewEntry& told : entry.told) entries_.push_back({&entry.kept, told});
    for (const Happened happened : entry.happened) {
      events_.push_back(MakeHappenedEvent(entry, happened, context_.now));
    }
    for (const Move& move : moves) {
      // What only now applies because of what somebody entered moved nothing.
      if (entry.touched && !move.applied) continue;
      entries_.push_back({&entry.kept, Tell(move)});
      if (move.due != move.was_due) {
        events_.push_back(MakeMovedEvent(entry, move, context_.now));
      }
    }
  }

  absl::Status WriteTouched(Transaction& transaction) const {
    std::vector<const KeptExclusion*> added, updated;
    for (const LedgerEntry* entry : touched_) {
      (entry->is_new ? added : updated).push_back(&entry->kept);
    }
    absl::Status status = InPortions(std::span(std::as_const(added)), [&](auto portion) {
      return InsertExclusions(transaction, portion);
    });
    if (!status.ok()) return status;
    return InPortions(std::span(std::as_const(updated)),
                      [&](auto portion) { return UpdateExclusions(transaction, portion); });
  }

  absl::Status WriteWorkedOut(Transaction& transaction) {
    if (auto seen = KeepSeen(transaction, context_.versions); !seen.ok()) return seen;
    std::vector<const KeptExclusion*> kept;
    std::vector<ClockToKeep> clocks;
    for (const LedgerEntry* entry : changed_) {
      kept.push_back(&entry->kept);
      clocks.emplace_back(&entry->kept, &entry->steps);
    }
    absl::Status status = InPortions(std::span(std::as_const(kept)), [&](auto portion) {
      return UpdateDerived(transaction, portion);
    });
    if (!status.ok()) return status;
    status = InPortions(std::span(std::as_const(clocks)),
                        [&](auto portion) { return ReplaceSteps(transaction, portion); });
    if (!status.ok()) return status;
    if (status = WriteEntries(transaction); !status.ok()) return status;
    status = InPortions(std::span(std::as_const(events_)), [&](auto portion) {
      return context_.outbox->Append(transaction, portion, context_.traceparent);
    });
    if (!status.ok()) return status;
    if (status = RecordAccess(transaction); !status.ok()) return status;
    return ledger_.KeepFigures(transaction);
  }

  absl::Status WriteEntries(Transaction& transaction) const {
    std::vector<EntryOf> plain;
    for (const EntryOf& one : entries_) {
      if (one.entry.note.empty()) {
        plain.push_back(one);
        continue;
      }
      const auto status =
          AddEntry(transaction, *one.kept, one.entry, context_.now, context_.trace_id);
      if (!status.ok()) return status;
    }
    return InPortions(std::span(std::as_const(plain)), [&](auto portion) {
      return AddEntries(transaction, portion, context_.now, context_.trace_id);
    });
  }

  absl::Status RecordAccess(Transaction& transaction) const {
    std::vector<access::AccessEntry> records;
    for (const LedgerEntry* entry : changed_) {
      const Exclusion& e = entry->kept.exclusion;
      records.push_back({access::Action::kWrite, access::SubjectKind::kPupil, e.pupil.ToString(),
                         e.urn, e.la_code,
                         entry->touched ? context_.access_detail : "clock of an exclusion"});
    }
    return InPortions(std::span(std::as_const(records)), [&](auto portion) {
      return access::RecordAccess(transaction, context_.access, portion);
    });
  }

  template <typename T, typename Work>
  static absl::Status InPortions(std::span<T> all, Work work) {
    for (std::size_t at = 0; at < all.size(); at += kAtOnce) {
      auto status = work(all.subspan(at, std::min(kAtOnce, all.size() - at)));
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const Ledger& ledger_;
  const LedgerContext& context_;
  std::vector<LedgerEntry*> touched_;
  std::vector<LedgerEntry*> changed_;
  std::vector<EntryOf> entries_;
  std::vector<events::NewEvent> events_;
};

}  // namespace

absl::StatusOr<Ledger> Ledger::Load(Transaction& transaction, const std::vector<PupilId>& pupils) {
  auto exclusions = ReadExclusionsOf(transaction, pupils);
  if (!exclusions.ok()) return exclusions.status();
  auto steps = ReadStepsOf(transaction, pupils);
  if (!steps.ok()) return steps.status();
  Ledger ledger;
  for (KeptExclusion& kept : *exclusions) {
    auto entry = std::make_unique<LedgerEntry>(LedgerEntry{.kept = std::move(kept)});
    entry->derived_before = entry->kept.derived;
    entry->then_before = entry->kept.then;
    const Exclusion& e = entry->kept.exclusion;
    if (const auto found = steps->find(e.id); found != steps->end()) {
      entry->steps = std::move(found->second);
    }
    ledger.pupils_[e.pupil].push_back(std::move(entry));
  }
  return ledger;
}

absl::StatusOr<Ledger> Ledger::Open(Transaction& transaction, std::vector<PupilId> pupils) {
  std::ranges::sort(pupils);
  const auto repeated = std::ranges::unique(pupils);
  pupils.erase(repeated.begin(), repeated.end());
  return WithWholePupil(transaction, [&]() -> absl::StatusOr<Ledger> {
    if (auto status = LockPupils(transaction, pupils); !status.ok()) return status;
    return Load(transaction, pupils);
  });
}

absl::StatusOr<Ledger> Ledger::Read(Transaction& transaction, const std::vector<PupilId>& pupils) {
  return WithWholePupil(transaction, [&] { return Load(transaction, pupils); });
}

std::vector<LedgerEntry*> Ledger::Of(const PupilId& pupil) const {
  std::vector<LedgerEntry*> entries;
  const auto found = pupils_.find(pupil);
  if (found == pupils_.end()) return entries;
  for (const auto& entry : found->second) entries.push_back(entry.get());
  std::ranges::sort(entries, [](const LedgerEntry* a, const LedgerEntry* b) {
    return StartsBefore(a->kept.exclusion, b->kept.exclusion);
  });
  return entries;
}

LedgerEntry* Ledger::Find(const ExclusionId& id) const {
  for (const auto& [pupil, entries] : pupils_) {
    for (const auto& entry : entries) {
      if (entry->kept.exclusion.id == id) return entry.get();
    }
  }
  return nullptr;
}

LedgerEntry& Ledger::Add(KeptExclusion kept) {
  auto& entries = pupils_[kept.exclusion.pupil];
  entries.push_back(std::make_unique<LedgerEntry>(
      LedgerEntry{.kept = std::move(kept), .is_new = true, .touched = true}));
  return *entries.back();
}

std::set<SchoolKey> Ledger::Schools() const {
  std::set<SchoolKey> schools;
  for (const auto& [pupil, entries] : pupils_) {
    for (const auto& entry : entries) {
      schools.insert({entry->kept.exclusion.urn, entry->kept.exclusion.la_code});
    }
  }
  return schools;
}

absl::Status Ledger::Save(Transaction& transaction, const LedgerContext& context) {
  Worker worker(*this, context);
  worker.WorkOut();
  return worker.Write(transaction);
}

absl::Status Ledger::KeepFigures(Transaction& transaction) const {
  std::vector<PupilId> pupils;
  std::vector<const Exclusion*> exclusions;
  for (const auto& [pupil, entries] : pupils_) {
    pupils.push_back(pupil);
    for (const auto& entry : entries) exclusions.push_back(&entry->kept.exclusion);
  }
  return KeepTrend(transaction, pupils, exclusions);
}

StatutoryClock ClockOfLast(const std::vector<const Exclusion*>& in_order,
                           const CalendarsBySchool& calendars) {
  std::vector<Spell> earlier;
  for (std::size_t i = 0; i + 1 < in_order.size(); ++i) {
    earlier.push_back(Spell::Of(*in_order[i], *calendars.at(in_order[i]->urn)));
  }
  const Exclusion& last = *in_order.back();
  return ClockOf(last, earlier, *calendars.at(last.urn));
}

absl::Status AssignReferences(Transaction& transaction, education::IdSource& ids,
                              const std::vector<LedgerEntry*>& entries) {
  std::map<std::string, LedgerEntry*> assigned;
  std::vector<LedgerEntry*> left = entries;
  for (int attempt = 0; attempt < kReferenceAttempts && !left.empty(); ++attempt) {
    std::vector<std::string> candidates;
    std::vector<LedgerEntry*> again;
    for (LedgerEntry* entry : left) {
      std::string reference = forms::MakeReference("EX", ids.NewUuid());
      if (assigned.emplace(reference, entry).second) {
        entry->kept.reference = reference;
        candidates.push_back(std::move(reference));
      } else {
        again.push_back(entry);
      }
    }
    const auto taken =
        WithWholePupil(transaction, [&] { return ReferencesTaken(transaction, candidates); });
    if (!taken.ok()) return taken.status();
    for (const std::string& reference : *taken) {
      again.push_back(assigned.at(reference));
      assigned.erase(reference);
    }
    left = std::move(again);
  }
  return left.empty() ? absl::OkStatus() : absl::InternalError("no free reference was found");
}

}  // namespace pathways::exclusions
