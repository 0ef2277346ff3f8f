#include "libs/storage/session.h"

#include <utility>

#include "libs/storage/connection.h"

namespace pathways::storage {

class Session::Impl {
 public:
  explicit Impl(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  template <typename Work>
  auto Within(Deadline deadline, const Work& work) -> decltype(work(std::declval<Connection&>())) {
    if (deadline.passed()) return DeadlinePassed();
    connection_->CutAt(deadline.when());
    auto result = work(*connection_);
    connection_->NeverCut();
    if (!connection_->alive() && deadline.passed()) return DeadlinePassed();
    return result;
  }

 private:
  std::unique_ptr<Connection> connection_;
};

absl::StatusOr<Session> Session::Open(const std::string& uri, std::string_view application_name) {
  auto connection = Connection::Open(uri, application_name);
  if (!connection.ok()) return connection.status();
  return Session(std::make_unique<Impl>(*std::move(connection)));
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

absl::StatusOr<Rows> Session::Run(Deadline deadline, Sql sql, std::span<const Value> values) {
  return impl_->Within(deadline,
                       [&](Connection& connection) { return connection.Run(sql, values); });
}

absl::Status Session::RunScript(Deadline deadline, std::string_view script) {
  return impl_->Within(
      deadline, [&](Connection& connection) { return connection.RunScript(std::string(script)); });
}

absl::StatusOr<bool> Session::TryLock(Deadline deadline, std::int64_t key) {
  constexpr Sql kTryLock = "select pg_try_advisory_lock($1)";
  const auto rows = Query(deadline, kTryLock, key);
  if (!rows.ok()) return rows.status();
  return rows->front().Get<bool>(0);
}

absl::Status Session::Unlock(Deadline deadline, std::int64_t key) {
  constexpr Sql kUnlock = "select pg_advisory_unlock($1)";
  const auto rows = Query(deadline, kUnlock, key);
  if (!rows.ok()) return rows.status();
  return rows->front().Get<bool>(0) ? absl::OkStatus()
                                    : absl::FailedPreconditionError("the lock was not held");
}

absl::Status Session::Ping(Deadline deadline) {
  constexpr Sql kPing = "select 1";
  return Query(deadline, kPing).status();
}

}  // namespace pathways::storage
