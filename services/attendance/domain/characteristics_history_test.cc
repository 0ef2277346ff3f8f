#include "services/attendance/domain/characteristics_history.h"

#include <gtest/gtest.h>

#include <chrono>

namespace pathways::attendance {
namespace {

using namespace std::chrono_literals;
using education::Day;
using education::SenProvision;

education::PupilCharacteristics Sen(SenProvision provision) {
  education::PupilCharacteristics values;
  values.sen_provision = provision;
  return values;
}

TEST(CharacteristicsHistory, FirstKnownValuesHoldForAllDaysBefore) {
  CharacteristicsHistory history;
  history.Add(Day(2026y / 10 / 1), Sen(SenProvision::kSupport));
  EXPECT_EQ(history.On(Day(2020y / 1 / 1)).sen_provision, SenProvision::kSupport);
}

TEST(CharacteristicsHistory, ValuesHoldFromTheirDay) {
  CharacteristicsHistory history;
  history.Add(std::nullopt, Sen(SenProvision::kNone));
  history.Add(Day(2026y / 10 / 1), Sen(SenProvision::kSupport));
  EXPECT_EQ(history.On(Day(2026y / 9 / 30)).sen_provision, SenProvision::kNone);
  EXPECT_EQ(history.On(Day(2026y / 10 / 1)).sen_provision, SenProvision::kSupport);
}

TEST(CharacteristicsHistory, OfValuesForOneDayTheLastCounts) {
  CharacteristicsHistory history;
  history.Add(Day(2026y / 10 / 1), Sen(SenProvision::kSupport));
  history.Add(Day(2026y / 10 / 1), Sen(SenProvision::kEducationHealthAndCarePlan));
  EXPECT_EQ(history.On(Day(2026y / 11 / 1)).sen_provision,
            SenProvision::kEducationHealthAndCarePlan);
}

TEST(CharacteristicsHistory, NothingRecordedIsNothingKnown) {
  EXPECT_EQ(CharacteristicsHistory().On(Day(2026y / 10 / 1)), education::PupilCharacteristics());
}

TEST(GroupDay, IsTheEnrolmentsLastDayWhenThatIsEarlier) {
  EXPECT_EQ(GroupDay(Day(2026y / 12 / 31), Day(2026y / 10 / 9)), Day(2026y / 10 / 9));
  EXPECT_EQ(GroupDay(Day(2026y / 9 / 30), Day(2026y / 10 / 9)), Day(2026y / 9 / 30));
  EXPECT_EQ(GroupDay(Day(2026y / 9 / 30), std::nullopt), Day(2026y / 9 / 30));
}

}  // namespace
}  // namespace pathways::attendance
