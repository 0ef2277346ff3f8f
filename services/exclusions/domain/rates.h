// Counts and rates as the national statistics compute them.
//
// Rate = number / pupils x 100, shown with two decimals, halves away from zero: 0.10 is 10 in
// 10,000. A suspension rate may pass 100; that of pupils with one or more cannot. Pupils are the
// headcount of the spring census of that year, sole and dual main registrations, also for the rates
// of one term. Source: Suspensions and permanent exclusions in England, definitions.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "libs/education/percent.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/statutory_term.h"

namespace pathways::exclusions {

// Named as the columns of the national open data sets.
struct ExclusionCounts {
  std::int64_t headcount = 0;
  std::int64_t perm_excl = 0;
  std::int64_t suspension = 0;     // lunchtimes among them
  std::int64_t one_plus_susp = 0;  // pupils
  // A local measure: half days of suspension served, and those of all pupils.
  std::int64_t sessions_lost = 0;
  std::int64_t sessions_possible = 0;

  education::Percent perm_excl_rate() const { return {perm_excl, headcount}; }
  education::Percent susp_rate() const { return {suspension, headcount}; }
  education::Percent one_plus_susp_rate() const { return {one_plus_susp, headcount}; }
  education::Percent sessions_lost_rate() const { return {sessions_lost, sessions_possible}; }

  friend bool operator==(const ExclusionCounts&, const ExclusionCounts&) = default;
};

// Those of a span of days, by first day; only what counts in statistics (CountsInStatistics).
// headcount, sessions_lost and sessions_possible are left for the caller, who has them.
ExclusionCounts CountExclusions(std::span<const Exclusion> exclusions, const DaySpan& span);

}  // namespace pathways::exclusions
