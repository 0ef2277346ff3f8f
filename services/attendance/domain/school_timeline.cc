#include "services/attendance/domain/school_timeline.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "libs/education/unauthorised_threshold.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::CrossingKind;
using education::Day;
using education::EnrolmentId;
using education::SchoolCalendar;

// The first day of the ten school weeks that end with that day's week, or with the week before it
// where it lies in no school week; nothing before the first week.
std::optional<Day> WindowStart(const SchoolCalendar& calendar, Day day) {
  auto week = calendar.SchoolWeekNumber(day);
  const auto previous = calendar.PreviousSchoolDay(day);
  if (!week && previous) week = calendar.SchoolWeekNumber(*previous);
  if (!week) return std::nullopt;
  return calendar.FirstDayOfSchoolWeek(
      std::max(1, *week - education::kUnauthorisedWindowWeeks + 1));
}

// What is counted: both days included.
struct Window {
  Day start;
  Day last;
};

// Of what is counted up to a day, and of what was counted before it.
struct Windows {
  std::optional<Window> now;
  // As of the last school day before. Marks of the days since, on none of which the school was
  // open, are in it.
  std::optional<Window> before;
  // Those of these days that lie in the day's own week, which its own window begins with.
  std::optional<Window> since_monday;
};

Windows WindowsOf(const SchoolCalendar& calendar, Day day) {
  Windows windows;
  if (const auto start = WindowStart(calendar, day)) windows.now = Window{*start, day};
  const auto previous = calendar.PreviousSchoolDay(day);
  if (previous) {
    if (const auto start = WindowStart(calendar, *previous)) windows.before = {*start, day - 1};
  }
  const Day monday = day.Monday();
  const bool closed_since_monday = monday < day && (!previous || *previous < monday);
  if (closed_since_monday && calendar.SchoolWeekNumber(day)) {
    windows.since_monday = {monday, day - 1};
  }
  return windows;
}

// The rows whose difference is the count of the window that ends with `last`, in order: the first
// is taken away, then one total a year is added. Marks from before the rule came into force count
// in nobody's threshold.
std::vector<Lookback> WindowRows(const Window& window) {
  const Day start = std::max(window.start, education::kUnauthorisedThresholdFrom);
  std::vector<Lookback> rows = {{AcademicYear::Of(start), start}};
  const AcademicYear end = AcademicYear::Of(window.last);
  for (AcademicYear year = AcademicYear::Of(start); year < end; year = year.Next()) {
    rows.push_back({year, year.Next().first()});
  }
  rows.push_back({end, window.last + 1});
  return rows;
}

class Timeline {
 public:
  explicit Timeline(TimelineInput input) : in_(std::move(input)), first_(in_.first) {}

  TimelineOutcome Run() {
    RewriteSums();
    FindAbsenceCrossings();
    FindUnauthorisedCrossings();
    std::stable_sort(out_.crossings.begin(), out_.crossings.end(),
                     [](const auto& a, const auto& b) { return a.day < b.day; });
    return std::move(out_);
  }

 private:
  static const SumsRow& Nothing() {
    static const SumsRow none;
    return none;
  }

  std::size_t SlotsOf(AcademicYear year) const {
    const auto slots = in_.slots.find(year);
    return slots == in_.slots.end() ? 0 : slots->second->size();
  }

  const SumsRow& Stored(const Lookback& row) const {
    const auto found = in_.lookback.find(row);
    return found == in_.lookback.end() ? Nothing() : found->second;
  }

  const SumsRow& LastBefore(const Lookback& row) const {
    auto after = out_.rows.lower_bound(row.before);
    if (after != out_.rows.begin()) {
      --after;
      if (AcademicYear::Of(after->first) == row.year) return after->second;
    }
    // Nothing between the first day and `before`: then the row before the first day is meant.
    return Stored({row.year, std::min(row.before, std::max(first_, row.year.first()))});
  }

  void RewriteSums() {
    std::set<Day> days;
    for (const auto& [day, marks] : in_.changed) days.insert(day);
    for (const auto& [day, row] : in_.stored) days.insert(day);
    SumsRow before_old, before_new;
    std::optional<AcademicYear> year;
    for (const Day day : days) {
      if (const AcademicYear of_day = AcademicYear::Of(day); year != of_day) {
        year = of_day;
        before_old = before_new = Stored({of_day, std::max(first_, of_day.first())});
      }
      RewriteDay(day, SlotsOf(*year), before_old, before_new);
    }
  }

  // Moves both rows on to that day: the sums as stored, and as they are now.
  void RewriteDay(Day day, std::size_t slots, SumsRow& before_old, SumsRow& before_new) {
    const auto stored = in_.stored.find(day);
    before_new.resize(std::max(slots, before_new.size()));
    if (const auto changed = in_.changed.find(day); changed != in_.changed.end()) {
      AddDay(changed->second, day, before_new);
    } else {
      const SumsRow added = Between(before_old, stored->second);
      for (std::size_t slot = 0; slot < added.size(); ++slot) before_new[slot] += added[slot];
    }
    if (stored != in_.stored.end()) before_old = stored->second;
    if (stored == in_.stored.end() || !SameSums(stored->second, before_new))
      out_.rewritten.push_back(day);
    out_.rows[day] = before_new;
  }

