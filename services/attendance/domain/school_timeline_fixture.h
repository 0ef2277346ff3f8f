// For tests: a school kept the way the service keeps it, in memory, beside its plain reading.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/education/attendance_code.h"
#include "libs/education/id_source.h"
#include "libs/education/unauthorised_threshold.h"
#include "services/attendance/domain/crossing_changes.h"
#include "services/attendance/domain/day_marks.h"
#include "services/attendance/domain/school_timeline.h"

namespace pathways::attendance {

using namespace std::chrono_literals;
using education::AcademicYear;
using education::CrossingKind;
using education::Day;
using education::EnrolmentId;
using education::SchoolCalendar;

// Two years of autumn and spring terms, with half-term weeks and a long summer between; `closed`
// in the second.
inline SchoolCalendar TwoYears(const std::vector<std::pair<Day, Day>>& closed = {}) {
  std::vector<education::CalendarEntry> entries;
  const auto add = [&](int start, education::CalendarKind kind, Day from, Day to) {
    entries.push_back({std::nullopt, *AcademicYear::FromStartYear(start), kind, "", from, to});
  };
  for (const int start : {2025, 2026}) {
    const std::chrono::year year(start);
    add(start, education::CalendarKind::kTerm, Day(year / 9 / 2), Day(year / 12 / 18));
    add(start, education::CalendarKind::kHoliday, Day(year / 10 / 26), Day(year / 10 / 30));
    add(start, education::CalendarKind::kTerm, Day((year + std::chrono::years(1)) / 1 / 5),
        Day((year + std::chrono::years(1)) / 7 / 17));
  }
  for (const auto& [from, to] : closed) add(2026, education::CalendarKind::kClosure, from, to);
  return *SchoolCalendar::Make(std::nullopt, entries);
}

// A school kept the way the service keeps it, in memory: what is stored changes only by what
// Recompute() answers.
class School {
 public:
  School(SchoolCalendar calendar, int pupils,
         int minimum = education::kDefaultMinimumPossibleSessions)
      : calendar_(std::move(calendar)), minimum_(minimum) {
    for (int i = 0; i < pupils; ++i) enrolments_.push_back(EnrolmentId::New(ids_));
  }

  const SchoolCalendar& calendar() const { return calendar_; }
  const std::vector<EnrolmentId>& enrolments() const { return enrolments_; }
  const std::vector<EnrolmentCrossing>& crossings() const { return crossings_; }
  const CrossingChanges& last_changes() const { return changes_; }

  // Marks of pupils by day, as a file brings them. Slots are given as pupils come, so they differ
  // from year to year.
  using File = std::map<Day, std::vector<std::pair<int, std::string>>>;
  void Import(const File& file) {
    std::map<Day, std::string> changed;
    for (const auto& [day, rows] : file) MergeInto(day, rows, changed);
    if (!changed.empty()) WorkOut(changed.begin()->first, changed);
  }

  // Some days are no school days any more, or are now.
  void ChangeCalendar(SchoolCalendar calendar, Day from) {
    calendar_ = std::move(calendar);
    WorkOut(from, {});
  }

  // Everything worked out anew from the latest marks, pupil by pupil, with the library's own
  // functions.
  std::vector<EnrolmentCrossing> Naive() const {
    std::vector<EnrolmentCrossing> all;
    for (const EnrolmentId& enrolment : enrolments_) AddNaive(enrolment, all);
    return all;
  }

  void ExpectSumsAreNaive() const {
    for (const auto& [day, row] : sums_) {
      const AcademicYear year = AcademicYear::Of(day);
      SumsRow naive;
      for (const auto& [block_day, marks] : blocks_) {
        if (AcademicYear::Of(block_day) == year && block_day <= day)
          AddDay(marks, block_day, naive);
      }
      ASSERT_TRUE(SameSums(row, naive)) << day.ToIso();
    }
    ASSERT_EQ(sums_.size(), blocks_.size());
  }

 private:
  std::size_t SlotOf(AcademicYear year, int pupil) {
    auto& slots = slots_[year];
    const EnrolmentId& enrolment = enrolments_[static_cast<std::size_t>(pupil)];
    const auto found = std::find(slots.begin(), slots.end(), enrolment);
    if (found != slots.end()) return static_cast<std::size_t>(found - slots.begin());
    slots.push_back(enrolment);
    return slots.size() - 1;
  }

