#include "libs/access/token_claims.h"

#include "libs/access/claims.h"

namespace pathways::access {
namespace {

using nlohmann::json;

constexpr std::string_view kSystem = "system:";

absl::Status NotOurs() { return absl::UnauthenticatedError("the token's claims are not ours"); }

// Numbers through their type's own check; false when one is none.
template <typename Number>
bool ReadNumbers(const json& scope, const char* name, std::vector<Number>& numbers) {
  for (std::int64_t entry : scope.value(name, std::vector<std::int64_t>())) {
    auto number = Number::FromInt(entry);
    if (!number.ok()) return false;
    numbers.push_back(*number);
  }
  return true;
}

absl::StatusOr<Scope> ReadScope(const json& claims) {
  const json written = claims.at("scope");
  Scope scope;
  scope.everything = written.value("everything", false);
  scope.teams = written.value("teams", std::vector<std::string>());
  if (!ReadNumbers(written, "authorities", scope.authorities) ||
      !ReadNumbers(written, "schools", scope.schools)) {
    return NotOurs();
  }
  return scope;
}

absl::Status ReadSubject(const json& claims, Caller& caller) {
  const std::string subject = TextClaim(claims, "sub");
  if (subject.starts_with(kSystem)) return absl::OkStatus();
  auto person = education::PersonId::Parse(subject);
  if (!person.ok()) return NotOurs();
  caller.person = *person;
  return absl::OkStatus();
}

absl::StatusOr<Caller> Read(const json& claims) {
  Caller caller;
  if (absl::Status status = ReadSubject(claims, caller); !status.ok()) return status;
  caller.name = TextClaim(claims, "name");
  caller.organisation = TextClaim(claims, "org");
  for (const std::string& name : claims.at("roles").get<std::vector<std::string>>()) {
    if (auto role = RoleFromName(name)) caller.roles.push_back(*role);
  }
  if (caller.roles.empty()) return NotOurs();
  auto scope = ReadScope(claims);
  if (!scope.ok()) return scope.status();
  caller.scope = *std::move(scope);
  caller.expires = ExpiryOf(claims);
  return caller;
}

}  // namespace

json ToClaims(const Caller& caller) {
  json scope = {{"everything", caller.scope.everything}, {"teams", caller.scope.teams}};
  json roles = json::array();
  for (Role role : caller.roles) roles.push_back(RoleName(role));
  json& authorities = scope["authorities"] = json::array();
  for (education::LaCode authority : caller.scope.authorities) {
    authorities.push_back(authority.value());
  }
  json& schools = scope["schools"] = json::array();
  for (education::Urn school : caller.scope.schools) schools.push_back(school.value());
  return {{"sub", caller.person ? caller.person->ToString() : std::string(kSystem) + caller.name},
          {"name", caller.name},
          {"org", caller.organisation},
          {"roles", std::move(roles)},
          {"scope", std::move(scope)}};
}

absl::StatusOr<Caller> FromClaims(const json& claims) {
  try {
    return Read(claims);
  } catch (const json::exception&) {
    return NotOurs();
  }
}

}  // namespace pathways::access
