#include "services/referrals/api/messages.h"

#include "libs/education/clock.h"

namespace pathways::referrals {
namespace {

using education::InstantToString;

// What Pathways did itself has no person.
std::string PersonIn(const std::string& person) {
  return person.starts_with("system:") ? std::string() : person;
}

template <typename Id>
std::string TextOf(const std::optional<Id>& id) {
  return id ? id->ToString() : std::string();
}

// A request that is with somebody else is judged as on the day it was sent.
education::Day JudgedOn(const Request& request, education::Day today) {
  const bool open = request.state == State::kDraft || request.state == State::kMoreAsked;
  return open || !request.submitted_at ? today : education::LondonDay(*request.submitted_at);
}

void FillSection(const SectionForm& form, const Sections& sections, education::Day day,
                 v1::Request* to) {
  static const Answers kNone;
  const auto saved = sections.find(form.name);
  const Answers& answers = saved == sections.end() ? kNone : saved->second;
  v1::Section* section = to->add_sections();
  section->set_name(std::string(form.name));
  section->set_complete(IsComplete(form, answers, day));
  for (const Question& question : form.questions) {
    const auto answer = answers.find(question.key);
    if (answer == answers.end()) continue;
    v1::Answer* added = section->add_answers();
    added->set_key(answer->first);
    added->set_value(answer->second);
  }
}

}  // namespace

void Fill(const Proposal& proposal, v1::Proposal* to) {
  to->set_proposal_id(proposal.id.ToString());
  to->set_pupil_id(proposal.pupil.ToString());
  to->set_urn(proposal.urn.value());
  to->set_la_code(proposal.la_code.value());
  to->set_kind(proposal.kind);
  to->set_day(proposal.figures.day.ToIso());
  to->set_sessions_possible(proposal.figures.possible);
  to->set_sessions_absent(proposal.figures.absent);
  to->set_sessions_unauthorised(proposal.figures.unauthorised);
  // The message's numbers are the domain's, after "not said".
  to->set_state(static_cast<v1::ProposalState>(static_cast<int>(proposal.state) + 1));
  to->set_raised_at(InstantToString(proposal.raised_at));
  to->set_enrolment_id(proposal.enrolment.ToString());
  to->set_request_id(TextOf(proposal.request));
  to->set_dismissed_reason(proposal.dismissed_reason);
  to->set_trace_id(proposal.trace_id);
}

void Fill(const Request& request, v1::Request* to) {
  to->set_request_id(request.id.ToString());
  to->set_reference(request.reference);
  to->set_pupil_id(request.pupil.ToString());
  to->set_urn(request.urn.value());
  to->set_la_code(request.la_code.value());
  to->set_state(static_cast<v1::RequestState>(static_cast<int>(request.state) + 1));
  to->set_version(request.version);
  to->set_created_by(PersonIn(request.created_by));
  to->set_created_at(InstantToString(request.created_at));
  if (request.submitted_at) to->set_submitted_at(InstantToString(*request.submitted_at));
  if (request.decision_due) to->set_decision_due(request.decision_due->ToIso());
  to->set_worker_id(TextOf(request.worker));
  to->set_decision_note(request.decision_note);
  to->set_decision_code(request.decision_code);
  to->set_proposal_id(TextOf(request.proposal));
  to->set_updated_at(InstantToString(request.updated_at));
  to->set_updated_by(PersonIn(request.updated_by));
  to->set_main_reason(request.main_reason);
}

void Fill(const TimelineEntry& entry, v1::TimelineEntry* to) {
  to->set_at(InstantToString(entry.at));
  to->set_kind(entry.kind);
  to->set_person_id(PersonIn(entry.person));
  to->set_role(entry.role);
  to->set_urn(entry.urn.value());
  to->set_request_id(TextOf(entry.request));
  to->set_proposal_id(TextOf(entry.proposal_id));
  to->set_note(entry.note);
  to->set_trace_id(entry.trace_id);
  if (entry.proposal) Fill(*entry.proposal, to->mutable_proposal());
}

void FillSections(const Request& request, const Sections& sections, education::Day today,
                  v1::Request* to) {
  const education::Day day = JudgedOn(request, today);
  for (const SectionForm& form : DraftSections()) FillSection(form, sections, day, to);
  if (request.state == State::kMoreAsked || sections.contains(kAnswerSection)) {
    FillSection(AnswerSection(), sections, day, to);
  }
}

void FillFacts(const std::vector<Fact>& facts, v1::Request* to) {
  for (const Fact& fact : facts) {
    v1::PrefilledFact* added = to->add_facts();
    added->set_key(fact.key);
    added->set_value(fact.value);
    added->set_source(fact.source);
    added->set_known_at(InstantToString(fact.known_at));
  }
}

std::optional<State> FromMessage(v1::RequestState state) {
  if (state == v1::REQUEST_STATE_UNSPECIFIED || !v1::RequestState_IsValid(state)) {
    return std::nullopt;
  }
  return static_cast<State>(state - 1);
}

std::optional<ProposalState> FromMessage(v1::ProposalState state) {
  if (state == v1::PROPOSAL_STATE_UNSPECIFIED || !v1::ProposalState_IsValid(state)) {
    return std::nullopt;
  }
  return static_cast<ProposalState>(state - 1);
}

std::optional<Action> FromMessage(v1::Decision decision) {
  switch (decision) {
    case v1::DECISION_ASK_FOR_MORE:
      return Action::kAskForMore;
    case v1::DECISION_REDIRECT:
      return Action::kRedirect;
    case v1::DECISION_DECLINE:
      return Action::kDecline;
    case v1::DECISION_ACCEPT:
      return Action::kAccept;
    default:
      return std::nullopt;
  }
}

}  // namespace pathways::referrals
