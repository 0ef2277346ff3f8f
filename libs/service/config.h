// Configuration from the environment, checked as a whole: whoever starts a service hears about
// every missing or bad variable at once, with what it means and an example.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace pathways::service {

// What a variable is for, as told to whoever has to set it.
struct Variable {
  std::string_view name;     // without the prefix PATHWAYS_
  std::string_view meaning;  // "PostgreSQL database of this service"
  std::string_view example;  // "postgresql://registry@127.0.0.1:5432/registry"
};

// Reads variables; remembers what is wrong and answers something harmless in its place, until
// Finish says so.
class ConfigReader {
 public:
  using Lookup = std::function<std::optional<std::string>(const std::string& full_name)>;
  // From the process's environment; tests pass their own lookup.
  ConfigReader();
  explicit ConfigReader(Lookup lookup) : lookup_(std::move(lookup)) {}

  // An empty value counts as missing.
  std::string Text(const Variable& variable);
  std::string TextOr(const Variable& variable, std::string_view otherwise);
  std::int64_t IntegerOr(const Variable& variable, std::int64_t least, std::int64_t most,
                         std::int64_t otherwise);
  // "host:port", "[::1]:port"; port 0 means any.
  std::string Address(const Variable& variable);
  std::string AddressOr(const Variable& variable, std::string_view otherwise);
  // One of the given words.
  std::string OneOf(const Variable& variable, const std::vector<std::string_view>& words,
                    std::string_view otherwise);
  // The first line of the file the variable names: how secrets come in.
  std::string SecretFromFile(const Variable& variable);
  // Records something wrong with a variable that only the service can judge.
  void Reject(const Variable& variable, std::string_view reason);

  // INVALID_ARGUMENT whose message lists everything wrong, a line each; values are not repeated
  // (they may be secrets).
  absl::Status Finish() const;

 private:
  std::optional<std::string> Find(const Variable& variable);
  std::optional<std::string> Required(const Variable& variable);
  std::string CheckedAddress(const Variable& variable, const std::string& text);

  Lookup lookup_;
  std::vector<std::string> wrong_;
};

// The variables that mean the same in every service.
namespace variables {
inline constexpr Variable kEnv{
    "ENV",
    "development or production; development allows plain http to the sign-in and gRPC reflection",
    "production"};
inline constexpr Variable kListen{"LISTEN", "address this service answers gRPC on",
                                  "127.0.0.1:7001"};
inline constexpr Variable kMetricsListen{"METRICS_LISTEN", "address Prometheus reads /metrics from",
                                         "127.0.0.1:9001"};
inline constexpr Variable kDatabaseUrl{"DATABASE_URL",
                                       "this service's PostgreSQL database, as its everyday login",
                                       "postgresql://registry@127.0.0.1:5432/registry"};
inline constexpr Variable kMigrationDatabaseUrl{
    "MIGRATION_DATABASE_URL", "the same database, as the login that owns its tables",
    "postgresql://registry_owner@127.0.0.1:5432/registry"};
inline constexpr Variable kKafkaBrokers{"KAFKA_BROKERS", "Kafka's bootstrap servers",
                                        "127.0.0.1:9092"};
inline constexpr Variable kRegistryAddress{"REGISTRY_ADDRESS", "where the registry answers gRPC",
                                           "127.0.0.1:7001"};
inline constexpr Variable kAttendanceAddress{"ATTENDANCE_ADDRESS", "where attendance answers gRPC",
                                             "127.0.0.1:7002"};
inline constexpr Variable kReferralsAddress{"REFERRALS_ADDRESS", "where referrals answers gRPC",
                                            "127.0.0.1:7003"};
inline constexpr Variable kExclusionsAddress{"EXCLUSIONS_ADDRESS", "where exclusions answers gRPC",
                                             "127.0.0.1:7004"};
inline constexpr Variable kPanelAddress{"PANEL_ADDRESS", "where panel answers gRPC",
                                        "127.0.0.1:7005"};
inline constexpr Variable kSigningKeyFile{"SIGNING_KEY_FILE",
                                          "private key that signs access tokens; made when absent",
                                          "/var/lib/pathways/signing-key.json"};
inline constexpr Variable kOperatorSecretFile{
    "OPERATOR_SECRET_FILE", "secret by which the command line on this machine signs in",
    "/var/lib/pathways/operator-secret"};
inline constexpr Variable kOidcIssuer{"OIDC_ISSUER", "OpenID Connect issuer people sign in with",
                                      "https://login.example.gov.uk/tenant"};
inline constexpr Variable kOidcClientId{"OIDC_CLIENT_ID", "client id of Pathways at that issuer",
                                        "pathways"};
}  // namespace variables

}  // namespace pathways::service
