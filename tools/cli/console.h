// Where the command line speaks.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace pathways::cli {

struct Console {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
};

// "1,234,567".
std::string WithCommas(std::int64_t number);
// "1,234 rows", "1 row". `plural` where it is not the word and an s.
std::string Count(std::int64_t number, std::string_view word, std::string_view plural = "");

// Columns side by side under their names, two spaces apart, each line ended. Control characters,
// which could do things to a terminal, are shown as '?'.
std::string FormatTable(const std::vector<std::string>& names,
                        const std::vector<std::vector<std::string>>& rows);

// What to tell somebody: the values to correct, by the name of their option, or the message.
std::string Explain(const absl::Status& status);

// Prints it as an error.
void Complain(Console& console, std::string_view subject, const absl::Status& status);

}  // namespace pathways::cli
