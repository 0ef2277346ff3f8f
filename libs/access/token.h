#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/access/caller.h"
#include "libs/education/clock.h"

namespace pathways::access {

// Access tokens: JSON Web Tokens (RFC 7519, profile of RFC 8725) signed ES256, made by the
// registry, checked by every service on every call.
inline constexpr std::string_view kTokenAudience = "pathways";
inline constexpr std::string_view kTokenIssuer = "pathways-registry";
inline constexpr std::chrono::minutes kTokenLife{10};
// Clocks of two machines may differ by this much.
inline constexpr std::chrono::seconds kTokenLeeway{30};
// A token travels in each call's metadata, of which 8 KiB are allowed. Some 400 schools fit.
inline constexpr std::size_t kLongestAccessToken = 6 * 1024;

// Signs tokens with one private key. Thread-safe.
class TokenIssuer {
 public:
  // Reads the private key (a JWK) from `path`; makes a new one there, mode 600, when there is none.
  // Refuses a file that others can read (FAILED_PRECONDITION) or that is no P-256 private key
  // (INVALID_ARGUMENT). The clock must outlive the issuer.
  static absl::StatusOr<TokenIssuer> Open(const std::string& path, const education::Clock& clock);

  TokenIssuer(TokenIssuer&&) noexcept;
  TokenIssuer& operator=(TokenIssuer&&) noexcept;
  ~TokenIssuer();

  // A signed token for the caller, valid for kTokenLife from now; `caller.expires` is not looked
  // at. PERMISSION_DENIED for a caller without a role; RESOURCE_EXHAUSTED when it would be longer
  // than kLongestAccessToken.
  absl::StatusOr<std::string> Issue(const Caller& caller) const;

  // The public half as a JWK Set (RFC 7517), for GetSigningKeys.
  std::string PublicKeys() const;

 private:
  struct Impl;
  explicit TokenIssuer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Where public keys (a JWK Set as JSON) come from: the registry's GetSigningKeys, or in the
// registry its own issuer.
using KeySource = std::function<absl::StatusOr<std::string>()>;

// Checks tokens. Thread-safe; remembers verified tokens until they expire, so that a busy page
// costs one signature check.
class TokenVerifier {
 public:
  // Asks `keys` at the first token and again, at most once in 10 seconds, when a token names an
  // unknown key. The clock must outlive the verifier.
  explicit TokenVerifier(KeySource keys, const education::Clock& clock);
  ~TokenVerifier();
  TokenVerifier(const TokenVerifier&) = delete;
  TokenVerifier& operator=(const TokenVerifier&) = delete;

  // The caller the token speaks for. UNAUTHENTICATED when anything about the token is wrong, with
  // the reason in words that hold nothing of the token; UNAVAILABLE when the keys could not be had.
  absl::StatusOr<Caller> Verify(std::string_view token);

  // Fetches the keys now, so that the first call need not wait.
  absl::Status Prefetch();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::access
