// Enumerations and the names they are stored and sent under.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace pathways::panel {

// The enumerators count from 0 in the order of the names.
template <typename Enum, std::size_t N>
class Names {
 public:
  consteval explicit Names(const std::string_view (&names)[N]) {
    std::copy(std::begin(names), std::end(names), names_.begin());
  }

  constexpr std::string_view Of(Enum value) const {
    return names_[static_cast<std::size_t>(value)];
  }
  constexpr std::optional<Enum> Parse(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<Enum>(found - names_.begin());
  }
  static constexpr std::size_t size() { return N; }

 private:
  std::array<std::string_view, N> names_;
};

template <typename Enum, std::size_t N>
consteval Names<Enum, N> MakeNames(const std::string_view (&names)[N]) {
  return Names<Enum, N>(names);
}

}  // namespace pathways::panel
