// How near a pupil is to a permanent exclusion, as far as facts tell: a sum of points, each with
// its fact, its weight and what would change it. It proposes help and never accuses; a person
// decides.
//
// Sex, ethnicity, disadvantage and a plan's mere existence carry the system's inequality: they are
// audited elsewhere and have no place in these facts. SEN support enters because it brings support.
// Weights and thresholds are the authority's data. Whole numbers only: the same facts give the same
// score everywhere.
//
// Source of what is known to come before a permanent exclusion: national statistics and (practice).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/exclusions/domain/problem.h"

namespace pathways::exclusions {

// A fact that can bring points, by its value.
enum class Factor : std::uint8_t {
  kSuspensions,           // in the rolling year, lunchtimes among them
  kHalfDaysSuspended,     // in the rolling year
  kRisingLength,          // 1: each of the last three was longer than the one before
  kRepeatReason,          // how often the commonest reason was given in the rolling year
  kAbsencePercent,        // of possible sessions in the rolling year, rounded down
  kUnauthorisedSessions,  // in the rolling ten school weeks
  kUnauthorisedRising,    // 1: more of them than in the ten weeks before
  kSenSupport,            // 1: SEN support without a plan
  kYearGroup,             // 1: in the years the weights name
  kSchoolMoves,           // outside the normal points of change, in three years
  kSocialCare,            // 1: a social worker now, or within twelve months
  kSupportInPlace,        // kinds of support under way; usually brings points off
};
inline constexpr std::size_t kFactorCount = 12;
std::string_view FactorName(Factor factor);  // "suspensions", as stored
std::optional<Factor> FactorFromName(std::string_view name);
std::string_view FactorTitle(Factor factor);  // "Suspensions in the last twelve months"

struct RiskFacts {
  int suspensions = 0;
  int half_days_suspended = 0;
  bool rising_length = false;
  int repeat_reason = 0;
  int absence_percent = 0;  // 0 to 100
  int unauthorised_sessions = 0;
  bool unauthorised_rising = false;
  bool sen_support = false;
  std::optional<int> year = {};  // 1 to 14; nothing for nursery, reception, not recorded
  bool primary = false;
  int school_moves = 0;
  bool social_care = false;
  int support_in_place = 0;

  friend bool operator==(const RiskFacts&, const RiskFacts&) = default;
};

// From `at_least` on the factor brings `points`, until a higher band of the factor takes over.
struct Band {
  Factor factor;
  int at_least;  // 1 or more
  int points;    // -100 to 100

  friend bool operator==(const Band&, const Band&) = default;
};

struct YearRange {
  int first;
  int last;

  friend bool operator==(const YearRange&, const YearRange&) = default;
};

struct RiskWeights {
  std::string version;
  std::vector<Band> bands;
  YearRange primary_years;  // that bring the points of kYearGroup
  YearRange secondary_years;
  int primary_threshold = 0;  // score from which help is proposed
  int secondary_threshold = 0;

  friend bool operator==(const RiskWeights&, const RiskWeights&) = default;
};

// A starting point for an authority. (practice)
const RiskWeights& UsualRiskWeights();

// Doubled bands, points or values out of range, thresholds below 1, years the wrong way round.
// Fields: bands, primary_years, secondary_years, primary_threshold, secondary_threshold.
std::vector<Problem> CheckWeights(const RiskWeights& weights);

struct FactorShare {
  Factor factor;
  int value = 0;
  int points = 0;         // what it brings to the score now
  std::string fact;       // "4 suspensions in the last twelve months"
  std::string to_change;  // "Fewer than 3 would take 10 points off"; "5 would add 15"
};

struct Risk {
  int score = 0;      // never below 0
  int threshold = 0;  // for the pupil's phase
  bool proposes = false;
  std::string weights_version;
  std::vector<FactorShare> factors;  // every factor with bands; most points first
};

// `weights` must be good (CheckWeights).
Risk RiskOf(const RiskFacts& facts, const RiskWeights& weights);

// Score and proposal alone: what a rehearsal over a year's pupils needs.
struct RiskScore {
  int score = 0;
  bool proposes = false;
};
RiskScore ScoreOf(const RiskFacts& facts, const RiskWeights& weights);

}  // namespace pathways::exclusions
