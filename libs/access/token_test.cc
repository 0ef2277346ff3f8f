#include "libs/access/token.h"

#include <gtest/gtest.h>
#include <rhonabwy.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "libs/access/jose.h"
#include "libs/access/test_tokens.h"
#include "libs/access/token_claims.h"

namespace pathways::access {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const education::Instant kNow = *education::ParseInstant("2026-10-06T08:45:00Z");

std::string Base64(const std::string& text) {
  std::string encoded;
  absl::WebSafeBase64Escape(text, &encoded);
  return encoded;
}

std::int64_t Seconds(education::Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

// A key whose tokens the verifier trusts, to sign what the issuer never would.
struct Forger {
  education::FixedClock clock{kNow};
  jose::KeyPair key = *jose::GenerateKeyPair();
  int fetches = 0;
  TokenVerifier verifier{
      [this]() -> absl::StatusOr<std::string> {
        ++fetches;
        return json{{"keys", json::array({json::parse(key.public_json)})}}.dump();
      },
      clock};

  json GoodClaims() const {
    json claims = ToClaims(MakeCaller(Role::kManager));
    claims.update({{"iss", kTokenIssuer},
                   {"aud", kTokenAudience},
                   {"iat", Seconds(kNow)},
                   {"nbf", Seconds(kNow)},
                   {"exp", Seconds(kNow + kTokenLife)}});
    return claims;
  }
  std::string With(const char* name, json value) const {
    json claims = GoodClaims();
    claims[name] = std::move(value);
    return *jose::Sign(claims, key);
  }
  std::string Without(const char* name) const {
    json claims = GoodClaims();
    claims.erase(name);
    return *jose::Sign(claims, key);
  }
  absl::StatusCode Try(const std::string& token) { return verifier.Verify(token).status().code(); }
};

constexpr auto kRefused = absl::StatusCode::kUnauthenticated;

TEST(Token, CarriesTheCallerThereAndBack) {
  education::FixedClock clock(kNow);
  TestTokens tokens(clock);
  Caller caller = MakeCaller(Role::kSchool, 7, Scope{});
  caller.roles.push_back(Role::kEarlyHelpWorker);
  caller.scope.schools = {*education::Urn::FromInt(109001)};
  caller.scope.authorities = {*education::LaCode::FromInt(822)};
  caller.scope.teams = {"north"};
  caller.name = "Zoë O'Neil";
  const auto verified = tokens.verifier().Verify(tokens.For(caller));
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->person, caller.person);
  EXPECT_EQ(verified->name, caller.name);
  EXPECT_EQ(verified->organisation, caller.organisation);
  EXPECT_EQ(verified->roles, caller.roles);
  EXPECT_EQ(verified->scope, caller.scope);
  EXPECT_EQ(verified->expires, kNow + kTokenLife);
}

TEST(Token, ExpiresAlsoWhenItWasRemembered) {
  education::FixedClock clock(kNow);
  TestTokens tokens(clock);
  const std::string token = tokens.For(Role::kManager);
  ASSERT_TRUE(tokens.verifier().Verify(token).ok());
  clock.Advance(kTokenLife + kTokenLeeway - 1s);
  EXPECT_TRUE(tokens.verifier().Verify(token).ok());
  clock.Advance(1s);
  EXPECT_EQ(tokens.verifier().Verify(token).status().code(), kRefused);
}

TEST(Token, ServiceHasNoPersonButARole) {
  TestTokens tokens;
  const auto caller = tokens.verifier().Verify(tokens.For(ServiceCaller("attendance")));
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->person, std::nullopt);
  EXPECT_TRUE(caller->Has(Role::kService));
  EXPECT_EQ(caller->ToRowScope().person, "system:attendance");
}

TEST(Token, IsNotIssuedWithoutRoleOrTooLong) {
  TestTokens tokens;
  Caller nobody = MakeCaller(Role::kSchool);
  nobody.roles.clear();
  EXPECT_TRUE(absl::IsPermissionDenied(tokens.issuer().Issue(nobody).status()));
  Caller everywhere = MakeCaller(Role::kSchool);
  for (int i = 0; i < 2000; ++i) {
    everywhere.scope.schools.push_back(*education::Urn::FromInt(100000 + i));
  }
  EXPECT_TRUE(absl::IsResourceExhausted(tokens.issuer().Issue(everywhere).status()));
}

TEST(ForgedToken, GoodOneIsAcceptedSoThatTheOthersProveSomething) {
  Forger forger;
  EXPECT_EQ(forger.Try(*jose::Sign(forger.GoodClaims(), forger.key)), absl::StatusCode::kOk);
}

