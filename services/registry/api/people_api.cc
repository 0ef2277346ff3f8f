// People by id and by role.
#include <vector>

#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/registry/api/person_message.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/store/person_store.h"

namespace pathways::registry {
namespace {

using access::Permission;
using education::PersonId;
using service::Call;

absl::Status GetPeople(const RegistryParts& parts, Call& call, const v1::GetPeopleRequest& request,
                       v1::GetPeopleResponse* response) {
  if (request.person_ids_size() > 500)
    return service::InvalidField("person_ids", "Ask for at most 500 at a time");
  std::vector<PersonId> ids;
  for (const std::string& text : request.person_ids()) {
    // Services act too; they are no people and have no record here.
    if (const auto id = PersonId::Parse(text); id.ok()) ids.push_back(*id);
  }
  auto people = storage::RunInTransaction(
      *parts.pool, call.caller().ToRowScope(), call.deadline(),
      [&](storage::Transaction& transaction) { return PeopleByIds(transaction, ids); });
  if (!people.ok()) return people.status();
  for (const PersonRecord& person : *people) *response->add_people() = ToMessage(person);
  return absl::OkStatus();
}

absl::Status ListPeople(const RegistryParts& parts, Call& call,
                        const v1::ListPeopleRequest& request, v1::ListPeopleResponse* response) {
  const auto role = access::RoleFromName(request.role());
  if (!role) return service::InvalidField("role", "Give the name of a role");
  auto people = storage::RunInTransaction(
      *parts.pool, call.caller().ToRowScope(), call.deadline(),
      [&](storage::Transaction& transaction) { return PeopleByRole(transaction, *role); });
  if (!people.ok()) return people.status();
  for (const PersonRecord& person : *people) *response->add_people() = ToMessage(person);
  return absl::OkStatus();
}

}  // namespace

void AddPeople(service::Endpoint& endpoint, const RegistryParts& parts) {
  endpoint
      .Unary<v1::GetPeopleRequest, v1::GetPeopleResponse>(
          "GetPeople", Permission::kReadSchool,
          [&parts](Call& call, const auto& q, auto* r) { return GetPeople(parts, call, q, r); })
      .Unary<v1::ListPeopleRequest, v1::ListPeopleResponse>(
          "ListPeople", Permission::kReadSchool,
          [&parts](Call& call, const auto& q, auto* r) { return ListPeople(parts, call, q, r); });
}

}  // namespace pathways::registry
