#include "libs/tabular/dates.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace pathways::tabular {
namespace {

using std::chrono::year_month_day;

// Outside these a year is a typing error.
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

struct Part {
  int value = 0;
  size_t digits = 0;
};
using Parts = std::array<Part, 3>;

// Takes one to four digits off the front.
std::optional<Part> TakePart(std::string_view* text) {
  Part part;
  while (!text->empty() && part.digits < 4 && text->front() >= '0' && text->front() <= '9') {
    part.value = part.value * 10 + (text->front() - '0');
    ++part.digits;
    text->remove_prefix(1);
  }
  return part.digits > 0 ? std::optional(part) : std::nullopt;
}

// Three numbers with `separator` between them, and nothing else.
std::optional<Parts> CutDate(std::string_view text, char separator) {
  Parts parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      if (text.empty() || text.front() != separator) return std::nullopt;
      text.remove_prefix(1);
    }
    const std::optional<Part> part = TakePart(&text);
    if (!part) return std::nullopt;
    parts[i] = *part;
  }
  return text.empty() ? std::optional(parts) : std::nullopt;
}

std::optional<Parts> CutIso(std::string_view text) {
  const std::optional<Parts> parts = CutDate(text, '-');
  if (!parts || (*parts)[0].digits != 4 || (*parts)[1].digits != 2 || (*parts)[2].digits != 2)
    return std::nullopt;
  return parts;
}

std::optional<Parts> CutSlash(std::string_view text, size_t year_digits = 4) {
  const std::optional<Parts> parts = CutDate(text, '/');
  if (!parts || (*parts)[0].digits > 2 || (*parts)[1].digits > 2 ||
      (*parts)[2].digits != year_digits) {
    return std::nullopt;
  }
  return parts;
}

std::optional<year_month_day> MakeDate(Part year, Part month, Part day) {
  if (year.value < kFirstYear || year.value > kLastYear) return std::nullopt;
  const year_month_day date(std::chrono::year(year.value),
                            std::chrono::month(static_cast<unsigned>(month.value)),
                            std::chrono::day(static_cast<unsigned>(day.value)));
  return date.ok() ? std::optional(date) : std::nullopt;
}

// The day a spreadsheet's date number stands for, as text; nothing when `text` is not such a
// number. Spreadsheets count from 30 December 1899 (the Excel 1900 date system, right from 1 March
// 1900 on). Five digits reach from 1927 to 2173.
std::optional<std::string> ReadSerial(std::string_view text) {
  constexpr std::chrono::sys_days kDayZero{std::chrono::year(1899) / 12 / 30};
  constexpr size_t kDigits = 5;
  const std::string_view whole = text.substr(0, text.find('.'));
  const std::string_view fraction = text.substr(std::min(text.size(), whole.size() + 1));
  const auto digits_only = [](std::string_view t) {
    return std::all_of(t.begin(), t.end(), absl::ascii_isdigit);
  };
  if (whole.size() != kDigits || whole.front() == '0' || !digits_only(whole) ||
      !digits_only(fraction)) {
    return std::nullopt;
  }
  int days = 0;
  for (const char c : whole) days = days * 10 + (c - '0');
  const year_month_day date(kDayZero + std::chrono::days(days));
  return absl::StrFormat("%04d-%02d-%02d", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

bool HasLetter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), absl::ascii_isalpha);
}

std::string WriteAs(DateForm form) {
  return absl::StrFormat("Write the date as %s.", DateFormName(form));
}

Problem DateProblem(std::string_view text, std::string reason, std::string advice,
                    std::string code) {
  return {.value = Excerpt(text),
          .reason = std::move(reason),
          .advice = std::move(advice),
          .code = std::move(code)};
}

bool IsInForm(std::string_view text, DateForm form) {
  return form == DateForm::kIso ? CutIso(text).has_value() : CutSlash(text).has_value();
}

}  // namespace

std::string_view DateFormName(DateForm form) {
  switch (form) {
    case DateForm::kIso:
      return "yyyy-mm-dd";
    case DateForm::kDayFirst:
      return "dd/mm/yyyy";
    case DateForm::kMonthFirst:
      return "mm/dd/yyyy";
  }
  return "";
}

