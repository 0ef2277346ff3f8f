#include "services/exclusions/domain/half_days.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathways::exclusions {
namespace {

constexpr std::int64_t kMost = 2000;

}  // namespace

absl::StatusOr<HalfDays> HalfDays::FromInt(std::int64_t half_days) {
  if (half_days < 0 || half_days > kMost) {
    return absl::InvalidArgumentError(
        absl::StrCat("must be a number of half days from 0 to ", kMost));
  }
  return HalfDays(static_cast<int>(half_days));
}

std::string HalfDays::ToDays() const {
  return absl::StrCat(count_ / 2, count_ % 2 == 0 ? "" : ".5");
}

std::string HalfDays::ToWords() const {
  if (count_ == 1) return "half a day";
  return absl::StrCat(ToDays(), count_ == 2 ? " day" : " days");
}

}  // namespace pathways::exclusions
