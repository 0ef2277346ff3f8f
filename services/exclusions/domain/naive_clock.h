// For property tests: the clock as anybody would work it out by hand, day by day and session by
// session. Slow, and sharing nothing with the clock but the reference dates.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/statutory_term.h"

namespace pathways::exclusions::fixture {

using education::Day;

// A calendar as the set of its school days, and the counts as anybody would do them by hand.
class NaiveCalendar {
 public:
  explicit NaiveCalendar(const education::SchoolCalendar& calendar)
      : days_(calendar.school_days().begin(), calendar.school_days().end()) {}

  std::optional<Day> After(Day day, int n) const {
    for (const Day school_day : days_) {
      if (school_day > day && --n == 0) return school_day;
    }
    return std::nullopt;
  }
  std::optional<Day> LastBefore(Day day) const {
    std::optional<Day> last;
    for (const Day school_day : days_) {
      if (school_day < day) last = school_day;
    }
    return last;
  }
  const std::set<Day>& days() const { return days_; }

 private:
  std::set<Day> days_;
};

// Each half day out: its day, and 0 for the morning or lunch, 1 for the afternoon.
inline std::vector<std::pair<Day, int>> Sessions(const Exclusion& exclusion,
                                                 const NaiveCalendar& calendar) {
  std::vector<std::pair<Day, int>> sessions;
  const bool lunch = exclusion.kind == Kind::kLunchtime;
  int left = exclusion.half_days.count();
  for (const Day day : calendar.days()) {
    if (day < exclusion.start) continue;
    for (int session = 0; session < (lunch ? 1 : 2); ++session) {
      const bool still_in = !lunch && day == exclusion.start && session == 0 &&
                            exclusion.start_session == education::Session::kAfternoon;
      if (left == 0 || still_in) continue;
      sessions.emplace_back(day, session);
      --left;
    }
  }
  return sessions;
}

struct NaiveClock {
  Day last;
  std::optional<Day> back;
  int in_term = 0;
  int in_year = 0;
  std::optional<Day> provision;
  std::optional<Day> consider_by;
};

class NaiveModel {
 public:
  NaiveModel(const NaiveCalendar& calendar, std::vector<Exclusion> all)
      : calendar_(calendar), all_(std::move(all)) {}

  // Of the last of them.
  NaiveClock Clock() const {
    const Exclusion& own = all_.back();
    const auto sessions = Sessions(own, calendar_);
    NaiveClock clock{.last = sessions.back().first, .back = {}, .provision = {}, .consider_by = {}};
    const bool whole = own.kind == Kind::kLunchtime || sessions.back().second == 1;
    clock.back = whole ? calendar_.After(clock.last, 1) : clock.last;
    for (const auto& [day, session] : sessions) {
      clock.in_term = std::max(clock.in_term, HalfDaysIn(StatutoryTermOf(day)));
    }
    clock.in_year = HalfDaysIn(SchoolYearOf(own.start));
    clock.provision = Provision(clock.last);
    clock.consider_by = ConsiderBy(clock);
    return clock;
  }

 private:
  int HalfDaysIn(const DaySpan& span) const {
    int sum = 0;
    for (const Exclusion& exclusion : all_) {
      for (const auto& [day, session] : Sessions(exclusion, calendar_)) {
        sum += span.Contains(day) ? 1 : 0;
      }
    }
    return sum;
  }

  // The sixth day of the chain of days out that ends with `last`.
  std::optional<Day> Provision(Day last) const {
    if (all_.back().kind == Kind::kLunchtime) return std::nullopt;
    std::set<Day> out;
    for (const Exclusion& exclusion : all_) {
      if (exclusion.kind == Kind::kLunchtime) continue;
      for (const auto& [day, session] : Sessions(exclusion, calendar_)) out.insert(day);
    }
    std::vector<Day> chain;
    for (auto day = out.rbegin(); day != out.rend(); ++day) {
      if (*day > last) continue;
      if (!chain.empty() && calendar_.After(*day, 1) != chain.back()) break;
      chain.push_back(*day);
    }
    if (chain.size() < 6) return std::nullopt;
    return chain[chain.size() - 6];
  }

  std::optional<Day> ConsiderBy(const NaiveClock& clock) const {
    const Exclusion& own = all_.back();
    const Day told = own.decisions.board_told_on.value_or(own.start);
    if (own.exam_on || clock.in_term > 30) {
      const auto fifteenth = calendar_.After(told, 15);
      if (own.exam_on && (!fifteenth || *own.exam_on <= *fifteenth)) {
        return calendar_.LastBefore(*own.exam_on);
      }
      return fifteenth;
    }
    if (clock.in_term > 10 && own.decisions.representations_on) return calendar_.After(told, 50);
    return std::nullopt;
  }

  const NaiveCalendar& calendar_;
  std::vector<Exclusion> all_;
};

}  // namespace pathways::exclusions::fixture
