// Private to this library: the pool's shelf of connections.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/connection.h"
#include "libs/storage/pool.h"

namespace pathways::storage {

class Pool::Impl {
 public:
  explicit Impl(PoolOptions options) : options_(std::move(options)) {}

  // A connection on which `opening` (begin, and what binds the transaction) has run. `opening` is
  // made for a connection, as quoting text needs one. Idle connections that turn out dead are
  // replaced, unnoticed by the caller.
  template <typename Opening>
  absl::StatusOr<std::unique_ptr<Connection>> Take(Deadline deadline, const Opening& opening);

  // Gives back what Take() gave. A connection that is not known to be clean is closed instead.
  void Return(std::unique_ptr<Connection> connection, bool clean);

  int size() const { return options_.size; }
  int in_use() const;

 private:
  absl::Status WaitForTurn(Deadline deadline);
  void EndTurn();
  std::unique_ptr<Connection> PopIdle();
  absl::StatusOr<std::unique_ptr<Connection>> Connect();
  // The server restarted or the network broke: what lies idle is as dead as the one just met.
  void DropIdle();
  template <typename Opening>
  absl::StatusOr<std::unique_ptr<Connection>> Prepare(Deadline deadline, const Opening& opening);
  void Lost() const;

  const PoolOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  int in_use_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;  // last used at the back
};

template <typename Opening>
absl::StatusOr<std::unique_ptr<Connection>> Pool::Impl::Take(Deadline deadline,
                                                             const Opening& opening) {
  if (deadline.passed()) return DeadlinePassed();
  if (absl::Status status = WaitForTurn(deadline); !status.ok()) return status;
  auto connection = Prepare(deadline, opening);
  if (!connection.ok()) EndTurn();
  return connection;
}

template <typename Opening>
absl::StatusOr<std::unique_ptr<Connection>> Pool::Impl::Prepare(Deadline deadline,
                                                                const Opening& opening) {
  auto connection = PopIdle();
  const bool reused = connection != nullptr;
  if (!reused) {
    auto fresh = Connect();
    if (!fresh.ok()) return fresh.status();
    connection = *std::move(fresh);
  }
  connection->CutAt(deadline.when() + kCutGrace);
  absl::Status status = opening(*connection);
  if (status.ok()) return connection;
  if (connection->alive()) return status;
  Lost();
  if (deadline.passed()) return DeadlinePassed();
  if (!reused) return status;
  DropIdle();
  return Prepare(deadline, opening);
}

}  // namespace pathways::storage
