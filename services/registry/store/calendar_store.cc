#include "services/registry/store/calendar_store.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "libs/storage/sql.h"

namespace pathways::registry {
namespace {

using storage::Sql;

// Locks in one order, whoever comes first.
constexpr Sql kLockScopes = R"(
  insert into calendar_version (la_code, urn, academic_year, version)
  select la_code, urn, academic_year, 0
  from unnest($1::int[], $2::int[], $3::int[]) as u(la_code, urn, academic_year) order by 1, 2, 3
  on conflict (la_code, urn, academic_year) do update set version = calendar_version.version)";

constexpr Sql kEntriesOfScopes = R"(
  select e.* from calendar_entry e
  join unnest($1::int[], $2::int[], $3::int[]) as u(la_code, urn, academic_year) using (la_code, urn, academic_year))";

constexpr Sql kDeleteEntries = R"(
  delete from calendar_entry e using unnest($1::int[], $2::int[], $3::int[]) as u(la_code, urn, academic_year)
  where (e.la_code, e.urn, e.academic_year) = (u.la_code, u.urn, u.academic_year))";

constexpr Sql kInsertEntries = R"(
  insert into calendar_entry (la_code, urn, academic_year, kind, name, first_day, last_day)
  select * from unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::text[], $6::date[], $7::date[]))";

constexpr Sql kRaiseVersions = R"(
  update calendar_version v set version = v.version + 1
  from unnest($1::int[], $2::int[], $3::int[]) as u(la_code, urn, academic_year)
  where (v.la_code, v.urn, v.academic_year) = (u.la_code, u.urn, u.academic_year)
  returning v.la_code, v.urn, v.academic_year, v.version)";

constexpr Sql kEntriesOfSchool =
    "select * from calendar_entry where la_code = $1 and urn in (0, $2)";

constexpr Sql kVersionOfSchool = R"(
  select coalesce(sum(version), 0)::bigint as version from calendar_version where la_code = $1 and urn in (0, $2))";

int YearNumber(education::AcademicYear year) {
  int number = 0;
  (void)absl::SimpleAtoi(year.ToCode(), &number);
  return number;
}

struct ScopeColumns {
  std::vector<std::int32_t> la_code, urn, year;
  void Add(const CalendarScope& scope) {
    la_code.push_back(scope.la_code.value());
    urn.push_back(scope.urn);
    year.push_back(YearNumber(scope.year));
  }
};

absl::StatusOr<CalendarScope> ReadScope(const storage::Row& row) {
  auto year =
      education::AcademicYear::Parse(std::to_string(row.Get<std::int32_t>("academic_year")));
  if (!year.ok()) return absl::InternalError("a stored academic year cannot be read");
  return CalendarScope{row.Get<education::LaCode>("la_code"), row.Get<std::int32_t>("urn"), *year};
}

absl::Status AddEntries(const storage::Rows& rows, Calendars& calendars) {
  for (const auto& row : rows) {
    auto scope = ReadScope(row);
    if (!scope.ok()) return scope.status();
    auto kind = education::ParseCalendarKind(row.Get<std::string>("kind"));
    if (!kind.ok()) return absl::InternalError("a stored kind of calendar entry is unknown");
    calendars[*scope].push_back({*kind, row.Get<std::string>("name"),
                                 row.Get<education::Day>("first_day"),
                                 row.Get<education::Day>("last_day")});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Calendars> LockCalendars(storage::Transaction& transaction,
                                        const std::vector<CalendarScope>& scopes) {
  ScopeColumns columns;
  Calendars calendars;
  for (const CalendarScope& scope : scopes) {
    columns.Add(scope);
    calendars[scope];
  }
  auto locked = transaction.Execute(kLockScopes, columns.la_code, columns.urn, columns.year);
  if (!locked.ok()) return locked.status();
  auto rows = transaction.Query(kEntriesOfScopes, columns.la_code, columns.urn, columns.year);
  if (!rows.ok()) return rows.status();
  if (absl::Status status = AddEntries(*rows, calendars); !status.ok()) return status;
  return calendars;
}

absl::StatusOr<std::map<CalendarScope, std::int64_t>> ReplaceCalendars(
    storage::Transaction& transaction, const Calendars& calendars) {
  ScopeColumns scopes;
  ScopeColumns of_entry;
  std::vector<std::string> kind, name;
  std::vector<education::Day> first_day, last_day;
  for (const auto& [scope, days] : calendars) {
    scopes.Add(scope);
    for (const CalendarDays& entry : days) {
      of_entry.Add(scope);
      kind.emplace_back(education::ToString(entry.kind));
      name.push_back(entry.name);
      first_day.push_back(entry.first_day);
      last_day.push_back(entry.last_day);
    }
  }
  auto deleted = transaction.Execute(kDeleteEntries, scopes.la_code, scopes.urn, scopes.year);
  if (!deleted.ok()) return deleted.status();
  auto inserted = transaction.Execute(kInsertEntries, of_entry.la_code, of_entry.urn, of_entry.year,
                                      kind, name, first_day, last_day);
  if (!inserted.ok()) return inserted.status();
  auto raised = transaction.Query(kRaiseVersions, scopes.la_code, scopes.urn, scopes.year);
  if (!raised.ok()) return raised.status();
  std::map<CalendarScope, std::int64_t> versions;
  for (const auto& row : *raised) {
    auto scope = ReadScope(row);
    if (!scope.ok()) return scope.status();
    versions[*scope] = row.Get<std::int64_t>("version");
  }
  return versions;
}

absl::StatusOr<SchoolCalendars> CalendarsOfSchool(storage::Transaction& transaction,
                                                  education::LaCode la_code, education::Urn urn) {
  SchoolCalendars found;
  auto rows = transaction.Query(kEntriesOfSchool, la_code, urn);
  if (!rows.ok()) return rows.status();
  if (absl::Status status = AddEntries(*rows, found.calendars); !status.ok()) return status;
  auto version = transaction.QueryOne(kVersionOfSchool, la_code, urn);
  if (!version.ok()) return version.status();
  found.version = version->Get<std::int64_t>("version");
  return found;
}

}  // namespace pathways::registry
