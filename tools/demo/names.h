// Names of nobody.
#pragma once

#include <span>
#include <string_view>

namespace pathways::demo {

std::span<const std::string_view> BoysForenames();
std::span<const std::string_view> GirlsForenames();
// With apostrophes, hyphens, accents and spaces among them, because real rolls have them.
std::span<const std::string_view> Surnames();

}  // namespace pathways::demo
