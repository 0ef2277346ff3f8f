#include "services/exclusions/store/trend_headcounts.h"

#include <algorithm>
#include <cstdint>

#include "libs/storage/sql.h"
#include "services/exclusions/domain/trend.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::Day;
using education::LaCode;
using storage::Sql;
using storage::Transaction;

constexpr int kYears = 10;

constexpr Sql kTakeChanges = "delete from trend_roll_changed";

constexpr Sql kAuthorities = R"(
  select distinct s.la_code
  from school s
  where $1 or not exists (select from trend_roll r
                          where r.la_code = s.la_code and r.academic_year = $2 and r.counted_on = $3)
  order by s.la_code)";

constexpr Sql kClear = "delete from trend_headcount where la_code = $1 and academic_year = $2";

constexpr Sql kCount = R"(
  insert into trend_headcount (la_code, place_kind, place, breakdown, academic_year, value, pupils)
  select $1, p.place_kind, p.place, d.breakdown, $2, d.value, count(*)
  from (select e.urn, s.phase, s.locality, coalesce(c.year_group, '') as year_group,
               coalesce(c.sen_provision, '') as sen_provision, coalesce(c.sex, '') as sex,
               case when c.pupil_premium then 'Y' when not c.pupil_premium then 'N' else '' end as disadvantaged,
               case when c.looked_after then 'Y' when not c.looked_after then 'N' else '' end as looked_after
        from enrolment e
        join school s on s.urn = e.urn
        left join lateral (select * from characteristics c
                           where c.pupil_id = e.pupil_id and c.valid_from <= $3
                           order by c.valid_from desc limit 1) c on true
        where e.la_code = $1 and e.main and e.entry_date <= $3
          and (e.leaving_date is null or e.leaving_date >= $3)) as on_roll
  cross join lateral (values ('authority', ''), ('school', urn::text), ('locality', locality), ('phase', phase))
    as p(place_kind, place)
  cross join lateral (values ('total', ''), ('school', urn::text), ('locality', locality), ('phase', phase),
                             ('year_group', year_group), ('sen_provision', sen_provision),
                             ('disadvantaged', disadvantaged), ('sex', sex), ('looked_after', looked_after))
    as d(breakdown, value)
  where not (d.breakdown = 'school' and p.place_kind = 'school')
    and (d.breakdown not in ('locality', 'phase') or p.place_kind = 'authority')
  group by p.place_kind, p.place, d.breakdown, d.value)";

constexpr Sql kCounted = R"(
  insert into trend_roll (la_code, academic_year, counted_on) values ($1, $2, $3)
  on conflict (la_code, academic_year) do update set counted_on = excluded.counted_on)";

absl::Status CountYear(Transaction& transaction, LaCode la_code, AcademicYear year, Day on) {
  const std::int32_t code = YearCode(year);
  auto status = transaction.Execute(kClear, la_code, code).status();
  if (status.ok()) status = transaction.Execute(kCount, la_code, code, on).status();
  if (status.ok()) status = transaction.Execute(kCounted, la_code, code, on).status();
  return status;
}

}  // namespace

Day HeadcountDay(AcademicYear year, Day today) { return std::min(SpringCensusDay(year), today); }

absl::StatusOr<int> BringHeadcountsUpToDate(Transaction& transaction, Day today) {
  const auto changes = transaction.Execute(kTakeChanges);
  if (!changes.ok()) return changes.status();
  const AcademicYear now = AcademicYear::Of(today);
  auto rows =
      transaction.Query(kAuthorities, *changes > 0, YearCode(now), HeadcountDay(now, today));
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    AcademicYear year = now;
    for (int i = 0; i < kYears; ++i, year = year.Previous()) {
      const auto status =
          CountYear(transaction, row.Get<LaCode>("la_code"), year, HeadcountDay(year, today));
      if (!status.ok()) return status;
    }
  }
  return static_cast<int>(rows->size());
}

}  // namespace pathways::exclusions
