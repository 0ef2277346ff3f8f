#include "libs/service/paging.h"

#include "absl/strings/numbers.h"
#include "libs/service/status.h"

namespace pathways::service {

absl::StatusOr<OffsetPage> OffsetPage::Read(std::int32_t page_size, std::string_view page_token,
                                            Bounds bounds) {
  FieldViolations wrong;
  OffsetPage page{.offset = 0, .size = page_size == 0 ? bounds.otherwise : page_size};
  if (page_size < 0 || page_size > bounds.most) {
    wrong.Add("page_size", "Ask for 1 to " + std::to_string(bounds.most) + " rows, or 0");
  }
  const absl::string_view token(page_token.data(), page_token.size());
  if (!token.empty() && (!absl::SimpleAtoi(token, &page.offset) || page.offset < 0)) {
    wrong.Add("page_token", "Send the token of the last answer, or none");
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return page;
}

std::string OffsetPage::TokenAfter(std::size_t shown) const {
  return std::to_string(offset + static_cast<std::int64_t>(shown));
}

std::string OffsetPage::NextToken(std::size_t shown, std::int64_t total) const {
  return offset + static_cast<std::int64_t>(shown) < total ? TokenAfter(shown) : std::string();
}

}  // namespace pathways::service
