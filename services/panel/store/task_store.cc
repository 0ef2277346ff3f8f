#include "services/panel/store/task_store.h"

#include "services/panel/store/rows.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kToSend = R"(
  select sitting_id from sitting where state = 'closed' and tasks_sent_at is null order by day limit 100)";
constexpr Sql kClaim = R"(
  update sitting set tasks_sent_at = $2
  where sitting_id = $1 and state = 'closed' and tasks_sent_at is null)";

constexpr Sql kInsert = R"(
  insert into action (action_id, case_id, sitting_id, pupil_id, urn, la_code, what, owner_agency, due, added_at, code, decision_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (decision_id, code) where code <> '' do nothing)";

constexpr Sql kSendOfSitting = R"(
  update action a
  set sent_at = $2, event_version = 1, reference = c.reference,
      owner_urn = case a.owner_agency when 'school' then a.urn when 'receiving_school' then d.receiving_urn end
  from panel_case c
  left join decision d on d.case_id = c.case_id and d.state = 'final'
  where c.case_id = a.case_id and a.sitting_id = $1 and a.sent_at is null
  returning a.*, c.origin_trace_id as trace_id, (select w.words from words w where w.words_id = a.what) as what_text, false as mine)";

constexpr Sql kSendOne = R"(
  update action a
  set sent_at = $2, event_version = 1, reference = c.reference,
      owner_urn = case a.owner_agency when 'school' then a.urn when 'receiving_school' then d.receiving_urn end
  from panel_case c
  left join decision d on d.case_id = c.case_id and d.state = 'final'
  where c.case_id = a.case_id and a.action_id = $1 and a.sent_at is null
    and not exists (select 1 from sitting s where s.sitting_id = a.sitting_id and s.state in ('planned', 'open'))
  returning a.*, c.origin_trace_id as trace_id, (select w.words from words w where w.words_id = a.what) as what_text, false as mine)";

constexpr Sql kFind = R"(
  select a.*, coalesce(w.words, '') as what_text, coalesce(c.origin_trace_id, '') as trace_id,
         a.owner_person_id::text = (select app.person()) or app.owes(a.owner_agency, a.owner_urn, a.la_code, a.case_id) as mine
  from action a left join words w on w.words_id = a.what left join panel_case c on c.case_id = a.case_id
  where a.action_id = $1 and a.sent_at is not null)";

constexpr Sql kDone = R"(
  update action set done_on = $2, done_by = app.person(), event_version = event_version + 1
  where action_id = $1 and done_on is null)";

constexpr Sql kList = R"(
  select t.*, count(*) over () as total
  from (select a.*, coalesce(w.words, '') as what_text, '' as trace_id,
               coalesce(a.owner_person_id::text = (select app.person()), false)
                 or app.owes(a.owner_agency, a.owner_urn, a.la_code, a.case_id) as mine
        from action a left join words w on w.words_id = a.what
        where a.sent_at is not null and (a.done_on is not null) = $2::boolean
          and ($3::date is null or a.due < $3)) t
  where t.mine or not $1::boolean
  order by t.done_on desc, t.due, t.sent_at, t.action_id
  limit $5 offset $4)";

constexpr Sql kCount = R"(
  select count(*) filter (where mine) as mine, count(*) filter (where mine and due < $1) as mine_overdue,
         count(*) filter (where due < $1) as overdue
  from (select a.due, coalesce(a.owner_person_id::text = (select app.person()), false)
                      or app.owes(a.owner_agency, a.owner_urn, a.la_code, a.case_id) as mine
        from action a where a.sent_at is not null and a.done_on is null) t)";

SentTask ReadTask(const storage::Row& row) {
  return {.action = ReadAction(row),
          .reference = row.Get<std::string>("reference"),
          .words = row.Get<std::int64_t>("what"),
          .code = row.Get<std::string>("code"),
          .owner_urn = row.GetOptional<education::Urn>("owner_urn"),
          .sent_at = row.Get<education::Instant>("sent_at"),
          .event_version = row.Get<std::int64_t>("event_version"),
          .trace_id = row.Get<std::string>("trace_id"),
          .mine = row.GetOptional<bool>("mine").value_or(false)};
}

}  // namespace

absl::StatusOr<std::vector<SittingId>> SittingsToSend(Transaction& transaction) {
  const auto rows = transaction.Query(kToSend);
  if (!rows.ok()) return rows.status();
  std::vector<SittingId> sittings;
  for (const auto& row : *rows) sittings.push_back(row.Get<SittingId>("sitting_id"));
  return sittings;
}

absl::StatusOr<bool> ClaimSending(Transaction& transaction, const SittingId& id,
                                  education::Instant now) {
  const auto claimed = transaction.Execute(kClaim, id, now);
  if (!claimed.ok()) return claimed.status();
  return *claimed == 1;
}

absl::Status InsertTask(Transaction& transaction, const ActionId& id, const Decision& decision,
                        const Task& task, education::Instant now) {
  const auto words = KeepWords(transaction, decision.panel_case, task.what);
  if (!words.ok()) return words.status();
  return transaction
      .Execute(kInsert, id, decision.panel_case, decision.sitting, decision.pupil, decision.urn,
               decision.la_code, *words, task.agency, task.due, now, task.code, decision.id)
      .status();
}

absl::StatusOr<std::vector<SentTask>> SendActions(Transaction& transaction,
                                                  const SittingId& sitting,
                                                  education::Instant now) {
  const auto rows = transaction.Query(kSendOfSitting, sitting, now);
  if (!rows.ok()) return rows.status();
  std::vector<SentTask> tasks;
  for (const auto& row : *rows) tasks.push_back(ReadTask(row));
  return tasks;
}

absl::StatusOr<std::optional<SentTask>> SendAction(Transaction& transaction, const ActionId& id,
                                                   education::Instant now) {
  const auto row = transaction.QueryOptional(kSendOne, id, now);
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<SentTask>();
  return std::optional<SentTask>(ReadTask(**row));
}

absl::StatusOr<SentTask> FindTask(Transaction& transaction, const ActionId& id) {
  const auto row = transaction.QueryOne(kFind, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such task");
  if (!row.ok()) return row.status();
  return ReadTask(*row);
}

absl::StatusOr<std::optional<SentTask>> MarkDone(Transaction& transaction, const ActionId& id,
                                                 education::Day day) {
  const auto changed = transaction.Execute(kDone, id, day);
  if (!changed.ok()) return changed.status();
  if (*changed == 0) return std::optional<SentTask>();
  auto task = FindTask(transaction, id);
  if (absl::IsNotFound(task.status())) return std::optional<SentTask>();  // it was never sent
  if (!task.ok()) return task.status();
  return std::optional<SentTask>(*std::move(task));
}

absl::StatusOr<TaskPage> ListTasks(Transaction& transaction, const TaskFilter& filter) {
  const auto rows = transaction.Query(kList, filter.mine, filter.done, filter.due_before,
                                      filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  TaskPage page;
  for (const auto& row : *rows) {
    page.tasks.push_back(ReadTask(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

absl::StatusOr<TaskCounts> CountTasks(Transaction& transaction, education::Day today) {
  const auto row = transaction.QueryOne(kCount, today);
  if (!row.ok()) return row.status();
  return TaskCounts{.mine = row->Get<std::int64_t>("mine"),
                    .mine_overdue = row->Get<std::int64_t>("mine_overdue"),
                    .overdue = row->Get<std::int64_t>("overdue")};
}

}  // namespace pathways::panel
