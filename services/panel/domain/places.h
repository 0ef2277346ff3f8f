// Places of a programme: one pupil each, on each day of the week.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/panel/domain/provider.h"

namespace pathways::panel {

// Places are numbered from 1 on each day.
struct Place {
  Weekday day;
  int number;

  friend auto operator<=>(const Place&, const Place&) = default;
};

// All five days, Monday first.
std::vector<Weekday> WholeWeek();
// In the order of the week, each once. INVALID_ARGUMENT naming days when a name is none; all five
// when there are none.
absl::StatusOr<std::vector<Weekday>> ReadDays(const std::vector<std::string>& names);
std::vector<std::string> NamesOf(const std::vector<Weekday>& days);

// The free place with the lowest number on each of the days. FAILED_PRECONDITION naming the days
// that have none left.
absl::StatusOr<std::vector<Place>> ChoosePlaces(const std::map<Weekday, int>& capacity,
                                                const std::set<Place>& taken,
                                                const std::vector<Weekday>& days);

// Places free on that of the days that has fewest; 0 when a day has none.
int FreeOn(const Programme& programme, const std::vector<Weekday>& days);

// Cost of the days in pence a week: a fifth of the whole week for each, rounded to the penny.
std::int64_t CostOf(const Programme& programme, const std::vector<Weekday>& days);

}  // namespace pathways::panel
