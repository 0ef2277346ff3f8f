#include "services/exclusions/api/messages.h"

#include <algorithm>
#include <string_view>

#include "libs/education/clock.h"
#include "libs/forms/words.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/domain/rule.h"
#include "services/exclusions/domain/rule_set.h"
#include "services/exclusions/domain/working.h"
#include "services/exclusions/store/exclusion_events.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::InstantToString;
using education::SchoolCalendar;
using education::Session;

// Longest text of one answer.
constexpr std::size_t kMostWords = 10'000;

Session ReadSession(v1::Session session) {
  return session == v1::SESSION_PM ? Session::kAfternoon : Session::kMorning;
}
v1::Session ToMessage(Session session) {
  return session == Session::kAfternoon ? v1::SESSION_PM : v1::SESSION_AM;
}

v1::StepState ToMessage(StepState state) {
  switch (state) {
    case StepState::kDue:
      return v1::STEP_STATE_DUE;
    case StepState::kDone:
      return v1::STEP_STATE_DONE;
    case StepState::kLate:
      return v1::STEP_STATE_LATE;
    case StepState::kMoot:
      return v1::STEP_STATE_MOOT;
    case StepState::kNotApplicable:
      break;
  }
  return v1::STEP_STATE_UNSPECIFIED;
}

std::string ReadWords(std::string_view field, const std::string& text,
                      std::vector<Problem>& problems) {
  std::string tidy = forms::Tidy(text);
  if (const auto problem = forms::CheckWords(field, tidy, 0, kMostWords)) {
    problems.push_back({problem->field, problem->words});
  }
  return tidy;
}

std::optional<BoardDecision> ReadBoard(std::string_view field, const std::string& name,
                                       std::vector<Problem>& problems) {
  const auto decision = BoardDecisionFromName(name);
  if (!decision && !name.empty())
    problems.push_back({std::string(field), "Choose decline or reinstate"});
  return decision;
}

std::string NameOf(const std::optional<BoardDecision>& decision) {
  return decision ? std::string(BoardDecisionName(*decision)) : std::string();
}

void Fill(const Decisions& decisions, v1::Decisions* to) {
  to->set_board_told_on(Iso(decisions.board_told_on));
  to->set_representations_on(Iso(decisions.representations_on));
  to->set_board_met_on(Iso(decisions.board_met_on));
  to->set_board_decision(NameOf(decisions.board_decision));
  to->set_reinstated_from(Iso(decisions.reinstated_from));
  to->set_decision_notice_on(Iso(decisions.decision_notice_on));
  to->set_review_waived_on(Iso(decisions.review_waived_on));
  to->set_review_applied_on(Iso(decisions.review_applied_on));
  to->set_panel_met_on(Iso(decisions.panel_met_on));
  if (decisions.panel_decision)
    to->set_panel_decision(std::string(PanelDecisionName(*decisions.panel_decision)));
  to->set_panel_notice_on(Iso(decisions.panel_notice_on));
  to->set_reconsidered_on(Iso(decisions.reconsidered_on));
  to->set_reconsidered_decision(NameOf(decisions.reconsidered_decision));
}

void Fill(const KeptExclusion& kept, v1::ExclusionFacts* to) {
  const Exclusion& e = kept.exclusion;
  to->set_kind(ToMessage(e.kind));
  to->set_start_date(e.start.ToIso());
  to->set_start_session(ToMessage(e.start_session));
  to->set_half_days(e.half_days.count());
  for (const std::string& code : e.reasons.ToCodes()) to->add_reasons(code);
  to->set_decided_on(e.decided_on.ToIso());
  to->set_exam_on(Iso(e.exam_on));
  to->set_has_social_worker(e.pupil_then.has_social_worker);
  to->set_no_examinations_left(e.pupil_then.no_examinations_left);
  to->set_warnings_seen(kept.warnings_seen);
  to->set_history(kept.history);
  to->set_circumstances_answered(true);
}

}  // namespace

std::optional<Kind> FromMessage(v1::Kind kind) {
  switch (kind) {
    case v1::KIND_SUSPENSION:
      return Kind::kSuspension;
    case v1::KIND_LUNCHTIME:
      return Kind::kLunchtime;
    case v1::KIND_PERMANENT:
      return Kind::kPermanent;
    default:
      return std::nullopt;
  }
}

v1::Kind ToMessage(Kind kind) {
  switch (kind) {
    case Kind::kSuspension:
      return v1::KIND_SUSPENSION;
    case Kind::kLunchtime:
      return v1::KIND_LUNCHTIME;
    case Kind::kPermanent:
      break;
  }
  return v1::KIND_PERMANENT;
}

