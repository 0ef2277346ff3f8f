// One gRPC service's methods, registered from its descriptor. No gRPC header is needed here:
// messages are protobuf's, the server reads and writes their bytes.
//
//   Endpoint endpoint("pathways.registry.v1.RegistryService");
//   endpoint.Unary<GetSchoolRequest, GetSchoolResponse>(
//       "GetSchool", Permission::kReadSchool,
//       [&](Call& call, const GetSchoolRequest& request, GetSchoolResponse* response) { ... });
//
// Handlers run on the server's bounded executors and may block. They may be called from several
// threads at once. What they return goes to the client: see status.h. Before a handler runs, the
// caller has been authenticated and holds the permission; which rows they may touch is for the
// handler and row-level security.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "libs/access/permission.h"
#include "libs/service/call.h"

namespace pathways::service {

using google::protobuf::Message;

// The sending half of a stream. One thread at a time.
class MessageWriter {
 public:
  virtual ~MessageWriter() = default;
  // Blocks while as much is waiting to be sent as is allowed. CANCELLED or DEADLINE_EXCEEDED once
  // nobody listens: stop.
  virtual absl::Status Write(const Message& message) = 0;
};

// The receiving half of a stream. One thread at a time.
class MessageReader {
 public:
  virtual ~MessageReader() = default;
  // Blocks for the next message. CANCELLED or DEADLINE_EXCEEDED: stop, and undo. False: nothing
  // more comes. That may also be the first sign of a client that is lost (gRPC reports the two
  // apart, in either order): what must be whole ends with a message that says so.
  virtual absl::StatusOr<bool> Read(Message* message) = 0;
};

template <typename Item>
class Writer {
 public:
  explicit Writer(MessageWriter& writer) : writer_(writer) {}
  absl::Status Write(const Item& item) { return writer_.Write(item); }

 private:
  MessageWriter& writer_;
};

template <typename Chunk>
class Reader {
 public:
  explicit Reader(MessageReader& reader) : reader_(reader) {}
  absl::StatusOr<bool> Read(Chunk* chunk) { return reader_.Read(chunk); }

 private:
  MessageReader& reader_;
};

// One registered method, its types erased. Exactly one handler is set.
struct Method {
  std::string name;  // "GetSchool"
  access::Permission permission;
  const Message* request;  // prototypes
  const Message* response;
  std::function<absl::Status(Call&, const Message&, Message*)> unary;
  std::function<absl::Status(Call&, const Message&, MessageWriter&)> server_stream;
  std::function<absl::Status(Call&, MessageReader&, Message*)> client_stream;
};

// Built once at start, then handed to the server. Mistakes in wiring (unknown method, wrong types,
// registered twice) are found by Server::Start, which refuses to run.
class Endpoint {
 public:
  // The service's full name; its generated code must be linked in.
  explicit Endpoint(std::string service) : service_(std::move(service)) {}

  // handler(Call&, const Request&, Response*) -> absl::Status
  template <typename Request, typename Response, typename Handler>
  Endpoint& Unary(std::string_view name, access::Permission permission, Handler handler) {
    Method method = Describe<Request, Response>(name, permission);
    method.unary = [handler = std::move(handler)](Call& call, const Message& request,
                                                  Message* response) -> absl::Status {
      return handler(call, static_cast<const Request&>(request), static_cast<Response*>(response));
    };
    return Add(std::move(method));
  }

  // handler(Call&, const Request&, Writer<Item>&) -> absl::Status
  template <typename Request, typename Item, typename Handler>
  Endpoint& ServerStream(std::string_view name, access::Permission permission, Handler handler) {
    Method method = Describe<Request, Item>(name, permission);
    method.server_stream = [handler = std::move(handler)](Call& call, const Message& request,
                                                          MessageWriter& out) -> absl::Status {
      Writer<Item> writer(out);
      return handler(call, static_cast<const Request&>(request), writer);
    };
    return Add(std::move(method));
  }

  // handler(Call&, Reader<Chunk>&, Response*) -> absl::Status
  template <typename Chunk, typename Response, typename Handler>
  Endpoint& ClientStream(std::string_view name, access::Permission permission, Handler handler) {
    Method method = Describe<Chunk, Response>(name, permission);
    method.client_stream = [handler = std::move(handler)](Call& call, MessageReader& in,
                                                          Message* response) -> absl::Status {
      Reader<Chunk> reader(in);
      return handler(call, reader, static_cast<Response*>(response));
    };
    return Add(std::move(method));
  }

  const std::string& service() const { return service_; }
  const std::vector<Method>& methods() const { return methods_; }

  // OK when every method of the service's descriptor is registered once, with its own types and
  // kind, and nothing else. FAILED_PRECONDITION naming all faults otherwise.
  absl::Status Check() const;

 private:
  template <typename Request, typename Response>
  static Method Describe(std::string_view name, access::Permission permission) {
    return Method{std::string(name),
                  permission,
                  &Request::default_instance(),
                  &Response::default_instance(),
                  {},
                  {},
                  {}};
  }
  Endpoint& Add(Method method) {
    methods_.push_back(std::move(method));
    return *this;
  }

  std::string service_;
  std::vector<Method> methods_;
};

}  // namespace pathways::service
