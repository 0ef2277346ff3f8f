// What recording an exclusion would mean, and what must have been thought of before: shown to the
// head teacher before anything is recorded.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/exclusion.h"

namespace pathways::exclusions {

struct Warning {
  std::string_view code;   // stable: "primary", "has_ehcp", "over_45_days", ...
  std::string text;        // what it would mean, in a sentence
  std::string_view to_do;  // what must have been tried or done
  std::string_view source = {};
  bool refuses = false;       // cannot be recorded as it stands
  bool must_be_seen = false;  // the head teacher has to say that it was read
};

// For an exclusion not yet recorded and its clock (ClockOf). Codes, in the order in which they
// come:
//   over_45_days        the sum passes the limit of the year (refuses, unless history)
//   primary             the authority's aim: no primary pupil is excluded
//   has_ehcp            no pupil with a plan is excluded; an early annual review first
//   looked_after        the virtual school head first
//   has_social_worker   the social worker first
//   sen_support         what the school does for the need, and whether it is enough
//   permanent           only for a serious or persistent breach of the behaviour policy, and where
//                       staying would seriously harm the education or welfare of others
//   public_examination  one is missed; the board meets before it as far as practicable
//   over_15_in_term     the governing board must consider it
//   over_5_in_term      ... when parents ask; the board is told without delay
//   provision_due       full-time education from day six
std::vector<Warning> WarningsOf(const Exclusion& exclusion, const StatutoryClock& clock,
                                bool history);

// Whether the head teacher still has to say that the warnings were read.
bool MustBeSeen(std::span<const Warning> warnings);

}  // namespace pathways::exclusions
