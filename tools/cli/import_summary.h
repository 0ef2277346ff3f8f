// What came of an import, in words.
#pragma once

#include <string>

#include "pathways/common/v1/import.pb.h"
#include "tools/cli/arguments.h"

namespace pathways::cli {

// Rows read, kept and refused; what the kept ones did; remarks; the first problems as a table.
std::string Summarise(const common::v1::ImportReport& report, ImportKind kind);

// 0 all good, 1 part refused, 2 nothing done.
ExitCode ExitCodeOf(const common::v1::ImportReport& report);

// The problems of a report (the first 100) as CSV: row,column,value,reason,advice.
std::string ProblemsCsv(const common::v1::ImportReport& report);

}  // namespace pathways::cli
