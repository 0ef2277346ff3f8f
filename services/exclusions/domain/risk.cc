#include "services/exclusions/domain/risk.h"

#include <algorithm>
#include <functional>

namespace pathways::exclusions {
namespace {

constexpr int kMostPoints = 100;

struct FactorRow {
  Factor factor;
  std::string_view name;
  std::string_view title;
  std::string_view one;  // "# suspension in ..." with the value for #
  std::string_view many;
  bool yes_or_no;
};
using enum Factor;
// In the order of the factors. For a yes-or-no factor `one` is what is so, `many` what is not.
constexpr std::array<FactorRow, kFactorCount> kRows = {{
    {kSuspensions, "suspensions", "Suspensions in the last twelve months",
     "# suspension in the last twelve months", "# suspensions in the last twelve months", false},
    {kHalfDaysSuspended, "half_days_suspended", "Half days suspended in the last twelve months",
     "# half day suspended in the last twelve months",
     "# half days suspended in the last twelve months", false},
    {kRisingLength, "rising_length", "Suspensions that get longer",
     "Each of the last three suspensions was longer than the one before",
     "The last suspensions did not get longer", true},
    {kRepeatReason, "repeat_reason", "The same reason again",
     "The commonest reason was given # time in the last twelve months",
     "The commonest reason was given # times in the last twelve months", false},
    {kAbsencePercent, "absence_percent", "Absence in the last twelve months",
     "Absent from #% of sessions in the last twelve months",
     "Absent from #% of sessions in the last twelve months", false},
    {kUnauthorisedSessions, "unauthorised_sessions", "Unauthorised absence in ten school weeks",
     "# unauthorised session in the last ten school weeks",
     "# unauthorised sessions in the last ten school weeks", false},
    {kUnauthorisedRising, "unauthorised_rising", "Unauthorised absence that rises",
     "More unauthorised absence than in the ten school weeks before",
     "No more unauthorised absence than in the ten school weeks before", true},
    {kSenSupport, "sen_support", "SEN support without a plan", "SEN support without a plan",
     "No SEN support, or a plan", true},
    {kYearGroup, "year_group", "Year group", "In a year group in which exclusions are commonest",
     "Not in a year group in which exclusions are commonest", true},
    {kSchoolMoves, "school_moves", "Moves of school in three years",
     "# move of school in the last three years", "# moves of school in the last three years",
     false},
    {kSocialCare, "social_care", "Contact with social care",
     "A social worker in the last twelve months", "No social worker in the last twelve months",
     true},
    {kSupportInPlace, "support_in_place", "Support under way", "# kind of support under way",
     "# kinds of support under way", false},
}};

constexpr bool RowsAreInOrder() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].factor != static_cast<Factor>(i)) return false;
  }
  return true;
}
static_assert(RowsAreInOrder());

const FactorRow& RowOf(Factor factor) { return kRows[static_cast<std::size_t>(factor)]; }

bool InPeakYears(const RiskFacts& facts, const RiskWeights& weights) {
  const YearRange& years = facts.primary ? weights.primary_years : weights.secondary_years;
  return facts.year && years.first <= *facts.year && *facts.year <= years.last;
}

using Values = std::array<int, kFactorCount>;

// By factor, in their order.
Values ValuesOf(const RiskFacts& facts, const RiskWeights& weights) {
  return {facts.suspensions,
          facts.half_days_suspended,
          facts.rising_length ? 1 : 0,
          facts.repeat_reason,
          facts.absence_percent,
          facts.unauthorised_sessions,
          facts.unauthorised_rising ? 1 : 0,
          facts.sen_support ? 1 : 0,
          InPeakYears(facts, weights) ? 1 : 0,
          facts.school_moves,
          facts.social_care ? 1 : 0,
          facts.support_in_place};
}

// The highest band that the value reaches; null when none.
const Band* BandAt(const RiskWeights& weights, Factor factor, int value) {
  const Band* reached = nullptr;
  for (const Band& band : weights.bands) {
    if (band.factor != factor || band.at_least > value) continue;
    if (reached == nullptr || band.at_least > reached->at_least) reached = &band;
  }
  return reached;
}

const Band* NextBand(const RiskWeights& weights, Factor factor, int value) {
  const Band* next = nullptr;
  for (const Band& band : weights.bands) {
    if (band.factor != factor || band.at_least <= value) continue;
    if (next == nullptr || band.at_least < next->at_least) next = &band;
  }
  return next;
}

int PointsAt(const RiskWeights& weights, Factor factor, int value) {
  const Band* band = BandAt(weights, factor, value);
  return band == nullptr ? 0 : band->points;
}

std::string Points(int points) {
  const int size = points < 0 ? -points : points;
  return std::to_string(size) + (size == 1 ? " point" : " points");
}

// "take 10 points off", "add 5 points", "change nothing".
std::string Effect(int difference) {
  if (difference == 0) return "change nothing";
  return difference < 0 ? "take " + Points(difference) + " off" : "add " + Points(difference);
}

std::string FactOf(Factor factor, int value) {
  const FactorRow& row = RowOf(factor);
  if (row.yes_or_no) return std::string(value != 0 ? row.one : row.many);
  std::string fact(value == 1 ? row.one : row.many);
  fact.replace(fact.find('#'), 1, std::to_string(value));
  return fact;
}

