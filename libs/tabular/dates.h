#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/tabular/problem.h"

namespace pathways::tabular {

/// How a file writes its dates. One form a file.
enum class DateForm {
  kIso,         ///< yyyy-mm-dd
  kDayFirst,    ///< dd/mm/yyyy, with or without leading zeros
  kMonthFirst,  ///< mm/dd/yyyy: read only when a person said so, or the dates allow nothing else
};

/// The form in words, as shown to people: "dd/mm/yyyy".
std::string_view DateFormName(DateForm form);

/// The date `text` means in `form`; nothing when it is in another form or not a day of the
/// calendar.
std::optional<std::chrono::year_month_day> ParseDate(std::string_view text, DateForm form);

/// Why ParseDate refused `text`, and what to do: reason, advice, value and code are filled, row and
/// column are the caller's. Codes: `date_missing`, `date_excel_serial` (45901),
/// `date_two_digit_year`, `date_month_name`, `date_other_form`, `date_not_in_calendar`,
/// `date_unreadable`.
Problem ExplainDate(std::string_view text, DateForm form);

/// Finds a file's date form from its cells. Cells in no form we read are left to ExplainDate. Not
/// thread-safe.
class DateFormDetector {
 public:
  /// Takes a cell into account; an empty one says nothing. `row` and `column` serve problem() only.
  void See(std::string_view cell, int64_t row, std::string_view column);

  /// The form as far as it is proved: ISO by any ISO date, day first or month first by a slash date
  /// that can be nothing else. Nothing when no date was seen, when slash dates could be either, or
  /// when forms are mixed.
  std::optional<DateForm> form() const;

  /// Slash dates were seen, and every one of them has both numbers up to 12: a person must say
  /// which comes first.
  bool ambiguous() const;

  /// Dates of more than one form were seen.
  bool mixed() const;

  /// What to tell the person: `dates_mixed` or `dates_ambiguous`; nothing when the form is clear or
  /// no date was seen.
  std::optional<Problem> problem() const;

 private:
  /// First cell that proved something, kept to point at.
  struct Sighting {
    int64_t row = 0;
    std::string column;
    std::string value;
  };

  static void Note(std::optional<Sighting>& slot, std::string_view cell, int64_t row,
                   std::string_view column);

  std::optional<Sighting> iso_;
  std::optional<Sighting> day_first_;
  std::optional<Sighting> month_first_;
  std::optional<Sighting> either_;
};

}  // namespace pathways::tabular
