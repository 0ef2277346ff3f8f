#pragma once

#include <string_view>

namespace pathways::tabular {

/// True when a spreadsheet would take `cell` for a formula: it starts with = + - @, a tab or a line
/// break, and is neither a plain number (-3, +44.5) nor that one character alone (`-` is how
/// registers write "no mark"). Source: OWASP, "CSV Injection".
bool LooksLikeFormula(std::string_view cell);

/// True when CsvWriter puts an apostrophe in front of `cell`: it looks like a formula, now or once
/// leading apostrophes are gone. (The second half makes guard and strip exact opposites.)
bool NeedsFormulaGuard(std::string_view cell);

/// `cell` without the apostrophe that CsvWriter or a careful person put in front of a formula; any
/// other cell as it is.
std::string_view StripFormulaGuard(std::string_view cell);

}  // namespace pathways::tabular
