// What attendance said about one enrolment, reduced to what proposals need.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libs/education/identifiers.h"
#include "services/referrals/domain/proposal.h"

namespace pathways::referrals {

enum class AbsenceChangeType : std::uint8_t {
  kCrossed,            // propose
  kCrossingWithdrawn,  // corrected marks: it never was so
  kRecovered,  // a fact for the timeline; a proposal that nobody decided about waits no longer
  kRecoveryWithdrawn,  // corrected marks: it waits again
};

struct AbsenceChange {
  AbsenceChangeType type;
  std::string kind;
  education::PupilId pupil;
  education::EnrolmentId enrolment;
  education::Urn urn;
  education::LaCode la_code;
  AbsenceFigures figures;
  std::string trace_id;
};

// Splits changes, given in order, into rounds in each of which an enrolment and kind comes at most
// once, the order within them kept: so each round can be written in sets.
std::vector<std::vector<AbsenceChange>> InRounds(std::span<const AbsenceChange> changes);

}  // namespace pathways::referrals
