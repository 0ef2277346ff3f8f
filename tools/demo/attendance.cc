#include "tools/demo/attendance.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "tools/demo/random.h"

namespace pathways::demo {
namespace {

using education::Day;
using education::SenProvision;

constexpr int kSchoolYearDays = 190;
constexpr char kPartTime = 'd';  // C2

enum class Habit { kRegular, kOftenIll, kOftenAway, kSeverelyAbsent };

// One kind of absence, and how long it lasts in sessions.
struct Spell {
  char code;
  int weight;
  std::array<int, 4> sessions;
  double unexplained;  // how often the register first says N
};

struct Pattern {
  double spells_a_day;
  double late;
  std::span<const Spell> spells;
};

constexpr Spell kRegularSpells[] = {{'I', 62, {2, 2, 4, 6}, 0.15}, {'M', 18, {1, 1, 1, 2}, 0.05},
                                    {'O', 8, {1, 2, 2, 2}, 0.6},   {'U', 6, {1, 1, 1, 1}, 0},
                                    {'G', 2, {6, 8, 10, 10}, 0},   {'C', 2, {1, 2, 2, 4}, 0}};
constexpr Spell kIllSpells[] = {
    {'I', 75, {2, 2, 4, 8}, 0.15}, {'M', 12, {1, 1, 2, 2}, 0}, {'O', 10, {2, 2, 2, 4}, 0.6}};
constexpr Spell kAwaySpells[] = {{'O', 50, {1, 2, 2, 2}, 0.5},
                                 {'U', 30, {1, 1, 1, 1}, 0},
                                 {'I', 16, {2, 2, 2, 4}, 0.3},
                                 {'G', 2, {10, 10, 10, 10}, 0}};
constexpr Spell kSevereSpells[] = {{'I', 60, {10, 16, 20, 30}, 0.1},
                                   {'O', 40, {8, 10, 14, 24}, 0.2}};

Pattern PatternOf(Habit habit) {
  switch (habit) {
    case Habit::kOftenIll:
      return {0.09, 0.03, kIllSpells};
    case Habit::kOftenAway:
      return {0.19, 0.12, kAwaySpells};
    case Habit::kSeverelyAbsent:
      return {0.30, 0.05, kSevereSpells};
    case Habit::kRegular:
      break;
  }
  return {0.018, 0.012, kRegularSpells};
}

// How much more often than others such a child is often absent.
double RiskOf(const Child& child, Phase phase) {
  double risk = child.pupil_premium ? 1.75 : 0.8;
  if (child.sen_provision == SenProvision::kSupport) risk *= 1.4;
  if (child.sen_provision == SenProvision::kEducationHealthAndCarePlan) risk *= 1.7;
  switch (phase) {
    case Phase::kSecondary:
      return risk * 1.25;
    case Phase::kAlternative:
      return risk * 2.5;
    case Phase::kSpecial:
      return risk;
    default:
      return risk * 0.7;
  }
}

Habit DrawHabit(const Child& child, Phase phase, Random& random) {
  const double risk = RiskOf(child, phase);
  const double draw = random.Unit();
  if (draw < 0.024 * risk) return Habit::kSeverelyAbsent;
  if (draw < 0.14 * risk) return Habit::kOftenAway;
  if (draw < 0.265 * risk) return Habit::kOftenIll;
  return Habit::kRegular;
}

bool IsUpperSecondary(const Child& child) {
  return child.year_group == "10" || child.year_group == "11";
}

// What is settled about a child for the year.
struct Traits {
  Habit habit = Habit::kRegular;
  int onset = 0;           // day of the year from which the habit shows
  bool part_time = false;  // agreed mornings only, from onset
  bool off_site = false;   // Thursdays and Fridays at a provider
};

Traits DrawTraits(std::uint64_t seed, const Child& child, std::size_t number, Phase phase) {
  Random random(seed, Random::Purpose::kHabit, number);
  Traits traits{.habit = DrawHabit(child, phase, random)};
  if (traits.habit == Habit::kRegular) return traits;
  if (random.Chance(0.3)) traits.onset = random.Below(kSchoolYearDays);
  traits.part_time = traits.habit == Habit::kSeverelyAbsent && random.Chance(0.2);
  traits.off_site = IsUpperSecondary(child) && random.Chance(0.08);
  return traits;
}

// Each year group of a school goes out three times a year.
std::array<int, 3> TripDays(std::uint64_t seed, const School& school, std::string_view year_group) {
  std::uint64_t number = static_cast<std::uint64_t>(school.urn.value());
  for (const char c : year_group) number = number * 256 + static_cast<unsigned char>(c);
  Random random(seed, Random::Purpose::kTrips, number);
  return {random.Below(kSchoolYearDays), random.Below(kSchoolYearDays),
          random.Below(kSchoolYearDays)};
}

class Attender {
 public:
  Attender(const Traits& traits, const std::array<int, 3>& trips, Random random)
      : traits_(traits), trips_(trips), random_(std::move(random)) {}

