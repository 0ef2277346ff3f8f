#include "libs/service/call_labels.h"

#include <cctype>

namespace pathways::service {

Labels CallLabels(const char* type, const std::string& service, const std::string& method) {
  return {{"grpc_type", type}, {"grpc_service", service}, {"grpc_method", method}};
}

std::string CodeLabel(absl::StatusCode code) {
  if (code == absl::StatusCode::kOk) return "OK";
  std::string label;
  bool capital = true;
  for (char c : absl::StatusCodeToString(code)) {
    if (c == '_') {
      capital = true;
      continue;
    }
    label += capital ? c : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    capital = false;
  }
  // American spelling on the wire as well, but with one l.
  return code == absl::StatusCode::kCancelled ? "Canceled" : label;
}

}  // namespace pathways::service