std::optional<year_month_day> ParseDate(std::string_view text, DateForm form) {
  const std::optional<Parts> parts = form == DateForm::kIso ? CutIso(text) : CutSlash(text);
  if (!parts) return std::nullopt;
  const auto& [first, second, third] = *parts;
  switch (form) {
    case DateForm::kIso:
      return MakeDate(first, second, third);
    case DateForm::kDayFirst:
      return MakeDate(third, second, first);
    case DateForm::kMonthFirst:
      return MakeDate(third, first, second);
  }
  return std::nullopt;
}

Problem ExplainDate(std::string_view text, DateForm form) {
  if (text.empty()) return DateProblem(text, "The date is missing.", WriteAs(form), "date_missing");
  if (const std::optional<std::string> date = ReadSerial(text)) {
    return DateProblem(
        text, absl::StrFormat("This is a spreadsheet’s number for the date %s.", *date),
        "Format the column as a date in the spreadsheet and save the CSV file again.",
        "date_excel_serial");
  }
  if (IsInForm(text, form)) {
    return DateProblem(text,
                       absl::StrFormat("There is no such day, read as %s.", DateFormName(form)),
                       "Correct the date.", "date_not_in_calendar");
  }
  if (CutIso(text) || CutSlash(text)) {
    return DateProblem(text,
                       absl::StrFormat("The other dates of this file are %s.", DateFormName(form)),
                       WriteAs(form), "date_other_form");
  }
  if (CutSlash(text, 2)) {
    return DateProblem(text, "The year has two digits, so the century is not known.", WriteAs(form),
                       "date_two_digit_year");
  }
  if (HasLetter(text)) {
    return DateProblem(text, "The date has letters in it.", WriteAs(form), "date_month_name");
  }
  return DateProblem(text, "This cannot be read as a date.", WriteAs(form), "date_unreadable");
}

void DateFormDetector::See(std::string_view cell, int64_t row, std::string_view column) {
  if (cell.empty()) return;
  if (CutIso(cell)) return Note(iso_, cell, row, column);
  const std::optional<Parts> slash = CutSlash(cell);
  if (!slash) return;
  const int first = (*slash)[0].value;
  const int second = (*slash)[1].value;
  if (first <= 12 && second <= 12) {
    Note(either_, cell, row, column);
  } else if (second <= 12) {
    Note(day_first_, cell, row, column);
  } else if (first <= 12) {
    Note(month_first_, cell, row, column);
  }
}

void DateFormDetector::Note(std::optional<Sighting>& slot, std::string_view cell, int64_t row,
                            std::string_view column) {
  if (!slot) slot = Sighting{.row = row, .column = std::string(column), .value = std::string(cell)};
}

std::optional<DateForm> DateFormDetector::form() const {
  if (mixed()) return std::nullopt;
  if (iso_) return DateForm::kIso;
  if (day_first_) return DateForm::kDayFirst;
  if (month_first_) return DateForm::kMonthFirst;
  return std::nullopt;
}

bool DateFormDetector::ambiguous() const {
  return either_ && !iso_ && !day_first_ && !month_first_;
}

bool DateFormDetector::mixed() const {
  const bool slash = day_first_ || month_first_ || either_;
  return (iso_ && slash) || (day_first_ && month_first_);
}

std::optional<Problem> DateFormDetector::problem() const {
  if (ambiguous()) {
    return Problem{.row = either_->row,
                   .column = either_->column,
                   .value = Excerpt(either_->value),
                   .reason = "Every date in this file could have its day first or its month first.",
                   .advice = "Say which it is, or write the dates as yyyy-mm-dd.",
                   .code = "dates_ambiguous"};
  }
  if (!mixed()) return std::nullopt;
  // Two proofs against each other; the later one is where the person should look.
  const Sighting* slash = day_first_ ? &*day_first_ : month_first_ ? &*month_first_ : &*either_;
  const Sighting* other = iso_ ? &*iso_ : &*month_first_;
  const auto& [earlier, later] =
      slash->row <= other->row ? std::pair(slash, other) : std::pair(other, slash);
  return Problem{
      .row = later->row,
      .column = later->column,
      .value = Excerpt(later->value),
      .reason = absl::StrFormat("The dates are not all written the same way: row %d has “%s”.",
                                earlier->row, Excerpt(earlier->value)),
      .advice = "Write every date in the file the same way, best as yyyy-mm-dd.",
      .code = "dates_mixed"};
}

}  // namespace pathways::tabular