  void FindAbsenceCrossings() {
    for (const auto& [day, row] : out_.rows) {
      const AcademicYear year = AcademicYear::Of(day);
      const SumsRow& before = LastBefore({year, day});
      for (std::size_t slot = 0; slot < row.size(); ++slot) {
        const auto was = education::StateAt(SumsAt(before, slot), in_.minimum_possible_sessions);
        const auto is = education::StateAt(row[slot], in_.minimum_possible_sessions);
        if (was == is) continue;
        for (const CrossingKind kind : education::Transition(was, is)) {
          Add(year, slot, day, kind, row[slot].unauthorised);
        }
      }
    }
  }

  void FindUnauthorisedCrossings() {
    for (const auto& [day, row] : out_.rows) {
      if (day < education::kUnauthorisedThresholdFrom) continue;
      const AcademicYear year = AcademicYear::Of(day);
      const Windows windows = WindowsOf(*in_.calendar, day);
      const std::vector<int> now = Counts(windows.now, year);
      const bool any = std::any_of(now.begin(), now.end(), [](int count) {
        return count >= education::kUnauthorisedThresholdSessions;
      });
      if (!any) continue;
      const std::vector<int> before = CountsBefore(windows, year);
      for (std::size_t slot = 0; slot < now.size(); ++slot) {
        if (education::ReachesUnauthorisedThreshold(before[slot], now[slot])) {
          Add(year, slot, day, CrossingKind::kUnauthorised, now[slot]);
        }
      }
    }
  }

  std::vector<int> CountsBefore(const Windows& windows, AcademicYear year) const {
    std::vector<int> before = Counts(windows.before, year);
    if (!windows.since_monday) return before;
    const std::vector<int> since = Counts(windows.since_monday, year);
    const std::vector<int> own = Counts(Window{windows.now->start, windows.now->last - 1}, year);
    for (std::size_t slot = 0; slot < before.size(); ++slot) {
      if (since[slot] > 0) before[slot] = own[slot];
    }
    return before;
  }

  // Unauthorised sessions in the window, by slot of `year`.
  std::vector<int> Counts(const std::optional<Window>& window, AcademicYear year) const {
    std::vector<int> counts(SlotsOf(year));
    // A window of before the rule is empty.
    if (!window || window->last < education::kUnauthorisedThresholdFrom) return counts;
    const std::vector<Lookback> rows = WindowRows(*window);
    AddUnauthorised(rows.front(), year, -1, counts);
    for (std::size_t i = 1; i < rows.size(); ++i) AddUnauthorised(rows[i], year, 1, counts);
    return counts;
  }

  void AddUnauthorised(const Lookback& which, AcademicYear year, int sign,
                       std::vector<int>& counts) const {
    const SumsRow& row = LastBefore(which);
    if (which.year == year) {
      for (std::size_t slot = 0; slot < std::min(row.size(), counts.size()); ++slot) {
        counts[slot] += sign * row[slot].unauthorised;
      }
      return;
    }
    const std::vector<std::uint32_t>& to = SlotsIn(which.year, year);
    for (std::size_t slot = 0; slot < std::min(row.size(), to.size()); ++slot) {
      if (to[slot] != kNoSlot) counts[to[slot]] += sign * row[slot].unauthorised;
    }
  }

  // For each slot of one year the same enrolment's slot in another.
  const std::vector<std::uint32_t>& SlotsIn(AcademicYear from, AcademicYear to) const {
    auto& known = slots_in_[{from, to}];
    if (!known.empty() || SlotsOf(from) == 0 || SlotsOf(to) == 0) return known;
    absl::flat_hash_map<EnrolmentId, std::uint32_t> slots;
    const auto& targets = *in_.slots.at(to);
    for (std::uint32_t slot = 0; slot < targets.size(); ++slot) slots.emplace(targets[slot], slot);
    for (const EnrolmentId& enrolment : *in_.slots.at(from)) {
      const auto slot = slots.find(enrolment);
      known.push_back(slot == slots.end() ? kNoSlot : slot->second);
    }
    return known;
  }

  void Add(AcademicYear year, std::size_t slot, Day day, CrossingKind kind, int unauthorised) {
    const auto& sums = out_.rows.at(day)[slot];
    out_.crossings.push_back(
        {(*in_.slots.at(year))[slot], day, kind, sums.possible, sums.absent(), unauthorised});
  }

  static constexpr std::uint32_t kNoSlot = ~std::uint32_t{0};

  const TimelineInput in_;
  const Day first_;
  mutable std::map<std::pair<AcademicYear, AcademicYear>, std::vector<std::uint32_t>> slots_in_;
  TimelineOutcome out_;
};

}  // namespace

std::set<Lookback> NeededLookbacks(const SchoolCalendar& calendar, Day first,
                                   std::span<const Day> days) {
  std::set<Lookback> needed = {{AcademicYear::Of(first), first}};
  std::optional<Day> monday;
  for (const Day day : days) {
    if (monday == day.Monday()) continue;  // the windows of one week begin together
    monday = day.Monday();
    const Windows windows = WindowsOf(calendar, day);
    for (const auto& window : {windows.now, windows.before, windows.since_monday}) {
      if (!window || window->last < education::kUnauthorisedThresholdFrom) continue;
      for (const Lookback& row : WindowRows(*window)) {
        if (row.before <= first) needed.insert(row);
      }
    }
  }
  return needed;
}

TimelineOutcome Recompute(TimelineInput input) { return Timeline(std::move(input)).Run(); }

}  // namespace pathways::attendance
