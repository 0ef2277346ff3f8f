#include "libs/rolls/calendar_copies.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/education/year_code.h"
#include "libs/storage/sql.h"

namespace pathways::rolls {
namespace {

using education::CalendarEntry;
using education::Day;
using education::LaCode;
using education::SchoolCalendar;
using education::SchoolKey;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kPutCalendars = R"(
  insert into calendar (la_code, urn, academic_year, version)
  select * from unnest($1::int[], $2::int[], $3::int[], $4::bigint[])
  on conflict (la_code, urn, academic_year) do update set version = excluded.version)";

constexpr Sql kClearCalendars = R"(
  delete from calendar_entry c
  using unnest($1::int[], $2::int[], $3::int[]) as k(la_code, urn, academic_year)
  where c.la_code = k.la_code and c.urn = k.urn and c.academic_year = k.academic_year)";

constexpr Sql kAddEntries = R"(
  insert into calendar_entry (la_code, urn, academic_year, kind, name, first_day, last_day)
  select * from unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::text[], $6::date[], $7::date[]))";

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

constexpr Sql kBehind = R"(
  select s.urn from calendar_seen s
  where s.version > (select coalesce(sum(c.version), 0) from calendar c
                     where c.urn = s.urn or (c.urn = 0 and c.la_code = s.la_code)))";

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
      education::YearFromCode(row.Get<std::int32_t>("academic_year"));
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

absl::Status PutCalendars(Transaction& transaction, std::span<const CalendarRow> rows) {
  if (rows.empty()) return absl::OkStatus();
  std::vector<LaCode> la_code, entry_la_code;
  std::vector<std::int32_t> urn, year, entry_urn, entry_year;
  std::vector<std::int64_t> version;
  std::vector<std::string> kind, name;
  std::vector<Day> first, last;
  for (const CalendarRow& row : rows) {
    la_code.push_back(row.la_code);
    urn.push_back(row.urn);
    year.push_back(row.academic_year);
    version.push_back(row.version);
    for (const CalendarRow::Days& days : row.days) {
      entry_la_code.push_back(row.la_code);
      entry_urn.push_back(row.urn);
      entry_year.push_back(row.academic_year);
      kind.emplace_back(education::ToString(days.kind));
      name.push_back(days.name);
      first.push_back(days.first);
      last.push_back(days.last);
    }
  }
  auto status = transaction.Execute(kPutCalendars, la_code, urn, year, version).status();
  if (status.ok()) status = transaction.Execute(kClearCalendars, la_code, urn, year).status();
  if (!status.ok() || kind.empty()) return status;
  return transaction
      .Execute(kAddEntries, entry_la_code, entry_urn, entry_year, kind, name, first, last)
      .status();
}

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

absl::StatusOr<std::set<Urn>> SchoolsBehind(Transaction& transaction) {
  const auto rows = transaction.Query(kBehind);
  if (!rows.ok()) return rows.status();
  std::set<Urn> schools;
  for (const auto& row : *rows) schools.insert(row.Get<Urn>(0));
  return schools;
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

}  // namespace pathways::rolls
