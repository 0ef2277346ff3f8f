// What recording or changing an exclusion would mean, before it is: its problems, its warnings, the
// clock it would have. One way for the preview, for people and for files.
#pragma once

#include <optional>
#include <vector>

#include "libs/education/day.h"
#include "services/exclusions/api/messages.h"
#include "services/exclusions/api/pupil_at_school.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/preview.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {

struct AssessmentInput {
  const PupilAtSchool& pupil;
  const Ledger& ledger;                // all of the pupil's exclusions
  const CalendarsBySchool& calendars;  // of every school in it, and of this one
  RecordedThen then;                   // as of the first day
  education::Day today;
  // What would be changed; null for a new one.
  const KeptExclusion* changed = nullptr;
  // A file corrects what was recorded; it may also make a suspension longer.
  bool correction = false;
};

struct Assessment {
  std::vector<Problem> problems;  // in the fields of the facts
  std::vector<Warning> warnings;
  // As it would be, when enough is known to say.
  std::optional<KeptExclusion> made;
  std::optional<StatutoryClock> clock;
};

// `read.problems` come first. That warnings were not yet read is not among the problems: see
// NotSeen.
Assessment Assess(const ReadFactsResult& read, ExclusionId id, const AssessmentInput& input);

// The problem of warnings that must be read and were not.
std::optional<Problem> NotSeen(const Assessment& assessment, const Facts& facts);

}  // namespace pathways::exclusions
