// Our statuses and messages as gRPC's, and back. Internal to this library.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace pathways::service {

grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message);
// INVALID_ARGUMENT when they are no such message. Empties `bytes`.
absl::Status FromBytes(grpc::ByteBuffer& bytes, google::protobuf::Message* message);

}  // namespace pathways::service
