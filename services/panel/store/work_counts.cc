#include "services/panel/store/work_counts.h"

#include "libs/storage/sql.h"

namespace pathways::panel {
namespace {

constexpr storage::Sql kCount = R"(
  select c.*, p.*, a.*, k.*
  from (select count(*) filter (where state = 'draft') as drafts,
               count(*) filter (where state = 'referred') as referred,
               count(*) filter (where state = 'referred' and not complete) as incomplete,
               count(*) filter (where state in ('referred', 'scheduled') and due < $1) as overdue,
               count(*) filter (where state = 'scheduled') as scheduled,
               count(*) filter (where state = 'decided'
                                  and exists (select 1 from decision d
                                              where d.decision_id = panel_case.decision_id
                                                and d.kind in ('managed_move', 'alternative_provision', 'fair_access_place'))
                                  and not exists (select 1 from placement q
                                                  where q.decision_id = panel_case.decision_id
                                                    and q.state not in ('declined', 'withdrawn'))) as unplaced
        from panel_case where state in ('draft', 'referred', 'scheduled', 'decided')) c,
       (select count(*) filter (where state = 'offered') as offers,
               count(*) filter (where state = 'started') as placed,
               count(*) filter (where state = 'started' and next_review < $1) as reviews_overdue
        from placement where state in ('offered', 'started')) p,
       (select count(*) filter (where owner_person_id::text = (select app.person())) as my_actions,
               count(*) filter (where due < $1) as actions_overdue
        from action where done_on is null) a,
       (select count(*) as packs_unread
        from pack k join sitting s using (sitting_id) join sitting_member m using (sitting_id)
        where m.person_id::text = (select app.person()) and s.state in ('planned', 'open')
          and not exists (select 1 from pack_reading r
                          where r.sitting_id = k.sitting_id and r.case_id = k.case_id and r.person = (select app.person()))) k)";

}  // namespace

absl::StatusOr<WorkCounts> CountWork(storage::Transaction& transaction, education::Day today) {
  const auto row = transaction.QueryOne(kCount, today);
  if (!row.ok()) return row.status();
  const auto count = [&](std::string_view column) { return row->Get<std::int64_t>(column); };
  return WorkCounts{.drafts = count("drafts"),
                    .referred = count("referred"),
                    .incomplete = count("incomplete"),
                    .overdue = count("overdue"),
                    .scheduled = count("scheduled"),
                    .unplaced = count("unplaced"),
                    .offers = count("offers"),
                    .placed = count("placed"),
                    .reviews_overdue = count("reviews_overdue"),
                    .my_actions = count("my_actions"),
                    .actions_overdue = count("actions_overdue"),
                    .packs_unread = count("packs_unread")};
}

}  // namespace pathways::panel
