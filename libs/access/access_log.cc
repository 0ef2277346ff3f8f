#include "libs/access/access_log.h"

#include <array>

#include "libs/storage/rows.h"

namespace pathways::access {
namespace {

constexpr storage::Sql kInsert = R"sql(
  insert into access.log (purpose, action, subject_kind, subject_id, urn, la_code, detail, request_id,
                          break_glass_reason)
  select $1, e.action, e.subject_kind, e.subject_id, e.urn, e.la_code, e.detail, $2, $3
  from unnest($4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[])
       as e (action, subject_kind, subject_id, urn, la_code, detail))sql";

constexpr storage::Sql kHistory = R"sql(
  select id, at, person, role, purpose, action, subject_kind, subject_id, urn, la_code, detail,
         request_id, trace_id, break_glass_reason
  from access.log
  where subject_kind = $1 and subject_id = $2 and ($3 = 0::bigint or id < $3)
  order by id desc
  limit $4)sql";

constexpr int kLargestPage = 500;

constexpr std::array<std::string_view, 3> kActions = {"read", "write", "export"};
constexpr std::array<std::string_view, 5> kSubjectKinds = {"pupil", "school", "request",
                                                           "authority", "person"};

// What the table's constraints allow is exactly what was written from these names.
template <typename Enum, std::size_t N>
Enum FromName(const std::array<std::string_view, N>& names, std::string_view name) {
  std::size_t index = 0;
  while (index + 1 < N && names[index] != name) ++index;
  return static_cast<Enum>(index);
}

AccessRecord ToRecord(const storage::Row& row) {
  AccessRecord record;
  record.id = row.Get<std::int64_t>("id");
  record.at = row.Get<education::Instant>("at");
  record.person = row.Get<std::string>("person");
  record.role = row.Get<std::string>("role");
  record.purpose = row.Get<std::string>("purpose");
  record.action = row.Get<std::string>("action");
  record.entry.action = FromName<Action>(kActions, record.action);
  record.entry.subject_kind =
      FromName<SubjectKind>(kSubjectKinds, row.Get<std::string>("subject_kind"));
  record.entry.subject_id = row.Get<std::string>("subject_id");
  record.entry.urn = row.GetOptional<education::Urn>("urn");
  record.entry.authority = row.GetOptional<education::LaCode>("la_code");
  record.entry.detail = row.Get<std::string>("detail");
  record.request_id = row.Get<std::string>("request_id");
  record.trace_id = row.Get<std::string>("trace_id");
  record.break_glass_reason = row.Get<std::string>("break_glass_reason");
  return record;
}

// The entries turned into columns.
struct Columns {
  std::vector<std::string> action, subject_kind, subject_id, detail;
  std::vector<std::optional<std::int32_t>> urn, la_code;
};

template <typename Number>
std::optional<std::int32_t> ValueOf(const std::optional<Number>& number) {
  if (!number.has_value()) return std::nullopt;
  return number->value();
}

Columns ToColumns(std::span<const AccessEntry> entries) {
  Columns columns;
  for (const AccessEntry& entry : entries) {
    columns.action.emplace_back(ActionName(entry.action));
    columns.subject_kind.emplace_back(SubjectKindName(entry.subject_kind));
    columns.subject_id.push_back(entry.subject_id);
    columns.detail.push_back(entry.detail);
    columns.urn.push_back(ValueOf(entry.urn));
    columns.la_code.push_back(ValueOf(entry.authority));
  }
  return columns;
}

constexpr storage::Sql kBindTrace = "select set_config('app.trace_id', $1, true)";

}  // namespace

std::string_view ActionName(Action action) { return kActions[static_cast<std::size_t>(action)]; }

std::string_view SubjectKindName(SubjectKind kind) {
  return kSubjectKinds[static_cast<std::size_t>(kind)];
}

absl::Status BindTrace(storage::Transaction& transaction, const std::string& trace_id) {
  return transaction.Query(kBindTrace, trace_id).status();
}

absl::Status RecordAccess(storage::Transaction& transaction, const AccessContext& context,
                          std::span<const AccessEntry> entries) {
  if (entries.empty()) return absl::OkStatus();
  const Columns columns = ToColumns(entries);
  return transaction
      .Execute(kInsert, context.purpose, context.request_id, context.break_glass_reason,
               columns.action, columns.subject_kind, columns.subject_id, columns.urn,
               columns.la_code, columns.detail)
      .status();
}

absl::StatusOr<HistoryPage> ReadHistory(storage::Transaction& transaction, SubjectKind kind,
                                        std::string_view subject_id, std::int64_t before,
                                        int limit) {
  if (limit < 1 || limit > kLargestPage) {
    return absl::InvalidArgumentError("a page has 1 to 500 lines");
  }
  // One more than asked for tells whether there is a next page.
  auto rows = transaction.Query(kHistory, SubjectKindName(kind), subject_id, before, limit + 1);
  if (!rows.ok()) return rows.status();
  HistoryPage page;
  for (const storage::Row& row : *rows) page.records.push_back(ToRecord(row));
  if (page.records.size() > static_cast<std::size_t>(limit)) {
    page.records.pop_back();
    page.next = page.records.back().id;
  }
  return page;
}

}  // namespace pathways::access
