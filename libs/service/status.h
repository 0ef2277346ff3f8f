// Errors: absl::Status everywhere on our side; gRPC's codes and google.rpc.Status details on the
// wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace google::rpc {
class Status;
}

namespace pathways::service {

// One value the caller should correct.
struct FieldViolation {
  std::string field;        // path in the request, e.g. "pupil.upn" or "rows[3].code"
  std::string description;  // what to do, in plain English, without repeating the value
  bool operator==(const FieldViolation&) const = default;
};

// Collects everything that is wrong with a request, so that its sender hears it at once.
//   FieldViolations wrong;
//   if (request.urn() == 0) wrong.Add("urn", "Enter the school's URN");
//   if (!wrong.empty()) return wrong.ToStatus();
class FieldViolations {
 public:
  FieldViolations& Add(std::string_view field, std::string_view description);
  // Adds the status's message under the field when it is an error (as the parse functions of
  // libs/education return).
  FieldViolations& AddIfError(std::string_view field, const absl::Status& status);
  // Adds each problem, which has field and words (as libs/forms says them), under
  // "<prefix><field>".
  template <typename Problems>
  FieldViolations& AddAll(std::string_view prefix, const Problems& problems) {
    for (const auto& problem : problems) Add(std::string(prefix) + problem.field, problem.words);
    return *this;
  }
  bool empty() const { return violations_.empty(); }
  // With a google.rpc.BadRequest; OK when nothing was added. FAILED_PRECONDITION when what is wrong
  // is not in the request but in what was saved before.
  absl::Status ToStatus(absl::StatusCode code = absl::StatusCode::kInvalidArgument) const;

 private:
  std::vector<FieldViolation> violations_;
};

// INVALID_ARGUMENT with one field violation.
absl::Status InvalidField(std::string_view field, std::string_view description);

// INVALID_ARGUMENT naming `field` when the text is no id.
template <typename Id>
absl::StatusOr<Id> ReadId(std::string_view field, const std::string& text) {
  auto id = Id::Parse(text);
  if (!id.ok()) return FieldViolations().AddIfError(field, id.status()).ToStatus();
  return *id;
}

// The field violations a status carries, here or after a call; empty when none.
std::vector<FieldViolation> ViolationsOf(const absl::Status& status);

// The wire form (in metadata grpc-status-details-bin). Payloads survive there and back.
google::rpc::Status ToRpcStatus(const absl::Status& status);
absl::Status FromRpcStatus(const google::rpc::Status& status);

}  // namespace pathways::service
