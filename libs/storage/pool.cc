#include "libs/storage/pool.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "libs/storage/conninfo.h"
#include "libs/storage/pool_impl.h"
#include "libs/storage/transaction_impl.h"

namespace pathways::storage {

absl::Status Pool::Impl::WaitForTurn(Deadline deadline) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  std::unique_lock lock(mutex_);
  const auto until = std::min(start + options_.max_wait, deadline.when());
  if (!returned_.wait_until(lock, until, [this] { return in_use_ < options_.size; })) {
    lock.unlock();
    if (options_.observer != nullptr) options_.observer->OnExhausted();
    return absl::ResourceExhaustedError("every database connection is in use");
  }
  ++in_use_;
  lock.unlock();
  if (options_.observer != nullptr) options_.observer->OnWait(Clock::now() - start);
  return absl::OkStatus();
}

void Pool::Impl::EndTurn() {
  {
    const std::lock_guard lock(mutex_);
    --in_use_;
  }
  returned_.notify_one();
}

std::unique_ptr<Connection> Pool::Impl::PopIdle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

absl::StatusOr<std::unique_ptr<Connection>> Pool::Impl::Connect() {
  auto connection = Connection::Open(options_.uri, options_.application_name);
  if (!connection.ok()) {
    Lost();
  } else if (options_.observer != nullptr) {
    options_.observer->OnConnect();
  }
  return connection;
}

void Pool::Impl::DropIdle() {
  std::vector<std::unique_ptr<Connection>> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(idle_);
}

void Pool::Impl::Lost() const {
  if (options_.observer != nullptr) options_.observer->OnLost();
}

void Pool::Impl::Return(std::unique_ptr<Connection> connection, bool clean) {
  connection->NeverCut();
  if (!connection->alive()) Lost();
  if (clean && connection->reusable()) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  connection.reset();  // closing one takes a while; not under the lock
  EndTurn();
}

int Pool::Impl::in_use() const {
  const std::lock_guard lock(mutex_);
  return in_use_;
}

absl::StatusOr<std::unique_ptr<Pool>> Pool::Open(PoolOptions options) {
  if (options.size < 1) return absl::InvalidArgumentError("a pool needs at least one connection");
  const auto checked = ConnectionString(options.uri, options.application_name);
  if (!checked.ok()) return checked.status();
  return std::unique_ptr<Pool>(new Pool(std::make_unique<Impl>(std::move(options))));
}

Pool::Pool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pool::~Pool() = default;

absl::StatusOr<Transaction> Pool::Begin(const RowScope& scope, Deadline deadline,
                                        TransactionOptions options) {
  const auto opening = [&](Connection& connection) {
    return BeginOn(connection, scope, deadline, options);
  };
  auto connection = impl_->Take(deadline, opening);
  if (!connection.ok()) return connection.status();
  return Transaction(std::make_unique<Transaction::Impl>(*impl_, *std::move(connection), scope,
                                                         deadline, options.read_only));
}

absl::Status Pool::Ping(Deadline deadline) {
  auto connection =
      impl_->Take(deadline, [](Connection& taken) { return taken.RunScript("select 1"); });
  if (!connection.ok()) return connection.status();
  impl_->Return(*std::move(connection), /*clean=*/true);
  return absl::OkStatus();
}

int Pool::size() const { return impl_->size(); }
int Pool::in_use() const { return impl_->in_use(); }

}  // namespace pathways::storage
