// What a head teacher decided, as entered: any part may be missing or wrong. checks.h says what
// keeps it from being recorded, preview.h what it would mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/kind.h"

namespace pathways::exclusions {

struct Facts {
  std::optional<Kind> kind = {};
  std::optional<education::Day> start = {};
  education::Session start_session = education::Session::kMorning;
  int half_days = 0;                              // lunchtimes: their number; permanent: 0
  std::vector<std::string> reasons = {};          // codes as entered
  std::optional<education::Day> decided_on = {};  // nothing: the first day
  std::optional<education::Day> exam_on = {};
  std::optional<education::Day> end = {};  // as stated by a file; checked against the length
  bool has_evidence = false;               // words were written; needed for a permanent exclusion
  bool has_tried = false;
  bool warnings_seen = false;
  bool history = false;  // of the past: over the yearly limit it is recorded and shown, not refused
};

// The day of the decision: as entered, otherwise the first day.
std::optional<education::Day> DecidedOn(const Facts& facts);

// Who and where, beside the facts.
struct Whom {
  ExclusionId id;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  PupilThen pupil_then;
};

// The exclusion that good facts make. Only for facts without a problem (CheckFacts);
// FAILED_PRECONDITION when a part that is needed is missing, never a guess.
absl::StatusOr<Exclusion> MakeExclusion(const Whom& whom, const Facts& facts);

}  // namespace pathways::exclusions
