// For tests: callers, and tokens signed by a key of the test's own.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "libs/access/token.h"
#include "libs/education/clock.h"
#include "libs/education/uuid.h"

namespace pathways::access {

// A folder of its own, gone at the end.
class TestFolder {
 public:
  TestFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "pathways-access-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = path;
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  std::string File(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Person 00000000-0000-4000-8000-00000000000<number>, who sees everything unless a scope is given.
inline Caller MakeCaller(Role role, int number = 1, Scope scope = Scope::Everything()) {
  Caller caller;
  const std::string digits = std::to_string(number);
  caller.person = *education::PersonId::Parse("00000000-0000-4000-8000-" +
                                              std::string(12 - digits.size(), '0') + digits);
  caller.name = "Sam Sample";
  caller.organisation = "Example Council";
  caller.roles = {role};
  caller.scope = std::move(scope);
  return caller;
}

// An issuer with a new key, and a verifier that trusts it.
class TestTokens {
 public:
  explicit TestTokens(const education::Clock& clock = SystemTime())
      : issuer_(*TokenIssuer::Open(folder_.File("key.json"), clock)),
        verifier_([this] { return absl::StatusOr<std::string>(issuer_.PublicKeys()); }, clock) {}

  std::string For(const Caller& caller) const { return *issuer_.Issue(caller); }
  std::string For(Role role) const { return For(MakeCaller(role)); }
  const TokenIssuer& issuer() const { return issuer_; }
  TokenVerifier& verifier() { return verifier_; }

 private:
  static const education::Clock& SystemTime() {
    static const education::SystemClock clock;
    return clock;
  }

  TestFolder folder_;
  TokenIssuer issuer_;
  TokenVerifier verifier_;
};

}  // namespace pathways::access
