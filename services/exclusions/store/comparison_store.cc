#include "services/exclusions/store/comparison_store.h"

#include "libs/storage/sql.h"
#include "services/exclusions/store/exclusion_rows.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::PupilId;

// What counts in statistics: CountsInStatistics (domain/exclusion.h).
constexpr storage::Sql kAround = R"(
  select q.pupil_id, q.day, w.weeks,
         count(*) filter (where e.kind <> 'PERM' and e.start_date < q.day and e.start_date >= q.day - 7 * w.weeks)::int
           as suspensions_before,
         count(*) filter (where e.kind <> 'PERM' and e.start_date >= q.day and e.start_date < q.day + 7 * w.weeks)::int
           as suspensions_after,
         count(*) filter (where e.kind = 'PERM' and e.start_date >= q.day and e.start_date < q.day + 7 * w.weeks)::int
           as permanent_after
  from (select distinct pupil_id, day from unnest($1::uuid[], $2::date[]) as asked(pupil_id, day)) q
  cross join unnest($3::int[]) with ordinality as w(weeks, place)
  join exclusion e on e.pupil_id = q.pupil_id
                  and e.start_date between q.day - 7 * (select max(w) from unnest($3::int[]) w)
                                       and q.day + 7 * (select max(w) from unnest($3::int[]) w)
  where case when e.kind = 'PERM' then e.state = 'recorded'
             else e.state <> 'withdrawn' and (e.state <> 'cancelled' or e.ended_on >= e.start_date) end
  group by q.pupil_id, q.day, w.weeks, w.place
  order by q.pupil_id, q.day, w.place)";

}  // namespace

absl::StatusOr<std::vector<AroundCounts>> CountAround(storage::Transaction& transaction,
                                                      std::span<const PupilDay> pupils,
                                                      const std::vector<int>& weeks) {
  std::vector<PupilId> pupil;
  std::vector<Day> day;
  for (const PupilDay& one : pupils) {
    pupil.push_back(one.pupil);
    day.push_back(one.day);
  }
  const auto rows = transaction.Query(kAround, pupil, day, weeks);
  if (!rows.ok()) return rows.status();
  std::vector<AroundCounts> counts;
  for (const auto& row : *rows) {
    counts.push_back({.around = {row.Get<PupilId>("pupil_id"), row.Get<Day>("day")},
                      .weeks = row.Get<std::int32_t>("weeks"),
                      .suspensions_before = row.Get<std::int32_t>("suspensions_before"),
                      .suspensions_after = row.Get<std::int32_t>("suspensions_after"),
                      .permanent_after = row.Get<std::int32_t>("permanent_after")});
  }
  return counts;
}

}  // namespace pathways::exclusions
