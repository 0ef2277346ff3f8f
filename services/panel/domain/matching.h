// Which programme or school fits a pupil, in which order and why, and why not the rest. It
// proposes; a person decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/panel/domain/places.h"

namespace pathways::panel {

struct PupilWish {
  education::Urn urn;  // the pupil's school
  Phase phase = Phase::kSecondary;
  std::vector<std::string> needs = {};
  int tier = 1;
  std::vector<Weekday> days = {};
  std::optional<Grid> from = {};  // nothing: distances are not known
};

// A school that could take the pupil.
struct SchoolOption {
  education::Urn urn;
  std::string name;
  std::optional<Phase> phase = {};
  bool open = true;
  int pupils = 0;    // by its last count; 0: not known
  int taken_in = 0;  // pupils it took through the panel in the last twelve months
  std::optional<Grid> grid = {};
};

struct Match {
  std::optional<ProgrammeId> programme = {};
  std::optional<ProviderId> provider = {};
  std::optional<education::Urn> urn = {};
  std::string name;
  int rank = 0;   // from 1; 0: it cannot take the pupil
  int score = 0;  // 0 to 100
  std::vector<std::string> reasons = {};
  std::vector<std::string> why_not = {};
  int places_free = 0;
  std::int64_t pence_a_week = 0;
  int metres = -1;  // straight line; -1: not known
};

// Every programme of the providers. Points: needs served 50, nearness 30 (none from 20 km on, half
// when not known), places free 20. Equal scores: cheaper first, then by name.
std::vector<Match> MatchProgrammes(const PupilWish& wish, const std::vector<Provider>& providers,
                                   education::Day today);

// Every school but the pupil's own, those first that took in fewest of the panel's pupils for their
// size: a fair share is the same number for each pupil on roll. Points: share 70 (all when none was
// taken in, half at the fair share, none at twice of it, half when not known), nearness 30 as
// above.
std::vector<Match> MatchSchools(const PupilWish& wish, const std::vector<SchoolOption>& schools);

}  // namespace pathways::panel
