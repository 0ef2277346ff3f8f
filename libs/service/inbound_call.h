// What the three kinds of call have in common while they are served. Internal to this library.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

#include "libs/service/dispatcher.h"
#include "libs/service/executor.h"

namespace pathways::service {

// Where a method's calls run, and for how long at most.
struct Lane {
  Dispatcher& dispatcher;
  Executor& executor;
  std::chrono::milliseconds longest;
};

class InboundCall {
 public:
  InboundCall(const Lane& lane, const BoundMethod& method,
              const grpc::CallbackServerContext& context);

  // Hands `work` to the executor. RESOURCE_EXHAUSTED when it is full.
  absl::Status Submit(Executor::Task work);
  // Calls `expired` at our own deadline, unless the client set an earlier one, which gRPC watches.
  // `expired` may come at any time until this is destroyed, and must hold nothing but a weak
  // pointer to the call.
  void WatchDeadline(std::function<void()> expired);

  absl::Status Dispatch(absl::FunctionRef<absl::Status(Call&)> handle);

  // Our deadline has come; before Cancel(), so that it is known why. (The alarm's clock may be a
  // little ahead of ours.)
  void Expire() { expired_ = true; }
  void Cancel() { cancelled_->store(true); }
  bool cancelled() const { return cancelled_->load(); }
  // Why a cancelled call ended.
  absl::Status StopReason() const;
  void Count(absl::StatusCode code) { meter_.Finish(code); }
  const Method& method() const { return method_.method; }

 private:
  const Lane& lane_;
  const BoundMethod& method_;
  Arrival arrival_;
  const Deadline deadline_;
  CallMeter meter_;
  std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  std::atomic<bool> expired_ = false;
  grpc::Alarm alarm_;
};

}  // namespace pathways::service
