#include "services/exclusions/store/exclusion_events.h"

#include "pathways/exclusions/v1/events.pb.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::Instant;

std::string Iso(const std::optional<Day>& day) { return day ? day->ToIso() : std::string(); }

std::optional<Day> ProvisionFrom(const LedgerEntry& entry) {
  for (const StepRow& row : entry.steps) {
    if (row.step == Step::kProvisionFrom) return row.date.due;
  }
  return std::nullopt;
}

void Fill(const LedgerEntry& entry, Instant at, v1::ExclusionFigures* to) {
  const Exclusion& e = entry.kept.exclusion;
  to->set_exclusion_id(e.id.ToString());
  to->set_pupil_id(e.pupil.ToString());
  to->set_urn(e.urn.value());
  to->set_la_code(e.la_code.value());
  to->set_kind(std::string(KindCode(e.kind)));
  to->set_start_date(e.start.ToIso());
  to->set_end_date(Iso(entry.kept.derived.end));
  to->set_half_days(e.half_days.count());
  for (const std::string& code : e.reasons.ToCodes()) to->add_reasons(code);
  to->set_half_days_in_term(entry.kept.derived.in_term);
  to->set_half_days_in_year(entry.kept.derived.in_year);
  to->set_provision_from(Iso(ProvisionFrom(entry)));
  to->set_at(education::InstantToString(at));
  if (entry.touched) to->set_person_id(PersonIn(entry.kept.updated_by));
}

void Fill(const LedgerEntry& entry, Step step, const std::optional<Day>& due, Instant at,
          v1::DeadlineFigures* to) {
  const Exclusion& e = entry.kept.exclusion;
  to->set_exclusion_id(e.id.ToString());
  to->set_pupil_id(e.pupil.ToString());
  to->set_urn(e.urn.value());
  to->set_la_code(e.la_code.value());
  to->set_step(std::string(StepName(step)));
  to->set_due(Iso(due));
  to->set_at(education::InstantToString(at));
}

template <typename Message>
events::NewEvent Publish(LedgerEntry& entry, const Message& message) {
  const Exclusion& e = entry.kept.exclusion;
  return events::MakeEvent(message, "exclusion/" + e.id.ToString(), ++entry.kept.event_version,
                           e.pupil.ToString());
}

template <typename Message>
events::NewEvent WithFigures(LedgerEntry& entry, Instant at, Message message = {}) {
  Fill(entry, at, message.mutable_figures());
  return Publish(entry, message);
}

template <typename Message>
events::NewEvent WithDeadline(LedgerEntry& entry, const StepRow& step, Instant at) {
  Message message;
  Fill(entry, step.step, step.date.due, at, message.mutable_figures());
  return Publish(entry, message);
}

events::NewEvent Governors(LedgerEntry& entry, Instant at, bool again) {
  const Decisions& decisions = entry.kept.exclusion.decisions;
  const auto& decision = again ? decisions.reconsidered_decision : decisions.board_decision;
  v1::GovernorsDecided message;
  if (decision) message.set_decision(std::string(BoardDecisionName(*decision)));
  message.set_reconsidered(again);
  return WithFigures(entry, at, message);
}

events::NewEvent Panel(LedgerEntry& entry, Instant at) {
  const auto& decision = entry.kept.exclusion.decisions.panel_decision;
  v1::ReviewPanelDecided message;
  if (decision) message.set_decision(std::string(PanelDecisionName(*decision)));
  return WithFigures(entry, at, message);
}

}  // namespace

std::string PersonIn(const std::string& person) {
  return person.starts_with("system:") ? std::string() : person;
}

events::NewEvent MakeHappenedEvent(LedgerEntry& entry, Happened happened, Instant at) {
  const bool permanent = entry.kept.exclusion.kind == Kind::kPermanent;
  switch (happened) {
    case Happened::kRecorded:
      return permanent ? WithFigures<v1::PermanentExclusionRecorded>(entry, at)
                       : WithFigures<v1::SuspensionRecorded>(entry, at);
    case Happened::kCancelled:
      return WithFigures<v1::ExclusionCancelled>(entry, at);
    case Happened::kWithdrawn:
      return WithFigures<v1::ExclusionWithdrawn>(entry, at);
    case Happened::kGovernorsDecided:
      return Governors(entry, at, false);
    case Happened::kGovernorsDecidedAgain:
      return Governors(entry, at, true);
    case Happened::kReviewPanelDecided:
      return Panel(entry, at);
    case Happened::kChanged:
      break;
  }
  return WithFigures<v1::ExclusionChanged>(entry, at);
}

events::NewEvent MakeMovedEvent(LedgerEntry& entry, const Move& move, Instant at) {
  v1::DeadlineMoved message;
  Fill(entry, move.step, move.due, at, message.mutable_figures());
  message.set_was_due(Iso(move.was_due));
  message.set_cause(std::string(MoveCauseName(move.cause)));
  return Publish(entry, message);
}

events::NewEvent MakeApproachingEvent(LedgerEntry& entry, const StepRow& step, Instant at) {
  return WithDeadline<v1::DeadlineApproaching>(entry, step, at);
}

events::NewEvent MakeMissedEvent(LedgerEntry& entry, const StepRow& step, Instant at) {
  return WithDeadline<v1::DeadlineMissed>(entry, step, at);
}

}  // namespace pathways::exclusions
