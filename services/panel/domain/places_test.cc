#include "services/panel/domain/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/builders.h"
#include "services/panel/domain/matching.h"

namespace pathways::panel {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using enum Weekday;

const Day kToday(2026y / 11 / 2);

TEST(Places, LowestFreeNumberOnEachDay) {
  const std::map<Weekday, int> capacity = {{kMon, 2}, {kTue, 1}};
  const std::set<Place> taken = {{kMon, 1}};
  const auto chosen = ChoosePlaces(capacity, taken, {kMon, kTue});
  ASSERT_TRUE(chosen.ok()) << chosen.status();
  EXPECT_THAT(*chosen, ElementsAre(Place{kMon, 2}, Place{kTue, 1}));
}

TEST(Places, NamesTheDaysThatAreFull) {
  const auto none = ChoosePlaces({{kMon, 1}, {kTue, 1}}, {{kMon, 1}}, {kMon, kTue, kWed});
  EXPECT_EQ(none.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(none.status().message()), HasSubstr("Monday, Wednesday"));
}

TEST(Places, DaysAreReadInTheOrderOfTheWeek) {
  EXPECT_THAT(*ReadDays({"wed", "mon", "mon"}), ElementsAre(kMon, kWed));
  EXPECT_THAT(*ReadDays({}), ElementsAre(kMon, kTue, kWed, kThu, kFri));
  EXPECT_FALSE(ReadDays({"sat"}).ok());
}

Provider MakeProvider(int number, std::vector<std::string> needs, int places, int taken,
                      std::int64_t pence) {
  const std::string end = std::to_string(number);
  Provider provider{.id = *ProviderId::Parse("10000000-0000-4000-8000-00000000000" + end),
                    .la_code = testing::MakeSchool(0).la_code,
                    .name = "Provider " + end,
                    .urn = testing::MakeSchool(5).urn,
                    .registration = Registration::kIndependentSchool};
  for (std::size_t i = 0; i < kCheckKindNames.size(); ++i) {
    provider.checks.push_back(
        {.kind = static_cast<CheckKind>(i), .checked_on = kToday - 30, .next_due = kToday + 300});
  }
  Programme programme{.id = *ProgrammeId::Parse("20000000-0000-4000-8000-00000000000" + end),
                      .provider = provider.id,
                      .name = "Programme",
                      .tier = 2,
                      .needs = std::move(needs),
                      .pence_a_week = pence};
  for (const Weekday day : WholeWeek()) programme.days.push_back({day, places, taken});
  provider.programmes = {programme};
  return provider;
}

PupilWish Wish() {
  return {.urn = testing::MakeSchool(0).urn,
          .needs = {"behaviour", "learning"},
          .tier = 2,
          .days = WholeWeek()};
}

TEST(Provider, ConcernsNameEachCheckThatStopsIt) {
  Provider provider = MakeProvider(1, {"behaviour"}, 1, 0, 0);
  EXPECT_THAT(Concerns(provider, kToday), IsEmpty());
  provider.checks[0].next_due = kToday - 1;
  provider.checks[1].outcome = CheckOutcome::kNotMet;
  provider.checks[2].outcome = CheckOutcome::kPartlyMet;
  provider.checks.pop_back();
  EXPECT_THAT(Concerns(provider, kToday),
              ElementsAre("Check overdue since 1 November 2026: safeguarding",
                          "Not met when checked: checks of staff", "Not checked yet: a visit"));
}

TEST(Match, RanksByNeedsThenPlacesAndSaysWhy) {
  const auto matches = MatchProgrammes(Wish(),
                                       {MakeProvider(1, {"behaviour"}, 5, 0, 30'000),
                                        MakeProvider(2, {"behaviour", "learning"}, 5, 4, 30'000),
                                        MakeProvider(3, {"behaviour", "learning"}, 5, 0, 30'000)},
                                       kToday);
  ASSERT_EQ(matches.size(), 3u);
  EXPECT_EQ(matches[0].name, "Provider 3: Programme");
  EXPECT_EQ(matches[0].rank, 1);
  EXPECT_EQ(matches[0].score, 50 + 15 + 20);
  EXPECT_EQ(matches[1].name, "Provider 2: Programme");
  EXPECT_EQ(matches[1].score, 50 + 15 + 4);
  EXPECT_THAT(matches[2].reasons, Contains("It serves 1 of the pupil's 2 needs"));
}

TEST(Match, NearerComesFirstAndCheaperAmongEquals) {
  PupilWish wish = Wish();
  wish.from = Grid{500'000, 250'000};
  Provider near = MakeProvider(1, wish.needs, 5, 0, 30'000);
  near.grid = Grid{503'000, 254'000};
  Provider far = MakeProvider(2, wish.needs, 5, 0, 20'000);
  far.of_school = Grid{540'000, 250'000};
  Provider dear = near;
  dear.id = MakeProvider(3, {}, 1, 0, 0).id;
  dear.name = "Provider 0";
  dear.programmes[0].pence_a_week = 40'000;
  const auto matches = MatchProgrammes(wish, {far, dear, near}, kToday);
  EXPECT_EQ(matches[0].name, "Provider 1: Programme");
  EXPECT_EQ(matches[0].metres, 5'000);
  EXPECT_EQ(matches[1].name, "Provider 0: Programme");
  EXPECT_EQ(matches[2].name, "Provider 2: Programme");
}

TEST(Match, SaysWhyNot) {
  Provider full = MakeProvider(1, {"behaviour"}, 1, 1, 0);
  Provider other = MakeProvider(2, {"behaviour"}, 1, 0, 0);
  other.programmes[0].phase = Phase::kPrimary;
  other.programmes[0].tier = 3;
  Provider unregistered = MakeProvider(3, {"behaviour"}, 1, 0, 0);
  unregistered.registration = Registration::kUnregistered;
  const auto matches = MatchProgrammes(Wish(), {full, other, unregistered}, kToday);
  for (const Match& match : matches) EXPECT_EQ(match.rank, 0);
  EXPECT_THAT(matches[0].why_not, ElementsAre("No place is free on the days asked for"));
  EXPECT_THAT(matches[1].why_not,
              ElementsAre("It is for the other phase", "It is a programme of tier 3"));
  EXPECT_THAT(matches[2].why_not, ElementsAre("An unregistered provider teaches part time only"));
  PupilWish part_time = Wish();
  part_time.days = {kMon, kTue};
  EXPECT_THAT(MatchProgrammes(part_time, {unregistered}, kToday)[0].why_not, IsEmpty());
}

TEST(Match, CostIsByTheDay) {
  const Programme programme = MakeProvider(1, {}, 1, 0, 25'001).programmes[0];
  EXPECT_EQ(CostOf(programme, WholeWeek()), 25'001);
  EXPECT_EQ(CostOf(programme, {kMon, kWed}), 10'000);
}

TEST(Match, SchoolsWithLessThanTheirFairShareComeFirst) {
  const auto school = [](int number, int pupils, int taken_in) {
    return SchoolOption{.urn = testing::MakeSchool(number).urn,
                        .name = "School " + std::to_string(number),
                        .phase = Phase::kSecondary,
                        .pupils = pupils,
                        .taken_in = taken_in};
  };
  SchoolOption closed = school(4, 900, 0);
  closed.open = false;
  const auto matches = MatchSchools(Wish(), {school(0, 1000, 0), school(1, 1000, 6),
                                             school(2, 1000, 0), school(3, 2000, 4), closed});
  ASSERT_EQ(matches.size(), 4u) << "not the pupil's own school";
  EXPECT_EQ(matches[0].name, "School 2");
  EXPECT_EQ(matches[0].score, 70 + 15);
  EXPECT_EQ(matches[1].name, "School 3");
  EXPECT_EQ(matches[2].name, "School 1");
  EXPECT_EQ(matches[2].score, 15);
  EXPECT_THAT(matches[3].why_not, ElementsAre("The school is closed"));
}

TEST(Match, NearerSchoolComesFirstAmongThoseWithTheSameShare) {
  const auto school = [](int number, std::optional<Grid> grid) {
    return SchoolOption{.urn = testing::MakeSchool(number).urn,
                        .name = "School " + std::to_string(number),
                        .phase = Phase::kSecondary,
                        .pupils = 1000,
                        .grid = grid};
  };
  PupilWish wish = Wish();
  wish.from = Grid{500'000, 250'000};
  const auto matches =
      MatchSchools(wish, {school(1, std::nullopt), school(2, Grid{515'000, 250'000}),
                          school(3, Grid{502'000, 250'000})});
  EXPECT_EQ(matches[0].name, "School 3");
  EXPECT_EQ(matches[0].metres, 2'000);
  EXPECT_EQ(matches[0].score, 70 + 27);
  EXPECT_EQ(matches[1].name, "School 1");
  EXPECT_THAT(matches[1].reasons, Contains("How far it is, is not known"));
  EXPECT_EQ(matches[2].score, 70 + 7);
}

}  // namespace
}  // namespace pathways::panel
