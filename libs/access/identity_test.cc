#include "libs/access/identity.h"

#include <gtest/gtest.h>
#include <rhonabwy.h>

#include <chrono>
#include <map>
#include <memory>

#include "libs/access/jose.h"

namespace pathways::access {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const education::Instant kNow = *education::ParseInstant("2026-10-06T08:45:00Z");
constexpr char kIssuer[] = "https://login.example/tenant";

// An identity provider as its documents and tokens look from outside.
class Provider {
 public:
  Provider() {
    pages_[std::string(kIssuer) + "/.well-known/openid-configuration"] =
        json{{"issuer", kIssuer}, {"jwks_uri", "https://login.example/keys"}}.dump();
    Publish(json::array({json::parse(key_.public_json)}));
  }

  void Publish(const json& keys) {
    pages_["https://login.example/keys"] = json{{"keys", keys}}.dump();
  }

  HttpGet Get() {
    return [this](const std::string& url) -> absl::StatusOr<std::string> {
      ++requests_;
      if (down_ || !pages_.contains(url)) return absl::UnavailableError("no such page");
      return pages_[url];
    };
  }

  json Claims() const {
    const auto now = std::chrono::floor<std::chrono::seconds>(kNow).time_since_epoch().count();
    return {{"iss", kIssuer},       {"aud", "pathways"},          {"sub", "abc-1"},
            {"iat", now},           {"exp", now + 300},           {"nonce", "n-1"},
            {"name", "Sam Sample"}, {"email", "sam@example.org"}, {"email_verified", true}};
  }
  std::string Token(const json& claims) const { return *jose::Sign(claims, key_); }
  std::string TokenWith(const char* name, json value) const {
    json claims = Claims();
    claims[name] = std::move(value);
    return Token(claims);
  }

