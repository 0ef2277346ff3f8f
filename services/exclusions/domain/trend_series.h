// Cells as the lines of a chart, and what of them is kept back from those who do not work with the
// cases.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/percent.h"
#include "services/exclusions/domain/suppression.h"
#include "services/exclusions/domain/trend.h"

namespace pathways::exclusions {

// Of one place; from first to last year, both included.
struct TrendSpan {
  education::AcademicYear first;
  education::AcademicYear last;
  bool by_term = false;
};

// What was read of one place.
struct TrendFigures {
  struct Counted {
    Breakdown breakdown;
    education::AcademicYear year;
    SchoolTerm term;
    std::string value;
    TrendCounts counts;
  };
  struct Headcount {
    Breakdown breakdown;
    education::AcademicYear year;
    std::string value;
    std::int64_t pupils;
  };
  std::vector<Counted> counted;
  std::vector<Headcount> headcounts;
};

// What a caller does not get to see. Half days go with the suspensions they are of.
struct TrendHidden {
  bool suspensions = false;
  bool pupils = false;
  bool permanent = false;
  bool headcount = false;
};

struct TrendPoint {
  education::AcademicYear year;
  SchoolTerm term = SchoolTerm::kWholeYear;
  TrendCounts counts = {};
  std::int64_t headcount = 0;  // of the year; 0: nobody, or not known
  bool unfinished = false;     // its last day is still to come
  TrendHidden hidden = {};

  // Per 100 pupils.
  education::Percent suspension_rate() const { return {counts.suspensions, headcount}; }
  education::Percent half_day_rate() const { return {counts.half_days, headcount}; }
  education::Percent pupil_rate() const { return {counts.pupils, headcount}; }
  education::Percent permanent_rate() const { return {counts.permanent, headcount}; }
};

struct TrendSeries {
  Breakdown by = Breakdown::kTotal;
  std::string value = {};
  std::vector<TrendPoint> points = {};  // every period that has begun by today, oldest first
};

// The series of each breakdown, values in order; a value nobody has, on roll or excluded, is left
// out. An exclusion's reason divides no pupils: those rates are of all.
std::vector<TrendSeries> MakeSeries(const TrendFigures& figures, const TrendSpan& span,
                                    const std::vector<Breakdown>& breakdowns, education::Day today);

// Marks what is small, and what would tell it by subtraction. `known`, from MakeSeries with the
// same span, is what the caller sees in full anyway (a school its own figures): only the rest is
// protected from them. Divided series must be of whole years: terms of them would be one table with
// every other answer, and are not given (see trends_api). Lists add up to one total each, so a
// total is hidden in all of them or in none: when it is itself small.
void HideSmall(const std::vector<TrendSeries>& known, std::vector<TrendSeries>* series);

}  // namespace pathways::exclusions
