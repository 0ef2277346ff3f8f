#include "services/panel/domain/fair_access.h"

namespace pathways::panel {
namespace {

using education::Day;

FairAccessState StateOf(const FairAccessFacts& facts, const std::optional<Day>& due, Day today) {
  if (facts.found) return FairAccessState::kFound;
  return due && *due < today ? FairAccessState::kLate : FairAccessState::kDue;
}

}  // namespace

FairAccess FairAccessOf(const FairAccessFacts& facts, const education::SchoolCalendar& calendar,
                        Day today) {
  if (!facts.asked || !facts.referred) return {};
  if (facts.has_plan) return {.why_not = "has_plan"};
  if (facts.looked_after) return {.why_not = "looked_after"};
  const education::Counting counting{education::Count::kAfter, *facts.referred, kFairAccessDays};
  const auto due = education::CountedTo(counting, calendar);
  return {.state = StateOf(facts, due, today),
          .starts_from = facts.referred,
          .due = due,
          .days = education::TellDays(counting, calendar)};
}

}  // namespace pathways::panel
