#include "services/exclusions/domain/notice.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pathways::exclusions {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"", "delivered", "post", "email", "in_person"};
constexpr int kPostWorkingDays = 2;

}  // namespace

std::string_view DeliveryName(Delivery how) { return kNames[static_cast<std::size_t>(how)]; }

std::optional<Delivery> DeliveryFromName(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Delivery>(found - kNames.begin());
}

education::Day GivenOn(education::Day sent, Delivery how,
                       const education::WorkingCalendar& calendar) {
  return how == Delivery::kPost ? calendar.AddWorkingDays(sent, kPostWorkingDays) : sent;
}

}  // namespace pathways::exclusions
