#include "services/referrals/store/work_counts.h"

#include "libs/storage/sql.h"

namespace pathways::referrals {
namespace {

constexpr storage::Sql kCount = R"(
  select p.*, r.*
  from (select count(*) as proposals_open, count(*) filter (where kind = 'severe') as proposals_severe
        from proposal where state = 'open') p,
       (select count(*) filter (where state = 'draft') as drafts,
               count(*) filter (where state = 'submitted') as submitted,
               count(*) filter (where state = 'submitted' and decision_due < $1) as overdue,
               count(*) filter (where state = 'more_asked') as more_asked,
               count(*) filter (where state = 'accepted') as unallocated,
               count(*) filter (where state = 'allocated' and worker_id::text = (select app.person())) as mine
        from request
        where state in ('draft', 'submitted', 'more_asked', 'accepted', 'allocated')) r)";

}  // namespace

absl::StatusOr<WorkCounts> CountWork(storage::Transaction& transaction, education::Day today) {
  const auto row = transaction.QueryOne(kCount, today);
  if (!row.ok()) return row.status();
  const auto count = [&](std::string_view column) { return row->Get<std::int64_t>(column); };
  return WorkCounts{.proposals_open = count("proposals_open"),
                    .proposals_severe = count("proposals_severe"),
                    .drafts = count("drafts"),
                    .submitted = count("submitted"),
                    .overdue = count("overdue"),
                    .more_asked = count("more_asked"),
                    .unallocated = count("unallocated"),
                    .mine = count("mine")};
}

}  // namespace pathways::referrals
