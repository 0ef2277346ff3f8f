#include "services/panel/store/action_store.h"

#include "services/panel/store/timeline_store.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kInsert = R"(
  insert into action (action_id, case_id, sitting_id, pupil_id, urn, la_code, what, owner_person_id, owner_agency, due, added_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))";

constexpr Sql kFind = R"(
  select a.*, coalesce(w.words, '') as what_text
  from action a left join words w on w.words_id = a.what
  where a.action_id = $1)";

constexpr Sql kList = R"(
  select a.*, coalesce(w.words, '') as what_text, count(*) over () as total
  from action a left join words w on w.words_id = a.what
  where ($1::uuid is null or a.case_id = $1)
    and ($2::uuid is null or a.sitting_id = $2)
    and (not $3::boolean or a.done_on is null)
    and (not $4::boolean or a.owner_person_id::text = (select app.person()))
  order by a.due, a.added_at, a.action_id
  limit $6 offset $5)";

}  // namespace

Action ReadAction(const storage::Row& row) {
  return {.id = row.Get<ActionId>("action_id"),
          .panel_case = row.Get<CaseId>("case_id"),
          .sitting = row.GetOptional<SittingId>("sitting_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .what = row.Get<std::string>("what_text"),
          .owner = row.GetOptional<education::PersonId>("owner_person_id"),
          .agency = row.Get<std::string>("owner_agency"),
          .due = row.Get<education::Day>("due"),
          .done_on = row.GetOptional<education::Day>("done_on"),
          .done_by = row.GetOptional<std::string>("done_by").value_or("")};
}

absl::Status InsertAction(Transaction& transaction, const Action& action, education::Instant now) {
  const auto words = KeepWords(transaction, action.panel_case, action.what);
  if (!words.ok()) return words.status();
  return transaction
      .Execute(kInsert, action.id, action.panel_case, action.sitting, action.pupil, action.urn,
               action.la_code, *words, action.owner, action.agency, action.due, now)
      .status();
}

absl::StatusOr<Action> FindAction(Transaction& transaction, const ActionId& id) {
  const auto row = transaction.QueryOne(kFind, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such action");
  if (!row.ok()) return row.status();
  return ReadAction(*row);
}

absl::StatusOr<ActionPage> ListActions(Transaction& transaction, const ActionFilter& filter) {
  const auto rows = transaction.Query(kList, filter.panel_case, filter.sitting, filter.owed,
                                      filter.mine, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  ActionPage page;
  for (const auto& row : *rows) {
    page.actions.push_back(ReadAction(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

}  // namespace pathways::panel
