#include "libs/tabular/dates.h"

#include <gtest/gtest.h>

#include <vector>

namespace pathways::tabular {
namespace {

using std::chrono::year_month_day;
using std::chrono_literals::operator""y;

DateFormDetector Detect(const std::vector<std::string_view>& cells) {
  DateFormDetector detector;
  int64_t row = 1;
  for (const std::string_view cell : cells) detector.See(cell, ++row, "date");
  return detector;
}

TEST(ParseDate, ReadsTheFormAskedForOnly) {
  EXPECT_EQ(ParseDate("2025-09-03", DateForm::kIso), 2025y / 9 / 3);
  EXPECT_EQ(ParseDate("03/09/2025", DateForm::kDayFirst), 2025y / 9 / 3);
  EXPECT_EQ(ParseDate("3/9/2025", DateForm::kDayFirst), 2025y / 9 / 3);
  EXPECT_EQ(ParseDate("03/09/2025", DateForm::kMonthFirst), 2025y / 3 / 9);
  EXPECT_EQ(ParseDate("29/02/2024", DateForm::kDayFirst), 2024y / 2 / 29);
  EXPECT_EQ(ParseDate("03/09/2025", DateForm::kIso), std::nullopt);
  EXPECT_EQ(ParseDate("2025-09-03", DateForm::kDayFirst), std::nullopt);
}

TEST(ParseDate, RefusesWhatIsNotADay) {
  for (const std::string_view text :
       {"2025-02-29", "2025-13-01", "2025-00-01", "2025-9-3", "0025-09-03", "2025-09-03 ",
        "20250903", "2025-09-", "-2025-09-03", "2025/09/03", "2025-09-031", ""}) {
    EXPECT_EQ(ParseDate(text, DateForm::kIso), std::nullopt) << text;
  }
  for (const std::string_view text : {"31/06/2025", "00/01/2025", "03/09/25", "03/09/20255",
                                      "003/09/2025", "3//2025", "03-09-2025", "+3/09/2025"}) {
    EXPECT_EQ(ParseDate(text, DateForm::kDayFirst), std::nullopt) << text;
  }
}

TEST(ExplainDate, SaysWhatIsWrong) {
  EXPECT_EQ(ExplainDate("", DateForm::kIso).code, "date_missing");
  EXPECT_EQ(ExplainDate("2025-02-29", DateForm::kIso).code, "date_not_in_calendar");
  EXPECT_EQ(ExplainDate("03/09/2025", DateForm::kIso).code, "date_other_form");
  EXPECT_EQ(ExplainDate("2025-09-03", DateForm::kDayFirst).code, "date_other_form");
  EXPECT_EQ(ExplainDate("03/09/25", DateForm::kDayFirst).code, "date_two_digit_year");
  EXPECT_EQ(ExplainDate("3-Sep-25", DateForm::kDayFirst).code, "date_month_name");
  EXPECT_EQ(ExplainDate("2025/09/03", DateForm::kDayFirst).code, "date_unreadable");
  EXPECT_EQ(ExplainDate("03/09/25", DateForm::kDayFirst).advice, "Write the date as dd/mm/yyyy.");
  EXPECT_EQ(ExplainDate("2025-02-29", DateForm::kIso).value, "2025-02-29");
}

TEST(ExplainDate, KnowsASpreadsheetsNumberForADate) {
  const Problem problem = ExplainDate("45901", DateForm::kIso);
  EXPECT_EQ(problem.code, "date_excel_serial");
  EXPECT_EQ(problem.reason, "This is a spreadsheet’s number for the date 2025-09-01.");
  EXPECT_EQ(ExplainDate("45901.5", DateForm::kIso).code, "date_excel_serial");
  EXPECT_EQ(ExplainDate("05901", DateForm::kIso).code, "date_unreadable");
  EXPECT_EQ(ExplainDate("459011", DateForm::kIso).code, "date_unreadable");
}

TEST(DateFormDetector, FindsTheForm) {
  EXPECT_EQ(Detect({"", "2025-09-01"}).form(), DateForm::kIso);
  EXPECT_EQ(Detect({"01/09/2025", "15/09/2025"}).form(), DateForm::kDayFirst);
  EXPECT_EQ(Detect({"09/01/2025", "09/15/2025"}).form(), DateForm::kMonthFirst);
  EXPECT_EQ(Detect({"", "45901", "soon"}).form(), std::nullopt);
  EXPECT_EQ(Detect({"15/09/2025", "45901"}).problem(), std::nullopt);
}

TEST(DateFormDetector, AsksWhenEveryDateCouldBeEither) {
  const DateFormDetector detector = Detect({"", "01/09/2025", "02/09/2025"});
  EXPECT_TRUE(detector.ambiguous());
  EXPECT_EQ(detector.form(), std::nullopt);
  ASSERT_TRUE(detector.problem().has_value());
  EXPECT_EQ(detector.problem()->code, "dates_ambiguous");
  EXPECT_EQ(detector.problem()->row, 3);
  EXPECT_EQ(detector.problem()->value, "01/09/2025");
  EXPECT_TRUE(Detect({"12/12/2025"}).ambiguous());
  EXPECT_FALSE(Detect({"01/09/2025", "13/09/2025"}).ambiguous());
  EXPECT_FALSE(Detect({"01/09/2025", "09/13/2025"}).ambiguous());
}

TEST(DateFormDetector, RefusesMixedForms) {
  const std::vector<std::vector<std::string_view>> files = {
      {"2025-09-01", "01/09/2025"}, {"15/09/2025", "2025-09-01"}, {"15/09/2025", "09/15/2025"}};
  for (const auto& file : files) {
    const DateFormDetector detector = Detect(file);
    EXPECT_TRUE(detector.mixed());
    EXPECT_FALSE(detector.ambiguous());
    EXPECT_EQ(detector.form(), std::nullopt);
    ASSERT_TRUE(detector.problem().has_value());
    EXPECT_EQ(detector.problem()->code, "dates_mixed");
    EXPECT_EQ(detector.problem()->row, 3);
    EXPECT_EQ(detector.problem()->value, file[1]);
    EXPECT_NE(detector.problem()->reason.find(file[0]), std::string::npos);
  }
}

}  // namespace
}  // namespace pathways::tabular
