#include "libs/events/applier.h"

#include <chrono>
#include <utility>

#include "libs/events/crash_point.h"
#include "libs/events/inbox_store.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::events {
namespace {

using storage::Transaction;

constexpr std::chrono::seconds kTransactionTime{30};
// Stored events taken up in one transaction.
constexpr std::size_t kFollow = 200;

std::vector<std::string> AggregatesOf(std::span<const Arrival* const> arrivals) {
  absl::flat_hash_set<std::string> names;
  for (const Arrival* arrival : arrivals) names.insert(arrival->event.aggregate);
  return {names.begin(), names.end()};
}

}  // namespace

Verdict Judge(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kUnimplemented:
      return Verdict::kSetAside;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kResourceExhausted:
      return Verdict::kRetry;
    default:
      return Verdict::kUnclear;
  }
}

Applier::Applier(Reaction& reaction, storage::Pool& pool, ConsumerObserver& observer,
                 int max_attempts)
    : reaction_(reaction),
      pool_(pool),
      observer_(observer),
      max_attempts_(max_attempts),
      types_(reaction.spec().types.begin(), reaction.spec().types.end()) {}

template <typename Work>
absl::Status Applier::InTransaction(Work work) {
  return storage::RunInTransaction(pool_, storage::RowScope::System(spec().name),
                                   storage::Deadline::After(kTransactionTime), work);
}

bool Applier::IsFinal(const absl::Status& status, int attempt) const {
  const Verdict verdict = Judge(status);
  return verdict == Verdict::kSetAside ||
         (verdict == Verdict::kUnclear && attempt >= max_attempts_);
}

absl::Status Applier::Apply(std::span<const Record> records, int attempt) {
  absl::Status status;
  const std::vector<Arrival> arrivals = Read(records, status);
  if (!status.ok() || arrivals.empty()) return status;
  return ApplySet(arrivals, attempt);
}

// The readable ones. Those that are not become dead letters at once: nothing is known of their
// aggregate.
std::vector<Arrival> Applier::Read(std::span<const Record> records, absl::Status& status) {
  std::vector<Arrival> arrivals;
  std::size_t tombstones = 0;
  for (const Record& record : records) {
    if (!record.value.has_value()) {
      ++tombstones;
    } else if (auto event = DecodeRecord(record); event.ok()) {
      arrivals.push_back(Arrival{record, *std::move(event)});
    } else if (status = SetAsideUnreadable(record, event.status()); !status.ok()) {
      return arrivals;
    }
  }
  if (tombstones > 0) observer_.OnSkipped(spec().name, tombstones);
  return arrivals;
}

absl::Status Applier::SetAsideUnreadable(const Record& record, const absl::Status& why) {
  bool is_new = false;
  const absl::Status status = InTransaction([&](Transaction& transaction) {
    const auto written = WriteDeadLetter(transaction, spec().name, record, nullptr, why);
    is_new = written.ok() && *written;
    return written.status();
  });
  if (status.ok() && is_new) observer_.OnDeadLetter(spec().name, why);
  return status;
}

// A set that cannot be applied is halved until the event at fault stands alone.
absl::Status Applier::ApplySet(std::span<const Arrival> arrivals, int attempt) {
  absl::Status status = TrySet(arrivals, kFollow);
  if (status.ok()) return status;
  const bool too_slow = status.code() == absl::StatusCode::kDeadlineExceeded;
  if (arrivals.size() > 1 && (too_slow || IsFinal(status, attempt))) {
    const std::size_t half = arrivals.size() / 2;
    status = ApplySet(arrivals.first(half), attempt);
    return status.ok() ? ApplySet(arrivals.subspan(half), attempt) : status;
  }
  if (!IsFinal(status, attempt)) return status;
  // One event may have brought parked ones with it: is it really this one?
  status = TrySet(arrivals, 0);
  return IsFinal(status, attempt) ? SetAside(arrivals.front(), status) : status;
}

