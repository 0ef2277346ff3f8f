// What every token must satisfy, ours and the identity provider's alike. Internal to this library.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "libs/education/clock.h"
#include "nlohmann/json.hpp"

namespace pathways::access {

// The claim when it is a string, otherwise empty.
std::string TextClaim(const nlohmann::json& claims, const char* name);

struct ExpectedClaims {
  std::string_view issuer;
  std::string_view audience;
  education::Instant now;
  std::chrono::seconds leeway;
};

// Checks iss, aud (text or list), exp, and nbf and iat when given (RFC 7519, 4.1). UNAUTHENTICATED
// otherwise.
absl::Status CheckClaims(const nlohmann::json& claims, const ExpectedClaims& expected);

// When the token ends; CheckClaims has made sure that it does.
education::Instant ExpiryOf(const nlohmann::json& claims);

}  // namespace pathways::access
