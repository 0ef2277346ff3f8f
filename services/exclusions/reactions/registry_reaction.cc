#include "services/exclusions/reactions/registry_reaction.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/service/trace.h"
#include "services/exclusions/reactions/registry_events.h"
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

// What a calendar's change asks to be worked out anew.
struct UnderCalendars {
  std::set<PupilId> pupils;
  CalendarsBySchool before;
};

absl::StatusOr<UnderCalendars> FindUnder(Transaction& transaction,
                                         const std::vector<CalendarRow>& calendars) {
  UnderCalendars under;
  std::set<SchoolKey> schools;
  for (const CalendarRow& calendar : calendars) {
    const auto pupils = PupilsUnderCalendar(transaction, calendar);
    if (!pupils.ok()) return pupils.status();
    under.pupils.insert(pupils->begin(), pupils->end());
    if (pupils->empty()) continue;
    const auto more = SchoolsUnderCalendar(transaction, calendar);
    if (!more.ok()) return more.status();
    schools.insert(more->begin(), more->end());
  }
  auto before = ReadCalendars(transaction, schools);
  if (!before.ok()) return before.status();
  under.before = *std::move(before);
  return under;
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

  absl::Status ForCalendars(UnderCalendars under) {
    context_.cause = MoveCause::kCalendar;
    context_.calendars_before = std::move(under.before);
    return InPortions({under.pupils.begin(), under.pupils.end()},
                      [](Ledger&, const std::vector<PupilId>&) { return absl::OkStatus(); });
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
                .types = RegistryEventTypes(),
                .ordering = events::Ordering::kLatestWins}),
      outbox_(outbox),
      clock_(clock) {}

absl::Status RegistryReaction::Apply(Transaction& transaction,
                                     std::span<const events::Event> events) {
  const auto batch = ReadRegistryEvents(events);
  if (!batch.ok()) return batch.status();
  auto under = FindUnder(transaction, batch->calendars);
  if (!under.ok()) return under.status();
  auto status = PutSchools(transaction, batch->schools);
  if (status.ok()) status = PutCalendars(transaction, batch->calendars);
  if (status.ok()) status = PutEnrolments(transaction, batch->enrolments);
  if (status.ok()) status = PutCharacteristics(transaction, batch->characteristics);
  if (!status.ok()) return status;
  Rework rework(transaction, outbox_, clock_, events.front().traceparent);
  if (status = rework.ForCalendars(*std::move(under)); !status.ok()) return status;
  return rework.ForCharacteristics(batch->characteristics);
}

}  // namespace pathways::exclusions