std::optional<State> FromMessage(v1::ExclusionState state) {
  if (state == v1::EXCLUSION_STATE_UNSPECIFIED || !v1::ExclusionState_IsValid(state)) {
    return std::nullopt;
  }
  // The message's numbers are the rules', after "not said".
  return static_cast<State>(state - 1);
}

ReadFactsResult ReadFacts(const v1::ExclusionFacts& message) {
  ReadFactsResult read;
  auto& problems = read.problems;
  Facts& facts = read.facts;
  facts.kind = FromMessage(message.kind());
  facts.start = ReadDay("start_date", message.start_date(), problems);
  facts.start_session = ReadSession(message.start_session());
  facts.half_days = message.half_days();
  facts.reasons = {message.reasons().begin(), message.reasons().end()};
  facts.decided_on = ReadDay("decided_on", message.decided_on(), problems);
  facts.exam_on = ReadDay("exam_on", message.exam_on(), problems);
  facts.warnings_seen = message.warnings_seen();
  facts.history = message.history();
  read.has_social_worker = message.has_social_worker();
  read.no_examinations_left = message.no_examinations_left();
  read.words = {.evidence = ReadWords("evidence", message.evidence(), problems),
                .tried = ReadWords("tried", message.tried(), problems),
                .provision = ReadWords("provision", message.provision(), problems)};
  facts.has_evidence = !read.words.evidence.empty();
  facts.has_tried = !read.words.tried.empty();
  return read;
}

ReadDecisionsResult ReadDecisions(const v1::Decisions& message) {
  ReadDecisionsResult read;
  auto& problems = read.problems;
  const auto day = [&](std::string_view field, const std::string& text) {
    return ReadDay(field, text, problems);
  };
  read.decisions = {
      .board_told_on = day("board_told_on", message.board_told_on()),
      .representations_on = day("representations_on", message.representations_on()),
      .board_met_on = day("board_met_on", message.board_met_on()),
      .board_decision = ReadBoard("board_decision", message.board_decision(), problems),
      .reinstated_from = day("reinstated_from", message.reinstated_from()),
      .decision_notice_on = day("decision_notice_on", message.decision_notice_on()),
      .review_waived_on = day("review_waived_on", message.review_waived_on()),
      .review_applied_on = day("review_applied_on", message.review_applied_on()),
      .panel_met_on = day("panel_met_on", message.panel_met_on()),
      .panel_decision = PanelDecisionFromName(message.panel_decision()),
      .panel_notice_on = day("panel_notice_on", message.panel_notice_on()),
      .reconsidered_on = day("reconsidered_on", message.reconsidered_on()),
      .reconsidered_decision =
          ReadBoard("reconsidered_decision", message.reconsidered_decision(), problems)};
  if (!read.decisions.panel_decision && !message.panel_decision().empty()) {
    problems.push_back({"panel_decision", "Choose uphold, recommend or quash"});
  }
  return read;
}

void Fill(const Derived& derived, v1::Totals* to) {
  to->set_half_days_in_term(derived.in_term);
  to->set_half_days_in_year(derived.in_year);
  to->set_half_days_elsewhere(derived.elsewhere);
  to->set_half_days_in_other_term(derived.in_other_term);
}

void Fill(const Totals& totals, v1::Totals* to) {
  to->set_half_days_in_term(totals.in_term.count());
  to->set_half_days_in_year(totals.in_year.count());
  to->set_half_days_elsewhere(totals.elsewhere.count());
  if (totals.crosses_terms) to->set_half_days_in_other_term(totals.in_first_term.count());
}

void Fill(const KeptExclusion& kept, v1::Exclusion* to) {
  const Exclusion& e = kept.exclusion;
  to->set_exclusion_id(e.id.ToString());
  to->set_reference(kept.reference);
  to->set_pupil_id(e.pupil.ToString());
  to->set_urn(e.urn.value());
  to->set_la_code(e.la_code.value());
  Fill(kept, to->mutable_facts());
  to->set_state(static_cast<v1::ExclusionState>(static_cast<int>(e.state) + 1));
  to->set_version(kept.version);
  to->set_end_date(Iso(kept.derived.end));
  to->set_back_on(Iso(kept.derived.back_on));
  to->set_back_session(ToMessage(kept.derived.back_session));
  Fill(kept.derived, to->mutable_totals());
  Fill(e.decisions, to->mutable_decisions());
  to->set_next_step(kept.derived.next_step);
  to->set_next_due(Iso(kept.derived.next_due));
  to->set_ended_on(Iso(e.ended_on));
  to->set_recorded_at(InstantToString(kept.recorded_at));
  if (!kept.import) to->set_recorded_by(PersonIn(kept.recorded_by));
  to->set_updated_at(InstantToString(kept.updated_at));
  to->set_updated_by(PersonIn(kept.updated_by));
  if (kept.import) to->set_import_id(kept.import->ToString());
  to->set_import_row(kept.import_row);
  to->set_sen_provision(kept.then.sen_provision);
  to->set_looked_after(kept.then.looked_after);
  to->set_year_group(kept.then.year_group);
}

