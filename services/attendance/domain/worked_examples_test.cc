// The worked examples of the statutory guidance and the national methodology, from marks in
// registers to figures.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "libs/education/attendance_code.h"
#include "libs/education/percent.h"
#include "services/attendance/domain/figures.h"
#include "services/attendance/domain/running_sums.h"

namespace pathways::attendance {
namespace {

using namespace std::chrono_literals;
using education::Day;
using education::GroupMeasure;
using education::Percent;
using education::SessionSums;

struct Example {
  int number;
  // Sessions by code: "4 / 5 \\ 1 I".
  std::string marks;
  int possible, attended, authorised, unauthorised;
  std::string attendance, absence, authorised_rate, unauthorised_rate;
  bool persistent, severe;
};

void PrintTo(const Example& example, std::ostream* out) { *out << "example " << example.number; }

const std::vector<Example>& Examples() {
  static const std::vector<Example> examples = {
      {1, "5 / 5 \\", 10, 10, 0, 0, "100.0", "0.0", "0.0", "0.0", false, false},
      {2, "4 / 5 \\ 1 I", 10, 9, 1, 0, "90.0", "10.0", "10.0", "0.0", true, false},
      {3, "171 / 171 \\ 38 I", 380, 342, 38, 0, "90.0", "10.0", "10.0", "0.0", true, false},
      {4, "172 / 171 \\ 37 I", 380, 343, 37, 0, "90.3", "9.7", "9.7", "0.0", false, false},
      {5, "167 / 167 \\ 37 I 9 Y4", 371, 334, 37, 0, "90.0", "10.0", "10.0", "0.0", false, false},
      {6, "171 / 170 \\ 38 I 1 D", 379, 341, 38, 0, "90.0", "10.0", "10.0", "0.0", true, false},
      {7, "4 / 3 \\ 1 I 2 Y4", 8, 7, 1, 0, "87.5", "12.5", "12.5", "0.0", true, false},
      {8, "5 / 5 X", 5, 5, 0, 0, "100.0", "0.0", "0.0", "0.0", false, false},
      {9, "5 / 5 C2", 10, 5, 5, 0, "50.0", "50.0", "50.0", "0.0", true, true},
      {10, "45 / 45 \\ 10 C1", 100, 90, 10, 0, "90.0", "10.0", "10.0", "0.0", true, false},
      {11, "5 / 4 \\ 1 J1", 10, 9, 1, 0, "90.0", "10.0", "10.0", "0.0", true, false},
      {12, "3 / 3 \\ 4 D", 6, 6, 0, 0, "100.0", "0.0", "0.0", "0.0", false, false},
      {13, "1 / 1 \\ 2 O 6 D", 4, 2, 0, 2, "50.0", "50.0", "0.0", "50.0", true, true},
      {14, "48 / 48 \\ 14 I 10 O", 120, 96, 14, 10, "80.0", "20.0", "11.7", "8.3", true, false},
      {15, "125 / 125 \\ 10 I", 260, 250, 10, 0, "96.2", "3.8", "3.8", "0.0", false, false},
      {16, "1 O", 1, 0, 0, 1, "0.0", "100.0", "0.0", "100.0", true, true},
      {17, "1 \\", 1, 1, 0, 0, "100.0", "0.0", "0.0", "0.0", false, false},
      {18, "20 D", 0, 0, 0, 0, "z", "z", "z", "z", false, false},
      {19, "10 Q", 0, 0, 0, 0, "z", "z", "z", "z", false, false},
      {20, "4 / 4 \\ 1 L 1 U", 10, 9, 0, 1, "90.0", "10.0", "0.0", "10.0", true, false},
      {21, "4 / 4 \\ 2 N", 10, 8, 0, 2, "80.0", "20.0", "0.0", "20.0", true, false},
      {22, "4 / 4 \\ 2 I", 10, 8, 2, 0, "80.0", "20.0", "20.0", "0.0", true, false},
      {23, "4 / 4 \\ 2 O", 10, 8, 0, 2, "80.0", "20.0", "0.0", "20.0", true, false},
      {24, "2 / 4 B 2 K 1 V 1 P", 10, 10, 0, 0, "100.0", "0.0", "0.0", "0.0", false, false},
      {25, "2 / 2 \\ 6 E", 10, 4, 6, 0, "40.0", "60.0", "60.0", "0.0", true, true},
      {26, "40 Y5 29 / 29 \\ 2 I", 60, 58, 2, 0, "96.7", "3.3", "3.3", "0.0", false, false},
      {27, "4 / 3 \\ 1 - 2 #", 7, 7, 0, 0, "100.0", "0.0", "0.0", "0.0", false, false},
      {28, "150 / 150 \\ 10 I 50 S", 360, 300, 60, 0, "83.3", "16.7", "16.7", "0.0", true, false},
      {29, "5 / 4 \\ 9 I 1 O", 19, 9, 9, 1, "47.4", "52.6", "47.4", "5.3", true, true},
      {30, "5 / 5 \\ 9 I", 19, 10, 9, 0, "52.6", "47.4", "47.4", "0.0", true, false},
  };
  return examples;
}

// One pupil's registers from 2 September 2026 on, two marks a day.
std::vector<std::string> Registers(const std::string& marks) {
  const std::vector<std::string> words = absl::StrSplit(marks, ' ');
  std::string bytes;
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    bytes.append(static_cast<std::size_t>(std::stoi(words[i])),
                 education::AttendanceCode::FromText(words[i + 1])->byte());
  }
  if (bytes.size() % 2 != 0) bytes += '-';
  std::vector<std::string> days;
  for (std::size_t at = 0; at < bytes.size(); at += 2) days.push_back(bytes.substr(at, 2));
  return days;
}

SessionSums SumsOf(const std::string& marks) {
  SumsRow sums;
  Day day(2026y / 9 / 2);
  for (const std::string& pair : Registers(marks)) {
    AddDay(pair, day, sums);
    ++day;
  }
  return SumsAt(sums, 0);
}

class WorkedExamples : public ::testing::TestWithParam<Example> {};

TEST_P(WorkedExamples, Hold) {
  const Example& expected = GetParam();
  const SessionSums sums = SumsOf(expected.marks);
  EXPECT_EQ(sums.possible, expected.possible);
  EXPECT_EQ(sums.attended, expected.attended);
  EXPECT_EQ(sums.authorised, expected.authorised);
  EXPECT_EQ(sums.unauthorised, expected.unauthorised);
  EXPECT_EQ((Percent{sums.attended, sums.possible}.ToOneDecimal()), expected.attendance);
  EXPECT_EQ((Percent{sums.absent(), sums.possible}.ToOneDecimal()), expected.absence);
  EXPECT_EQ((Percent{sums.authorised, sums.possible}.ToOneDecimal()), expected.authorised_rate);
  EXPECT_EQ((Percent{sums.unauthorised, sums.possible}.ToOneDecimal()), expected.unauthorised_rate);
  EXPECT_EQ(education::IsPersistent(sums), expected.persistent);
  EXPECT_EQ(education::IsSevere(sums), expected.severe);
}

INSTANTIATE_TEST_SUITE_P(Each, WorkedExamples, ::testing::ValuesIn(Examples()),
                         [](const auto& test) { return std::to_string(test.param.number); });

EnrolmentFigures Figures(const std::string& marks) {
  static education::SequenceIdSource ids;
  return {{*education::Urn::FromInt(150000), *education::LaCode::FromInt(822)},
          education::EnrolmentId::New(ids),
          education::PupilId::New(ids),
          SumsOf(marks),
          {}};
}

TEST(GroupExamples, RatesAreSumsOverSumsAndEnrolmentsAreCounted) {
  std::vector<EnrolmentFigures> group = {Figures("100 /"), Figures("90 / 10 I"),
                                         Figures("10 / 10 I")};
  const GroupMeasure three = Measure(group, std::nullopt).at("Total");
  EXPECT_EQ((Percent{three.absent(), three.possible}.ToOneDecimal()), "9.1");
  EXPECT_EQ((Percent{three.persistent, three.enrolments}.ToOneDecimal()), "66.7");
  EXPECT_EQ((Percent{three.severe, three.enrolments}.ToOneDecimal()), "33.3");
  group.push_back(Figures("20 D"));
  EXPECT_EQ(Measure(group, std::nullopt).at("Total"), three);
}

TEST(GroupExamples, AValueNobodyHadASessionWithIsShownWithoutFigures) {
  const Breakdown groups =
      Measure(std::vector{Figures("20 D")}, education::BreakdownTopic::kSenProvision);
  ASSERT_TRUE(groups.contains("unknown"));
  EXPECT_EQ(groups.at("unknown"), GroupMeasure());
}

}  // namespace
}  // namespace pathways::attendance
