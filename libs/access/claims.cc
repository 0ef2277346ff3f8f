#include "libs/access/claims.h"

#include <algorithm>
#include <optional>

namespace pathways::access {
namespace {

using nlohmann::json;

// A time in a token: whole or broken seconds since 1970.
std::optional<education::Instant> TimeClaim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  // Beyond the year 9999 it is no time, and would not fit.
  if (!(seconds >= 0 && seconds < 253402300800.0)) return std::nullopt;
  return education::Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

bool IsFor(const json& claims, std::string_view audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  if (found->is_string()) return found->get_ref<const std::string&>() == audience;
  return found->is_array() && std::any_of(found->begin(), found->end(), [&](const json& entry) {
           return entry.is_string() && entry.get_ref<const std::string&>() == audience;
         });
}

bool StartsLaterThan(const json& claims, const char* name, education::Instant moment) {
  const auto time = TimeClaim(claims, name);
  return claims.contains(name) && (!time.has_value() || *time > moment);
}

}  // namespace

std::string TextClaim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string();
}

absl::Status CheckClaims(const json& claims, const ExpectedClaims& expected) {
  if (TextClaim(claims, "iss") != expected.issuer) {
    return absl::UnauthenticatedError("the token comes from another issuer");
  }
  if (!IsFor(claims, expected.audience)) {
    return absl::UnauthenticatedError("the token is meant for somebody else");
  }
  const auto expires = TimeClaim(claims, "exp");
  if (!expires.has_value())
    return absl::UnauthenticatedError("the token does not say when it ends");
  if (*expires + expected.leeway <= expected.now) {
    return absl::UnauthenticatedError("the token has expired");
  }
  const auto latest_start = expected.now + expected.leeway;
  if (StartsLaterThan(claims, "nbf", latest_start) ||
      StartsLaterThan(claims, "iat", latest_start)) {
    return absl::UnauthenticatedError("the token is not valid yet");
  }
  return absl::OkStatus();
}

education::Instant ExpiryOf(const json& claims) { return *TimeClaim(claims, "exp"); }

}  // namespace pathways::access
