#include "services/panel/api/messages.h"

#include "libs/education/clock.h"

namespace pathways::panel {
namespace {

using education::Day;
using education::InstantToString;

template <typename Id>
std::string TextOf(const std::optional<Id>& id) {
  return id ? id->ToString() : std::string();
}

std::string IsoOf(const std::optional<Day>& day) { return day ? day->ToIso() : std::string(); }

}  // namespace

std::string PersonIn(const std::string& person) {
  return person.starts_with("system:") ? std::string() : person;
}

void Fill(const PanelCase& one, v1::PanelCase* to) {
  to->set_case_id(one.id.ToString());
  to->set_reference(one.reference);
  to->set_pupil_id(one.pupil.ToString());
  to->set_urn(one.urn.value());
  to->set_la_code(one.la_code.value());
  if (one.phase) to->set_phase(ToMessage<v1::Phase>(*one.phase));
  to->set_origin(ToMessage<v1::Origin>(one.origin));
  to->set_exclusion_id(TextOf(one.exclusion));
  if (one.origin == Origin::kStepUp) to->set_request_id(TextOf(one.source));
  if (one.origin == Origin::kRiskOfExclusion) to->set_risk_proposal_id(TextOf(one.source));
  to->set_state(ToMessage<v1::CaseState>(one.state));
  to->set_version(one.version);
  to->set_due(IsoOf(one.due));
  to->set_complete(one.complete);
  to->set_asked_for(one.asked_for);
  to->set_sitting_id(TextOf(one.sitting));
  to->set_sitting_day(IsoOf(one.sitting_day));
  to->set_sealed(one.sealed);
  for (const std::string& code : one.deferred_for) to->add_deferred_for(code);
  to->set_decision_id(TextOf(one.decision));
  to->set_closed_reason(one.closed_reason);
  to->set_closed_words(one.closed_words);
  to->set_created_at(InstantToString(one.created_at));
  to->set_created_by(PersonIn(one.created_by));
  if (one.referred_at) to->set_referred_at(InstantToString(*one.referred_at));
  to->set_updated_at(InstantToString(one.updated_at));
  to->set_updated_by(PersonIn(one.updated_by));
}

void FillSections(const Sections& sections, Day today,
                  google::protobuf::RepeatedPtrField<v1::Section>* to) {
  for (const SectionForm& form : CaseSections()) {
    const Answers& answers = AnswersOf(sections, form.name);
    v1::Section* section = to->Add();
    section->set_name(std::string(form.name));
    section->set_complete(forms::IsComplete(form, answers, today));
    for (const Question& question : form.questions) {
      const auto answer = answers.find(question.key);
      if (answer == answers.end()) continue;
      v1::Answer* added = section->add_answers();
      added->set_key(answer->first);
      added->set_value(answer->second);
    }
  }
}

void FillMissing(const Sections& sections, Day today, v1::PanelCase* to) {
  for (const Problem& problem : WhatIsMissing(sections, today)) {
    v1::MissingAnswer* missing = to->add_missing();
    missing->set_field(problem.field);
    missing->set_words(problem.words);
  }
}

void FillFacts(const std::vector<Fact>& facts,
               google::protobuf::RepeatedPtrField<v1::PrefilledFact>* to) {
  for (const Fact& fact : facts) {
    v1::PrefilledFact* added = to->Add();
    added->set_key(fact.key);
    added->set_value(fact.value);
    added->set_source(fact.source);
    added->set_known_at(InstantToString(fact.known_at));
  }
}

void Fill(const Panel& panel, v1::Panel* to) {
  to->set_panel_id(panel.id.ToString());
  to->set_la_code(panel.la_code.value());
  to->set_name(panel.name);
  to->set_phase(ToMessage<v1::Phase>(panel.phase));
  to->set_usual_capacity(panel.usual_capacity);
  to->set_version(panel.version);
}

void Fill(const Sitting& sitting, v1::Sitting* to) {
  to->set_sitting_id(sitting.id.ToString());
  to->set_panel_id(sitting.panel.ToString());
  to->set_panel_name(sitting.panel_name);
  to->set_la_code(sitting.la_code.value());
  to->set_phase(ToMessage<v1::Phase>(sitting.phase));
  to->set_day(sitting.day.ToIso());
  to->set_starts_at(sitting.starts_at);
  to->set_venue(sitting.venue);
  to->set_capacity(sitting.capacity);
  to->set_papers_day(sitting.papers_day.ToIso());
  to->set_state(ToMessage<v1::SittingState>(sitting.state));
  to->set_version(sitting.version);
  to->set_cases(sitting.cases);
  to->set_updated_at(InstantToString(sitting.updated_at));
  to->set_updated_by(PersonIn(sitting.updated_by));
}

void Fill(const Member& member, v1::Member* to) {
  to->set_person_id(member.person.ToString());
  to->set_seat(ToMessage<v1::Seat>(member.seat));
  if (member.urn) to->set_urn(member.urn->value());
  to->set_attended(member.attended);
}

void Fill(const Decision& decision, v1::Decision* to) {
  to->set_decision_id(decision.id.ToString());
  to->set_case_id(decision.panel_case.ToString());
  to->set_sitting_id(decision.sitting.ToString());
  to->set_pupil_id(decision.pupil.ToString());
  to->set_urn(decision.urn.value());
  to->set_number(decision.number);
  to->set_state(ToMessage<v1::DecisionState>(decision.state));
  const Terms& terms = decision.terms;
  v1::DecisionTerms* out = to->mutable_terms();
  out->set_kind(ToMessage<v1::DecisionKind>(terms.kind));
  out->set_tier(terms.tier);
  if (terms.receiving) out->set_receiving_urn(terms.receiving->value());
  out->set_until(IsoOf(terms.until));
  out->set_review_on(IsoOf(terms.review_on));
  out->set_parents_agree(terms.parents_agree);
  out->set_receiving_school_agrees(terms.receiving_school_agrees);
  for (const std::string& code : terms.missing) out->add_missing(code);
  out->set_reasons(terms.reasons);
  out->set_conditions(terms.conditions);
  out->set_way(ToMessage<v1::DecisionWay>(terms.way));
  out->set_change_reason(terms.change_reason);
  for (const auto& [person, choice] : decision.votes) {
    v1::Vote* vote = to->add_votes();
    vote->set_person_id(person.ToString());
    vote->set_choice(ToMessage<v1::VoteChoice>(choice));
  }
  to->set_replaces(TextOf(decision.replaces));
  to->set_version(decision.version);
  if (decision.signed_off_at) to->set_signed_off_at(InstantToString(*decision.signed_off_at));
  to->set_signed_off_by(decision.signed_off_by);
}

void Fill(const Action& action, Day today, v1::Action* to) {
  to->set_action_id(action.id.ToString());
  to->set_case_id(action.panel_case.ToString());
  to->set_sitting_id(TextOf(action.sitting));
  to->set_what(action.what);
  to->set_owner_person_id(TextOf(action.owner));
  to->set_owner_agency(action.agency);
  to->set_due(action.due.ToIso());
  to->set_done_on(IsoOf(action.done_on));
  to->set_done_by(PersonIn(action.done_by));
  to->set_pupil_id(action.pupil.ToString());
  to->set_urn(action.urn.value());
  to->set_overdue(!action.done_on && action.due < today);
}

void Fill(const Programme& programme, v1::Programme* to) {
  to->set_programme_id(programme.id.ToString());
  to->set_provider_id(programme.provider.ToString());
  to->set_name(programme.name);
  to->set_tier(programme.tier);
  to->set_phase(ToMessage<v1::Phase>(programme.phase));
  for (const std::string& need : programme.needs) to->add_needs(need);
  to->set_pence_a_week(programme.pence_a_week);
  for (const DayPlaces& one : programme.days) {
    v1::DayPlaces* day = to->add_days();
    day->set_day(std::string(kWeekdayNames.Of(one.day)));
    day->set_places(one.places);
    day->set_taken(one.taken);
  }
  to->set_version(programme.version);
  to->set_updated_at(InstantToString(programme.updated_at));
  to->set_updated_by(PersonIn(programme.updated_by));
}

void Fill(const Provider& provider, Day today, v1::Provider* to) {
  to->set_provider_id(provider.id.ToString());
  to->set_la_code(provider.la_code.value());
  to->set_name(provider.name);
  if (provider.urn) to->set_urn(provider.urn->value());
  to->set_registration(std::string(kRegistrationNames.Of(provider.registration)));
  if (provider.grid) {
    to->set_easting(provider.grid->easting);
    to->set_northing(provider.grid->northing);
  }
  to->set_located(WhereIs(provider).has_value());
  for (const auto& person : provider.people) to->add_person_ids(person.ToString());
  to->set_open(provider.open);
  for (const ProviderCheck& check : provider.checks) {
    v1::ProviderCheck* out = to->add_checks();
    out->set_kind(std::string(kCheckKindNames.Of(check.kind)));
    out->set_outcome(std::string(kCheckOutcomeNames.Of(check.outcome)));
    out->set_checked_on(check.checked_on.ToIso());
    out->set_next_due(check.next_due.ToIso());
    out->set_checked_by(PersonIn(check.checked_by));
  }
  for (const Programme& programme : provider.programmes) Fill(programme, to->add_programmes());
  for (std::string& concern : Concerns(provider, today)) to->add_concerns(std::move(concern));
  to->set_version(provider.version);
  to->set_updated_at(InstantToString(provider.updated_at));
  to->set_updated_by(PersonIn(provider.updated_by));
}

void Fill(const Match& match, v1::MatchOption* to) {
  to->set_programme_id(TextOf(match.programme));
  to->set_provider_id(TextOf(match.provider));
  if (match.urn) to->set_urn(match.urn->value());
  to->set_name(match.name);
  to->set_rank(match.rank);
  to->set_score(match.score);
  for (const std::string& reason : match.reasons) to->add_reasons(reason);
  for (const std::string& reason : match.why_not) to->add_why_not(reason);
  to->set_places_free(match.places_free);
  to->set_pence_a_week(match.pence_a_week);
  to->set_metres(match.metres);
}

void Fill(const Placement& placement, v1::Placement* to) {
  to->set_placement_id(placement.id.ToString());
  to->set_case_id(placement.panel_case.ToString());
  to->set_decision_id(placement.decision.ToString());
  to->set_pupil_id(placement.pupil.ToString());
  to->set_urn(placement.urn.value());
  to->set_la_code(placement.la_code.value());
  to->set_provider_id(TextOf(placement.provider));
  to->set_programme_id(TextOf(placement.programme));
  if (placement.receiving) to->set_receiving_urn(placement.receiving->value());
  to->set_tier(placement.tier);
  for (std::string& day : NamesOf(placement.days)) to->add_days(std::move(day));
  to->set_state(ToMessage<v1::PlacementState>(placement.state));
  to->set_version(placement.version);
  to->set_start_day(placement.start_day.ToIso());
  to->set_planned_end(IsoOf(placement.planned_end));
  to->set_next_review(IsoOf(placement.next_review));
  to->set_ended_on(IsoOf(placement.ended_on));
  to->set_end_reason(placement.end_reason);
  to->set_has_reintegration_plan(placement.reintegration_day.has_value());
  to->set_message(placement.message);
  if (placement.reintegration_urn) to->set_reintegration_urn(placement.reintegration_urn->value());
  to->set_reintegration_day(IsoOf(placement.reintegration_day));
  to->set_name(placement.name);
  to->set_updated_at(InstantToString(placement.updated_at));
  to->set_updated_by(PersonIn(placement.updated_by));
}

void Fill(const Review& review, v1::PlacementReview* to) {
  to->set_day(review.day.ToIso());
  to->set_outcome(std::string(kReviewOutcomeNames.Of(review.outcome)));
  to->set_words(review.words);
  to->set_next_review(IsoOf(review.next_review));
  to->set_person_id(PersonIn(review.person));
}

void Fill(const TimelineEntry& entry, v1::TimelineEntry* to) {
  to->set_at(InstantToString(entry.at));
  to->set_kind(entry.kind);
  to->set_code(entry.code);
  to->set_person_id(PersonIn(entry.person));
  to->set_role(entry.role);
  to->set_urn(entry.urn.value());
  to->set_case_id(entry.panel_case.ToString());
  to->set_note(entry.note);
  to->set_trace_id(entry.trace_id);
}

}  // namespace pathways::panel
