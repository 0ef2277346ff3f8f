#include "services/attendance/reactions/calendar_reaction.h"

#include <algorithm>
#include <set>
#include <vector>

#include "libs/education/year_code.h"
#include "libs/rolls/calendar_copies.h"
#include "libs/rolls/registry_events.h"
#include "libs/service/trace.h"
#include "services/attendance/store/school_rework.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::Urn;
using storage::Transaction;

constexpr char kName[] = "attendance.calendars";

// Which schools the calendars are of.
struct Under {
  explicit Under(const std::vector<rolls::CalendarRow>& calendars) {
    for (const rolls::CalendarRow& calendar : calendars) {
      if (calendar.urn == 0) {
        authorities.push_back(calendar.la_code);
      } else {
        urns.push_back(calendar.urn);
      }
    }
  }
  std::vector<std::int32_t> urns;
  std::vector<education::LaCode> authorities;
};

// The first day that the calendars may change something of; a year's windows begin in the year
// before, but end in it.
std::optional<education::Day> FirstDay(const std::vector<rolls::CalendarRow>& calendars,
                                       const SchoolKey& school) {
  std::optional<education::Day> first;
  for (const rolls::CalendarRow& calendar : calendars) {
    const bool its_own = calendar.urn == school.urn.value();
    if (!its_own && !(calendar.urn == 0 && calendar.la_code == school.la_code)) continue;
    const auto year = education::YearFromCode(calendar.academic_year);
    if (year.ok()) first = std::min(first.value_or(year->first()), year->first());
  }
  return first;
}

// While a school was behind nothing was worked out: once it is not, all of it is.
absl::StatusOr<ReworkSchools> FindSchools(Transaction& transaction,
                                          const std::vector<rolls::CalendarRow>& calendars,
                                          const std::set<Urn>& were_behind) {
  Under under(calendars);
  for (const Urn urn : were_behind) under.urns.push_back(urn.value());
  auto schools = SchoolsToRework(transaction, under.urns, under.authorities);
  if (!schools.ok()) return schools.status();
  for (auto& [urn, school] : *schools) {
    if (were_behind.contains(urn)) continue;
    if (const auto first = FirstDay(calendars, {urn, school.la_code})) school.first = *first;
  }
  return schools;
}

}  // namespace

CalendarReaction::CalendarReaction(SlotCache& slots, events::Outbox& outbox)
    : Reaction({.name = kName,
                .topics = {"pathways.registry.v1"},
                .types = {rolls::CalendarEventType()},
                .ordering = events::Ordering::kLatestWins}),
      slots_(slots),
      outbox_(outbox) {}

absl::Status CalendarReaction::Apply(Transaction& transaction,
                                     std::span<const events::Event> events) {
  const auto batch = rolls::ReadRegistryEvents(events);
  if (!batch.ok()) return batch.status();
  const auto were_behind = rolls::SchoolsBehind(transaction);
  if (!were_behind.ok()) return were_behind.status();
  absl::Status status = rolls::PutCalendars(transaction, batch->calendars);
  if (!status.ok()) return status;
  const auto schools = FindSchools(transaction, batch->calendars, *were_behind);
  if (!schools.ok()) return schools.status();
  // An event without a trace begins one.
  const auto trace = service::TraceContext::Parse(events.front().traceparent)
                         .value_or(service::TraceContext::New());
  status = access::BindTrace(transaction, trace.trace_id);
  if (!status.ok()) return status;
  return Rework(transaction,
                {.slots = &slots_,
                 .outbox = &outbox_,
                 .access = {kName, "", ""},
                 .detail = "crossings, after a change of the calendar",
                 .traceparent = trace.ToTraceparent()},
                *schools);
}

}  // namespace pathways::attendance
