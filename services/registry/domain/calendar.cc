#include "services/registry/domain/calendar.h"

#include <algorithm>
#include <tuple>

namespace pathways::registry {
namespace {

bool Replaces(const CalendarDays& incoming, const CalendarDays& stored) {
  return incoming.kind == stored.kind && incoming.first_day <= stored.last_day &&
         stored.first_day <= incoming.last_day;
}

}  // namespace

std::vector<CalendarDays> MergeCalendar(const std::vector<CalendarDays>& stored,
                                        const std::vector<CalendarDays>& file) {
  std::vector<CalendarDays> merged = file;
  for (const CalendarDays& old : stored) {
    const bool replaced =
        std::ranges::any_of(file, [&](const CalendarDays& entry) { return Replaces(entry, old); });
    if (!replaced) merged.push_back(old);
  }
  std::ranges::sort(merged, {}, [](const CalendarDays& days) {
    return std::tuple(days.first_day, days.kind, days.last_day, days.name);
  });
  return merged;
}

}  // namespace pathways::registry
