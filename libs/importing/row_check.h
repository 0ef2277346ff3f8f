// Checks the cells of one row and refuses the row with everything that is wrong with it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "libs/importing/refusals.h"
#include "libs/tabular/csv_reader.h"
#include "libs/tabular/formula.h"
#include "libs/tabular/header.h"

namespace pathways::importing {

// Columns are indices into the importer's columns(). Lives for one row.
class RowCheck {
 public:
  RowCheck(const tabular::Record& record, const tabular::HeaderMap& header, Refusals& refusals)
      : record_(record), header_(header), refusals_(refusals) {}

  // The cell without a formula guard; empty when the file does not have the column.
  std::string_view Cell(std::size_t column) const {
    return tabular::StripFormulaGuard(header_.Cell(record_.fields, column));
  }

  // Text that may not be empty and may not be a formula.
  std::string Text(std::size_t column, std::string_view what) {
    const std::string_view cell = Cell(column);
    if (cell.empty())
      Refuse(column, std::string(what) + " is missing.", "Fill it in.", "missing_value");
    return OptionalText(column);
  }
  std::string OptionalText(std::size_t column) {
    const std::string_view cell = header_.Cell(record_.fields, column);
    if (tabular::LooksLikeFormula(cell)) {
      Refuse(column, "It is a formula.", "Put the value there instead of a formula.", "formula");
    }
    return std::string(tabular::StripFormulaGuard(cell));
  }

  // What `parse` makes of the cell; refuses the row with its message when it cannot.
  template <typename Parse>
  auto Parsed(std::size_t column, Parse parse, std::string_view code, std::string_view advice)
      -> std::optional<std::decay_t<decltype(*parse(std::string_view()))>> {
    auto value = parse(Cell(column));
    if (value.ok()) return *std::move(value);
    Refuse(column, std::string(value.status().message()), advice, code);
    return std::nullopt;
  }

  void Refuse(std::size_t column, std::string reason, std::string_view advice,
              std::string_view code) {
    ok_ = false;
    refusals_.Add({.row = record_.row_number,
                   .column = header_.name(column),
                   .value = tabular::Excerpt(header_.Cell(record_.fields, column)),
                   .reason = std::move(reason),
                   .advice = std::string(advice),
                   .code = std::string(code)},
                  record_.raw);
  }

  bool ok() const { return ok_; }
  const tabular::Record& record() const { return record_; }

 private:
  const tabular::Record& record_;
  const tabular::HeaderMap& header_;
  Refusals& refusals_;
  bool ok_ = true;
};

}  // namespace pathways::importing
