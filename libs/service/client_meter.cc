#include "libs/service/client_meter.h"

#include "libs/service/call_labels.h"

namespace pathways::service {

ClientMeter::ClientMeter(Metrics* metrics, const char* type, const std::string& service,
                         const std::string& method)
    : metrics_(metrics), start_(std::chrono::steady_clock::now()) {
  if (metrics_ == nullptr) return;
  labels_ = CallLabels(type, service, method);
  metrics_->GetCounter("grpc_client_started_total", "Calls made to other services", labels_).Add();
}

absl::Status ClientMeter::Finish(absl::Status status) {
  if (metrics_ == nullptr) return status;
  metrics_
      ->GetHistogram("grpc_client_handling_seconds", "Time until another service has answered",
                     labels_)
      .Observe(std::chrono::steady_clock::now() - start_);
  labels_["grpc_code"] = CodeLabel(status.code());
  metrics_
      ->GetCounter("grpc_client_handled_total", "Calls answered by other services, by code",
                   labels_)
      .Add();
  return status;
}

}  // namespace pathways::service
