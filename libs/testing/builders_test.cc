#include "libs/testing/builders.h"

#include <gtest/gtest.h>

#include <set>

namespace pathways::testing {
namespace {

using education::AcademicYear;

TEST(Builders, MakeTheSameForTheSameNumber) {
  EXPECT_EQ(MakePupil(42).id, MakePupil(42).id);
  EXPECT_EQ(MakePupil(42).upn, MakePupil(42).upn);
  EXPECT_EQ(MakeSchool(7).urn, MakeSchool(7).urn);
}

TEST(Builders, MakeADifferentOneForEachNumber) {
  std::set<education::Upn> upns;
  std::set<education::PupilId> ids;
  for (int number = 0; number < 20000; ++number) {
    upns.insert(MakeUpn(number));
    ids.insert(MakePupilId(number));
  }
  upns.insert(MakeUpn(999999));
  EXPECT_EQ(upns.size(), 20001U);
  EXPECT_EQ(ids.size(), 20000U);
  std::set<std::int32_t> urns;
  std::set<std::int32_t> laestabs;
  for (int number = 0; number < 1000; ++number) {
    urns.insert(MakeSchool(number).urn.value());
    laestabs.insert(MakeSchool(number).laestab.value());
  }
  EXPECT_EQ(urns.size(), 1000U);
  EXPECT_EQ(laestabs.size(), 1000U);
}

TEST(Builders, MakePupilsOfSchoolAge) {
  for (int number = 0; number < 5000; ++number) {
    const auto born = MakePupil(number).born;
    EXPECT_GE(born, education::Day(std::chrono::year(2008) / 9 / 1));
    EXPECT_LE(born, education::Day(std::chrono::year(2021) / 8 / 31));
  }
}

TEST(Builders, MakeYearsOfAbout190SchoolDays) {
  for (int start = 2015; start < 2045; ++start) {
    const auto year = *AcademicYear::FromStartYear(start);
    const auto calendar = MakeCalendar(year, MakeSchool(1).urn);
    const int days = calendar.SchoolDaysBetween(year.first(), year.last());
    EXPECT_GE(days, 185) << start;
    EXPECT_LE(days, 197) << start;
  }
}

}  // namespace
}  // namespace pathways::testing