  void MergeInto(Day day, const std::vector<std::pair<int, std::string>>& rows,
                 std::map<Day, std::string>& changed) {
    const AcademicYear year = AcademicYear::Of(day);
    for (const auto& [pupil, marks] : rows) SlotOf(year, pupil);
    std::vector<char> said(2 * slots_[year].size());
    for (const auto& [pupil, marks] : rows) {
      const std::size_t slot = SlotOf(year, pupil);
      for (const std::size_t session : {0U, 1U}) {
        if (marks[session] != ' ') said[2 * slot + session] = marks[session];
      }
    }
    const auto known = blocks_.find(day);
    const MergedDay merged = MergeDay(known == blocks_.end() ? std::string() : known->second,
                                      std::vector<bool>(slots_[year].size(), true), said);
    if (merged.changed()) {
      blocks_[day] = merged.marks;
      changed[day] = merged.marks;
    }
  }

  const SumsRow* LastBefore(const Lookback& wanted) const {
    auto row = sums_.lower_bound(wanted.before);
    if (row == sums_.begin()) return nullptr;
    --row;
    return AcademicYear::Of(row->first) == wanted.year ? &row->second : nullptr;
  }

  void WorkOut(Day first, const std::map<Day, std::string>& changed) {
    TimelineInput input{.calendar = &calendar_,
                        .minimum_possible_sessions = minimum_,
                        .slots = {},
                        .first = first,
                        .changed = changed,
                        .stored = {},
                        .lookback = {}};
    for (auto& [year, slots] : slots_) input.slots[year] = &slots;
    std::set<Day> days;
    for (const auto& [day, marks] : changed) days.insert(day);
    for (auto row = sums_.lower_bound(first); row != sums_.end(); ++row) {
      input.stored.insert(*row);
      days.insert(row->first);
    }
    for (const Lookback& row :
         NeededLookbacks(calendar_, first, std::vector<Day>(days.begin(), days.end()))) {
      if (const SumsRow* found = LastBefore(row)) input.lookback.emplace(row, *found);
    }
    Store(first, std::move(input));
  }

  void Store(Day first, TimelineInput input) {
    TimelineOutcome outcome = Recompute(std::move(input));
    for (const Day day : outcome.rewritten) sums_[day] = outcome.rows.at(day);
    std::vector<EnrolmentCrossing> known;
    std::erase_if(crossings_, [&](const EnrolmentCrossing& crossing) {
      if (crossing.day < first) return false;
      known.push_back(crossing);
      return true;
    });
    changes_ = Compare(known, outcome.crossings);
    crossings_.insert(crossings_.end(), outcome.crossings.begin(), outcome.crossings.end());
  }

  void AddNaive(const EnrolmentId& enrolment, std::vector<EnrolmentCrossing>& all) const {
    std::vector<education::SumsToDay> to_day;
    std::vector<education::UnauthorisedDay> unauthorised;
    std::map<Day, education::SessionSums> sums_on;
    std::optional<AcademicYear> year;
    education::SessionSums sums;
    for (const auto& [day, marks] : blocks_) {
      if (year != AcademicYear::Of(day)) sums = {};
      year = AcademicYear::Of(day);
      const auto& slots = slots_.at(*year);
      const auto slot = std::find(slots.begin(), slots.end(), enrolment);
      education::SessionSums that_day;
      if (slot != slots.end()) {
        for (const auto session : {education::Session::kMorning, education::Session::kAfternoon}) {
          const char mark = MarkAt(marks, static_cast<std::size_t>(slot - slots.begin()), session);
          that_day += education::CountsFor(day)[static_cast<unsigned char>(mark)];
        }
      }
      sums += that_day;
      sums_on[day] = sums;
      to_day.push_back({day, sums});
      unauthorised.push_back({day, that_day.unauthorised});
    }
    for (const education::Crossing& crossing : education::AbsenceCrossings(to_day, minimum_)) {
      all.push_back({enrolment, crossing.day, crossing.kind, crossing.possible, crossing.absent,
                     sums_on.at(crossing.day).unauthorised});
    }
    for (const auto& crossing : education::UnauthorisedCrossings(unauthorised, calendar_)) {
      const education::SessionSums& on = sums_on.at(crossing.day);
      all.push_back({enrolment, crossing.day, CrossingKind::kUnauthorised, on.possible, on.absent(),
                     crossing.count});
    }
  }

  education::SequenceIdSource ids_;
  SchoolCalendar calendar_;
  const int minimum_;
  std::vector<EnrolmentId> enrolments_;
  std::map<AcademicYear, std::vector<EnrolmentId>> slots_;
  std::map<Day, std::string> blocks_;
  std::map<Day, SumsRow> sums_;
  std::vector<EnrolmentCrossing> crossings_;
  CrossingChanges changes_;
};

}  // namespace pathways::attendance
