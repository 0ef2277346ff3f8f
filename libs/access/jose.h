// Signed JSON Web Tokens by librhonabwy; used by token.cc and identity.cc only.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace pathways::access::jose {

inline constexpr std::size_t kLongestToken = 16 * 1024;

// What a token says about itself, before anything is believed.
struct Header {
  std::string algorithm;
  std::string key_id;
};

// UNAUTHENTICATED when it is no compact JWS, or asks for something we do not support (critical or
// compressed headers).
absl::StatusOr<Header> ReadHeader(std::string_view token);

// Public keys by key id; safe to read from several threads.
class KeySet {
 public:
  // A JWK Set. Keys that cannot be used (no key id, not P-256, RSA below 2048 bits) are left out.
  static absl::StatusOr<KeySet> Parse(const std::string& json);

  bool Has(std::string_view key_id) const { return keys_.contains(key_id); }

  // The claims, when the signature is good by the key the header names and the algorithm is one of
  // `allowed` and fits that key. UNAUTHENTICATED otherwise.
  absl::StatusOr<nlohmann::json> Verify(std::string_view token,
                                        std::span<const std::string_view> allowed) const;

 private:
  struct Key {
    std::string
        json;  // parsed anew for each check: librhonabwy's keys may not be shared between threads
    std::string algorithm;  // the only one it may be used with
  };
  std::map<std::string, Key, std::less<>> keys_;
};

struct KeyPair {
  std::string private_json;
  std::string public_json;
  std::string key_id;
};
// A new P-256 key pair; the key id is the key's thumbprint (RFC 7638).
absl::StatusOr<KeyPair> GenerateKeyPair();
// Reads a private P-256 JWK.
absl::StatusOr<KeyPair> ReadKeyPair(const std::string& private_json);

// Signs the claims ES256.
absl::StatusOr<std::string> Sign(const nlohmann::json& claims, const KeyPair& key);

}  // namespace pathways::access::jose