void Fill(const Words& words, v1::ExclusionFacts* to) {
  to->set_evidence(words.evidence);
  to->set_tried(words.tried);
  to->set_provision(words.provision);
}

void Fill(const std::vector<StepTold>& done, v1::Exclusion* to) {
  for (const StepTold& told : done) {
    v1::StepDone* added = to->add_done();
    added->set_step(std::string(StepName(told.step)));
    added->set_on(Iso(told.on));
    added->set_at_time(told.at_time);
    added->set_how(told.how);
    added->set_recorded_at(InstantToString(told.recorded_at));
    added->set_recorded_by(PersonIn(told.recorded_by));
  }
}

void FillNext(const KeptExclusion& kept, const std::vector<StepRow>& steps,
              const SchoolCalendar& calendar, Day today, v1::Exclusion* to) {
  const auto step = StepFromName(kept.derived.next_step);
  if (!step) return;
  const auto row = std::ranges::find(steps, *step, &StepRow::step);
  if (row == steps.end()) return;
  to->set_next_late(StateOn(*row, today) == StepState::kLate);
  if (row->date.due) {
    to->set_next_school_days_left(SchoolDaysLeft(*row->date.due, calendar, today));
  }
}

void Fill(const TimelineEntry& entry, v1::TimelineEntry* to) {
  to->set_at(InstantToString(entry.at));
  to->set_kind(entry.kind);
  to->set_person_id(PersonIn(entry.person));
  to->set_role(entry.role);
  to->set_urn(entry.urn.value());
  to->set_exclusion_id(entry.exclusion.ToString());
  to->set_step(entry.step);
  to->set_change(entry.change);
  to->set_note(entry.note);
  to->set_trace_id(entry.trace_id);
}

void Fill(const Warning& warning, v1::Warning* to) {
  to->set_code(std::string(warning.code));
  to->set_text(warning.text);
  to->set_what_to_do(std::string(warning.to_do));
  to->set_source(std::string(warning.source));
  to->set_refuses(warning.refuses);
  to->set_must_be_seen(warning.must_be_seen);
}

void Fill(const StepRow& row, const Exclusion& exclusion, const SchoolCalendar& calendar, Day today,
          v1::ClockStep* to) {
  const RuleSet& rules = RuleSetOn(exclusion.decided_on);
  to->set_step(std::string(StepName(row.step)));
  to->set_title(std::string(StepTitle(row.step)));
  to->set_owner(std::string(OwnerName(row.owner)));
  to->set_state(ToMessage(StateOn(row, today)));
  to->set_due(Iso(row.date.due));
  to->set_aim(Iso(row.date.aim));
  if (row.date.due) to->set_school_days_left(SchoolDaysLeft(*row.date.due, calendar, today));
  to->set_rule(RuleSentence(row.date.rule, rules));
  to->set_source(std::string(RuleSource(row.date.rule)));
  to->set_rule_version(std::string(rules.version));
  to->set_calendar_urn(exclusion.urn.value());
  to->set_starts_from(row.date.counting.from.ToIso());
  to->set_starts_from_words(std::string(StartsFromWords(row.date.rule)));
  to->set_done_on(Iso(row.done_on));
  to->set_was_due(Iso(row.was_due));
  to->set_moved_because(row.moved_because);
}

void FillWorking(Step step, const StatutoryClock& clock, education::Urn urn,
                 const SchoolCalendar& calendar, v1::ClockStep* to) {
  const Working working = WorkingOf(step, clock, calendar);
  to->set_step(std::string(StepName(step)));
  to->set_title(std::string(StepTitle(step)));
  to->set_owner(std::string(OwnerName(OwnerOf(step, clock[step].rule))));
  to->set_rule(working.rule);
  to->set_source(std::string(working.source));
  to->set_rule_version(std::string(working.rule_version));
  to->set_calendar_urn(urn.value());
  to->set_starts_from(Iso(working.starts_from));
  to->set_starts_from_words(std::string(working.starts_from_words));
  for (const CountedDay& day : working.days) {
    v1::CountedDay* told = to->add_working();
    told->set_day(day.day.ToIso());
    told->set_number(day.number);
    told->set_why_skipped(day.why_skipped);
  }
}

}  // namespace pathways::exclusions
