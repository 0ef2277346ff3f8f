#include "services/exclusions/api/assessment.h"

#include <utility>

#include "services/exclusions/domain/checks.h"

namespace pathways::exclusions {
namespace {

// The pupil's other exclusions, in order of start.
std::vector<const Exclusion*> Others(const AssessmentInput& input) {
  std::vector<const Exclusion*> others;
  for (const LedgerEntry* entry : input.ledger.Of(input.pupil.pupil)) {
    const Exclusion& exclusion = entry->kept.exclusion;
    if (input.changed != nullptr && input.changed->exclusion.id == exclusion.id) continue;
    others.push_back(&exclusion);
  }
  return others;
}

std::vector<Problem> Check(const ReadFactsResult& read, const AssessmentInput& input,
                           const std::vector<const Exclusion*>& others) {
  std::vector<Known> known;
  for (const Exclusion* other : others) {
    known.push_back({*other, Spell::Of(*other, *input.calendars.at(other->urn))});
  }
  std::vector<Problem> problems = CheckFacts(read.facts, {.calendar = *input.pupil.calendar,
                                                          .urn = input.pupil.school.urn,
                                                          .others = known,
                                                          .on_roll = input.pupil.on_roll,
                                                          .today = input.today});
  if (input.changed == nullptr || input.correction) return problems;
  for (Problem& problem : CheckChange(input.changed->exclusion, read.facts)) {
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::optional<KeptExclusion> Make(const ReadFactsResult& read, ExclusionId id,
                                  const AssessmentInput& input) {
  if (!read.facts.start) return std::nullopt;
  const PupilThen then{.has_social_worker = read.has_social_worker,
                       .compulsory_age = input.pupil.IsOfCompulsoryAge(*read.facts.start),
                       .no_examinations_left = read.no_examinations_left};
  auto made = MakeExclusion({.id = id,
                             .pupil = input.pupil.pupil,
                             .urn = input.pupil.school.urn,
                             .la_code = input.pupil.school.la_code,
                             .pupil_then = then},
                            read.facts);
  if (!made.ok()) return std::nullopt;
  KeptExclusion kept =
      input.changed == nullptr ? KeptExclusion{.exclusion = *made} : *input.changed;
  // What became of it stays.
  made->state = kept.exclusion.state;
  made->ended_on = kept.exclusion.ended_on;
  made->decisions = kept.exclusion.decisions;
  made->done = kept.exclusion.done;
  kept.exclusion = *std::move(made);
  kept.warnings_seen = read.facts.warnings_seen;
  kept.history = read.facts.history;
  SetThen(kept, input.then);
  return kept;
}

StatutoryClock ClockAmong(const Exclusion& made, const std::vector<const Exclusion*>& others,
                          const CalendarsBySchool& calendars) {
  std::vector<const Exclusion*> in_order;
  for (const Exclusion* other : others) {
    if (StartsBefore(*other, made)) in_order.push_back(other);
  }
  in_order.push_back(&made);
  return ClockOfLast(in_order, calendars);
}

}  // namespace

Assessment Assess(const ReadFactsResult& read, ExclusionId id, const AssessmentInput& input) {
  const auto others = Others(input);
  Assessment assessment{.problems = read.problems, .warnings = {}, .made = {}, .clock = {}};
  for (Problem& problem : Check(read, input, others)) {
    assessment.problems.push_back(std::move(problem));
  }
  assessment.made = Make(read, id, input);
  if (!assessment.made) return assessment;
  const Exclusion& made = assessment.made->exclusion;
  assessment.clock = ClockAmong(made, others, input.calendars);
  assessment.warnings = WarningsOf(made, *assessment.clock, read.facts.history);
  return assessment;
}

std::optional<Problem> NotSeen(const Assessment& assessment, const Facts& facts) {
  if (facts.warnings_seen || facts.history || !MustBeSeen(assessment.warnings)) {
    return std::nullopt;
  }
  return Problem{"warnings_seen", "Say that you have read what this would mean"};
}

}  // namespace pathways::exclusions
