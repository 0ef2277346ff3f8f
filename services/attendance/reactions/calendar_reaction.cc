#include "services/attendance/reactions/calendar_reaction.h"

#include <algorithm>
#include <set>
#include <vector>

#include "libs/rolls/calendar_copies.h"
#include "libs/rolls/registry_events.h"
#include "libs/service/trace.h"
#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"
#include "services/attendance/store/school_rework.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::Urn;
using storage::Transaction;

constexpr char kName[] = "attendance.calendars";

// Schools with registers in years of which the copy here knows a calendar, all of them, and with
// the first of those years.
constexpr storage::Sql kSchools = R"(
  select b.urn, b.la_code, min(r.academic_year) as first_year
  from book b join roll r using (urn)
  where b.urn = any($1::int[]) or b.la_code = any($2::int[])
  group by b.urn, b.la_code
  having bool_and(exists (select from calendar c
                          where c.academic_year = r.academic_year and (c.urn = b.urn or (c.urn = 0 and c.la_code = b.la_code))))
  order by b.urn)";

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
    const auto year = AcademicYear::FromStartYear(calendar.academic_year / 100);
    if (year.ok()) first = std::min(first.value_or(year->first()), year->first());
  }
  return first;
}

// While a school was behind nothing was worked out: once it is not, all of it is.
absl::StatusOr<ReworkSchools> FindSchools(Transaction& transaction,
                                          const std::vector<rolls::CalendarRow>& calendars,
                                          const std::set<Urn>& were_behind) {
  const auto behind = rolls::SchoolsBehind(transaction);
  if (!behind.ok()) return behind.status();
  Under under(calendars);
  for (const Urn urn : were_behind) under.urns.push_back(urn.value());
  const auto rows = transaction.Query(kSchools, under.urns, under.authorities);
  if (!rows.ok()) return rows.status();
  ReworkSchools schools;
  for (const auto& row : *rows) {
    const SchoolKey key{row.Get<Urn>("urn"), row.Get<education::LaCode>("la_code")};
    if (behind->contains(key.urn)) continue;
    const auto first = were_behind.contains(key.urn) ? row.Get<AcademicYear>("first_year").first()
                                                     : FirstDay(calendars, key);
    if (first) schools.emplace(key.urn, ReworkSchool{key.la_code, *first});
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
