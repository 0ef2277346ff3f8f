#include "libs/access/identity.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/access/claims.h"
#include "libs/access/jose.h"
#include "libs/access/key_cache.h"

namespace pathways::access {
namespace {

using nlohmann::json;

constexpr std::chrono::hours kKeepKeys{1};

std::string WithoutSlash(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

// OpenID Connect Discovery 1.0, 4: the document lies below the issuer and must name that very
// issuer.
absl::StatusOr<std::string> FetchKeys(const IdentityProvider& provider, const HttpGet& get) {
  auto document = get(WithoutSlash(provider.issuer) + "/.well-known/openid-configuration");
  if (!document.ok()) return document.status();
  const json discovery = json::parse(*document, nullptr, /*allow_exceptions=*/false);
  if (!discovery.is_object() || TextClaim(discovery, "issuer") != provider.issuer) {
    return absl::UnavailableError("the sign-in's discovery document is not that of its issuer");
  }
  return get(TextClaim(discovery, "jwks_uri"));
}

bool IsTrue(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && (*found == true || *found == "true");
}

Identity ToIdentity(const json& claims) {
  Identity identity{TextClaim(claims, "iss"), TextClaim(claims, "sub"), "",
                    TextClaim(claims, "name")};
  if (IsTrue(claims, "email_verified")) identity.email = TextClaim(claims, "email");
  return identity;
}

}  // namespace

struct IdentityVerifier::Impl {
  Impl(IdentityProvider the_provider, const HttpGet& get, const education::Clock& the_clock)
      : provider(std::move(the_provider)),
        clock(the_clock),
        keys([this, get] { return FetchKeys(provider, get); }, the_clock, kKeepKeys) {}

  const IdentityProvider provider;
  const education::Clock& clock;
  KeyCache keys;
};

IdentityVerifier::IdentityVerifier(IdentityProvider provider, HttpGet get,
                                   const education::Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(provider), get, clock)) {}
IdentityVerifier::~IdentityVerifier() = default;

absl::StatusOr<Identity> IdentityVerifier::Verify(std::string_view id_token,
                                                  std::string_view nonce) {
  auto header = jose::ReadHeader(id_token);
  if (!header.ok()) return header.status();
  auto keys = impl_->keys.For(header->key_id);
  if (!keys.ok()) return keys.status();
  constexpr std::array<std::string_view, 2> kAllowed = {"RS256", "ES256"};
  auto claims = (*keys)->Verify(id_token, kAllowed);
  if (!claims.ok()) return claims.status();
  const absl::Status good = CheckClaims(*claims, {impl_->provider.issuer, impl_->provider.client_id,
                                                  impl_->clock.Now(), kTokenLeeway});
  if (!good.ok()) return good;
  if (!nonce.empty() && TextClaim(*claims, "nonce") != nonce) {
    return absl::UnauthenticatedError("the token belongs to another sign-in");
  }
  Identity identity = ToIdentity(*claims);
  if (identity.subject.empty()) return absl::UnauthenticatedError("the token names nobody");
  return identity;
}

}  // namespace pathways::access
