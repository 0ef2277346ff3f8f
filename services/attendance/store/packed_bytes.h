// Many octet strings as one parameter: an array of bytea would be written as hexadecimal text,
// twice the size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/storage/codec.h"

namespace pathways::attendance {

// In SQL: substr($data, start, length) for each row of unnest($starts, $lengths).
class PackedBytes {
 public:
  void Add(std::string_view bytes) {
    starts_.push_back(static_cast<std::int32_t>(data_.data.size()) + 1);
    lengths_.push_back(static_cast<std::int32_t>(bytes.size()));
    data_.data.append(bytes);
  }
  std::size_t size() const { return data_.data.size(); }
  const std::vector<std::int32_t>& starts() const { return starts_; }
  const std::vector<std::int32_t>& lengths() const { return lengths_; }
  const storage::Bytes& data() const { return data_; }

 private:
  std::vector<std::int32_t> starts_;
  std::vector<std::int32_t> lengths_;
  storage::Bytes data_;
};

}  // namespace pathways::attendance
