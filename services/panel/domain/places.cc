#include "services/panel/domain/places.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace pathways::panel {
namespace {

std::string_view FullName(Weekday day) {
  static constexpr std::array<std::string_view, 5> kNames = {"Monday", "Tuesday", "Wednesday",
                                                             "Thursday", "Friday"};
  return kNames[static_cast<std::size_t>(day)];
}

}  // namespace

std::vector<Weekday> WholeWeek() {
  using enum Weekday;
  return {kMon, kTue, kWed, kThu, kFri};
}

absl::StatusOr<std::vector<Weekday>> ReadDays(const std::vector<std::string>& names) {
  if (names.empty()) return WholeWeek();
  std::set<Weekday> days;
  for (const std::string& name : names) {
    const auto day = kWeekdayNames.Parse(name);
    if (!day) return absl::InvalidArgumentError("Choose days from Monday to Friday");
    days.insert(*day);
  }
  return std::vector<Weekday>(days.begin(), days.end());
}

std::vector<std::string> NamesOf(const std::vector<Weekday>& days) {
  std::vector<std::string> names;
  for (const Weekday day : days) names.emplace_back(kWeekdayNames.Of(day));
  return names;
}

absl::StatusOr<std::vector<Place>> ChoosePlaces(const std::map<Weekday, int>& capacity,
                                                const std::set<Place>& taken,
                                                const std::vector<Weekday>& days) {
  std::vector<Place> chosen;
  std::string full;
  for (const Weekday day : days) {
    const auto places = capacity.find(day);
    const int last = places == capacity.end() ? 0 : places->second;
    int number = 1;
    while (number <= last && taken.contains({day, number})) ++number;
    if (number > last) {
      absl::StrAppend(&full, full.empty() ? "" : ", ", std::string(FullName(day)));
    } else {
      chosen.push_back({day, number});
    }
  }
  if (full.empty()) return chosen;
  return absl::FailedPreconditionError(
      absl::StrCat("No place is left on ", full, ": another pupil has it, or there never was one"));
}

int FreeOn(const Programme& programme, const std::vector<Weekday>& days) {
  int fewest = kMostPlaces;
  for (const Weekday day : days) {
    const auto found = std::ranges::find(programme.days, day, &DayPlaces::day);
    const int free = found == programme.days.end() ? 0 : std::max(0, found->places - found->taken);
    fewest = std::min(fewest, free);
  }
  return fewest;
}

std::int64_t CostOf(const Programme& programme, const std::vector<Weekday>& days) {
  return (programme.pence_a_week * static_cast<std::int64_t>(days.size()) + 2) / 5;
}

}  // namespace pathways::panel
