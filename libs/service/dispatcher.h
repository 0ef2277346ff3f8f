// Lets calls in or turns them away: the one place where each call of each method is authenticated
// and authorised. Internal to this library.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "libs/access/token.h"
#include "libs/service/endpoint.h"
#include "libs/service/metrics.h"

namespace pathways::service {

// A registered method as it is served.
struct BoundMethod {
  BoundMethod(const std::string& service, Method the_method, Metrics& metrics);

  Method method;
  std::string full_name;  // "pathways.registry.v1.RegistryService/GetSchool"
  std::string path;       // "/" and that: gRPC keeps a pointer to it
  Labels labels;
  Counter started;
  Counter handled_well;  // code OK: most calls
  Histogram seconds;
};

// What a call brought along, copied out of gRPC's hands.
struct Arrival {
  std::string authorization;
  std::string traceparent;
  std::string request_id;
  std::string break_glass_reason;
  Deadline deadline = Deadline::After(std::chrono::seconds(0));
  bool capped = false;  // the deadline is ours, not the client's: nobody else watches it
};

// Counts and times one call.
class CallMeter {
 public:
  CallMeter(const BoundMethod& method, Metrics& metrics);
  // Once.
  void Finish(absl::StatusCode code);

 private:
  const BoundMethod& method_;
  Metrics& metrics_;
  std::chrono::steady_clock::time_point start_;
};

// Thread-safe.
class Dispatcher {
 public:
  Dispatcher(access::TokenVerifier& verifier, Metrics& metrics)
      : verifier_(verifier), metrics_(metrics) {}

  Metrics& metrics() { return metrics_; }

  // Runs `handle` for a call that may run; answers its status. UNAUTHENTICATED, PERMISSION_DENIED
  // or INVALID_ARGUMENT (metadata) otherwise. An exception becomes INTERNAL.
  absl::Status Dispatch(const BoundMethod& method, Arrival arrival,
                        std::shared_ptr<const std::atomic<bool>> cancelled,
                        absl::FunctionRef<absl::Status(Call&)> handle);

 private:
  absl::StatusOr<access::Caller> Authenticate(const BoundMethod& method, std::string_view token);
  absl::Status Authorise(const BoundMethod& method, const access::Caller& caller);
  absl::StatusOr<CallInfo> Admit(const BoundMethod& method, Arrival arrival);

  access::TokenVerifier& verifier_;
  Metrics& metrics_;
};

}  // namespace pathways::service
