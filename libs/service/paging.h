// Pages of a list, by offset. A token never holds a value of a row: it ends up in addresses of
// pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::service {

struct OffsetPage {
  std::int64_t offset = 0;
  std::int64_t size = 0;

  struct Bounds {
    std::int32_t otherwise;  // size when the request says 0
    std::int32_t most;
  };
  // INVALID_ARGUMENT naming page_size or page_token.
  static absl::StatusOr<OffsetPage> Read(std::int32_t page_size, std::string_view page_token,
                                         Bounds bounds);

  // The token of the page after `shown` rows.
  std::string TokenAfter(std::size_t shown) const;
  // The same, or empty when `total` rows are all shown.
  std::string NextToken(std::size_t shown, std::int64_t total) const;
};

}  // namespace pathways::service