absl::Status Applier::TrySet(std::span<const Arrival> arrivals, std::size_t follow) {
  Outcome outcome;
  const absl::Status status = InTransaction([&](Transaction& transaction) -> absl::Status {
    outcome = Outcome();
    const auto fresh = MarkSeen(transaction, spec().name, arrivals);
    if (!fresh.ok()) return fresh.status();
    outcome.duplicates = arrivals.size() - fresh->size();
    if (fresh->empty()) return absl::OkStatus();
    auto states = LoadStates(transaction, spec().name, AggregatesOf(*fresh), kFollow);
    if (!states.ok()) return states.status();
    const Plan plan = Decide(spec().ordering, *fresh, *states, follow);
    return CarryOut(transaction, plan, *states, outcome);
  });
  if (status.ok()) {
    CrashPoint("consumer.after_commit");
    Tell(outcome);
  }
  return status;
}

absl::Status Applier::CarryOut(Transaction& transaction, const Plan& plan, AggregateStates& states,
                               Outcome& outcome) {
  std::vector<Event> events;
  events.reserve(plan.ready.size());
  for (const Arrival* arrival : plan.ready) {
    if (types_.contains(arrival->event.type)) events.push_back(arrival->event);
  }
  if (!events.empty()) {
    if (auto status = reaction_.Apply(transaction, events); !status.ok()) return status;
  }
  if (auto status = SaveStates(transaction, spec().name, plan, states); !status.ok()) return status;
  for (const Event& event : events) outcome.applied.push_back(event.time);
  outcome.ready += plan.ready.size();
  outcome.skipped += plan.ready.size() - events.size();
  outcome.duplicates += plan.stale;
  outcome.parked += plan.park.size();
  CrashPoint("consumer.before_commit");
  return absl::OkStatus();
}

absl::Status Applier::SetAside(const Arrival& arrival, const absl::Status& why) {
  bool written = false;
  const absl::Status status = InTransaction([&](Transaction& transaction) -> absl::Status {
    written = false;
    const auto fresh = MarkSeen(transaction, spec().name, {&arrival, 1});
    if (!fresh.ok()) return fresh.status();
    if (fresh->empty()) return absl::OkStatus();
    auto states = LoadStates(transaction, spec().name, {arrival.event.aggregate}, 0);
    if (!states.ok()) return states.status();
    written = true;
    if (auto letter = WriteLetter(transaction, arrival, why, *states); !letter.ok()) return letter;
    return SaveStates(transaction, spec().name, Plan(), *states);
  });
  if (status.ok() && written) observer_.OnDeadLetter(spec().name, why);
  return status;
}

// Under kLatestWins nothing waits behind the letter: the next state replaces it.
absl::Status Applier::WriteLetter(Transaction& transaction, const Arrival& arrival,
                                  const absl::Status& why, AggregateStates& states) {
  if (spec().ordering == Ordering::kEveryVersion) states.at(arrival.event.aggregate).blocked = true;
  return WriteDeadLetter(transaction, spec().name, arrival.record, &arrival.event, why).status();
}

