#include "libs/access/token.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "libs/access/claims.h"
#include "libs/access/jose.h"
#include "libs/access/key_cache.h"
#include "libs/access/token_claims.h"

namespace pathways::access {
namespace {

using nlohmann::json;

std::int64_t Seconds(education::Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

// A file that others may read is no place for a private key.
absl::Status CheckPrivate(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    return absl::NotFoundError(absl::StrCat("there is no signing key at ", path));
  }
  if ((info.st_mode & 077) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("others can read the signing key ", path, ": chmod 600 it"));
  }
  return absl::OkStatus();
}

absl::StatusOr<jose::KeyPair> ReadKey(const std::string& path) {
  if (absl::Status status = CheckPrivate(path); !status.ok()) return status;
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return jose::ReadKeyPair(text);
}

bool WriteAll(int file, const std::string& text) {
  return write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
         fsync(file) == 0;
}

// Written beside it and linked into place, so that a crash leaves no half key and of two starters
// one wins.
absl::Status CreateKey(const std::string& path) {
  auto key = jose::GenerateKeyPair();
  if (!key.ok()) return key.status();
  std::string draft = path + ".XXXXXX";
  const int file = mkstemp(draft.data());  // mode 600
  if (file < 0) return absl::UnavailableError(absl::StrCat("cannot write beside ", path));
  const bool written = WriteAll(file, key->private_json);
  close(file);
  const bool linked = written && (link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
  unlink(draft.c_str());
  if (!linked) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

}  // namespace

struct TokenIssuer::Impl {
  jose::KeyPair key;
  const education::Clock& clock;
};

TokenIssuer::TokenIssuer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TokenIssuer::TokenIssuer(TokenIssuer&&) noexcept = default;
TokenIssuer& TokenIssuer::operator=(TokenIssuer&&) noexcept = default;
TokenIssuer::~TokenIssuer() = default;

absl::StatusOr<TokenIssuer> TokenIssuer::Open(const std::string& path,
                                              const education::Clock& clock) {
  auto key = ReadKey(path);
  if (absl::IsNotFound(key.status())) {
    if (absl::Status status = CreateKey(path); !status.ok()) return status;
    key = ReadKey(path);
  }
  if (!key.ok()) return key.status();
  return TokenIssuer(std::unique_ptr<Impl>(new Impl{*std::move(key), clock}));
}

absl::StatusOr<std::string> TokenIssuer::Issue(const Caller& caller) const {
  if (caller.roles.empty()) {
    return absl::PermissionDeniedError("somebody without a role gets no token");
  }
  const education::Instant now = impl_->clock.Now();
  json claims = ToClaims(caller);
  claims["iss"] = kTokenIssuer;
  claims["aud"] = kTokenAudience;
  claims["iat"] = claims["nbf"] = Seconds(now);
  claims["exp"] = Seconds(now + kTokenLife);
  auto token = jose::Sign(claims, impl_->key);
  if (token.ok() && token->size() > kLongestAccessToken) {
    return absl::ResourceExhaustedError("the scope is too large for a token");
  }
  return token;
}

std::string TokenIssuer::PublicKeys() const {
  return json{{"keys", json::array({json::parse(impl_->key.public_json)})}}.dump();
}

struct TokenVerifier::Impl {
  Impl(KeySource source, const education::Clock& the_clock)
      : clock(the_clock), keys(std::move(source), the_clock, kForever) {}

  // Our keys change only when the registry gets a new one, which comes with a new key id.
  static constexpr std::chrono::hours kForever{24 * 365 * 100};
  static constexpr std::size_t kRemembered = 4096;

  std::shared_ptr<const Caller> Recall(std::string_view token) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    const auto found = verified.find(token);
    if (found == verified.end()) return nullptr;
    if (found->second->expires + kTokenLeeway > clock.Now()) return found->second;
    verified.erase(found);
    return nullptr;
  }

  void Remember(std::string_view token, const Caller& caller) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    if (verified.size() >= kRemembered) {
      std::erase_if(verified, [&](const auto& entry) {
        return entry.second->expires + kTokenLeeway <= clock.Now();
      });
    }
    if (verified.size() >= kRemembered) verified.clear();
    verified.emplace(std::string(token), std::make_shared<const Caller>(caller));
  }

  const education::Clock& clock;
  KeyCache keys;
  absl::Mutex mutex;
  std::map<std::string, std::shared_ptr<const Caller>, std::less<>> verified ABSL_GUARDED_BY(mutex);
};

TokenVerifier::TokenVerifier(KeySource keys, const education::Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(keys), clock)) {}
TokenVerifier::~TokenVerifier() = default;

absl::StatusOr<Caller> TokenVerifier::Verify(std::string_view token) {
  if (auto known = impl_->Recall(token); known != nullptr) return *known;
  auto header = jose::ReadHeader(token);
  if (!header.ok()) return header.status();
  auto keys = impl_->keys.For(header->key_id);
  if (!keys.ok()) return keys.status();
  constexpr std::array<std::string_view, 1> kAllowed = {"ES256"};
  auto claims = (*keys)->Verify(token, kAllowed);
  if (!claims.ok()) return claims.status();
  const absl::Status good =
      CheckClaims(*claims, {kTokenIssuer, kTokenAudience, impl_->clock.Now(), kTokenLeeway});
  if (!good.ok()) return good;
  auto caller = FromClaims(*claims);
  if (caller.ok()) impl_->Remember(token, *caller);
  return caller;
}

absl::Status TokenVerifier::Prefetch() { return impl_->keys.Refresh(); }

}  // namespace pathways::access
