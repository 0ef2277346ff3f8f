// Private to this library.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <pqxx/stream_to>
#include <span>
#include <string_view>

#include "libs/storage/copy_writer.h"
#include "libs/storage/transaction_impl.h"

namespace pathways::storage {

class CopyWriter::Impl {
 public:
  static absl::StatusOr<CopyWriter> Start(Transaction::Impl& transaction, std::string_view table,
                                          std::initializer_list<std::string_view> columns);
  Impl(Transaction::Impl& transaction, std::string_view table,
       std::initializer_list<std::string_view> columns);

  absl::Status Write(std::span<const Value> fields);
  absl::StatusOr<std::int64_t> Finish();

 private:
  Transaction::Impl& transaction_;
  pqxx::stream_to stream_;
  std::size_t columns_;
  std::int64_t rows_ = 0;
  bool failed_ = false;
};

}  // namespace pathways::storage
