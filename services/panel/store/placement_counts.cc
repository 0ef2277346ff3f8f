#include "services/panel/store/placement_counts.h"

#include "libs/storage/sql.h"

namespace pathways::panel {
namespace {

constexpr storage::Sql kCount = R"(
  select p.*, r.*
  from (select count(*) filter (where state = 'offered'
                                  and ((select app.role()) = 'provider'
                                       or ((select app.role()) = 'school'
                                           and receiving_urn = any ((select app.schools())::integer[])))) as to_answer,
               count(*) filter (where state = 'offered') as offers,
               count(*) filter (where state = 'accepted' and start_day < $1) as starts_overdue,
               count(*) filter (where state = 'started') as placed,
               count(*) filter (where state = 'started' and next_review < $1) as reviews_overdue
        from placement where state in ('offered', 'accepted', 'started')) p,
       (select count(*) filter (where state = 'draft') as plans_in_draft,
               count(*) filter (where state = 'agreed') as returns_coming,
               count(*) filter (where state = 'returned' and next_review < $1) as return_reviews_overdue
        from reintegration_plan where state in ('draft', 'agreed', 'returned')) r)";

}  // namespace

absl::StatusOr<PlacementCounts> CountPlacements(storage::Transaction& transaction,
                                                education::Day today) {
  const auto row = transaction.QueryOne(kCount, today);
  if (!row.ok()) return row.status();
  const auto count = [&](std::string_view column) { return row->Get<std::int64_t>(column); };
  return PlacementCounts{.to_answer = count("to_answer"),
                         .offers = count("offers"),
                         .starts_overdue = count("starts_overdue"),
                         .placed = count("placed"),
                         .reviews_overdue = count("reviews_overdue"),
                         .plans_in_draft = count("plans_in_draft"),
                         .returns_coming = count("returns_coming"),
                         .return_reviews_overdue = count("return_reviews_overdue")};
}

}  // namespace pathways::panel
