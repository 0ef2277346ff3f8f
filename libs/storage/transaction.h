// One transaction on one connection of the pool.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/copy_writer.h"
#include "libs/storage/deadline.h"
#include "libs/storage/row_scope.h"
#include "libs/storage/rows.h"
#include "libs/storage/sql.h"
#include "libs/storage/value.h"

namespace pathways::storage {

// Begun by Pool::Begin(). Rolled back when it is destroyed without Commit(). After an error nothing
// but destruction (or Rollback()) is useful: PostgreSQL refuses the rest of the transaction. One
// thread at a time.
//
// No statement runs past the transaction's deadline: the server is told the time left, and a
// connection that does not answer is cut shortly after.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  // Errors: see errors.h. Parameters are $1, $2, ...; see value.h for what can be one.
  template <typename... Params>
  absl::StatusOr<Rows> Query(Sql sql, const Params&... params) {
    const std::array<Value, sizeof...(Params)> values{Value(params)...};
    return Run(sql, values);
  }

  // The number of rows written.
  template <typename... Params>
  absl::StatusOr<std::int64_t> Execute(Sql sql, const Params&... params) {
    auto rows = Query(sql, params...);
    if (!rows.ok()) return rows.status();
    return rows->affected();
  }

  // NOT_FOUND when there is no row, INTERNAL when there are several.
  template <typename... Params>
  absl::StatusOr<Row> QueryOne(Sql sql, const Params&... params) {
    return One(Query(sql, params...));
  }

  // Nothing when there is no row, INTERNAL when there are several.
  template <typename... Params>
  absl::StatusOr<std::optional<Row>> QueryOptional(Sql sql, const Params&... params) {
    return AtMostOne(Query(sql, params...));
  }

  // With parameters counted at run time.
  absl::StatusOr<Rows> Run(Sql sql, std::span<const Value> values);

  // Rows by COPY, several times faster than inserts. `table` may be a temporary one; names are our
  // own, not quoted. PostgreSQL refuses COPY into a table with row-level security (INTERNAL): copy
  // into a temporary table
  // (`create temporary table ... on commit drop`) and insert from it. While the writer lives, use
  // nothing else here.
  absl::StatusOr<CopyWriter> CopyIn(std::string_view table,
                                    std::initializer_list<std::string_view> columns);

  // Once. UNAVAILABLE with IsInDoubt() when the connection was lost before the answer came.
  absl::Status Commit();
  void Rollback();
  // Neither committed nor rolled back.
  bool is_open() const;

  // Run by the committing thread after a successful Commit(), in order of addition; the connection
  // is back in the pool by then. Must not throw.
  void AfterCommit(std::function<void()> callback);

  const RowScope& scope() const;
  Deadline deadline() const;

 private:
  friend class Pool;
  friend class CopyWriter;
  class Impl;
  explicit Transaction(std::unique_ptr<Impl> impl);

  static absl::StatusOr<Row> One(const absl::StatusOr<Rows>& rows);
  static absl::StatusOr<std::optional<Row>> AtMostOne(const absl::StatusOr<Rows>& rows);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::storage
