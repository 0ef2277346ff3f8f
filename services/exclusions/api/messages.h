// The rules' values as messages, and messages back.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/facts.h"
#include "services/exclusions/domain/preview.h"
#include "services/exclusions/domain/problem.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/kept_exclusion.h"
#include "services/exclusions/store/step_row.h"
#include "services/exclusions/store/timeline_store.h"

namespace pathways::exclusions {

// Nothing for UNSPECIFIED and for values this version does not know.
std::optional<Kind> FromMessage(v1::Kind kind);
std::optional<State> FromMessage(v1::ExclusionState state);
v1::Kind ToMessage(Kind kind);

// What somebody entered: the facts, what they say about the pupil, and the words, tidied. Problems:
// what cannot be read, in the fields of the facts.
struct ReadFactsResult {
  Facts facts;
  bool has_social_worker = false;
  bool no_examinations_left = false;
  Words words;
  std::vector<Problem> problems;
};
ReadFactsResult ReadFacts(const v1::ExclusionFacts& message);

struct ReadDecisionsResult {
  Decisions decisions;
  std::vector<Problem> problems;
};
ReadDecisionsResult ReadDecisions(const v1::Decisions& message);

// Without words, steps done and the next step's days.
void Fill(const KeptExclusion& kept, v1::Exclusion* to);
void Fill(const Words& words, v1::ExclusionFacts* to);
void Fill(const std::vector<StepTold>& done, v1::Exclusion* to);
// When the next step is due, seen from today.
void FillNext(const KeptExclusion& kept, const std::vector<StepRow>& steps,
              const education::SchoolCalendar& calendar, education::Day today, v1::Exclusion* to);
void Fill(const TimelineEntry& entry, v1::TimelineEntry* to);
void Fill(const Warning& warning, v1::Warning* to);
void Fill(const Derived& derived, v1::Totals* to);
void Fill(const Totals& totals, v1::Totals* to);

// Without the working.
void Fill(const StepRow& row, const Exclusion& exclusion, const education::SchoolCalendar& calendar,
          education::Day today, v1::ClockStep* to);
// The working of a step, and why a step that does not apply does not.
void FillWorking(Step step, const StatutoryClock& clock, education::Urn urn,
                 const education::SchoolCalendar& calendar, v1::ClockStep* to);

}  // namespace pathways::exclusions
