#include "services/exclusions/reactions/registry_reaction.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/rolls/registry_events.h"
#include "libs/service/trace.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/ledger.h"
#include "services/exclusions/store/trace.h"

namespace pathways::exclusions {
namespace {

using education::PupilId;
using storage::Transaction;

constexpr char kName[] = "exclusions.registry";
// Pupils worked out together: what they need fits well into memory.
constexpr std::size_t kPupilsAtOnce = 2'000;

// The calendars of the schools whose dates they may change, as they were.
absl::StatusOr<CalendarsBySchool> ReadBefore(Transaction& transaction,
                                             const std::vector<CalendarRow>& changed) {
  std::set<SchoolKey> schools;
  for (const CalendarRow& calendar : changed) {
    const auto under = SchoolsUnderCalendar(transaction, calendar);
    if (!under.ok()) return under.status();
    schools.insert(under->begin(), under->end());
  }
  return ReadCalendars(transaction, schools);
}

// Those of the calendars that changed, and all of the schools that are no longer behind: while they
// were, nothing of theirs was worked out.
absl::StatusOr<std::vector<PupilId>> FindUnder(Transaction& transaction,
                                               const std::vector<CalendarRow>& changed,
                                               const std::set<education::Urn>& were_behind) {
  std::set<PupilId> pupils;
  const auto behind = SchoolsBehind(transaction);
  if (!behind.ok()) return behind.status();
  std::vector<education::Urn> caught_up;
  std::ranges::set_difference(were_behind, *behind, std::back_inserter(caught_up));
  const auto theirs = ExcludedBy(transaction, caught_up);
  if (!theirs.ok()) return theirs.status();
  pupils.insert(theirs->begin(), theirs->end());
  for (const CalendarRow& calendar : changed) {
    const auto under = PupilsUnderCalendar(transaction, calendar);
    if (!under.ok()) return under.status();
    pupils.insert(under->begin(), under->end());
  }
  return std::vector<PupilId>(pupils.begin(), pupils.end());
}

std::vector<std::string> AllTypes() {
  std::vector<std::string> types = rolls::EnrolmentEventTypes();
  types.insert(types.end(), {rolls::SchoolEventType(), rolls::CalendarEventType(),
                             rolls::CharacteristicsEventType()});
  return types;
}

// Works out the clocks of pupils, some at a time.
class Rework {
 public:
  Rework(Transaction& transaction, events::Outbox& outbox, const education::Clock& clock,
         std::string_view traceparent)
      : transaction_(transaction),
        context_{.outbox = &outbox,
                 .now = clock.Now(),
                 .today = clock.Today(),
                 .access = {kName, "", ""}} {
    const auto trace =
        service::TraceContext::Parse(traceparent).value_or(service::TraceContext::New());
    context_.trace_id = trace.trace_id;
    context_.traceparent = trace.ToTraceparent();
  }

  absl::Status ForCalendars(const std::vector<CalendarRow>& changed, CalendarsBySchool before,
                            const std::set<education::Urn>& were_behind) {
    const auto pupils = FindUnder(transaction_, changed, were_behind);
    if (!pupils.ok()) return pupils.status();
    context_.cause = MoveCause::kCalendar;
    context_.calendars_before = std::move(before);
    return InPortions(*pupils, [&](Ledger& ledger, const std::vector<PupilId>& portion) {
      return SetRecorded(ledger, portion);
    });
  }

  // What the law asks about a pupil is as of the first day of the exclusion.
  absl::Status ForCharacteristics(const std::vector<CharacteristicsRow>& rows) {
    std::vector<PupilId> pupils;
    for (const CharacteristicsRow& row : rows) pupils.push_back(row.pupil);
    if (pupils.empty()) return absl::OkStatus();
    const auto excluded = ExcludedOf(transaction_, pupils);
    if (!excluded.ok()) return excluded.status();
    context_.cause = MoveCause::kExclusion;
    context_.calendars_before.clear();
    return InPortions(*excluded, [&](Ledger& ledger, const std::vector<PupilId>& portion) {
      return SetRecorded(ledger, portion);
    });
  }

 private:
  absl::Status SetRecorded(Ledger& ledger, const std::vector<PupilId>& pupils) {
    const auto recorded = ReadCharacteristics(transaction_, pupils);
    if (!recorded.ok()) return recorded.status();
    for (const auto& [pupil, entries] : ledger.pupils()) {
      for (const auto& entry : entries) {
        SetThen(entry->kept, recorded->On(pupil, entry->kept.exclusion.start));
      }
    }
    return absl::OkStatus();
  }

  template <typename Prepare>
  absl::Status InPortions(const std::vector<PupilId>& pupils, Prepare prepare) {
    for (std::size_t at = 0; at < pupils.size(); at += kPupilsAtOnce) {
      const auto end =
          pupils.begin() + static_cast<std::ptrdiff_t>(std::min(at + kPupilsAtOnce, pupils.size()));
      const std::vector<PupilId> portion(pupils.begin() + static_cast<std::ptrdiff_t>(at), end);
      if (auto status = BindTrace(transaction_, context_.trace_id); !status.ok()) return status;
      auto ledger = Ledger::Open(transaction_, portion);
      if (!ledger.ok()) return ledger.status();
      if (auto status = prepare(*ledger, portion); !status.ok()) return status;
      auto calendars = ReadCalendars(transaction_, ledger->Schools());
      if (!calendars.ok()) return calendars.status();
      context_.calendars = *std::move(calendars);
      if (auto status = ledger->Save(transaction_, context_); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  Transaction& transaction_;
  LedgerContext context_;
};

}  // namespace

RegistryReaction::RegistryReaction(events::Outbox& outbox, const education::Clock& clock)
    : Reaction({.name = kName,
                .topics = {"pathways.registry.v1"},
                .types = AllTypes(),
                .ordering = events::Ordering::kLatestWins}),
      outbox_(outbox),
      clock_(clock) {}

absl::Status RegistryReaction::Apply(Transaction& transaction,
                                     std::span<const events::Event> events) {
  const auto batch = rolls::ReadRegistryEvents(events);
  if (!batch.ok()) return batch.status();
  auto before = ReadBefore(transaction, batch->calendars);
  if (!before.ok()) return before.status();
  const auto were_behind = SchoolsBehind(transaction);
  if (!were_behind.ok()) return were_behind.status();
  auto status = PutSchools(transaction, batch->schools);
  if (status.ok()) status = PutCalendars(transaction, batch->calendars);
  if (status.ok()) status = PutEnrolments(transaction, batch->enrolments);
  if (status.ok()) status = PutCharacteristics(transaction, batch->characteristics);
  if (!status.ok()) return status;
  Rework rework(transaction, outbox_, clock_, events.front().traceparent);
  status = rework.ForCalendars(batch->calendars, *std::move(before), *were_behind);
  if (!status.ok()) return status;
  return rework.ForCharacteristics(batch->characteristics);
}

}  // namespace pathways::exclusions
