#include "libs/access/jose.h"

#include <rhonabwy.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "absl/strings/escaping.h"

namespace pathways::access::jose {
namespace {

using nlohmann::json;

struct FreeJwk {
  void operator()(jwk_t* key) const { r_jwk_free(key); }
};
struct FreeJws {
  void operator()(jws_t* token) const { r_jws_free(token); }
};
struct FreeText {
  void operator()(char* text) const { r_free(text); }
};
using Jwk = std::unique_ptr<jwk_t, FreeJwk>;
using Jws = std::unique_ptr<jws_t, FreeJws>;
using Text = std::unique_ptr<char, FreeText>;

Jwk NewJwk() {
  jwk_t* key = nullptr;
  return r_jwk_init(&key) == RHN_OK ? Jwk(key) : nullptr;
}

Jws NewJws() {
  jws_t* token = nullptr;
  return r_jws_init(&token) == RHN_OK ? Jws(token) : nullptr;
}

Jwk ImportJwk(const std::string& text) {
  Jwk key = NewJwk();
  if (key == nullptr || r_jwk_import_from_json_str(key.get(), text.c_str()) != RHN_OK) {
    return nullptr;
  }
  return key;
}

// Never follows a URL that a key or a token names.
constexpr int kNoRemote = R_FLAG_IGNORE_REMOTE;

// The one algorithm a key may be used with: a key that could be used with several invites confusion
// (RFC 8725, 3.1).
std::optional<std::string> AlgorithmOf(const Jwk& key) {
  unsigned int bits = 0;
  const int type = r_jwk_key_type(key.get(), &bits, kNoRemote);
  if ((type & R_KEY_TYPE_EC) != 0 && bits == 256) return "ES256";
  if ((type & R_KEY_TYPE_RSA) != 0 && bits >= 2048) return "RS256";
  return std::nullopt;
}

std::string TextOf(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct Parts {
  std::string_view header;
  std::string_view claims;
};

absl::StatusOr<Parts> Split(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || second + 1 == token.size() ||
      token.find('.', second + 1) != token.npos) {
    return absl::UnauthenticatedError("the token is not a signed token");
  }
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1)};
}

absl::StatusOr<json> DecodePart(std::string_view part) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(std::string(part), &text)) {
    return absl::UnauthenticatedError("the token is not base64url");
  }
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!value.is_object()) return absl::UnauthenticatedError("the token is not JSON");
  return value;
}

absl::StatusOr<KeyPair> ToKeyPair(const Jwk& private_key) {
  Jwk public_key = NewJwk();
  if (public_key == nullptr ||
      r_jwk_extract_pubkey(private_key.get(), public_key.get(), kNoRemote) != RHN_OK) {
    return absl::InvalidArgumentError("the signing key has no public half");
  }
  const Text thumbprint(r_jwk_thumbprint(public_key.get(), R_JWK_THUMB_SHA256, kNoRemote));
  if (thumbprint == nullptr) return absl::InternalError("the signing key has no thumbprint");
  const std::string id = thumbprint.get();
  for (const Jwk* key : {&private_key, static_cast<const Jwk*>(&public_key)}) {
    r_jwk_set_property_str(key->get(), "kid", id.c_str());
    r_jwk_set_property_str(key->get(), "use", "sig");
    r_jwk_set_property_str(key->get(), "alg", "ES256");
  }
  const Text private_json(r_jwk_export_to_json_str(private_key.get(), 0));
  const Text public_json(r_jwk_export_to_json_str(public_key.get(), 0));
  if (private_json == nullptr || public_json == nullptr) {
    return absl::InternalError("the signing key cannot be written");
  }
  return KeyPair{private_json.get(), public_json.get(), id};
}

bool SignatureIsGood(std::string_view token, const std::string& key_json) {
  const Jwk key = ImportJwk(key_json);
  const Jws jws = NewJws();
  return key != nullptr && jws != nullptr &&
         r_jws_advanced_compact_parsen(jws.get(), token.data(), token.size(), R_PARSE_NONE,
                                       kNoRemote) == RHN_OK &&
         r_jws_verify_signature(jws.get(), key.get(), kNoRemote) == RHN_OK;
}

}  // namespace