TEST(ForgedToken, AlgorithmNoneIsRefused) {
  Forger forger;
  const std::string claims = Base64(forger.GoodClaims().dump());
  for (const char* algorithm : {"none", "None", "NONE", ""}) {
    const json header = {{"alg", algorithm}, {"kid", forger.key.key_id}};
    EXPECT_EQ(forger.Try(Base64(header.dump()) + "." + claims + "."), kRefused);
    EXPECT_EQ(forger.Try(Base64(header.dump()) + "." + claims + ".AAAA"), kRefused);
  }
}

TEST(ForgedToken, HmacWithThePublicKeyIsRefused) {
  Forger forger;
  jws_t* jws = nullptr;
  jwk_t* key = nullptr;
  ASSERT_EQ(r_jws_init(&jws), RHN_OK);
  ASSERT_EQ(r_jwk_init(&key), RHN_OK);
  const std::string& secret = forger.key.public_json;
  ASSERT_EQ(r_jwk_import_from_symmetric_key(
                key, reinterpret_cast<const unsigned char*>(secret.data()), secret.size()),
            RHN_OK);
  const std::string claims = forger.GoodClaims().dump();
  r_jws_set_alg(jws, R_JWA_ALG_HS256);
  r_jws_set_header_str_value(jws, "kid", forger.key.key_id.c_str());
  r_jws_set_payload(jws, reinterpret_cast<const unsigned char*>(claims.data()), claims.size());
  char* text = r_jws_serialize(jws, key, 0);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(forger.Try(text), kRefused);
  r_free(text);
  r_jws_free(jws);
  r_jwk_free(key);
}

TEST(ForgedToken, AnotherKeyIsRefusedUnderItsOwnNameAndUnderOurs) {
  Forger forger;
  jose::KeyPair other = *jose::GenerateKeyPair();
  EXPECT_EQ(forger.Try(*jose::Sign(forger.GoodClaims(), other)), kRefused);
  other.key_id = forger.key.key_id;
  EXPECT_EQ(forger.Try(*jose::Sign(forger.GoodClaims(), other)), kRefused);
}

TEST(ForgedToken, KeyInItsHeaderIsNotTrusted) {
  Forger forger;
  jose::KeyPair other = *jose::GenerateKeyPair();
  jws_t* jws = nullptr;
  jwk_t* key = nullptr;
  ASSERT_EQ(r_jws_init(&jws), RHN_OK);
  ASSERT_EQ(r_jwk_init(&key), RHN_OK);
  ASSERT_EQ(r_jwk_import_from_json_str(key, other.private_json.c_str()), RHN_OK);
  const std::string claims = forger.GoodClaims().dump();
  const json header = {
      {"alg", "ES256"}, {"kid", forger.key.key_id}, {"jwk", json::parse(other.public_json)}};
  ASSERT_EQ(r_jws_set_full_header_json_str(jws, header.dump().c_str()), RHN_OK);
  r_jws_set_alg(jws, R_JWA_ALG_ES256);
  r_jws_set_payload(jws, reinterpret_cast<const unsigned char*>(claims.data()), claims.size());
  char* text = r_jws_serialize(jws, key, 0);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(forger.Try(text), kRefused);
  r_free(text);
  r_jws_free(jws);
  r_jwk_free(key);
}

TEST(ForgedToken, ChangedClaimsAreRefused) {
  Forger forger;
  const std::string good = *jose::Sign(forger.GoodClaims(), forger.key);
  json claims = forger.GoodClaims();
  claims["roles"] = {"operator"};
  const std::string forged =
      good.substr(0, good.find('.') + 1) + Base64(claims.dump()) + good.substr(good.rfind('.'));
  EXPECT_EQ(forger.Try(forged), kRefused);
}

TEST(ForgedToken, WrongClaimsAreRefused) {
  Forger forger;
  const std::vector<std::string> tokens = {
      forger.With("aud", "elsewhere"),
      forger.With("aud", json::array({"elsewhere"})),
      forger.With("aud", 7),
      forger.Without("aud"),
      forger.With("iss", "elsewhere"),
      forger.Without("iss"),
      forger.Without("exp"),
      forger.With("exp", Seconds(kNow - 31s)),
      forger.With("exp", "tomorrow"),
      forger.With("exp", 1e300),
      forger.With("nbf", Seconds(kNow + 31s)),
      forger.With("nbf", "never"),
      forger.With("iat", Seconds(kNow + 31s)),
      forger.With("sub", "Robert'); drop table people;--"),
      forger.Without("sub"),
      forger.With("roles", json::array()),
      forger.With("roles", json::array({"emperor"})),
      forger.With("roles", "manager"),
      forger.With("roles", json::array({7})),
      forger.Without("roles"),
      forger.With("scope", "everything"),
      forger.With("scope", {{"everything", "yes"}}),
      forger.With("scope", {{"schools", {1}}}),
      forger.With("scope", {{"schools", {"109001"}}}),
      forger.Without("scope"),
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    EXPECT_EQ(forger.Try(tokens[i]), kRefused) << i;
  }
}

