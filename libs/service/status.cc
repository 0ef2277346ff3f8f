#include "libs/service/status.h"

#include <optional>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace pathways::service {
namespace {

constexpr const char* kBadRequest = "type.googleapis.com/google.rpc.BadRequest";

}  // namespace

FieldViolations& FieldViolations::Add(std::string_view field, std::string_view description) {
  violations_.push_back({std::string(field), std::string(description)});
  return *this;
}

FieldViolations& FieldViolations::AddIfError(std::string_view field, const absl::Status& status) {
  if (!status.ok()) Add(field, std::string(status.message()));
  return *this;
}

absl::Status FieldViolations::ToStatus(absl::StatusCode code) const {
  if (violations_.empty()) return absl::OkStatus();
  google::rpc::BadRequest details;
  for (const FieldViolation& violation : violations_) {
    auto& entry = *details.add_field_violations();
    entry.set_field(violation.field);
    entry.set_description(violation.description);
  }
  absl::Status status(code, "Some values need correcting");
  status.SetPayload(kBadRequest, absl::Cord(details.SerializeAsString()));
  return status;
}

absl::Status InvalidField(std::string_view field, std::string_view description) {
  return FieldViolations().Add(field, description).ToStatus();
}

std::vector<FieldViolation> ViolationsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kBadRequest);
  google::rpc::BadRequest details;
  std::vector<FieldViolation> violations;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) return violations;
  for (const auto& entry : details.field_violations()) {
    violations.push_back({entry.field(), entry.description()});
  }
  return violations;
}

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status rpc;
  rpc.set_code(static_cast<int>(status.code()));
  rpc.set_message(std::string(status.message()));
  status.ForEachPayload([&](absl::string_view type_url, const absl::Cord& payload) {
    // Others (the database's error codes) are for us alone.
    if (type_url != kBadRequest) return;
    auto& detail = *rpc.add_details();
    detail.set_type_url(std::string(type_url));
    detail.set_value(std::string(payload));
  });
  return rpc;
}

absl::Status FromRpcStatus(const google::rpc::Status& rpc) {
  absl::Status status(static_cast<absl::StatusCode>(rpc.code()), rpc.message());
  for (const auto& detail : rpc.details()) {
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return status;
}

}  // namespace pathways::service
