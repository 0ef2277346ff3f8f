#include "libs/service/client.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/service/client_meter.h"
#include "libs/service/rpc.h"

namespace pathways::service {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageLite;
using grpc::internal::RpcMethod;

constexpr int kMostTries = 4;
constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{1000};

grpc::ChannelArguments ArgumentsFor(const ClientConfig& config) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(config.max_message_bytes);
  arguments.SetMaxSendMessageSize(config.max_message_bytes);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);  // ours know which calls may be repeated
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  // How long one attempt to connect may take, whatever its name says.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  // Each client its own connection: one busy importer must not slow the others' calls.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return arguments;
}

bool IsRead(std::string_view method) {
  return method.starts_with("Get") || method.starts_with("List") || method.starts_with("Search");
}

TraceContext TraceFor(const CallOptions& options) {
  if (!options.trace.trace_id.empty()) return options.trace;
  return CurrentTrace() != nullptr ? CurrentTrace()->Child() : TraceContext::New();
}

// One try of a call.
absl::Status Prepare(const CallOptions& options, grpc::ClientContext& context) {
  if (!options.deadline.has_value()) {
    return absl::InvalidArgumentError("a call to another service needs a deadline");
  }
  if (options.deadline->passed()) {
    return absl::DeadlineExceededError("no time is left to ask another service");
  }
  context.set_deadline(std::chrono::system_clock::now() + options.deadline->remaining());
  context.AddMetadata("traceparent", TraceFor(options).ToTraceparent());
  if (!options.token.empty()) context.AddMetadata("authorization", "Bearer " + options.token);
  if (!options.request_id.empty()) {
    context.AddMetadata(std::string(kRequestIdMetadata), options.request_id);
  }
  return absl::OkStatus();
}

// Retries only while most calls succeed: against a service in trouble they would make it worse.
class RetryBudget {
 public:
  bool Allows() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return tokens_ > kMost / 2;
  }
  void Count(bool failed) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    tokens_ = std::clamp(tokens_ + (failed ? -1.0 : 0.1), 0.0, kMost);
  }

 private:
  static constexpr double kMost = 10;
  absl::Mutex mutex_;
  double tokens_ ABSL_GUARDED_BY(mutex_) = kMost;
};

// 0.1 s, 0.2 s, 0.4 s, each up to a fifth more or less, so that many clients do not come back at
// once.
std::chrono::milliseconds PauseAfter(int tries) {
  thread_local std::mt19937 generator{std::random_device{}()};
  const auto pause = std::min(kFirstPause * (1 << (tries - 1)), kLongestPause);
  const double factor = std::uniform_real_distribution<double>(0.8, 1.2)(generator);
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(static_cast<double>(pause.count()) * factor));
}

}  // namespace

struct Client::Impl {
  explicit Impl(const ClientConfig& config)
      : channel(grpc::CreateCustomChannel(config.address, grpc::InsecureChannelCredentials(),
                                          ArgumentsFor(config))),
        service(config.service),
        metrics(config.metrics) {}

  std::string PathOf(const std::string& method) const { return "/" + service + "/" + method; }
  ClientMeter Meter(const char* type, const std::string& method) const {
    return ClientMeter(metrics, type, service, method);
  }

  absl::Status Try(const std::string& method, const Message& request, const CallOptions& options,
                   Message* response) {
    grpc::ClientContext context;
    if (absl::Status status = Prepare(options, context); !status.ok()) return status;
    const std::string path = PathOf(method);
    ClientMeter meter = Meter("unary", method);
    return meter.Finish(FromGrpc(grpc::internal::BlockingUnaryCall<MessageLite, MessageLite>(
        channel.get(), RpcMethod(path.c_str(), RpcMethod::NORMAL_RPC), &context, request,
        response)));
  }

  const std::shared_ptr<grpc::Channel> channel;
  const std::string service;
  Metrics* const metrics;
  RetryBudget budget;
};

Client::Client(ClientConfig config) : impl_(std::make_unique<Impl>(config)) {}
Client::~Client() = default;

absl::Status Client::CallRaw(std::string_view method, const Message& request,
                             const CallOptions& options, Message* response) {
  const std::string name(method);
  const bool repeatable = IsRead(method) || !options.request_id.empty();
  for (int tries = 1;; ++tries) {
    absl::Status status = impl_->Try(name, request, options, response);
    const bool failed = absl::IsUnavailable(status);
    impl_->budget.Count(failed);
    if (!failed || !repeatable || tries == kMostTries || !impl_->budget.Allows()) return status;
    const auto pause = PauseAfter(tries);
    if (options.deadline->remaining() <= pause) return status;
    std::this_thread::sleep_for(pause);
  }
}

absl::Status Client::ServerStreamRaw(std::string_view method, const Message& request,
                                     const CallOptions& options, Message* item,
                                     const std::function<absl::Status()>& on_item) {
  grpc::ClientContext context;
  if (absl::Status status = Prepare(options, context); !status.ok()) return status;
  const std::string name(method), path = impl_->PathOf(name);
  ClientMeter meter = impl_->Meter("server_stream", name);
  const std::unique_ptr<grpc::ClientReader<MessageLite>> reader(
      grpc::internal::ClientReaderFactory<MessageLite>::Create<MessageLite>(
          impl_->channel.get(), RpcMethod(path.c_str(), RpcMethod::SERVER_STREAMING), &context,
          request));
  absl::Status ours;
  while (ours.ok() && reader->Read(item)) ours = on_item();
  if (!ours.ok()) {
    context.TryCancel();
    while (reader->Read(item)) {
    }
  }
  const absl::Status theirs = meter.Finish(FromGrpc(reader->Finish()));
  return ours.ok() ? theirs : ours;
}

absl::Status Client::ClientStreamRaw(std::string_view method, const CallOptions& options,
                                     Message* chunk,
                                     const std::function<absl::StatusOr<bool>()>& next,
                                     Message* response) {
  grpc::ClientContext context;
  if (absl::Status status = Prepare(options, context); !status.ok()) return status;
  const std::string name(method), path = impl_->PathOf(name);
  ClientMeter meter = impl_->Meter("client_stream", name);
  const std::unique_ptr<grpc::ClientWriter<MessageLite>> writer(
      grpc::internal::ClientWriterFactory<MessageLite>::Create(
          impl_->channel.get(), RpcMethod(path.c_str(), RpcMethod::CLIENT_STREAMING), &context,
          static_cast<MessageLite*>(response)));
  absl::StatusOr<bool> more = next();
  // A refused write means that the service has answered already.
  while (more.ok() && *more && writer->Write(*chunk)) more = next();
  if (!more.ok()) context.TryCancel();
  writer->WritesDone();
  const absl::Status theirs = meter.Finish(FromGrpc(writer->Finish()));
  return more.ok() ? theirs : more.status();
}

absl::Status Client::Probe(const google::protobuf::MethodDescriptor& method,
                           const CallOptions& options) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  const std::unique_ptr<Message> request(factory->GetPrototype(method.input_type())->New());
  const std::unique_ptr<Message> response(factory->GetPrototype(method.output_type())->New());
  if (method.server_streaming()) {
    return ServerStreamRaw(method.name(), *request, options, response.get(),
                           [] { return absl::OkStatus(); });
  }
  if (method.client_streaming()) {
    return ClientStreamRaw(
        method.name(), options, request.get(), [] { return absl::StatusOr<bool>(false); },
        response.get());
  }
  return CallRaw(method.name(), *request, options, response.get());
}

}  // namespace pathways::service
