// The cells that changes keep up to date are those that counting everything makes.
#include <random>
#include <thread>

#include "services/exclusions/trend_world.h"

namespace pathways::exclusions {
namespace {

class TrendCells : public TrendTest {
 protected:
  // What changes kept equals what is built from nothing.
  void ExpectSameWhenRebuilt() {
    const std::vector<std::string> kept = Kept();
    EXPECT_FALSE(kept.empty());
    Rebuild();
    EXPECT_EQ(Kept(), kept);
  }
  std::int64_t Total(storage::Sql sql) { return Query(sql).front().Get<std::int64_t>(0); }
};

constexpr storage::Sql kSuspensions =
    "select coalesce(sum(suspensions), 0)::bigint from trend_cell"
    " where place_kind = 'authority' and breakdown = 'total' and term = 0";
constexpr storage::Sql kPermanent =
    "select coalesce(sum(permanent), 0)::bigint from trend_cell"
    " where place_kind = 'authority' and breakdown = 'total' and term = 0";
constexpr storage::Sql kSuspensionsWithPlan =
    "select coalesce(sum(suspensions), 0)::bigint from trend_cell"
    " where place_kind = 'authority' and breakdown = 'sen_provision' and value = 'E' and term = 0";

TEST_F(TrendCells, FollowWhatIsRecordedAndTakenBack) {
  Describe(1, {.sen = "K"});
  Suspend(1, kFirst, Day(2026y / 9 / 7));
  const auto mistake = Suspend(1, kFirst, Day(2026y / 9 / 21));
  EXPECT_EQ(Total(kSuspensions), 2);
  End(1, mistake, State::kWithdrawn, Day(2026y / 9 / 22));
  EXPECT_EQ(Total(kSuspensions), 1);
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, CountAPermanentExclusionWhileItStands) {
  const auto id = Exclude(1, kFirst, Kind::kPermanent, Day(2026y / 9 / 7), 0);
  EXPECT_EQ(Total(kPermanent), 1);
  Change(1, id, [](Exclusion& e) { e.state = State::kReinstated; });
  EXPECT_EQ(Total(kPermanent), 0);
  Change(1, id, [](Exclusion& e) { e.state = State::kRecorded; });
  EXPECT_EQ(Total(kPermanent), 1);
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, CountASuspensionCancelledAfterItBeganOnly) {
  const auto before = Suspend(1, kFirst, Day(2026y / 9 / 21));
  const auto after = Suspend(2, kFirst, Day(2026y / 9 / 21));
  End(1, before, State::kCancelled, Day(2026y / 9 / 18));
  End(2, after, State::kCancelled, Day(2026y / 9 / 22));
  EXPECT_EQ(Total(kSuspensions), 1);
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, FollowWhatBecomesKnownAboutThePupilThen) {
  Describe(1, {.sen = "N"});
  Suspend(1, kFirst, Day(2026y / 9 / 7));
  Suspend(1, kFirst, Day(2026y / 11 / 9));
  EXPECT_EQ(Total(kSuspensionsWithPlan), 0);
  Describe(1, {.sen = "E"}, Day(2026y / 10 / 1));
  EXPECT_EQ(Total(kSuspensionsWithPlan), 1);
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, FollowASchoolToItsLocality) {
  Suspend(1, kFirst, Day(2026y / 9 / 7));
  PutSchool(kFirst, "State-funded secondary", "East");
  Upkeep();
  EXPECT_EQ(
      Total(
          "select sum(suspensions)::bigint from trend_cell"
          " where place_kind = 'locality' and place = 'East' and breakdown = 'total' and term = 0"),
      1);
  EXPECT_EQ(Total("select sum(suspensions)::bigint from trend_cell"
                  " where place_kind = 'locality' and place = 'North' and breakdown = 'total'"),
            0);
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, AreBuiltWhereTheyNeverWere) {
  Suspend(1, kFirst, Day(2026y / 9 / 7));
  const std::vector<std::string> kept = Kept();
  database_.RunScript("delete from trend_cell; delete from trend_case;");
  Upkeep();
  EXPECT_EQ(Kept(), kept);
}

TEST_F(TrendCells, EqualTheRebuiltOnesWhateverHappens) {
  std::mt19937 random(6);
  const auto pick = [&](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  const std::vector<std::vector<std::string>> reasons = {{"PP"}, {"DB", "VA"}, {"DB", "PP", "BU"}};
  std::vector<std::pair<int, ExclusionId>> recorded;
  for (int change = 0; change < 120; ++change) {
    const int pupil = pick(8);
    const Day day = Day(2025y / 9 / 1) + pick(440);
    const int what = pick(10);
    if (what < 5 || recorded.empty()) {
      const bool permanent = what == 0;
      recorded.emplace_back(
          pupil, Exclude(pupil, pick(2), permanent ? Kind::kPermanent : Kind::kSuspension,
                         // Another day each, so that none is there already.
                         Day(2025y / 9 / 1) + 3 * change, permanent ? 0 : 1 + pick(9),
                         reasons[static_cast<std::size_t>(pick(3))]));
    } else if (what < 7) {
      Describe(pupil,
               {.sen = pick(2) == 0 ? "K" : "E",
                .sex = pupil % 2 == 0 ? "F" : "M",
                .year_group = std::to_string(1 + pick(11)),
                .disadvantaged = pick(2) == 0},
               day);
    } else {
      const auto& [whose, id] =
          recorded[static_cast<std::size_t>(pick(static_cast<int>(recorded.size())))];
      if (what == 7) {
        End(whose, id, State::kWithdrawn, day);
      } else if (what == 8) {
        End(whose, id, State::kCancelled, day);
      } else {
        Change(whose, id, [&](Exclusion& e) {
          if (e.kind == Kind::kSuspension) e.half_days = HalfDays::Of(1);
        });
      }
    }
  }
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, StayExactWhenManyChangeThemAtOnce) {
  std::vector<std::thread> heads;
  for (int head = 0; head < 4; ++head) {
    heads.emplace_back([this, head] {
      for (int i = 0; i < 10; ++i) {
        Suspend(10 * head + i, i % 2 == 0 ? kFirst : kSecond, Day(2026y / 9 / 7) + i);
      }
    });
  }
  for (std::thread& head : heads) head.join();
  EXPECT_EQ(Total(kSuspensions), 40);
  ExpectSameWhenRebuilt();
}

TEST_F(TrendCells, OfTwoAuthoritiesStayApart) {
  Suspend(1, kFirst, Day(2026y / 9 / 7));
  Suspend(1, kElsewhere, Day(2026y / 10 / 7));
  EXPECT_EQ(
      Total(
          "select sum(suspensions)::bigint from trend_cell"
          " where la_code = 823 and place_kind = 'authority' and breakdown = 'total' and term = 0"),
      1);
  ExpectSameWhenRebuilt();
}

}  // namespace
}  // namespace pathways::exclusions
