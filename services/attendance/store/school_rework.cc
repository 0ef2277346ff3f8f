#include "services/attendance/store/school_rework.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "libs/rolls/calendar_copies.h"
#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"
#include "services/attendance/store/crossing_rework.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using storage::Transaction;

// Bounds memory: a year's sums of a school are some hundred kilobytes.
constexpr std::ptrdiff_t kSchoolsAtOnce = 50;

constexpr storage::Sql kSchools = R"(
  select b.urn, b.la_code, min(r.academic_year) as first_year
  from book b join roll r using (urn)
  where b.urn = any($1::int[]) or b.la_code = any($2::int[])
  group by b.urn, b.la_code
  having bool_and(exists (select from calendar c
                          where c.academic_year = r.academic_year and (c.urn = b.urn or (c.urn = 0 and c.la_code = b.la_code)))))";

class Reworking {
 public:
  Reworking(Transaction& transaction, const ReworkContext& context)
      : transaction_(transaction), context_(context) {}

  absl::Status Take(ReworkSchools::const_iterator begin, ReworkSchools::const_iterator end) {
    std::vector<SchoolKey> keys;
    AcademicYear year = AcademicYear::Of(begin->second.first);
    for (auto school = begin; school != end; ++school) {
      keys.push_back({school->first, school->second.la_code});
      year = std::min(year, AcademicYear::Of(school->second.first));
    }
    if (absl::Status status = LockBooks(transaction_, keys); !status.ok()) return status;
    const auto calendars = rolls::ReadCalendars(transaction_, {keys.begin(), keys.end()});
    if (!calendars.ok()) return calendars.status();
    std::vector<SchoolBook> books;
    for (const SchoolKey& key : keys) {
      books.push_back({.key = key, .calendar = calendars->at(key.urn).get()});
      books.back().first = std::next(begin, std::ssize(books) - 1)->second.first;
    }
    SchoolBooks all;
    for (SchoolBook& book : books) all.push_back(&book);
    absl::Status status = ReadSlotsOf(transaction_, *context_.slots, all, year.Previous());
    if (status.ok()) status = WorkOut(transaction_, all);
    return status.ok() ? Tell(all) : status;
  }

  absl::Status Finish() {
    absl::Status status = access::RecordAccess(transaction_, context_.access, access_);
    if (!status.ok() || events_.empty()) return status;
    return context_.outbox->Append(transaction_, events_, context_.traceparent);
  }

 private:
  absl::Status Tell(const SchoolBooks& books) {
    auto events = CrossingEvents(transaction_, books, "");
    if (!events.ok()) return events.status();
    std::ranges::move(*events, std::back_inserter(events_));
    for (const SchoolBook* book : books) {
      if (book->crossings.withdrawn.empty() && book->crossings.added.empty()) continue;
      access_.push_back({.action = access::Action::kWrite,
                         .subject_kind = access::SubjectKind::kSchool,
                         .subject_id = book->key.urn.ToString(),
                         .urn = book->key.urn,
                         .authority = book->key.la_code,
                         .detail = context_.detail});
    }
    return absl::OkStatus();
  }

  Transaction& transaction_;
  const ReworkContext& context_;
  std::vector<events::NewEvent> events_;
  std::vector<access::AccessEntry> access_;
};

}  // namespace

absl::StatusOr<ReworkSchools> SchoolsToRework(Transaction& transaction,
                                              const std::vector<std::int32_t>& urns,
                                              const std::vector<education::LaCode>& authorities) {
  const auto behind = rolls::SchoolsBehind(transaction);
  if (!behind.ok()) return behind.status();
  const auto rows = transaction.Query(kSchools, urns, authorities);
  if (!rows.ok()) return rows.status();
  ReworkSchools schools;
  for (const auto& row : *rows) {
    const auto urn = row.Get<education::Urn>("urn");
    if (behind->contains(urn)) continue;
    schools.emplace(urn, ReworkSchool{row.Get<education::LaCode>("la_code"),
                                      row.Get<AcademicYear>("first_year").first()});
  }
  return schools;
}

absl::Status Rework(Transaction& transaction, const ReworkContext& context,
                    const ReworkSchools& schools) {
  Reworking reworking(transaction, context);
  for (auto begin = schools.begin(); begin != schools.end();) {
    const auto end =
        std::next(begin, std::min(kSchoolsAtOnce, std::distance(begin, schools.end())));
    if (absl::Status status = reworking.Take(begin, end); !status.ok()) return status;
    begin = end;
  }
  return reworking.Finish();
}

}  // namespace pathways::attendance
