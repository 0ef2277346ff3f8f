#include "libs/service/endpoint.h"

#include <algorithm>

#include "google/protobuf/descriptor.h"

namespace pathways::service {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// What is wrong with one registered method; empty when it fits its descriptor.
std::string FaultOf(const Method& method, const MethodDescriptor* descriptor) {
  if (descriptor == nullptr) return "is not a method of the service";
  if (method.request->GetDescriptor() != descriptor->input_type()) return "takes another request";
  if (method.response->GetDescriptor() != descriptor->output_type()) {
    return "answers another response";
  }
  const bool kinds_agree =
      descriptor->client_streaming() == static_cast<bool>(method.client_stream) &&
      descriptor->server_streaming() == static_cast<bool>(method.server_stream);
  return kinds_agree ? "" : "streams otherwise than its descriptor says";
}

}  // namespace

absl::Status Endpoint::Check() const {
  const ServiceDescriptor* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service_);
  if (service == nullptr) {
    return absl::FailedPreconditionError("no service " + service_ + " is linked in");
  }
  std::string faults;
  const auto add = [&](const std::string& name, const std::string& fault) {
    faults.append(faults.empty() ? "" : "; ").append(name).append(" ").append(fault);
  };
  for (const Method& method : methods_) {
    const std::string fault = FaultOf(method, service->FindMethodByName(method.name));
    if (!fault.empty()) add(method.name, fault);
  }
  for (int i = 0; i < service->method_count(); ++i) {
    const std::string& name = service->method(i)->name();
    const auto registered =
        std::count_if(methods_.begin(), methods_.end(),
                      [&](const Method& method) { return method.name == name; });
    if (registered == 0) add(name, "is not registered");
    if (registered > 1) add(name, "is registered more than once");
  }
  if (faults.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(service_ + ": " + faults);
}

}  // namespace pathways::service