absl::Status Applier::ServeRequests() {
  std::vector<std::int64_t> letters;
  std::vector<std::string> aggregates;
  const absl::Status found = InTransaction([&](Transaction& transaction) -> absl::Status {
    auto requested = RequestedLetters(transaction, spec().name);
    if (!requested.ok()) return requested.status();
    auto woken = AggregatesToWake(transaction, spec().name);
    if (!woken.ok()) return woken.status();
    letters = *std::move(requested);
    aggregates = *std::move(woken);
    return absl::OkStatus();
  });
  if (!found.ok()) return found;
  for (const std::int64_t id : letters) {
    if (auto status = Replay(id); !status.ok()) return status;
  }
  for (const std::string& aggregate : aggregates) {
    if (auto status = Drain(aggregate); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Applier::Replay(std::int64_t id) {
  Outcome outcome;
  absl::Status status = InTransaction([&](Transaction& transaction) {
    outcome = Outcome();
    return TryReplay(transaction, id, outcome);
  });
  if (status.ok()) {
    Tell(outcome);
    return status;
  }
  if (Judge(status) == Verdict::kRetry) return status;
  return InTransaction(
      [&](Transaction& transaction) { return MarkDeadAgain(transaction, id, status); });
}

absl::Status Applier::TryReplay(Transaction& transaction, std::int64_t id, Outcome& outcome) {
  auto record = LockRequestedLetter(transaction, id);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return absl::OkStatus();
  auto event = DecodeRecord(**record);
  if (!event.ok()) return event.status();
  const Arrival arrival{**std::move(record), *std::move(event)};
  // A letter that could not be read at first was never seen, the others were: here both count as
  // new.
  if (auto seen = MarkSeen(transaction, spec().name, {&arrival, 1}); !seen.ok())
    return seen.status();
  auto states = LoadStates(transaction, spec().name, {arrival.event.aggregate}, 0);
  if (!states.ok()) return states.status();
  AggregateState& state = states->at(arrival.event.aggregate);
  if (arrival.event.version == state.version + 1) state.blocked = false;
  const Arrival* const fresh = &arrival;
  const Plan plan = Decide(spec().ordering, {&fresh, 1}, *states, 0);
  if (auto status = CarryOut(transaction, plan, *states, outcome); !status.ok()) return status;
  return MarkReplayed(transaction, id);
}

// Applies what has become ready, until nothing more is.
absl::Status Applier::Drain(const std::string& aggregate) {
  std::size_t follow = kFollow;
  for (;;) {
    const auto ready = TryDrain(aggregate, follow);
    if (ready.ok()) {
      drain_attempts_.erase(aggregate);
      if (*ready < follow) return absl::OkStatus();
      continue;
    }
    if (!IsFinal(ready.status(), ++drain_attempts_[aggregate])) return ready.status();
    if (follow == 1) return SetAsideParked(aggregate, ready.status());
    follow = 1;
  }
}

absl::StatusOr<std::size_t> Applier::TryDrain(const std::string& aggregate, std::size_t follow) {
  Outcome outcome;
  const absl::Status status = InTransaction([&](Transaction& transaction) -> absl::Status {
    outcome = Outcome();
    auto states = LoadStates(transaction, spec().name, {aggregate}, static_cast<int>(kFollow));
    if (!states.ok()) return states.status();
    const Plan plan = Decide(spec().ordering, {}, *states, follow);
    return CarryOut(transaction, plan, *states, outcome);
  });
  if (!status.ok()) return status;
  Tell(outcome);
  return outcome.ready;
}

absl::Status Applier::SetAsideParked(const std::string& aggregate, const absl::Status& why) {
  const absl::Status status = InTransaction([&](Transaction& transaction) -> absl::Status {
    auto states = LoadStates(transaction, spec().name, {aggregate}, 1);
    if (!states.ok()) return states.status();
    const Plan plan = Decide(spec().ordering, {}, *states, 1);
    if (plan.ready.empty()) return absl::OkStatus();
    const Arrival& arrival = *plan.ready.front();
    AggregateState& state = states->at(aggregate);
    state.version = arrival.event.version - 1;
    state.wake = false;
    if (auto letter = WriteLetter(transaction, arrival, why, *states); !letter.ok()) return letter;
    return SaveStates(transaction, spec().name, plan, *states);
  });
  if (!status.ok()) return status;
  drain_attempts_.erase(aggregate);
  observer_.OnDeadLetter(spec().name, why);
  return status;
}

void Applier::Tell(const Outcome& outcome) {
  const std::string_view name = spec().name;
  if (!outcome.applied.empty()) observer_.OnApplied(name, outcome.applied.size());
  if (outcome.duplicates > 0) observer_.OnDuplicates(name, outcome.duplicates);
  if (outcome.skipped > 0) observer_.OnSkipped(name, outcome.skipped);
  if (outcome.parked > 0) observer_.OnParked(name, outcome.parked);
  const auto now =
      std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  for (const education::Instant time : outcome.applied) observer_.OnEndToEnd(now - time);
}

}  // namespace pathways::events
