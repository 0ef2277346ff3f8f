#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"

namespace pathways::access {

// Who the identity provider says is signing in. What they may do is the registry's to say.
struct Identity {
  std::string issuer;
  std::string subject;  // unique and lasting within the issuer (OpenID Connect Core 2)
  std::string email;    // empty when not given, or given as not verified
  std::string name;
};

struct IdentityProvider {
  std::string issuer;  // e.g. "https://login.example/tenant"; its discovery document lies below it
  std::string client_id;  // what the ID token's audience must be
  // Plain http is accepted only for development, and only from the local machine.
  bool allow_http = false;
};

// GETs a URL and answers its body: INVALID_ARGUMENT for a scheme not allowed, UNAVAILABLE for
// everything else.
using HttpGet = std::function<absl::StatusOr<std::string>(const std::string& url)>;
// With libcurl: 5 s, at most 1 MiB, no redirects, certificates checked.
HttpGet CurlGet(bool allow_http);

// Verifies OpenID Connect ID tokens (RS256 or ES256). Keys come from the issuer's discovery
// document, are kept for an hour, and are fetched again for an unknown key id, at most every 10
// seconds. Thread-safe.
class IdentityVerifier {
 public:
  IdentityVerifier(IdentityProvider provider, HttpGet get, const education::Clock& clock);
  ~IdentityVerifier();
  IdentityVerifier(const IdentityVerifier&) = delete;
  IdentityVerifier& operator=(const IdentityVerifier&) = delete;

  // UNAUTHENTICATED when the token is not good; UNAVAILABLE when the provider cannot be reached.
  // When `nonce` is not empty, the token must carry it.
  absl::StatusOr<Identity> Verify(std::string_view id_token, std::string_view nonce = "");

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::access
