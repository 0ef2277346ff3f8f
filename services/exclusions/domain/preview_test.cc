#include "services/exclusions/domain/preview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using fixture::Calendar;
using fixture::Day;
using fixture::Permanent;
using fixture::Spells;
using fixture::Suspended;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Day kMonday(2026y / 11 / 9);

std::vector<Warning> Warnings(const Exclusion& exclusion,
                              const std::vector<Exclusion>& earlier = {}, bool history = false) {
  return WarningsOf(exclusion, ClockOf(exclusion, Spells(earlier), Calendar()), history);
}

std::vector<std::string> Codes(const std::vector<Warning>& warnings) {
  std::vector<std::string> codes;
  for (const Warning& warning : warnings) {
    EXPECT_FALSE(warning.text.empty()) << warning.code;
    EXPECT_FALSE(warning.to_do.empty()) << warning.code;
    EXPECT_FALSE(warning.source.empty()) << warning.code;
    codes.emplace_back(warning.code);
  }
  return codes;
}

TEST(Preview, SaysNothingOfOneDay) {
  EXPECT_THAT(Codes(Warnings(Suspended(kMonday, 2))), IsEmpty());
  EXPECT_FALSE(MustBeSeen(Warnings(Suspended(kMonday, 2))));
}

TEST(Preview, NamesWhatMustHaveBeenThoughtOfForThePupil) {
  Exclusion exclusion = Suspended(kMonday, 2);
  exclusion.pupil_then = {.looked_after = true,
                          .has_social_worker = true,
                          .has_ehcp = true,
                          .sen_support = true,
                          .primary = true};
  EXPECT_THAT(Codes(Warnings(exclusion)), ElementsAre("primary", "has_ehcp", "looked_after",
                                                      "has_social_worker", "sen_support"));
  EXPECT_TRUE(MustBeSeen(Warnings(exclusion)));
  exclusion.pupil_then = {.sen_support = true};
  EXPECT_FALSE(MustBeSeen(Warnings(exclusion))) << "a reminder only";
}

TEST(Preview, SaysWhatTheSumInTheTermMeans) {
  const std::vector<Exclusion> five = {Suspended(Day(2026y / 9 / 7), 10)};
  EXPECT_THAT(Codes(Warnings(Suspended(kMonday, 1), five)), ElementsAre("over_5_in_term"));
  EXPECT_THAT(Codes(Warnings(Suspended(kMonday, 10), {Suspended(Day(2026y / 9 / 7), 20)})),
              ElementsAre("over_5_in_term"))
      << "exactly 15";
  const auto over = Warnings(Suspended(kMonday, 11), {Suspended(Day(2026y / 9 / 7), 20)});
  EXPECT_THAT(Codes(over), ElementsAre("over_15_in_term", "provision_due"));
  EXPECT_THAT(over[0].text, HasSubstr("15.5 days"));
  EXPECT_THAT(over[1].text, HasSubstr("16 November 2026"));
}

TEST(Preview, RefusesMoreThan45DaysUnlessItIsHistory) {
  const Exclusion exclusion = Suspended(Day(2027y / 6 / 8), 11);
  const std::vector<Exclusion> forty = {Suspended(Day(2026y / 9 / 7), 40),
                                        Suspended(Day(2027y / 1 / 11), 40)};
  const Warning refused = Warnings(exclusion, forty)[0];
  EXPECT_EQ(refused.code, "over_45_days");
  EXPECT_TRUE(refused.refuses);
  EXPECT_THAT(refused.text, HasSubstr("45.5 days"));
  EXPECT_FALSE(Warnings(exclusion, forty, true)[0].refuses);
}

TEST(Preview, OfAPermanentExclusionAndAnExamination) {
  Exclusion exclusion = Permanent(kMonday);
  exclusion.exam_on = Day(2027y / 5 / 12);
  const std::vector<Warning> warnings = Warnings(exclusion);
  EXPECT_THAT(Codes(warnings), ElementsAre("permanent", "public_examination", "provision_due"));
  EXPECT_THAT(std::string(warnings[2].to_do), HasSubstr("authority"));
}

}  // namespace
}  // namespace pathways::exclusions