  std::map<std::string, std::string> pages_;
  jose::KeyPair key_ = *jose::GenerateKeyPair();
  education::FixedClock clock_{kNow};
  int requests_ = 0;
  bool down_ = false;
};

struct Fixture {
  Provider provider;
  IdentityVerifier verifier{{kIssuer, "pathways"}, provider.Get(), provider.clock_};
};

TEST(Identity, IsReadFromAGoodToken) {
  Fixture f;
  const auto identity = f.verifier.Verify(f.provider.Token(f.provider.Claims()), "n-1");
  ASSERT_TRUE(identity.ok()) << identity.status();
  EXPECT_EQ(identity->issuer, kIssuer);
  EXPECT_EQ(identity->subject, "abc-1");
  EXPECT_EQ(identity->email, "sam@example.org");
  EXPECT_EQ(identity->name, "Sam Sample");
}

TEST(Identity, EmailCountsOnlyWhenVerified) {
  Fixture f;
  EXPECT_EQ(f.verifier.Verify(f.provider.TokenWith("email_verified", false))->email, "");
  EXPECT_EQ(f.verifier.Verify(f.provider.TokenWith("email_verified", nullptr))->email, "");
}

TEST(Identity, WrongTokensAreRefused) {
  Fixture f;
  const auto refused = [&](const std::string& token, std::string_view nonce = "") {
    return absl::IsUnauthenticated(f.verifier.Verify(token, nonce).status());
  };
  EXPECT_TRUE(refused(f.provider.TokenWith("aud", "another-client")));
  EXPECT_TRUE(refused(f.provider.TokenWith("iss", "https://evil.example")));
  EXPECT_TRUE(refused(f.provider.TokenWith("sub", "")));
  EXPECT_TRUE(refused(f.provider.TokenWith("exp", 1)));
  EXPECT_TRUE(refused(f.provider.Token(f.provider.Claims()), "another nonce"));
  EXPECT_TRUE(refused("rubbish"));
}

TEST(Identity, RsaKeysAreAcceptedAsMostProvidersUseThem) {
  Fixture f;
  jwk_t* private_key = nullptr;
  jwk_t* public_key = nullptr;
  jws_t* jws = nullptr;
  ASSERT_EQ(r_jwk_init(&private_key), RHN_OK);
  ASSERT_EQ(r_jwk_init(&public_key), RHN_OK);
  ASSERT_EQ(r_jws_init(&jws), RHN_OK);
  ASSERT_EQ(r_jwk_generate_key_pair(private_key, public_key, R_KEY_TYPE_RSA, 2048, "rsa-1"),
            RHN_OK);
  char* exported = r_jwk_export_to_json_str(public_key, 0);
  f.provider.Publish(json::array({json::parse(exported)}));
  r_free(exported);
  const std::string claims = f.provider.Claims().dump();
  r_jws_set_payload(jws, reinterpret_cast<const unsigned char*>(claims.data()), claims.size());
  r_jws_set_header_str_value(jws, "kid", "rsa-1");
  for (const auto& [algorithm, good] :
       {std::pair{R_JWA_ALG_RS256, true}, {R_JWA_ALG_RS512, false}}) {
    r_jws_set_alg(jws, algorithm);
    char* token = r_jws_serialize(jws, private_key, 0);
    ASSERT_NE(token, nullptr);
    EXPECT_EQ(f.verifier.Verify(token).ok(), good);
    r_free(token);
  }
  r_jws_free(jws);
  r_jwk_free(private_key);
  r_jwk_free(public_key);
}

TEST(Identity, DiscoveryOfAnotherIssuerIsNotBelieved) {
  Fixture f;
  f.provider.pages_[std::string(kIssuer) + "/.well-known/openid-configuration"] =
      json{{"issuer", "https://evil.example"}, {"jwks_uri", "https://login.example/keys"}}.dump();
  EXPECT_TRUE(
      absl::IsUnavailable(f.verifier.Verify(f.provider.Token(f.provider.Claims())).status()));
}

TEST(Identity, NewKeyIsFetchedButForgedOnesCauseNoStorm) {
  Fixture f;
  ASSERT_TRUE(f.verifier.Verify(f.provider.Token(f.provider.Claims())).ok());
  EXPECT_EQ(f.provider.requests_, 2);  // discovery and keys
  f.provider.key_ = *jose::GenerateKeyPair();
  f.provider.Publish(json::array({json::parse(f.provider.key_.public_json)}));
  f.provider.clock_.Advance(11s);
  EXPECT_TRUE(f.verifier.Verify(f.provider.Token(f.provider.Claims())).ok());
  for (int i = 0; i < 20; ++i) {
    const auto forged = *jose::Sign(f.provider.Claims(), *jose::GenerateKeyPair());
    EXPECT_FALSE(f.verifier.Verify(forged).ok());
  }
  EXPECT_EQ(f.provider.requests_, 4);
}

TEST(Identity, ProviderThatIsDownLocksNobodyOutWhoseKeyWeHave) {
  Fixture f;
  ASSERT_TRUE(f.verifier.Verify(f.provider.Token(f.provider.Claims())).ok());
  f.provider.down_ = true;
  f.provider.clock_.Advance(2h);
  const auto later = std::chrono::floor<std::chrono::seconds>(kNow + 2h).time_since_epoch().count();
  EXPECT_TRUE(f.verifier.Verify(f.provider.TokenWith("exp", later + 300)).ok());
}

TEST(CurlGet, RefusesWhatIsNotHttpsBeforeAnyConnection) {
  const auto code = [](bool allow_http, const char* url) {
    return CurlGet(allow_http)(url).status().code();
  };
  for (const char* url : {"http://127.0.0.1:1/", "file:///etc/passwd", "", "gopher://127.0.0.1/"}) {
    EXPECT_EQ(code(false, url), absl::StatusCode::kInvalidArgument) << url;
  }
  for (const char* url : {"http://192.0.2.1/", "http://localhost:1@192.0.2.1/",
                          "http://127.0.0.1.example/", "file:///etc/passwd"}) {
    EXPECT_EQ(code(true, url), absl::StatusCode::kInvalidArgument) << url;
  }
  EXPECT_EQ(code(true, "http://127.0.0.1:1/"), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace pathways::access
