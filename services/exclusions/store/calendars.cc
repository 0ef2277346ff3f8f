#include "services/exclusions/store/calendars.h"

#include <optional>
#include <string>

#include "libs/education/academic_year.h"
#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

using education::CalendarEntry;
using education::LaCode;
using education::SchoolCalendar;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kEntries = R"(
  select la_code, urn, academic_year, kind, name, first_day, last_day from calendar_entry
  where urn = any($1::int[]) or (urn = 0 and la_code = any($2::int[])))";

// Versions only rise, so that their sum changes whenever one of them does.
constexpr Sql kVersions = R"(
  select s.urn, coalesce((select sum(c.version)::bigint from calendar c
                          where c.urn = s.urn or (c.urn = 0 and c.la_code = s.la_code)), 0) as version
  from unnest($1::int[], $2::int[]) as s(urn, la_code))";

constexpr Sql kKeepSeen = R"(
  insert into calendar_seen as s (urn, la_code, version) select * from unnest($1::int[], $2::int[], $3::bigint[])
  on conflict (urn) do update set la_code = excluded.la_code, version = excluded.version where s.version < excluded.version)";

struct Columns {
  explicit Columns(const std::set<SchoolKey>& schools) {
    for (const SchoolKey& school : schools) {
      urn.push_back(school.urn);
      la_code.push_back(school.la_code);
    }
  }
  std::vector<Urn> urn;
  std::vector<LaCode> la_code;
};

absl::StatusOr<CalendarEntry> ReadEntry(const storage::Row& row) {
  const auto urn = row.Get<std::int32_t>("urn");
  const auto year =
      education::AcademicYear::FromStartYear(row.Get<std::int32_t>("academic_year") / 100);
  if (!year.ok()) return year.status();
  const auto kind = education::ParseCalendarKind(row.Get<std::string_view>("kind"));
  if (!kind.ok()) return kind.status();
  std::optional<Urn> school;
  if (urn != 0) school = row.Get<Urn>("urn");
  return CalendarEntry{school,
                       *year,
                       *kind,
                       row.Get<std::string>("name"),
                       row.Get<education::Day>("first_day"),
                       row.Get<education::Day>("last_day")};
}

// Entries of authorities by LA code, of schools by URN.
struct Entries {
  std::map<LaCode, std::vector<CalendarEntry>> authorities;
  std::map<Urn, std::vector<CalendarEntry>> schools;

  std::vector<CalendarEntry> Of(const SchoolKey& school) const {
    std::vector<CalendarEntry> entries;
    if (const auto found = authorities.find(school.la_code); found != authorities.end())
      entries = found->second;
    if (const auto found = schools.find(school.urn); found != schools.end())
      entries.insert(entries.end(), found->second.begin(), found->second.end());
    return entries;
  }
};

}  // namespace

absl::StatusOr<CalendarsBySchool> ReadCalendars(Transaction& transaction,
                                                const std::set<SchoolKey>& schools) {
  CalendarsBySchool calendars;
  if (schools.empty()) return calendars;
  const Columns columns(schools);
  const auto rows = transaction.Query(kEntries, columns.urn, columns.la_code);
  if (!rows.ok()) return rows.status();
  Entries entries;
  for (const auto& row : *rows) {
    auto entry = ReadEntry(row);
    if (!entry.ok()) return absl::InternalError(entry.status().message());
    auto& of =
        entry->urn ? entries.schools[*entry->urn] : entries.authorities[row.Get<LaCode>("la_code")];
    of.push_back(*std::move(entry));
  }
  for (const SchoolKey& school : schools) {
    auto made = SchoolCalendar::Make(school.urn, entries.Of(school));
    if (!made.ok()) return absl::InternalError(made.status().message());
    calendars[school.urn] = std::make_shared<const SchoolCalendar>(*std::move(made));
  }
  return calendars;
}

absl::Status KeepSeen(Transaction& transaction, const CalendarVersions& versions) {
  if (versions.empty()) return absl::OkStatus();
  std::vector<Urn> urn;
  std::vector<LaCode> la_code;
  std::vector<std::int64_t> version;
  for (const auto& [school, seen] : versions) {
    urn.push_back(school.urn);
    la_code.push_back(school.la_code);
    version.push_back(seen);
  }
  return transaction.Execute(kKeepSeen, urn, la_code, version).status();
}

absl::StatusOr<CalendarsBySchool> CalendarCache::Read(Transaction& transaction,
                                                      const std::set<SchoolKey>& schools) {
  CalendarsBySchool calendars;
  if (schools.empty()) return calendars;
  const Columns columns(schools);
  const auto rows = transaction.Query(kVersions, columns.urn, columns.la_code);
  if (!rows.ok()) return rows.status();
  std::map<Urn, std::int64_t> versions;
  for (const auto& row : *rows) versions[row.Get<Urn>(0)] = row.Get<std::int64_t>(1);
  std::set<SchoolKey> missing;
  {
    const std::lock_guard lock(mutex_);
    for (const SchoolKey& school : schools) {
      const auto kept = kept_.find(school);
      if (kept != kept_.end() && kept->second.version == versions[school.urn]) {
        calendars[school.urn] = kept->second.calendar;
      } else {
        missing.insert(school);
      }
    }
  }
  auto read = ReadCalendars(transaction, missing);
  if (!read.ok()) return read.status();
  const std::lock_guard lock(mutex_);
  for (const SchoolKey& school : missing) {
    if (kept_.size() >= kMostSchools && !kept_.contains(school)) kept_.erase(kept_.begin());
    kept_.insert_or_assign(school, Kept{versions[school.urn], read->at(school.urn)});
    calendars[school.urn] = read->at(school.urn);
  }
  return calendars;
}

}  // namespace pathways::exclusions