std::string YesOrNoChange(const RiskWeights& weights, Factor factor, int value) {
  const int other = value == 0 ? 1 : 0;
  const int difference = PointsAt(weights, factor, other) - PointsAt(weights, factor, value);
  return "If this were not so it would " + Effect(difference);
}

std::string ToChange(const RiskWeights& weights, Factor factor, int value) {
  if (RowOf(factor).yes_or_no) return YesOrNoChange(weights, factor, value);
  const int now = PointsAt(weights, factor, value);
  std::string words;
  if (const Band* reached = BandAt(weights, factor, value)) {
    const int below = PointsAt(weights, factor, reached->at_least - 1);
    words = "Fewer than " + std::to_string(reached->at_least) + " would " + Effect(below - now);
  }
  if (const Band* next = NextBand(weights, factor, value)) {
    if (!words.empty()) words += "; ";
    words += std::to_string(next->at_least) + " or more would " + Effect(next->points - now);
  }
  return words;
}

bool HasBands(const RiskWeights& weights, Factor factor) {
  return std::ranges::any_of(weights.bands,
                             [&](const Band& band) { return band.factor == factor; });
}

std::vector<Problem> CheckBands(const RiskWeights& weights) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < weights.bands.size(); ++i) {
    const Band& band = weights.bands[i];
    const std::string title(FactorTitle(band.factor));
    if (band.at_least < 1) problems.push_back({"bands", title + ": begin at 1 or more"});
    if (band.points < -kMostPoints || band.points > kMostPoints) {
      problems.push_back({"bands", title + ": use -100 to 100 points"});
    }
    for (std::size_t j = 0; j < i; ++j) {
      const Band& other = weights.bands[j];
      if (other.factor != band.factor || other.at_least != band.at_least) continue;
      problems.push_back(
          {"bands", title + ": give " + std::to_string(band.at_least) + " once only"});
    }
  }
  if (weights.bands.empty()) problems.push_back({"bands", "Give at least one factor points"});
  return problems;
}

}  // namespace

std::string_view FactorName(Factor factor) { return RowOf(factor).name; }

std::optional<Factor> FactorFromName(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &FactorRow::name);
  if (found == kRows.end()) return std::nullopt;
  return found->factor;
}

std::string_view FactorTitle(Factor factor) { return RowOf(factor).title; }

const RiskWeights& UsualRiskWeights() {
  static const RiskWeights weights = {
      .version = "usual-2026",
      .bands = {{kSuspensions, 1, 10},
                {kSuspensions, 2, 25},
                {kSuspensions, 4, 35},
                {kHalfDaysSuspended, 10, 10},
                {kHalfDaysSuspended, 20, 20},
                {kRisingLength, 1, 10},
                {kRepeatReason, 3, 10},
                {kAbsencePercent, 10, 5},
                {kAbsencePercent, 20, 10},
                {kUnauthorisedSessions, 10, 10},
                {kUnauthorisedRising, 1, 5},
                {kSenSupport, 1, 10},
                {kYearGroup, 1, 5},
                {kSchoolMoves, 1, 5},
                {kSchoolMoves, 2, 10},
                {kSocialCare, 1, 10},
                {kSupportInPlace, 1, -5},
                {kSupportInPlace, 2, -10}},
      .primary_years = {4, 6},
      .secondary_years = {8, 10},
      .primary_threshold = 30,
      .secondary_threshold = 45,
  };
  return weights;
}

std::vector<Problem> CheckWeights(const RiskWeights& weights) {
  std::vector<Problem> problems = CheckBands(weights);
  const auto check_years = [&](const char* field, const YearRange& years) {
    if (years.first >= 1 && years.first <= years.last && years.last <= 14) return;
    problems.push_back({field, "Use years from 1 to 14, the lower first"});
  };
  check_years("primary_years", weights.primary_years);
  check_years("secondary_years", weights.secondary_years);
  const auto check_threshold = [&](const char* field, int threshold) {
    if (threshold < 1) problems.push_back({field, "Use a threshold of 1 or more"});
  };
  check_threshold("primary_threshold", weights.primary_threshold);
  check_threshold("secondary_threshold", weights.secondary_threshold);
  return problems;
}

RiskScore ScoreOf(const RiskFacts& facts, const RiskWeights& weights) {
  const Values values = ValuesOf(facts, weights);
  int score = 0;
  for (std::size_t i = 0; i < kFactorCount; ++i) {
    score += PointsAt(weights, static_cast<Factor>(i), values[i]);
  }
  score = std::max(score, 0);
  const int threshold = facts.primary ? weights.primary_threshold : weights.secondary_threshold;
  return {score, score >= threshold};
}

Risk RiskOf(const RiskFacts& facts, const RiskWeights& weights) {
  const RiskScore score = ScoreOf(facts, weights);
  Risk risk{.score = score.score,
            .threshold = facts.primary ? weights.primary_threshold : weights.secondary_threshold,
            .proposes = score.proposes,
            .weights_version = weights.version,
            .factors = {}};
  const Values values = ValuesOf(facts, weights);
  for (std::size_t i = 0; i < kFactorCount; ++i) {
    const Factor factor = static_cast<Factor>(i);
    if (!HasBands(weights, factor)) continue;
    risk.factors.push_back({factor, values[i], PointsAt(weights, factor, values[i]),
                            FactOf(factor, values[i]), ToChange(weights, factor, values[i])});
  }
  std::ranges::stable_sort(risk.factors, std::greater<>(), &FactorShare::points);
  return risk;
}

}  // namespace pathways::exclusions
