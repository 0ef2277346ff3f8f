#include "libs/runtime/registry_keys.h"

#include <gtest/gtest.h>

namespace pathways::runtime {
namespace {

// What the registry answers is checked by every service that starts.
TEST(RegistryKeys, SayThatTheRegistryIsAway) {
  service::Client registry(
      {.address = "127.0.0.1:1", .service = "pathways.registry.v1.RegistryService"});
  EXPECT_TRUE(absl::IsUnavailable(RegistryKeys(registry)().status()));
}

}  // namespace
}  // namespace pathways::runtime
