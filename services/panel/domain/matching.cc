#include "services/panel/domain/matching.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace pathways::panel {
namespace {

constexpr int kNeedPoints = 50;
constexpr int kNearPoints = 30;
constexpr int kFreePoints = 20;
constexpr int kSharePoints = 70;
constexpr double kFarMetres = 20'000;
constexpr int kPlentyOfPlaces = 5;

int Metres(const std::optional<Grid>& from, const std::optional<Grid>& to) {
  return from && to ? MetresBetween(*from, *to) : -1;
}

int ScoreNeeds(const PupilWish& wish, const Programme& programme, Match& match) {
  if (wish.needs.empty()) {
    match.reasons.emplace_back("The case names no needs to compare");
    return kNeedPoints / 2;
  }
  const auto served = std::ranges::count_if(wish.needs, [&](const std::string& need) {
    return std::ranges::find(programme.needs, need) != programme.needs.end();
  });
  match.reasons.push_back(
      absl::StrCat("It serves ", served, " of the pupil's ", wish.needs.size(), " needs"));
  return static_cast<int>(kNeedPoints * served / static_cast<std::ptrdiff_t>(wish.needs.size()));
}

int ScoreDistance(Match& match) {
  if (match.metres < 0) {
    match.reasons.emplace_back("How far it is, is not known");
    return kNearPoints / 2;
  }
  match.reasons.push_back(absl::StrCat("It is ", (match.metres + 500) / 1000,
                                       " km from the pupil's school in a straight line"));
  return static_cast<int>(kNearPoints * std::max(0.0, 1 - match.metres / kFarMetres));
}

int ScoreFree(Match& match) {
  match.reasons.push_back(
      match.places_free == 1
          ? "One place is free on the days asked for"
          : absl::StrCat(match.places_free, " places are free on the days asked for"));
  return kFreePoints * std::min(match.places_free, kPlentyOfPlaces) / kPlentyOfPlaces;
}

std::vector<std::string> WhyNot(const PupilWish& wish, const Provider& provider,
                                const Programme& programme, int free, education::Day today) {
  std::vector<std::string> why = Concerns(provider, today);
  if (programme.phase != wish.phase) why.emplace_back("It is for the other phase");
  if (programme.tier != wish.tier) {
    why.push_back(absl::StrCat("It is a programme of tier ", programme.tier));
  }
  if (free == 0) why.emplace_back("No place is free on the days asked for");
  if (provider.registration == Registration::kUnregistered && wish.days.size() >= 5) {
    why.emplace_back("An unregistered provider teaches part time only");
  }
  return why;
}

Match MatchOne(const PupilWish& wish, const Provider& provider, const Programme& programme,
               education::Day today) {
  Match match{.programme = programme.id,
              .provider = provider.id,
              .name = provider.name + ": " + programme.name,
              .places_free = FreeOn(programme, wish.days),
              .pence_a_week = CostOf(programme, wish.days),
              .metres = Metres(wish.from, WhereIs(provider))};
  match.why_not = WhyNot(wish, provider, programme, match.places_free, today);
  if (!match.why_not.empty()) return match;
  match.score = ScoreNeeds(wish, programme, match) + ScoreDistance(match) + ScoreFree(match);
  return match;
}

// Best first, then those that cannot; numbers the ranks.
void Rank(std::vector<Match>& matches) {
  std::ranges::sort(matches, {}, [](const Match& match) {
    return std::tuple(!match.why_not.empty(), -match.score, match.pence_a_week, match.name,
                      match.programme, match.urn);
  });
  int rank = 0;
  for (Match& match : matches) {
    if (match.why_not.empty()) match.rank = ++rank;
  }
}

double RateOf(int taken_in, int pupils) {
  return pupils > 0 ? static_cast<double>(taken_in) / pupils : 0;
}

int ScoreShare(const SchoolOption& school, double fair, Match& match) {
  match.reasons.push_back(absl::StrCat("It took in ", school.taken_in,
                                       " of the panel's pupils in the last twelve months"));
  if (school.pupils <= 0) {
    match.reasons.emplace_back("Its number of pupils is not known");
    return kSharePoints / 2;
  }
  const double own = RateOf(school.taken_in, school.pupils);
  const double fair_number = fair * school.pupils;
  match.reasons.push_back(absl::StrCat("Its fair share for ", school.pupils, " pupils is ",
                                       std::round(fair_number * 10) / 10));
  const double over = fair > 0 ? own / fair : 0;
  return static_cast<int>(std::round(kSharePoints * (1 - std::min(over, 2.0) / 2)));
}

}  // namespace

std::vector<Match> MatchProgrammes(const PupilWish& wish, const std::vector<Provider>& providers,
                                   education::Day today) {
  std::vector<Match> matches;
  for (const Provider& provider : providers) {
    for (const Programme& programme : provider.programmes) {
      matches.push_back(MatchOne(wish, provider, programme, today));
    }
  }
  Rank(matches);
  return matches;
}

std::vector<Match> MatchSchools(const PupilWish& wish, const std::vector<SchoolOption>& schools) {
  int taken_in = 0, pupils = 0;
  for (const SchoolOption& school : schools) {
    if (school.phase != wish.phase || school.pupils <= 0) continue;
    taken_in += school.taken_in;
    pupils += school.pupils;
  }
  const double fair = RateOf(taken_in, pupils);
  std::vector<Match> matches;
  for (const SchoolOption& school : schools) {
    if (school.urn == wish.urn) continue;
    Match match{.urn = school.urn, .name = school.name, .metres = Metres(wish.from, school.grid)};
    if (!school.open) match.why_not.emplace_back("The school is closed");
    if (!school.phase) {
      match.reasons.emplace_back("Check that it teaches the pupil's year group");
    } else if (school.phase != wish.phase) {
      match.why_not.emplace_back("It is a school of the other phase");
    }
    if (match.why_not.empty()) match.score = ScoreShare(school, fair, match) + ScoreDistance(match);
    matches.push_back(std::move(match));
  }
  Rank(matches);
  return matches;
}

}  // namespace pathways::panel
