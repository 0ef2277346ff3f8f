#include "services/attendance/store/crossing_rework.h"

#include <algorithm>
#include <utility>

#include "services/attendance/store/attendance_events.h"
#include "services/attendance/store/minimum_sessions.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::Day;
using storage::Transaction;

SchoolBook& BookOf(const SchoolBooks& books, education::Urn urn) {
  return **std::ranges::lower_bound(books, urn, {},
                                    [](const SchoolBook* book) { return book->key.urn; });
}

SchoolBooks ToWorkOut(const SchoolBooks& books) {
  SchoolBooks chosen;
  std::ranges::copy_if(books, std::back_inserter(chosen),
                       [](const SchoolBook* book) { return book->first.has_value(); });
  return chosen;
}

absl::Status LoadKnown(Transaction& transaction, const SchoolBooks& books) {
  std::vector<UrnDay> first;
  for (const SchoolBook* book : books) first.emplace_back(book->key.urn, *book->first);
  auto stored = ReadSumsFrom(transaction, first);
  if (!stored.ok()) return stored.status();
  for (auto& [key, row] : *stored) {
    BookOf(books, key.first).stored.emplace(key.second, std::move(row));
  }
  auto crossings = ReadCrossingsFrom(transaction, first);
  if (!crossings.ok()) return crossings.status();
  for (auto& [urn, known] : *crossings) BookOf(books, urn).known_crossings = std::move(known);
  return absl::OkStatus();
}

std::vector<Day> DaysOf(const SchoolBook& book) {
  std::set<Day> days;
  for (const auto& [day, marks] : book.changed) days.insert(day);
  for (const auto& [day, row] : book.stored) days.insert(day);
  return {days.begin(), days.end()};
}

absl::Status LoadLookbacks(Transaction& transaction, const SchoolBooks& books) {
  std::vector<SchoolLookback> wanted;
  for (const SchoolBook* book : books) {
    for (const Lookback& row : NeededLookbacks(*book->calendar, *book->first, DaysOf(*book))) {
      wanted.emplace_back(book->key.urn, row);
    }
  }
  auto lookbacks = ReadLookbacks(transaction, wanted);
  if (!lookbacks.ok()) return lookbacks.status();
  for (auto& [key, row] : *lookbacks) {
    BookOf(books, key.first).lookback.emplace(key.second, std::move(row));
  }
  return absl::OkStatus();
}

absl::Status LoadMinimums(Transaction& transaction, const SchoolBooks& books) {
  std::vector<education::LaCode> authorities;
  for (const SchoolBook* book : books) authorities.push_back(book->key.la_code);
  const auto minimums = settings::ReadSettings(transaction, kMinimumSessions, authorities);
  if (!minimums.ok()) return minimums.status();
  for (SchoolBook* book : books) book->minimum_possible_sessions = minimums->at(book->key.la_code);
  return absl::OkStatus();
}

void Recompute(SchoolBook& book) {
  TimelineInput input{.calendar = book.calendar,
                      .minimum_possible_sessions = book.minimum_possible_sessions,
                      .slots = {},
                      .first = *book.first,
                      .changed = std::move(book.changed),
                      .stored = std::move(book.stored),
                      .lookback = std::move(book.lookback)};
  for (const auto& [year, slots] : book.slots) input.slots[year] = &slots->enrolments();
  book.outcome = attendance::Recompute(std::move(input));
  book.crossings = Compare(book.known_crossings, book.outcome.crossings);
}

absl::Status StoreSums(Transaction& transaction, const SchoolBooks& books) {
  std::vector<NewSums> sums;
  for (const SchoolBook* book : books) {
    for (const Day day : book->outcome.rewritten) {
      sums.push_back({book->key, day, &book->outcome.rows.at(day)});
    }
  }
  return WriteSums(transaction, sums);
}

