#include "tools/demo/suspensions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tools/demo/past_rolls.h"
#include "tools/demo/random.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::Day;
using education::SenProvision;
using education::Session;

constexpr double kProneShare = 0.115;
constexpr int kMostSessionsInYear = 28;
constexpr int kMostInYear = 9;
constexpr int kDaysBetween = 3;
constexpr int kSessionsBeforeParentsAsk = 10;

// By year group, how many suspensions a prone child has in a year on average.
constexpr std::array<double, 12> kByYearGroup = {0.05, 0.08, 0.1, 0.15, 0.2, 0.3,
                                                 0.4,  1.3,  1.9, 2.3,  2.1, 1.3};
constexpr std::array<int, 24> kSessions = {1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 4,  4,
                                           4, 4, 4, 5, 6, 6, 6, 7, 8, 9, 10, 12};

// How much more often than others such a child is prone to it; about 1 on average.
double RiskOf(const Child& child) {
  double risk = child.sex == education::Sex::kMale ? 1.15 : 0.85;
  risk *= child.pupil_premium ? 2.0 : 0.6;
  if (child.looked_after) risk *= 1.3;
  switch (child.sen_provision) {
    case SenProvision::kSupport:
      return risk * 2.3;
    case SenProvision::kEducationHealthAndCarePlan:
      return risk * 1.9;
    case SenProvision::kNone:
      break;
  }
  return risk * 0.75;
}

double MeanInYear(Phase phase, int year_number) {
  if (year_number < 0 || year_number >= static_cast<int>(kByYearGroup.size())) return 0;
  switch (phase) {
    case Phase::kSpecial:
      return 0.4;
    case Phase::kAlternative:
      return 3;
    default:
      return kByYearGroup[static_cast<std::size_t>(year_number)];
  }
}

// Geometric: many none, a few many.
int DrawCount(Random& random, double mean) {
  int count = 0;
  while (count < kMostInYear && random.Chance(mean / (1 + mean))) ++count;
  return count;
}

// One child's suspensions at one school in one year.
class ChildYear {
 public:
  ChildYear(const Borough& borough, std::uint64_t seed, const Stay& stay, AcademicYear year)
      : borough_(borough),
        stay_(stay),
        year_(year),
        random_(seed, Random::Purpose::kSuspensions,
                stay.number * 10'000 + static_cast<std::uint64_t>(year.start_year())) {}

  void Enter(ExclusionBook& book) {
    const int count = DrawCount(
        random_, MeanInYear(borough_.schools[stay_.school].phase, stay_.YearNumberIn(year_)));
    std::vector<int> places;
    for (int drawn = 0; drawn < count; ++drawn) places.push_back(random_.Below(kSchoolYearDays));
    std::ranges::sort(places);
    for (const int place : places) EnterOne(place, book);
  }

 private:
  static constexpr int kSchoolYearDays = 188;

  // All is drawn before anything is decided: what comes later in the year must not change it.
  void EnterOne(int place, ExclusionBook& book) {
    ExclusionBook::Entry entry = Draw(place);
    if (const bool rising = random_.Chance(0.4); rising && entered_ > 0) entry.sessions += entered_;
    const auto& calendar = borough_.calendars[stay_.school];
    const auto least = last_ ? calendar.AddSchoolDays(*last_, kDaysBetween) : stay_.first;
    const bool fits = least && entry.start >= *least && year_.Contains(entry.start) &&
                      sessions_ + entry.sessions <= kMostSessionsInYear;
    const auto end =
        LastDayOut(calendar, entry.kind, entry.start, entry.start_session, entry.sessions);
    if (!fits || !end || !year_.Contains(*end)) return;
    if (sessions_ + entry.sessions > kSessionsBeforeParentsAsk &&
        entry.fate.represented_after > 0) {
      entry.fate.board_decision = "decline";
    } else {
      entry.fate = {};
    }
    if (!book.Enter(stay_, entry)) return;
    last_ = end;
    sessions_ += entry.sessions;
    ++entered_;
  }

  ExclusionBook::Entry Draw(int place) {
    const auto& calendar = borough_.calendars[stay_.school];
    const Day first = *calendar.FirstSchoolDayFrom(year_.first());
    ExclusionBook::Entry entry{
        .start = calendar.AddSchoolDays(first - 1, place + 1).value_or(year_.last() + 1)};
    entry.sessions = random_.Pick(std::span(kSessions));
    if (random_.Chance(0.05)) {
      entry.kind = ExclusionKind::kLunchtime;
      entry.sessions = random_.Between(1, 5);
    } else if (random_.Chance(entry.sessions % 2 == 1 ? 0.7 : 0.1)) {
      entry.start_session = Session::kAfternoon;
    }
    if (random_.Chance(0.15))
      entry.fate = {.represented_after = 2, .decided_after = random_.Between(15, 40)};
    return entry;
  }

  const Borough& borough_;
  const Stay& stay_;
  const AcademicYear year_;
  Random random_;
  std::optional<Day> last_;
  int sessions_ = 0;
  int entered_ = 0;
};

}  // namespace

void EnterSuspensions(const Borough& borough, std::uint64_t seed, std::span<const Stay> stays,
                      const std::set<std::uint64_t>& taken, ExclusionBook& book) {
  for (const Stay& stay : stays) {
    Random random(seed, Random::Purpose::kProneness, stay.number);
    const bool alternative = borough.schools[stay.school].phase == Phase::kAlternative;
    const double share = kProneShare * RiskOf(*stay.child) * (alternative ? 3 : 1);
    if (!random.Chance(share) || taken.contains(stay.number)) continue;
    AcademicYear year = borough.year.Previous().Previous();
    for (; year <= borough.year; year = year.Next()) {
      const bool settled = stay.is_settled || year < borough.year;
      if (settled && stay.first <= year.last() && stay.last >= year.first())
        ChildYear(borough, seed, stay, year).Enter(book);
    }
  }
}

}  // namespace pathways::demo
