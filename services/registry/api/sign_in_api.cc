// Who somebody is comes from the identity provider; what they may do is said here.
#include <openssl/crypto.h>

#include <algorithm>
#include <optional>

#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/registry/api/person_message.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/store/person_store.h"

namespace pathways::registry {
namespace {

using access::Permission;
using service::Call;

// Compared in a time that does not depend on where they differ.
bool SameSecret(const std::string& given, const std::string& kept) {
  return !kept.empty() && given.size() == kept.size() &&
         CRYPTO_memcmp(given.data(), kept.data(), kept.size()) == 0;
}

access::Scope ScopeOf(const PersonRecord& person) {
  access::Scope scope;
  for (const Assignment& assignment : person.roles) {
    if (const auto urn = education::Urn::FromInt(assignment.urn); urn.ok())
      scope.schools.push_back(*urn);
    if (assignment.la_code != 0) {
      if (const auto code = education::LaCode::FromInt(assignment.la_code); code.ok())
        scope.authorities.push_back(*code);
    }
    if (assignment.urn == 0 && assignment.la_code == 0) scope.everything = true;
  }
  return scope;
}

access::Caller CallerFor(const PersonRecord& person) {
  access::Caller caller;
  caller.person = person.id;
  caller.name = person.name;
  caller.organisation = person.title;
  for (const Assignment& assignment : person.roles) {
    if (!caller.Has(assignment.role)) caller.roles.push_back(assignment.role);
  }
  caller.scope = ScopeOf(person);
  return caller;
}

// The command line on the machine that runs Pathways: all rights, every use in the access log.
access::Caller OperatorCaller() {
  access::Caller caller;
  caller.name = "Operator";
  caller.roles = {access::Role::kOperator};
  caller.scope.everything = true;
  return caller;
}

class SignIn {
 public:
  explicit SignIn(const RegistryParts& parts) : parts_(parts) {}

  absl::Status Exchange(Call& call, const v1::ExchangeIdentityRequest& request,
                        v1::ExchangeIdentityResponse* response) const {
    switch (request.proof_case()) {
      case v1::ExchangeIdentityRequest::kIdToken:
        return ExchangePerson(call, request.id_token(), response);
      case v1::ExchangeIdentityRequest::kOperatorSecret:
        return ExchangeOperator(request.operator_secret(), response);
      case v1::ExchangeIdentityRequest::PROOF_NOT_SET:
        break;
    }
    return service::InvalidField("proof", "Send an ID token or the operator's secret");
  }

 private:
  absl::Status ExchangePerson(Call& call, const std::string& id_token,
                              v1::ExchangeIdentityResponse* response) const {
    auto identity = parts_.identities->Verify(id_token);
    if (!identity.ok()) return identity.status();
    auto person =
        storage::RunInTransaction(*parts_.pool, storage::RowScope::System("sign-in"),
                                  call.deadline(), [&](storage::Transaction& transaction) {
                                    return PersonBySubject(transaction, identity->subject);
                                  });
    if (absl::IsNotFound(person.status()) || (person.ok() && person->roles.empty())) {
      return absl::PermissionDeniedError(
          "You have no role in Pathways. Ask your administrator to add you.");
    }
    if (!person.ok()) return person.status();
    *response->mutable_person() = ToMessage(*person);
    return Answer(CallerFor(*person), response);
  }

  absl::Status ExchangeOperator(const std::string& secret,
                                v1::ExchangeIdentityResponse* response) const {
    if (!SameSecret(secret, parts_.operator_secret))
      return absl::UnauthenticatedError("This is not the operator's secret.");
    response->mutable_person()->set_name("Operator");
    response->mutable_person()->add_roles(std::string(access::RoleName(access::Role::kOperator)));
    return Answer(OperatorCaller(), response);
  }

  absl::Status Answer(const access::Caller& caller, v1::ExchangeIdentityResponse* response) const {
    auto token = parts_.tokens->Issue(caller);
    if (!token.ok()) return token.status();
    response->set_token(*std::move(token));
    response->set_expires_at(education::InstantToString(parts_.clock->Now() + access::kTokenLife));
    return absl::OkStatus();
  }

  const RegistryParts& parts_;
};

}  // namespace

void AddSignIn(service::Endpoint& endpoint, const RegistryParts& parts) {
  endpoint
      .Unary<v1::ExchangeIdentityRequest, v1::ExchangeIdentityResponse>(
          "ExchangeIdentity", Permission::kAnyone,
          [&parts](Call& call, const auto& request, auto* response) {
            return SignIn(parts).Exchange(call, request, response);
          })
      .Unary<v1::GetSigningKeysRequest, v1::GetSigningKeysResponse>(
          "GetSigningKeys", Permission::kAnyone, [&parts](Call&, const auto&, auto* response) {
            response->set_jwks(parts.tokens->PublicKeys());
            return absl::OkStatus();
          });
}

}  // namespace pathways::registry