absl::Status StoreCrossings(Transaction& transaction, const SchoolBooks& books) {
  std::vector<SchoolCrossing> gone, written;
  for (const SchoolBook* book : books) {
    for (const auto& crossing : book->crossings.withdrawn) gone.push_back({book->key, crossing});
    for (const auto& crossing : book->crossings.added) written.push_back({book->key, crossing});
    for (const auto& crossing : book->crossings.refreshed) written.push_back({book->key, crossing});
  }
  if (absl::Status status = DeleteCrossings(transaction, gone); !status.ok()) return status;
  return WriteCrossings(transaction, written);
}

// On the crossing's day, as known now.
education::SessionSums SumsOf(const SchoolBook& book, const EnrolmentCrossing& crossing) {
  const auto slot = book.slots.at(AcademicYear::Of(crossing.day))->Find(crossing.enrolment);
  return slot ? SumsAt(book.outcome.rows.at(crossing.day), *slot) : education::SessionSums{};
}

std::map<education::EnrolmentId, EventCount> CountEvents(const SchoolBooks& books) {
  std::map<education::EnrolmentId, EventCount> counts;
  for (const SchoolBook* book : books) {
    for (const auto* list : {&book->crossings.withdrawn, &book->crossings.added}) {
      for (const auto& crossing : *list) {
        ++counts.try_emplace(crossing.enrolment, EventCount{book->key, crossing.enrolment, 0})
              .first->second.events;
      }
    }
  }
  return counts;
}

}  // namespace

absl::Status ReadSlotsOf(Transaction& transaction, SlotCache& cache, const SchoolBooks& books,
                         AcademicYear first) {
  std::vector<education::Urn> urns;
  for (const SchoolBook* book : books) urns.push_back(book->key.urn);
  const auto rolls = ReadRolls(transaction, urns, first);
  if (!rolls.ok()) return rolls.status();
  auto slots = ReadSlots(transaction, cache, *rolls);
  if (!slots.ok()) return slots.status();
  for (auto& [key, known] : *slots) BookOf(books, key.urn).slots[key.year] = std::move(known);
  return absl::OkStatus();
}

absl::Status WorkOut(Transaction& transaction, const SchoolBooks& all) {
  const SchoolBooks books = ToWorkOut(all);
  if (books.empty()) return absl::OkStatus();
  for (const auto load : {LoadKnown, LoadLookbacks, LoadMinimums}) {
    if (absl::Status status = load(transaction, books); !status.ok()) return status;
  }
  for (SchoolBook* book : books) Recompute(*book);
  if (absl::Status status = StoreSums(transaction, books); !status.ok()) return status;
  return StoreCrossings(transaction, books);
}

absl::StatusOr<std::vector<events::NewEvent>> CrossingEvents(Transaction& transaction,
                                                             const SchoolBooks& books,
                                                             const std::string& import_id) {
  std::map<education::EnrolmentId, EventCount> counts = CountEvents(books);
  std::vector<EventCount> wanted;
  for (const auto& [enrolment, count] : counts) wanted.push_back(count);
  const auto versions = TakeVersions(transaction, wanted);
  if (!versions.ok()) return versions.status();
  const auto subject = [&](const SchoolBook& book, const education::EnrolmentId& enrolment) {
    const EnrolmentVersion& taken = versions->at(enrolment);
    return CrossingSubject{book.key, taken.pupil, taken.last - --counts.at(enrolment).events};
  };
  std::vector<events::NewEvent> events;
  for (const SchoolBook* book : books) {
    for (const auto& crossing : book->crossings.withdrawn) {
      events.push_back(WithdrawalEvent(subject(*book, crossing.enrolment), crossing,
                                       SumsOf(*book, crossing), import_id));
    }
    for (const auto& crossing : book->crossings.added) {
      events.push_back(CrossingEvent(subject(*book, crossing.enrolment), crossing));
    }
  }
  return events;
}

}  // namespace pathways::attendance
