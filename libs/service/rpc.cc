#include "libs/service/rpc.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include "google/rpc/status.pb.h"
#include "libs/service/status.h"

namespace pathways::service {

using google::protobuf::Message;

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc = ToRpcStatus(status);
  // Most errors have no details: their code and message say it all.
  const std::string details = rpc.details().empty() ? std::string() : rpc.SerializeAsString();
  return grpc::Status(static_cast<grpc::StatusCode>(rpc.code()), rpc.message(), details);
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status rpc;
  if (!status.error_details().empty() && rpc.ParseFromString(status.error_details()) &&
      rpc.code() == static_cast<int>(status.error_code())) {
    return FromRpcStatus(rpc);
  }
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

grpc::ByteBuffer ToBytes(const Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(message, &bytes, &own);
  return bytes;
}

absl::Status FromBytes(grpc::ByteBuffer& bytes, Message* message) {
  const grpc::Status status =
      grpc::GenericDeserialize<grpc::ProtoBufferReader, Message>(&bytes, message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError("the bytes received are not the message they should be");
}

}  // namespace pathways::service
