// What schools took in against their share, how long cases take, and whether returns held.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "services/panel/domain/decision.h"
#include "services/panel/domain/matching.h"
#include "services/panel/domain/panel_case.h"

namespace pathways::panel {

// Numbers of pupils below this are kept back from those who do not work with the cases (as in
// national statistics of small groups); none is told.
inline constexpr int kFewestShown = 5;

struct SchoolShare {
  education::Urn urn;
  std::optional<Phase> phase;
  std::string name;
  int headcount = 0;
  int taken_in = 0;
  double fair_share = 0;  // of what all schools of that phase took in, by headcount
};
// Open schools, and those that took somebody in. By phase, then most above its share, then name.
std::vector<SchoolShare> SharesOf(const std::vector<SchoolOption>& schools,
                                  const std::map<education::Urn, int>& taken_in);

// One case referred in the span. Days as in the calendar of London.
struct CaseCourse {
  std::optional<Phase> phase;
  education::Day referred;
  std::optional<DecisionKind> kind = {};  // of its first decision that is no deferral
  std::optional<education::Day> decided = {};
  std::optional<education::Day> started = {};  // support in mainstream: with the decision
  bool over = false;                           // closed or withdrawn
};

struct Durations {
  int cases = 0;
  double median = 0;
  int shortest = 0;
  int longest = 0;
};
// All noughts of none.
Durations DurationsOf(std::vector<int> days);

struct CaseTimes {
  std::optional<Phase> phase = {};        // nothing: all
  std::optional<DecisionKind> kind = {};  // nothing: all
  Durations to_decision = {};
  Durations to_start = {};
  int waiting_for_decision = 0;
  int longest_wait = 0;
  int waiting_for_start = 0;
};
// All; each panel that has cases; each kind that was decided.
std::vector<CaseTimes> TimesOf(std::span<const CaseCourse> cases, education::Day today);

// A pupil back in a mainstream school.
struct Return {
  education::PupilId pupil;
  education::Urn urn;
  education::Day day;
};
// What became of it by a day so many weeks later.
struct ReturnOutcome {
  bool excluded_again = false;
  bool placed_again = false;
  bool on_roll = true;

  bool held() const { return !excluded_again && !placed_again && on_roll; }
};
inline constexpr std::array<int, 2> kReturnWeeks = {12, 26};

// Whether so many weeks from `day` on are over.
bool WeeksAreOver(education::Day day, int weeks, education::Day today);

}  // namespace pathways::panel
