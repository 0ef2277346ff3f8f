#include "services/exclusions/domain/totals.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

using education::Day;

HalfDays Sum(std::span<const Spell> spells, const DaySpan& span) {
  HalfDays sum;
  for (const Spell& spell : spells) sum += spell.In(span);
  return sum;
}

HalfDays SumElsewhere(std::span<const Spell> spells, const DaySpan& span, education::Urn urn) {
  HalfDays sum;
  for (const Spell& spell : spells) {
    if (spell.urn() != urn) sum += spell.In(span);
  }
  return sum;
}

bool AllComplete(std::span<const Spell> spells) {
  return std::ranges::all_of(spells, &Spell::is_complete);
}

bool IsPartOfRuns(const Spell& spell) {
  return spell.kind() == Kind::kSuspension && !spell.is_empty() && spell.is_placed();
}

}  // namespace

Totals TotalsOf(const Spell& own, std::span<const Spell> earlier) {
  Totals totals;
  DaySpan term = StatutoryTermOf(own.first());
  totals.in_first_term = own.In(term) + Sum(earlier, term);
  totals.in_term = totals.in_last_term = totals.in_first_term;
  while (term.last < own.last()) {
    term = StatutoryTermOf(term.last + 1);
    totals.crosses_terms = true;
    totals.in_last_term = own.In(term) + Sum(earlier, term);
    totals.in_term = std::max(totals.in_term, totals.in_last_term);
  }
  const DaySpan year = SchoolYearOf(own.first());
  totals.in_year = own.In(year) + Sum(earlier, year);
  if (year.last < own.last()) {
    const DaySpan next = SchoolYearOf(year.last + 1);
    totals.in_next_year = own.In(next) + Sum(earlier, next);
  }
  totals.elsewhere = SumElsewhere(earlier, year, own.urn());
  totals.complete = own.is_complete() && AllComplete(earlier);
  return totals;
}

Totals TotalsOn(Day day, education::Urn urn, std::span<const Spell> all) {
  const DaySpan term = StatutoryTermOf(day);
  const DaySpan year = SchoolYearOf(day);
  Totals totals;
  for (const Spell& spell : all) {
    if (spell.first() > day) continue;
    totals.in_term += spell.In(term);
    totals.in_year += spell.In(year);
    if (spell.urn() != urn) totals.elsewhere += spell.In(year);
    totals.complete = totals.complete && spell.is_complete();
  }
  totals.in_first_term = totals.in_last_term = totals.in_term;
  return totals;
}

std::optional<DayRun> RunOf(const Spell& own, std::span<const Spell> earlier,
                            const education::SchoolCalendar& calendar) {
  if (!IsPartOfRuns(own)) return std::nullopt;
  Day first = own.first();
  for (std::size_t i = earlier.size(); i-- > 0;) {
    const Spell& before = earlier[i];
    if (!IsPartOfRuns(before) || before.urn() != own.urn()) continue;
    const bool back_to_back = calendar.SchoolDaysBetween(before.last() + 1, first - 1) == 0;
    if (back_to_back) first = std::min(first, before.first());
  }
  return DayRun{first, own.last(), calendar.SchoolDaysBetween(first, own.last())};
}

}  // namespace pathways::exclusions
