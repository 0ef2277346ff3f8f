#include "services/exclusions/domain/working.h"

namespace pathways::exclusions {

Working WorkingOf(Step step, const StatutoryClock& clock,
                  const education::SchoolCalendar& calendar) {
  const StepDate& date = clock[step];
  Working working{.rule = RuleSentence(date.rule, *clock.rules),
                  .source = RuleSource(date.rule),
                  .rule_version = clock.rules->version};
  if (!date.applies()) return working;
  working.starts_from = date.counting.from;
  working.starts_from_words = StartsFromWords(date.rule);
  working.days = TellDays(date.counting, calendar);
  return working;
}

}  // namespace pathways::exclusions
