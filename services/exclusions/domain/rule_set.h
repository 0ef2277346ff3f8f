// The numbers of the law, by version: data with first and last day, and their source.
#pragma once

#include <span>
#include <string_view>

#include "libs/education/day.h"
#include "services/exclusions/domain/half_days.h"

namespace pathways::exclusions {

struct RuleSet {
  std::string_view version;   // "2023-09", as kept with every date
  education::Day valid_from;  // days of the head teacher's decision, both included
  education::Day valid_to;
  std::string_view source;

  HalfDays year_limit;       // no more in a school year
  HalfDays told_at_once;     // more than this in the term: the board is told without delay
  HalfDays considered_soon;  // more than this in the term: the board must consider
  int provision_day;         // of the suspension, and school days after a permanent exclusion
  int consider_soon_days;    // school days after the board was told
  int consider_on_request_days;
  int apply_days;       // school days after the notice, for parents to ask for a review
  int hearing_days;     // school days after the application
  int reconsider_days;  // school days after the panel's notice
  int payment_pounds;   // where a quashed exclusion is not undone
  bool every_exclusion_to_authority;      // told of each without delay, whatever its length
  bool social_worker_and_virtual_school;  // told, and invited
};

// In order of time. The first also holds for the days before it (history).
std::span<const RuleSet> RuleSets();
const RuleSet& RuleSetOn(education::Day decided);
// Null when there is no such version.
const RuleSet* FindRuleSet(std::string_view version);

}  // namespace pathways::exclusions
