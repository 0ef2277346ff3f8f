#include "libs/tabular/formula.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"

namespace pathways::tabular {
namespace {

size_t CountDigits(std::string_view text) {
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), absl::ascii_isdigit) -
                             text.begin());
}

// A sign, digits, and perhaps a point and digits.
bool IsSignedNumber(std::string_view cell) {
  if (cell.front() != '+' && cell.front() != '-') return false;
  cell.remove_prefix(1);
  const size_t whole = CountDigits(cell);
  if (whole == 0 || whole == cell.size()) return whole > 0;
  const std::string_view fraction = cell.substr(whole + 1);
  return cell[whole] == '.' && !fraction.empty() && CountDigits(fraction) == fraction.size();
}

}  // namespace

bool LooksLikeFormula(std::string_view cell) {
  constexpr std::string_view kStarts = "=+-@\t\r\n";
  if (cell.size() < 2 || kStarts.find(cell.front()) == std::string_view::npos) return false;
  return !IsSignedNumber(cell);
}

bool NeedsFormulaGuard(std::string_view cell) {
  const size_t start = cell.find_first_not_of('\'');
  return start != std::string_view::npos && LooksLikeFormula(cell.substr(start));
}

std::string_view StripFormulaGuard(std::string_view cell) {
  const bool guarded = cell.starts_with('\'') && NeedsFormulaGuard(cell);
  return guarded ? cell.substr(1) : cell;
}

}  // namespace pathways::tabular
