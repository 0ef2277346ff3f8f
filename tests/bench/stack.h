// The running stack that `./pathways bench` starts, spoken to as its operator.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "libs/service/client.h"
#include "pathways/common/v1/import.pb.h"

namespace pathways::bench {

class Stack {
 public:
  // Signs in. Throws std::runtime_error when the stack is not there.
  Stack();

  service::Client& registry() { return *registry_; }
  service::Client& attendance() { return *attendance_; }
  service::Client& referrals() { return *referrals_; }

  // Options of a call as operator; a new request id each time.
  service::CallOptions Options();

  // Sends a file to an import method of a service and answers its report. Throws when rows were
  // refused.
  common::v1::ImportReport Import(service::Client& client, std::string_view method,
                                  const std::string& content);

 private:
  std::unique_ptr<service::Client> registry_, attendance_, referrals_;
  std::string token_;
};

// The value, or std::runtime_error with the status's message.
template <typename T>
T Need(absl::StatusOr<T> value) {
  if (!value.ok()) throw std::runtime_error(value.status().ToString());
  return *std::move(value);
}

// A file in /dev/shm or a folder: its whole content. Throws std::runtime_error.
std::string ReadFile(const std::string& path);

}  // namespace pathways::bench
