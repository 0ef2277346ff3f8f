#include "services/exclusions/domain/rule_set.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Day;

constexpr Day kEver(2199y / 12 / 31);

constexpr RuleSet k2012 = {
    .version = "2012-09",
    .valid_from = Day(2012y / 9 / 1),
    .valid_to = Day(2022y / 8 / 31),
    .source = "SI 2012/1033 as made; Exclusion guidance, September 2017",
    .year_limit = HalfDays::Days(45),
    .told_at_once = HalfDays::Days(5),
    .considered_soon = HalfDays::Days(15),
    .provision_day = 6,
    .consider_soon_days = 15,
    .consider_on_request_days = 50,
    .apply_days = 15,
    .hearing_days = 15,
    .reconsider_days = 10,
    .payment_pounds = 4000,
    .every_exclusion_to_authority = false,
    .social_worker_and_virtual_school = false,
};

constexpr RuleSet Since2022() {
  RuleSet rules = k2012;
  rules.version = "2022-09";
  rules.valid_from = Day(2022y / 9 / 1);
  rules.valid_to = Day(2023y / 8 / 31);
  rules.source = "SI 2012/1033 as amended in 2022; Guidance, September 2022";
  rules.every_exclusion_to_authority = true;
  rules.social_worker_and_virtual_school = true;
  return rules;
}

constexpr RuleSet Since2023() {
  RuleSet rules = Since2022();
  rules.version = "2023-09";
  rules.valid_from = Day(2023y / 9 / 1);
  rules.valid_to = kEver;
  rules.source =
      "SI 2012/1033 as amended in 2022 and 2023; Guidance, September 2023, updated August 2024";
  return rules;
}

constexpr std::array kSets = {k2012, Since2022(), Since2023()};

}  // namespace

std::span<const RuleSet> RuleSets() { return kSets; }

const RuleSet& RuleSetOn(Day decided) {
  const auto found =
      std::ranges::find_if(kSets, [&](const RuleSet& set) { return decided <= set.valid_to; });
  return found == kSets.end() ? kSets.back() : *found;
}

const RuleSet* FindRuleSet(std::string_view version) {
  const auto found = std::ranges::find(kSets, version, &RuleSet::version);
  return found == kSets.end() ? nullptr : &*found;
}

}  // namespace pathways::exclusions
