#include "libs/importing/file_dates.h"

#include <utility>

namespace pathways::importing {

void FileDates::Decide(Refusals& refusals) {
  if (asked_ == common::v1::DATE_FORM_DAY_MONTH_YEAR) {
    form_ = tabular::DateForm::kDayFirst;
    return;
  }
  if (asked_ == common::v1::DATE_FORM_ISO) return;
  if (auto problem = detector_.problem()) {
    problem->row = 0;
    refusals.Add(*std::move(problem));
    return;
  }
  form_ = detector_.form().value_or(tabular::DateForm::kIso);
  if (form_ != tabular::DateForm::kMonthFirst) return;
  refusals.Add({.row = 0,
                .column = "",
                .value = "",
                .reason = "The dates are written with the month first.",
                .advice = "Write them as 2026-09-30 or 30/09/2026 and send the file again.",
                .code = "dates_month_first"});
}

std::optional<education::Day> FileDates::Read(std::string_view cell, std::int64_t row,
                                              std::string_view column, std::string_view raw,
                                              Refusals& refusals) const {
  if (const auto date = tabular::ParseDate(cell, form_)) {
    const auto day = education::Day::FromYearMonthDay(int(date->year()),
                                                      static_cast<int>(unsigned(date->month())),
                                                      static_cast<int>(unsigned(date->day())));
    if (day.ok()) return *day;
  }
  tabular::Problem problem = tabular::ExplainDate(cell, form_);
  problem.row = row;
  problem.column = std::string(column);
  refusals.Add(std::move(problem), raw);
  return std::nullopt;
}

}  // namespace pathways::importing
