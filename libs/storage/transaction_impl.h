// Private to this library.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/connection.h"
#include "libs/storage/pool_impl.h"
#include "libs/storage/transaction.h"

namespace pathways::storage {

// Begins and binds to the scope, in one round trip.
absl::Status BeginOn(Connection& connection, const RowScope& scope, Deadline deadline,
                     TransactionOptions options);

class Transaction::Impl {
 public:
  Impl(Pool::Impl& pool, std::unique_ptr<Connection> connection, RowScope scope, Deadline deadline,
       bool read_only);
  ~Impl() { Rollback(); }

  absl::StatusOr<Rows> Run(Sql sql, std::span<const Value> values);
  absl::Status Commit();
  void Rollback();

  // What goes before every statement: whether it may start at all, and how long it may take.
  absl::Status Ready();
  // What goes after a failed one.
  absl::Status Fail(absl::Status status);

  bool is_open() const { return connection_ != nullptr; }
  Connection& connection() { return *connection_; }
  const RowScope& scope() const { return scope_; }
  Deadline deadline() const { return deadline_; }

  // Between CopyIn() and Finish() the connection understands nothing but rows.
  bool copying = false;
  std::vector<std::function<void()>> after_commit;

 private:
  void GiveBack(bool clean);

  Pool::Impl& pool_;
  std::unique_ptr<Connection> connection_;
  RowScope scope_;
  Deadline deadline_;
  std::chrono::milliseconds statement_timeout_;  // as the server knows it
  bool read_only_;
  bool failed_ = false;
};

}  // namespace pathways::storage
