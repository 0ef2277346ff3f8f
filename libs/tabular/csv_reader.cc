#include "libs/tabular/csv_reader.h"

#include <utility>

#include "libs/tabular/csv_parser.h"

namespace pathways::tabular {

CsvReader::CsvReader(CsvLimits limits, CsvCallbacks callbacks)
    : parser_(std::make_unique<Parser>(limits, std::move(callbacks))) {}

CsvReader::~CsvReader() = default;

absl::Status CsvReader::Feed(std::string_view chunk) { return parser_->Feed(chunk); }

absl::Status CsvReader::Finish() { return parser_->Finish(); }

char CsvReader::delimiter() const { return parser_->delimiter(); }

}  // namespace pathways::tabular
