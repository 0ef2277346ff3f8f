// Where exclusions are entered, each laid on the calendar of its school.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "tools/demo/borough.h"
#include "tools/demo/exclusion.h"

namespace pathways::demo {

// A child's time at one school.
struct Stay {
  std::uint64_t number;
  const Child* child;
  std::size_t school;
  education::Day first;
  education::Day last;
  education::AcademicYear year;  // in which the child has its year group
  // Whether it is known from the start that nothing changes before `last`.
  bool is_settled = true;

  // The year group as a number in another year.
  int YearNumberIn(education::AcademicYear other) const;
};

// Of all three years; they point into the borough.
std::vector<Stay> StaysIn(const Borough& borough);

class ExclusionBook {
 public:
  // The borough must outlive the book.
  ExclusionBook(const Borough& borough, std::uint64_t seed) : borough_(borough), seed_(seed) {}

  struct Entry {
    ExclusionKind kind = ExclusionKind::kSuspension;
    education::Day start;
    education::Session start_session = education::Session::kMorning;
    int sessions = 0;
    Fate fate = {};
  };
  // The last day out. Nothing is entered, and nothing answered, where the child is not on roll from
  // the first to the last day or the calendar does not reach so far.
  std::optional<education::Day> Enter(const Stay& stay, const Entry& entry);

  // Those begun by `until`, by child and start, with what was known of them then.
  std::vector<Exclusion> AsOf(education::Day until) const;

 private:
  void TellBoards(std::vector<Exclusion>& by_child) const;
  education::Day DecisionDay(const Stay& stay, const Entry& entry, bool the_day_before) const;

  const Borough& borough_;
  const std::uint64_t seed_;
  std::vector<Exclusion> exclusions_;
};

}  // namespace pathways::demo
