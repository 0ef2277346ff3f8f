// How calls are named in metrics, by server and client alike. Internal to this library.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "libs/service/metrics.h"

namespace pathways::service {

// `type`: "unary", "server_stream" or "client_stream".
Labels CallLabels(const char* type, const std::string& service, const std::string& method);

// As go-grpc-prometheus writes them: "OK", "InvalidArgument", ...
std::string CodeLabel(absl::StatusCode code);

}  // namespace pathways::service
