#include "services/registry/store/person_store.h"

#include <algorithm>
#include <utility>

#include "libs/storage/sql.h"

namespace pathways::registry {
namespace {

using education::PersonId;
using storage::Sql;

// Roles ride along as parallel arrays, so that people and roles are one query.
constexpr Sql kBySubjects = R"(
  select p.*, i.subject, r.role, r.urn, r.la_code
  from person_identity i join person p using (person_id)
  left join lateral (
    select array_agg(a.role order by a.role, a.urn, a.la_code) as role, array_agg(a.urn order by a.role, a.urn, a.la_code) as urn,
           array_agg(a.la_code order by a.role, a.urn, a.la_code) as la_code
    from role_assignment a where a.person_id = p.person_id) r on true
  where i.subject = any($1::text[]))";

constexpr Sql kByIds = R"(
  select p.*, r.role, r.urn, r.la_code
  from person p
  left join lateral (
    select array_agg(a.role order by a.role, a.urn, a.la_code) as role, array_agg(a.urn order by a.role, a.urn, a.la_code) as urn,
           array_agg(a.la_code order by a.role, a.urn, a.la_code) as la_code
    from role_assignment a where a.person_id = p.person_id) r on true
  where p.person_id = any($1::uuid[]))";

// Those who act for a school the caller may see (the table's own policy decides that), for the
// authority of one, or for everybody.
constexpr Sql kIdsByRole = R"(
  select distinct p.person_id, p.name from person p join role_assignment a using (person_id)
  where a.role = $1
    and ((select app.everything()) or (a.urn = 0 and a.la_code = 0)
         or a.la_code = any ((select app.authorities())::integer[])
         or exists (select from school s where s.urn = a.urn or (a.urn = 0 and s.la_code = a.la_code)))
  order by p.name, p.person_id)";

constexpr Sql kUpsertPerson = R"(
  insert into person as p (person_id, name, email, title, version, updated_at) values ($1, $2, $3, $4, 1, $5)
  on conflict (person_id) do update
  set name = excluded.name, email = excluded.email, title = excluded.title, version = p.version + 1,
      updated_at = excluded.updated_at
  returning version)";

constexpr Sql kKeepIdentity = R"(
  insert into person_identity (subject, person_id) values ($1, $2) on conflict (subject) do nothing)";

constexpr Sql kClearRoles = "delete from role_assignment where person_id = $1";

constexpr Sql kAddRoles = R"(
  insert into role_assignment (person_id, role, urn, la_code)
  select $1, * from unnest($2::text[], $3::int[], $4::int[]))";

std::vector<Assignment> ReadRoles(const storage::Row& row) {
  std::vector<Assignment> roles;
  if (row.IsNull("role")) return roles;
  const auto names = row.Get<std::vector<std::string>>("role");
  const auto urns = row.Get<std::vector<std::int32_t>>("urn");
  const auto la_codes = row.Get<std::vector<std::int32_t>>("la_code");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (const auto role = access::RoleFromName(names[i]))
      roles.push_back({*role, urns[i], la_codes[i]});
  }
  std::ranges::sort(roles);
  return roles;
}

PersonRecord ReadPerson(const storage::Row& row) {
  return {row.Get<PersonId>("person_id"), row.Get<std::string>("name"),
          row.Get<std::string>("email"), row.Get<std::string>("title"), ReadRoles(row)};
}

bool Same(const PersonRecord& person, const PersonDraft& draft) {
  return person.name == draft.name && person.email == draft.email && person.title == draft.title &&
         person.roles == draft.roles;
}

absl::Status WriteRoles(storage::Transaction& transaction, const PersonId& id,
                        const std::vector<Assignment>& roles) {
  if (auto cleared = transaction.Execute(kClearRoles, id); !cleared.ok()) return cleared.status();
  std::vector<std::string> names;
  std::vector<std::int32_t> urns, la_codes;
  for (const Assignment& assignment : roles) {
    names.emplace_back(access::RoleName(assignment.role));
    urns.push_back(assignment.urn);
    la_codes.push_back(assignment.la_code);
  }
  return transaction.Execute(kAddRoles, id, names, urns, la_codes).status();
}

absl::StatusOr<PersonChange> Write(storage::Transaction& transaction, const PersonDraft& draft,
                                   const PersonId& id, education::Instant now) {
  auto row = transaction.QueryOne(kUpsertPerson, id, draft.name, draft.email, draft.title, now);
  if (!row.ok()) return row.status();
  if (auto kept = transaction.Execute(kKeepIdentity, draft.subject, id); !kept.ok())
    return kept.status();
  if (absl::Status status = WriteRoles(transaction, id, draft.roles); !status.ok()) return status;
  const auto version = row->Get<std::int64_t>("version");
  return PersonChange{
      {id, draft.name, draft.email, draft.title, draft.roles}, version, version == 1};
}

}  // namespace

absl::StatusOr<std::vector<PersonChange>> UpsertPeople(storage::Transaction& transaction,
                                                       const std::vector<PersonDraft>& drafts,
                                                       education::IdSource& ids,
                                                       education::Instant now) {
  std::vector<std::string> subjects;
  for (const PersonDraft& draft : drafts) subjects.push_back(draft.subject);
  auto rows = transaction.Query(kBySubjects, subjects);
  if (!rows.ok()) return rows.status();
  std::map<std::string, PersonRecord> known;
  for (const auto& row : *rows) known.emplace(row.Get<std::string>("subject"), ReadPerson(row));

  std::vector<PersonChange> changes;
  for (const PersonDraft& draft : drafts) {
    const auto found = known.find(draft.subject);
    if (found != known.end() && Same(found->second, draft)) continue;
    auto change = Write(transaction, draft,
                        found != known.end() ? found->second.id : PersonId::New(ids), now);
    if (!change.ok()) return change.status();
    changes.push_back(*std::move(change));
  }
  return changes;
}

absl::StatusOr<PersonRecord> PersonBySubject(storage::Transaction& transaction,
                                             const std::string& subject) {
  auto row = transaction.QueryOne(kBySubjects, std::vector<std::string>{subject});
  if (!row.ok()) return row.status();
  return ReadPerson(*row);
}

absl::StatusOr<std::vector<PersonRecord>> PeopleByIds(storage::Transaction& transaction,
                                                      const std::vector<PersonId>& ids) {
  auto rows = transaction.Query(kByIds, ids);
  if (!rows.ok()) return rows.status();
  std::vector<PersonRecord> people;
  for (const auto& row : *rows) people.push_back(ReadPerson(row));
  return people;
}

absl::StatusOr<std::vector<PersonRecord>> PeopleByRole(storage::Transaction& transaction,
                                                       access::Role role) {
  auto rows = transaction.Query(kIdsByRole, std::string(access::RoleName(role)));
  if (!rows.ok()) return rows.status();
  std::vector<PersonId> ids;
  for (const auto& row : *rows) ids.push_back(row.Get<PersonId>("person_id"));
  auto people = PeopleByIds(transaction, ids);
  if (people.ok())
    std::ranges::sort(*people, {}, [](const PersonRecord& p) { return std::pair(p.name, p.id); });
  return people;
}

}  // namespace pathways::registry