  DayMarks Attend(Day day, int number) {
    const Pattern pattern = PatternOf(number < traits_.onset ? Habit::kRegular : traits_.habit);
    const SessionMark morning = Settle(Draw(pattern, 0.8, Arrive(pattern)), day, number, false);
    const SessionMark afternoon = Settle(Draw(pattern, 0.2, '\\'), day, number, true);
    return {day, {morning, afternoon}};
  }

 private:
  static SessionMark Plain(char code) { return {code, code, 0}; }
  static bool IsPresent(char code) { return code == '/' || code == '\\' || code == 'L'; }

  char Arrive(const Pattern& pattern) { return random_.Chance(pattern.late) ? 'L' : '/'; }

  // Goes on with a spell, begins one, or answers `present`. `share`: of the day's chance of a
  // spell.
  SessionMark Draw(const Pattern& pattern, double share, char present) {
    if (left_ == 0 && random_.Chance(pattern.spells_a_day * share)) Begin(pattern.spells);
    if (left_ == 0) return Plain(present);
    --left_;
    return spell_;
  }

  void Begin(std::span<const Spell> spells) {
    const Spell& spell = DrawSpell(spells);
    left_ = random_.Pick(std::span(spell.sessions));
    spell_ = Plain(spell.code);
    if (!random_.Chance(spell.unexplained)) return;
    spell_.first = 'N';
    // The reason comes within days; where it does not, the sixth school day is the time for O.
    spell_.amended_after = spell.code == 'O' ? 6 : random_.Between(1, 4);
  }

  const Spell& DrawSpell(std::span<const Spell> spells) {
    const int weights = std::accumulate(spells.begin(), spells.end(), 0,
                                        [](int sum, const Spell& s) { return sum + s.weight; });
    int draw = random_.Below(weights);
    for (const Spell& spell : spells) {
      if ((draw -= spell.weight) < 0) return spell;
    }
    return spells.front();
  }

  // What the school's arrangements make of it.
  SessionMark Settle(SessionMark mark, Day day, int number, bool afternoon) const {
    if (traits_.part_time && afternoon && number >= traits_.onset) return Plain(kPartTime);
    if (!IsPresent(mark.final)) return mark;
    if (std::ranges::find(trips_, number) != trips_.end()) return Plain('V');
    if (traits_.off_site && day.weekday().iso_encoding() >= 4) return Plain('B');
    return mark;
  }

  const Traits traits_;
  const std::array<int, 3> trips_;
  Random random_;
  SessionMark spell_ = {'I', 'I', 0};
  int left_ = 0;  // sessions of the spell still to come
};

}  // namespace

std::vector<DayMarks> MarksOf(std::uint64_t seed, const Child& child, std::size_t number,
                              const School& school, std::span<const Day> days) {
  Attender attender(DrawTraits(seed, child, number, school.phase),
                    TripDays(seed, school, child.year_group),
                    Random(seed, Random::Purpose::kMarks, number));
  std::vector<DayMarks> marks;
  marks.reserve(days.size());
  for (const Day day : days) marks.push_back(attender.Attend(day, static_cast<int>(marks.size())));
  return marks;
}

}  // namespace pathways::demo