TEST(ForgedToken, AudienceMayBeOneOfSeveral) {
  Forger forger;
  EXPECT_EQ(forger.Try(forger.With("aud", json::array({"elsewhere", "pathways"}))),
            absl::StatusCode::kOk);
}

TEST(ForgedToken, RubbishIsRefusedAndNotRepeated) {
  Forger forger;
  const std::string good = *jose::Sign(forger.GoodClaims(), forger.key);
  const std::vector<std::string> tokens = {"",
                                           ".",
                                           "..",
                                           "...",
                                           "a.b.c",
                                           "secret",
                                           good + ".",
                                           "." + good,
                                           good.substr(0, 40),
                                           good.substr(0, good.size() - 4),
                                           std::string(100'000, 'a'),
                                           std::string("\0\0.\0.\0", 6),
                                           Base64("[]") + ".e30.AAAA",
                                           Base64(R"({"alg":"ES256","crit":["x"]})") + ".e30.AAAA",
                                           Base64(std::string(5000, '[')) + ".e30.AAAA"};
  for (const std::string& token : tokens) {
    const absl::Status status = forger.verifier.Verify(token).status();
    EXPECT_EQ(status.code(), kRefused);
    EXPECT_EQ(std::string(status.message()).find("secret"), std::string::npos);
  }
}

TEST(TokenVerifier, FetchesKeysOnceAndAgainForAnUnknownKeyButNotTooOften) {
  Forger forger;
  const std::string first = *jose::Sign(forger.GoodClaims(), forger.key);
  EXPECT_EQ(forger.Try(first), absl::StatusCode::kOk);
  EXPECT_EQ(forger.Try(forger.With("name", "other")), absl::StatusCode::kOk);
  EXPECT_EQ(forger.fetches, 1);
  forger.key = *jose::GenerateKeyPair();  // the registry has a new key
  const std::string second = *jose::Sign(forger.GoodClaims(), forger.key);
  EXPECT_EQ(forger.Try(second), kRefused);
  EXPECT_EQ(forger.fetches, 1);
  forger.clock.Advance(11s);
  EXPECT_EQ(forger.Try(second), absl::StatusCode::kOk);
  EXPECT_EQ(forger.fetches, 2);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(forger.Try(*jose::Sign(forger.GoodClaims(), *jose::GenerateKeyPair())), kRefused);
  }
  EXPECT_EQ(forger.fetches, 2);
}

TEST(TokenVerifier, WithoutKeysIsUnavailableAndRecovers) {
  education::FixedClock clock(kNow);
  TestTokens tokens(clock);
  bool up = false;
  TokenVerifier verifier(
      [&]() -> absl::StatusOr<std::string> {
        if (!up) return absl::UnavailableError("down");
        return tokens.issuer().PublicKeys();
      },
      clock);
  const std::string token = tokens.For(Role::kManager);
  EXPECT_TRUE(absl::IsUnavailable(verifier.Verify(token).status()));
  up = true;
  clock.Advance(1s);
  EXPECT_TRUE(verifier.Verify(token).ok());
}

TEST(TokenVerifier, ManyThreadsMayAsk) {
  TestTokens tokens;
  std::vector<std::string> texts;
  for (int i = 1; i <= 8; ++i) texts.push_back(tokens.For(MakeCaller(Role::kManager, i)));
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const auto index = static_cast<std::size_t>((i + t) % 8);
        const auto caller = tokens.verifier().Verify(texts[index]);
        if (caller.ok()) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 400);
}

TEST(TokenIssuer, MakesItsKeyOnceAndKeepsItPrivate) {
  TestFolder folder;
  const std::string path = folder.File("key.json");
  const education::SystemClock clock;
  const std::string first = TokenIssuer::Open(path, clock)->PublicKeys();
  struct stat info {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(TokenIssuer::Open(path, clock)->PublicKeys(), first);
  const json published = json::parse(first);
  EXPECT_FALSE(published["keys"][0].contains("d"));  // the private part
}

TEST(TokenIssuer, RefusesAKeyOthersCanReadOrThatIsNone) {
  TestFolder folder;
  const std::string path = folder.File("key.json");
  const education::SystemClock clock;
  ASSERT_TRUE(TokenIssuer::Open(path, clock).ok());
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  EXPECT_TRUE(absl::IsFailedPrecondition(TokenIssuer::Open(path, clock).status()));
  std::ofstream(path) << "not a key";
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  EXPECT_TRUE(absl::IsInvalidArgument(TokenIssuer::Open(path, clock).status()));
  EXPECT_TRUE(absl::IsUnavailable(TokenIssuer::Open(folder.File("none/key.json"), clock).status()));
}

}  // namespace
}  // namespace pathways::access
