#include "services/exclusions/domain/rates.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using fixture::Day;
using fixture::Excluded;
using fixture::Permanent;
using fixture::Suspended;

// Published: number and rate; the headcount is the one that belongs to them.
TEST(Rates, AreAsPublished) {
  struct Published {
    const char* period;
    std::int64_t headcount;
    std::int64_t suspension;
    const char* susp_rate;
    std::int64_t perm_excl;
    const char* perm_excl_rate;
  };
  for (const Published& row :
       {Published{"2022/23", 8'435'000, 787'000, "9.33", 9'376, "0.11"},
        Published{"2023/24", 8'443'000, 955'000, "11.31", 10'885, "0.13"},
        Published{"autumn 2022/23", 8'358'000, 247'400, "2.96", 3'104, "0.04"},
        Published{"autumn 2023/24", 8'384'000, 346'279, "4.13", 4'168, "0.05"},
        Published{"autumn 2023/24, primary", 4'541'566, 37'695, "0.83", 511, "0.01"}}) {
    const ExclusionCounts counts = {
        .headcount = row.headcount, .perm_excl = row.perm_excl, .suspension = row.suspension};
    EXPECT_EQ(counts.susp_rate().ToTwoDecimals(), row.susp_rate) << row.period;
    EXPECT_EQ(counts.perm_excl_rate().ToTwoDecimals(), row.perm_excl_rate) << row.period;
  }
}

TEST(Rates, OfSuspensionsMayPassAHundred) {
  const ExclusionCounts counts = {.headcount = 80, .suspension = 120, .one_plus_susp = 40};
  EXPECT_EQ(counts.susp_rate().ToTwoDecimals(), "150.00");
  EXPECT_EQ(counts.one_plus_susp_rate().ToTwoDecimals(), "50.00");
}

TEST(Rates, RoundHalvesAwayFromNought) {
  EXPECT_EQ((ExclusionCounts{.headcount = 20'000, .perm_excl = 1}.perm_excl_rate().ToTwoDecimals()),
            "0.01")
      << "0.005";
  EXPECT_EQ((ExclusionCounts{.headcount = 20'001, .perm_excl = 1}.perm_excl_rate().ToTwoDecimals()),
            "0.00");
}

TEST(Rates, OfNobodyDoNotApply) { EXPECT_EQ(ExclusionCounts{}.susp_rate().ToTwoDecimals(), "z"); }

TEST(Counts, TakeWhatCountsInTheSpanByItsFirstDay) {
  const Day monday(2026y / 11 / 9);
  std::vector<Exclusion> exclusions = {Suspended(monday, 2),
                                       Excluded(Kind::kLunchtime, monday + 7, 1),
                                       Permanent(monday + 14), Suspended(Day(2027y / 1 / 11), 2)};
  exclusions.push_back(Suspended(monday, 2));
  exclusions.back().state = State::kWithdrawn;
  exclusions.push_back(Permanent(monday));
  exclusions.back().state = State::kReinstated;
  exclusions.push_back(Suspended(monday + 1, 2));
  exclusions.back().pupil = education::PupilId::New(fixture::Ids());
  const ExclusionCounts autumn = CountExclusions(exclusions, StatutoryTermOf(monday));
  EXPECT_EQ(autumn.suspension, 3) << "the lunchtime too";
  EXPECT_EQ(autumn.one_plus_susp, 2);
  EXPECT_EQ(autumn.perm_excl, 1);
  EXPECT_EQ(CountExclusions(exclusions, SchoolYearOf(monday)).suspension, 4);
}

}  // namespace
}  // namespace pathways::exclusions