absl::StatusOr<Header> ReadHeader(std::string_view token) {
  if (token.size() > kLongestToken) return absl::UnauthenticatedError("the token is too long");
  auto parts = Split(token);
  if (!parts.ok()) return parts.status();
  auto header = DecodePart(parts->header);
  if (!header.ok()) return header.status();
  if (header->contains("crit") || header->contains("zip")) {
    return absl::UnauthenticatedError("the token asks for an extension");
  }
  return Header{TextOf(*header, "alg"), TextOf(*header, "kid")};
}

absl::StatusOr<KeySet> KeySet::Parse(const std::string& text) {
  const json set = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) {
    return absl::InvalidArgumentError("not a JWK Set");
  }
  KeySet keys;
  for (const json& entry : set["keys"]) {
    if (!entry.is_object() || TextOf(entry, "kid").empty()) continue;
    const std::string key_json = entry.dump();
    const Jwk key = ImportJwk(key_json);
    if (key == nullptr) continue;
    if (auto algorithm = AlgorithmOf(key); algorithm.has_value()) {
      keys.keys_.insert_or_assign(TextOf(entry, "kid"), Key{key_json, *algorithm});
    }
  }
  return keys;
}

absl::StatusOr<json> KeySet::Verify(std::string_view token,
                                    std::span<const std::string_view> allowed) const {
  auto header = ReadHeader(token);
  if (!header.ok()) return header.status();
  if (std::find(allowed.begin(), allowed.end(), header->algorithm) == allowed.end()) {
    return absl::UnauthenticatedError("the token's algorithm is not allowed");
  }
  const auto key = keys_.find(header->key_id);
  if (key == keys_.end()) return absl::UnauthenticatedError("the token's key is not known");
  if (key->second.algorithm != header->algorithm) {
    return absl::UnauthenticatedError("the token's algorithm does not fit its key");
  }
  if (!SignatureIsGood(token, key->second.json)) {
    return absl::UnauthenticatedError("the token's signature is wrong");
  }
  return DecodePart(Split(token)->claims);
}

absl::StatusOr<KeyPair> GenerateKeyPair() {
  const Jwk private_key = NewJwk();
  const Jwk public_key = NewJwk();
  if (private_key == nullptr || public_key == nullptr ||
      r_jwk_generate_key_pair(private_key.get(), public_key.get(), R_KEY_TYPE_EC, 256, nullptr) !=
          RHN_OK) {
    return absl::InternalError("a signing key could not be made");
  }
  return ToKeyPair(private_key);
}

absl::StatusOr<KeyPair> ReadKeyPair(const std::string& private_json) {
  const Jwk key = ImportJwk(private_json);
  unsigned int bits = 0;
  const int type = key == nullptr ? R_KEY_TYPE_NONE : r_jwk_key_type(key.get(), &bits, kNoRemote);
  if ((type & R_KEY_TYPE_EC) == 0 || (type & R_KEY_TYPE_PRIVATE) == 0 || bits != 256) {
    return absl::InvalidArgumentError("the signing key is not a private P-256 key (JWK)");
  }
  return ToKeyPair(key);
}

absl::StatusOr<std::string> Sign(const json& claims, const KeyPair& pair) {
  const Jwk key = ImportJwk(pair.private_json);
  const Jws jws = NewJws();
  if (key == nullptr || jws == nullptr) return absl::InternalError("the signing key is unusable");
  const std::string payload = claims.dump();
  const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
  if (r_jws_set_alg(jws.get(), R_JWA_ALG_ES256) != RHN_OK ||
      r_jws_set_header_str_value(jws.get(), "kid", pair.key_id.c_str()) != RHN_OK ||
      r_jws_set_header_str_value(jws.get(), "typ", "JWT") != RHN_OK ||
      r_jws_set_payload(jws.get(), bytes, payload.size()) != RHN_OK) {
    return absl::InternalError("the token could not be made");
  }
  const Text token(r_jws_serialize(jws.get(), key.get(), kNoRemote));
  if (token == nullptr) return absl::InternalError("the token could not be signed");
  return std::string(token.get());
}

}  // namespace pathways::access::jose
