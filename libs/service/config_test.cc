#include "libs/service/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "libs/service/process.h"

namespace pathways::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ConfigReader ReaderOf(std::map<std::string, std::string> environment) {
  return ConfigReader([environment](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    if (found == environment.end()) return std::nullopt;
    return found->second;
  });
}

TEST(Config, TellsEverythingThatIsWrongAtOnce) {
  ConfigReader env = ReaderOf({{"PATHWAYS_ENV", "staging"},
                               {"PATHWAYS_METRICS_LISTEN", "nowhere"},
                               {"PATHWAYS_WORKERS", "many"},
                               {"PATHWAYS_DATABASE_URL", ""}});
  ProcessConfig::Read("registry", env);
  env.Text(variables::kDatabaseUrl);
  const absl::Status status = env.Finish();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  const std::string message(status.message());
  EXPECT_THAT(message, HasSubstr("PATHWAYS_ENV must be one of development, production"));
  EXPECT_THAT(
      message,
      HasSubstr(
          "PATHWAYS_LISTEN is missing: address this service answers gRPC on, e.g. 127.0.0.1:7001"));
  EXPECT_THAT(message, HasSubstr("PATHWAYS_METRICS_LISTEN must be host:port"));
  EXPECT_THAT(message, HasSubstr("PATHWAYS_WORKERS must be a whole number from 1 to 256"));
  EXPECT_THAT(message, HasSubstr("PATHWAYS_DATABASE_URL is missing"));
}

TEST(Config, ReadsWhatIsRight) {
  ConfigReader env = ReaderOf({{"PATHWAYS_ENV", "development"},
                               {"PATHWAYS_LISTEN", "[::1]:0"},
                               {"PATHWAYS_METRICS_LISTEN", "127.0.0.1:9001"}});
  const ProcessConfig config = ProcessConfig::Read("registry", env);
  EXPECT_TRUE(env.Finish().ok()) << env.Finish();
  EXPECT_TRUE(config.development);
  EXPECT_TRUE(config.server.reflection);
  EXPECT_EQ(config.server.listen, "[::1]:0");
  EXPECT_EQ(config.server.workers, 8);
}

TEST(Config, IsProductionUnlessToldOtherwise) {
  ConfigReader env = ReaderOf({});
  const ProcessConfig config = ProcessConfig::Read("registry", env);
  EXPECT_FALSE(config.development);
  EXPECT_FALSE(config.server.reflection);
}

TEST(Config, DoesNotRepeatValues) {
  ConfigReader env =
      ReaderOf({{"PATHWAYS_LISTEN", "s3cret"}, {"PATHWAYS_OPERATOR_SECRET_FILE", "/no/s3cret"}});
  env.Address(variables::kListen);
  EXPECT_EQ(env.SecretFromFile(variables::kOperatorSecretFile), "");
  EXPECT_THAT(std::string(env.Finish().message()), Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace pathways::service
