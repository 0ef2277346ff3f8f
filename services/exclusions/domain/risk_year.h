// Weights tried on the past: what they would have proposed in a school year, and whom they pick out
// on a day against what came after. Nothing here decides about anybody.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/identifiers.h"
#include "services/exclusions/domain/risk_history.h"

namespace pathways::exclusions {

// Pupils, each once, at the first day on which help would have been proposed.
struct RehearsalCounts {
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t added = 0;    // only after
  std::int64_t removed = 0;  // only before

  friend bool operator==(const RehearsalCounts&, const RehearsalCounts&) = default;
};

// The last days of the months from September to July; of a year that is running those up to today.
std::vector<education::Day> RehearsalDays(education::AcademicYear year, education::Day today);

struct RehearsedSchool {
  education::Urn urn;
  std::string phase;
  RehearsalCounts counts;
};

// The same facts under two sets of weights over a year's months.
class YearRehearsal {
 public:
  // All must outlive it.
  YearRehearsal(const std::vector<education::Day>& days, education::LaCode la_code,
                const RiskWeights& before, const RiskWeights& after);

  void Add(const RiskHistory& history);

  std::int64_t pupils() const { return pupils_; }
  const RehearsalCounts& total() const { return total_; }
  const RehearsalCounts& primary() const { return primary_; }
  // Most after first, then by URN.
  std::vector<RehearsedSchool> Schools() const;
  // By the place of the day: first proposed on it, before and after.
  const std::vector<std::pair<std::int64_t, std::int64_t>>& months() const { return months_; }

 private:
  const std::vector<education::Day>& days_;
  const education::LaCode la_code_;
  const RiskWeights& before_;
  const RiskWeights& after_;
  std::int64_t pupils_ = 0;
  RehearsalCounts total_;
  RehearsalCounts primary_;
  std::map<education::Urn, RehearsedSchool> schools_;
  std::vector<std::pair<std::int64_t, std::int64_t>> months_;
};

enum class Grouping : std::uint8_t { kSex, kEthnicGroup, kSenProvision, kDisadvantaged };
inline constexpr std::array kGroupings = {Grouping::kSex, Grouping::kEthnicGroup,
                                          Grouping::kSenProvision, Grouping::kDisadvantaged};

// Pupils who could be proposed on the day, by whether they were and by what came after.
struct FairnessCounts {
  std::array<std::array<std::int64_t, kOutcomeCount>, 2> cells{};  // [proposed][outcome]

  std::int64_t pupils() const;
  std::int64_t proposed() const;
  std::int64_t excluded_later() const;
  std::int64_t permanently_excluded_later() const;
  std::int64_t proposed_and_excluded() const;
};

class FairnessAudit {
 public:
  // `weights` must outlive it.
  FairnessAudit(education::LaCode la_code, education::Day on, education::Day until,
                const RiskWeights& weights)
      : la_code_(la_code), on_(on), until_(until), weights_(weights) {}

  void Add(const RiskHistory& history);

  // By value; empty: not known.
  const std::map<std::string, FairnessCounts>& Groups(Grouping grouping) const {
    return groups_[static_cast<std::size_t>(grouping)];
  }

 private:
  const education::LaCode la_code_;
  const education::Day on_;
  const education::Day until_;
  const RiskWeights& weights_;
  std::array<std::map<std::string, FairnessCounts>, kGroupings.size()> groups_;
};

}  // namespace pathways::exclusions
