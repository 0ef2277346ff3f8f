// The services as they run, asked over gRPC as their operator.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "libs/service/config.h"
#include "tools/cli/services.h"

namespace pathways::cli {

// Reads the addresses of all services and OPERATOR_SECRET_FILE. INVALID_ARGUMENT naming all that
// are missing or bad. Connects, and signs in, when first asked for something.
absl::StatusOr<std::unique_ptr<Services>> ConnectToServices(service::ConfigReader& env);

}  // namespace pathways::cli
