// Writes rows by PostgreSQL's COPY.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/value.h"

namespace pathways::storage {

// Made by Transaction::CopyIn(). Destroyed without Finish(), it spoils the transaction: nothing of
// it can be committed.
class CopyWriter {
 public:
  CopyWriter(CopyWriter&&) noexcept;
  CopyWriter& operator=(CopyWriter&&) noexcept;
  ~CopyWriter();

  // One value a column. A row's own errors are found by the server and may come as late as
  // Finish().
  template <typename... Fields>
  absl::Status Write(const Fields&... fields) {
    const std::array<Value, sizeof...(Fields)> values{Value(fields)...};
    return WriteRow(values);
  }
  absl::Status WriteRow(std::span<const Value> fields);

  // Ends the copy; the number of rows.
  absl::StatusOr<std::int64_t> Finish();

 private:
  friend class Transaction;
  class Impl;
  explicit CopyWriter(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::storage
