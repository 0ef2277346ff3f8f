// Decisions: written down, voted on, signed off.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/words.h"
#include "libs/storage/errors.h"
#include "services/panel/api/case_answer.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/agenda_store.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/decision_store.h"
#include "services/panel/store/sitting_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

Terms ReadSent(const v1::DecisionTerms& sent, FieldReader& read) {
  Terms terms{.kind = read.Chosen("terms.kind", FromMessage<kDecisionKindNames>(sent.kind())),
              .tier = sent.tier(),
              .receiving = read.OptionalUrn("terms.receiving_urn", sent.receiving_urn()),
              .until = read.OptionalDay("terms.until", sent.until()),
              .review_on = read.OptionalDay("terms.review_on", sent.review_on()),
              .parents_agree = sent.parents_agree(),
              .receiving_school_agrees = sent.receiving_school_agrees(),
              .missing = {sent.missing().begin(), sent.missing().end()},
              .reasons = forms::Tidy(sent.reasons()),
              .conditions = forms::Tidy(sent.conditions()),
              .way = read.Chosen("terms.way", FromMessage<kDecisionWayNames>(sent.way())),
              .change_reason = forms::Tidy(sent.change_reason())};
  return terms;
}

// What the panel works with for one case.
struct Room {
  Sitting sitting;
  std::vector<Member> members;
  std::set<education::PersonId> interested;
};

absl::StatusOr<Room> Enter(Transaction& transaction, const SittingId& sitting_id,
                           const CaseId& id) {
  auto sitting = FindSitting(transaction, sitting_id);
  if (!sitting.ok()) return sitting.status();
  if (sitting->state != SittingState::kOpen) {
    return absl::FailedPreconditionError("Decisions are taken while the sitting is open");
  }
  auto members = ReadMembers(transaction, sitting_id);
  if (!members.ok()) return members.status();
  auto interests = ReadInterests(transaction, sitting_id);
  if (!interests.ok()) return interests.status();
  const auto present = CasesOnAgenda(transaction, sitting_id);
  if (!present.ok()) return present.status();
  if (std::find(present->begin(), present->end(), id) == present->end()) {
    return absl::FailedPreconditionError(
        "The case is not on the agenda of this sitting: it is referred and scheduled first");
  }
  return Room{*std::move(sitting), *std::move(members), (*interests)[id]};
}

absl::StatusOr<PupilStanding> StandingOf(Transaction& transaction, const CaseId& id) {
  const auto facts = ReadFacts(transaction, id);
  if (!facts.ok()) return facts.status();
  const auto sections = ReadSections(transaction, id);
  if (!sections.ok()) return sections.status();
  PupilStanding standing{.has_plan = AnswerOf(*sections, "needs", "has_plan") == "yes"};
  for (const Fact& fact : *facts) {
    standing.has_plan |= fact.key == "sen_provision" && fact.value == "E";
    standing.looked_after |= fact.key == "looked_after" && fact.value == "yes";
  }
  return standing;
}

absl::Status FillWhole(Transaction& transaction, const Decision& decision, v1::Decision* to) {
  const auto standing = StandingOf(transaction, decision.panel_case);
  if (!standing.ok()) return standing.status();
  to->Clear();
  Fill(decision, to);
  for (std::string& reminder : Reminders(decision.terms, *standing)) {
    to->add_reminders(std::move(reminder));
  }
  return absl::OkStatus();
}

class Decisions {
 public:
  explicit Decisions(const PanelParts& parts) : parts_(parts) {}

  absl::Status Propose(Call& call, const v1::ProposeDecisionRequest& request,
                       v1::ProposeDecisionResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<DecisionId>("decision_id", request.decision_id());
    const auto panel_case = read.Needed<CaseId>("case_id", request.case_id());
    const auto sitting = read.Needed<SittingId>("sitting_id", request.sitting_id());
    Terms terms = ReadSent(request.terms(), read);
    if (!read.good()) return read.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto locked = LockCase(transaction, *panel_case);
      if (!locked.ok()) return locked.status();
      const auto room = Enter(transaction, *sitting, *panel_case);
      if (!room.ok()) return room.status();
      const auto written =
          Write(call, transaction, *locked, {*id, *sitting, request.version()}, terms);
      if (!written.ok()) return written.status();
      auto status = FillWhole(transaction, *written, response->mutable_decision());
      if (!status.ok()) return status;
      const access::AccessEntry entry =
          Touched(access::Action::kWrite, *written, "panel decision written");
      return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
    });
  }

  absl::Status Vote(Call& call, const v1::CastVoteRequest& request,
                    v1::CastVoteResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<DecisionId>("decision_id", request.decision_id());
    const auto choice = read.Chosen("choice", FromMessage<kVoteChoiceNames>(request.choice()));
    const auto named = read.Optional<education::PersonId>("person_id", request.person_id());
    if (!read.good()) return read.status();
    const auto person = named ? named : call.caller().person;
    if (!person) return absl::PermissionDeniedError("Only a person votes");
    if (person != call.caller().person && !call.caller().May(Permission::kManagePanel)) {
      return absl::PermissionDeniedError("Cast your own vote; the clerk may write down others'");
    }
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto decision = FindDecision(transaction, *id);
      if (!decision.ok()) return decision.status();
      if (decision->state != DecisionState::kProposed) {
        return absl::FailedPreconditionError("The decision was signed off: voting is over");
      }
      const auto room = Enter(transaction, decision->sitting, decision->panel_case);
      if (!room.ok()) return room.status();
      auto status = CheckMayVote(room->members, *person, decision->urn, room->interested);
      if (!status.ok()) return status;
      status = KeepVote(transaction, *id, *person, choice, parts_.clock->Now());
      if (!status.ok()) return status;
      const auto now = FindDecision(transaction, *id);
      if (!now.ok()) return now.status();
      const access::AccessEntry entry = Touched(access::Action::kWrite, *now, "panel vote");
      status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
      if (!status.ok()) return status;
      return FillWhole(transaction, *now, response->mutable_decision());
    });
  }

  absl::Status SignOffOne(Call& call, const v1::SignOffDecisionRequest& request,
                          v1::SignOffDecisionResponse* response) const {
    const auto id = ReadId<DecisionId>("decision_id", request.decision_id());
    if (!id.ok()) return id.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      auto seen = FindDecision(transaction, *id);
      if (!seen.ok()) return seen.status();
      // The case first, as everybody locks.
      auto panel_case = LockCase(transaction, seen->panel_case);
      if (!panel_case.ok()) return panel_case.status();
      auto decision = LockDecision(transaction, *id);
      if (!decision.ok()) return decision.status();
      const auto compared = CompareVersion(*decision, request.version(), call,
                                           transaction.scope().person, "The decision");
      if (!compared.ok()) return compared.status();
      if (*compared == Seen::kCurrent) {
        auto status = MakeFinal(call, transaction, *panel_case, *decision);
        if (!status.ok()) return status;
      }
      auto status = FillWhole(transaction, *decision, response->mutable_decision());
      if (!status.ok()) return status;
      return panel::FillWhole(transaction, *panel_case, parts_.clock->Today(),
                              response->mutable_panel_case());
    });
  }

  absl::Status List(const Call& call, const v1::ListDecisionsRequest& request,
                    v1::ListDecisionsResponse* response) const {
    FieldReader read;
    const auto panel_case = read.Optional<CaseId>("case_id", request.case_id());
    const auto sitting = read.Optional<SittingId>("sitting_id", request.sitting_id());
    if (panel_case.has_value() == sitting.has_value()) {
      read.wrong().Add("case_id", "Name a case or a sitting");
    }
    if (!read.good()) return read.status();
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      response->Clear();
      const auto decisions = ListDecisions(transaction, panel_case, sitting);
      if (!decisions.ok()) return decisions.status();
      for (const Decision& decision : *decisions) {
        auto status = FillWhole(transaction, decision, response->add_decisions());
        if (!status.ok()) return status;
      }
      return RecordReads(transaction, call, *decisions, "panel decision");
    });
  }

 private:
  struct Written {
    DecisionId id;
    SittingId sitting;
    std::int64_t seen;
  };

  absl::Status Check(const PanelCase& panel_case, const Terms& terms, bool replaces) const {
    return ToStatus(WhatTermsLack(terms, {panel_case.urn, parts_.clock->Today(), replaces}),
                    "terms.");
  }

  absl::StatusOr<Decision> Write(const Call& call, Transaction& transaction,
                                 const PanelCase& panel_case, const Written& written,
                                 const Terms& terms) const {
    const std::string& person = transaction.scope().person;
    auto known = LockDecision(transaction, written.id);
    if (known.ok() && written.seen == 0 && known->panel_case == panel_case.id) return known;
    if (!known.ok() && !absl::IsNotFound(known.status())) return known.status();
    if (!known.ok() && written.seen != 0) return known.status();
    // A deferral that is in force is followed, not changed: it needs no reason.
    const auto in_force = FinalDecision(transaction, panel_case.id);
    if (!in_force.ok()) return in_force.status();
    const bool replaces = panel_case.state == CaseState::kDecided;
    if (auto status = Check(panel_case, terms, replaces); !status.ok()) return status;
    if (known.ok()) {
      const auto compared = CompareVersion(*known, written.seen, call, person, "The decision");
      if (!compared.ok()) return compared.status();
      if (*compared == Seen::kRepeated) return known;
      if (known->state != DecisionState::kProposed) {
        return absl::FailedPreconditionError(
            "The decision was signed off: a change is a new decision");
      }
      Stamp(*known, parts_.clock->Now(), person, call.request_id());
      known->terms = terms;
      if (auto status = RewriteDecision(transaction, *known); !status.ok()) return status;
      return known;
    }
    Decision made{.id = written.id,
                  .panel_case = panel_case.id,
                  .sitting = written.sitting,
                  .pupil = panel_case.pupil,
                  .urn = panel_case.urn,
                  .la_code = panel_case.la_code,
                  .terms = terms,
                  .replaces = *in_force,
                  .updated_by = person,
                  .updated_at = parts_.clock->Now(),
                  .last_call = call.request_id()};
    auto status = InsertDecision(transaction, made);
    if (storage::ConstraintOf(status) == "decision_one_proposed") {
      return absl::FailedPreconditionError("Another decision on this case is being written");
    }
    if (!status.ok()) return status;
    return made;
  }

  absl::Status MakeFinal(const Call& call, Transaction& transaction, PanelCase& panel_case,
                         Decision& decision) const {
    if (decision.state != DecisionState::kProposed) {
      return absl::FailedPreconditionError("The decision was signed off already");
    }
    const auto room = Enter(transaction, decision.sitting, decision.panel_case);
    if (!room.ok()) return room.status();
    const auto signer = call.caller().person;
    if (!signer) return absl::PermissionDeniedError("The chair of this sitting signs off");
    auto status = CheckSignOff({room->members, panel_case.urn, room->interested, decision.votes,
                                decision.terms.way, *signer});
    if (!status.ok()) return status;
    const education::Instant now = parts_.clock->Now();
    Stamp(decision, now, transaction.scope().person, call.request_id());
    decision.state = DecisionState::kFinal;
    decision.signed_off_at = now;
    decision.signed_off_by = decision.updated_by;
    if (status = FinishDecision(transaction, decision); !status.ok()) return status;
    return MoveCase(call, transaction, panel_case, decision);
  }

  absl::Status MoveCase(const Call& call, Transaction& transaction, PanelCase& panel_case,
                        const Decision& decision) const {
    const Terms& terms = decision.terms;
    const bool deferred = terms.kind == DecisionKind::kDeferral;
    Stamp(panel_case, parts_.clock->Now(), transaction.scope().person, call.request_id());
    CaseChange change(transaction, panel_case);
    auto status = change.Do(deferred ? CaseAction::kDefer : CaseAction::kDecide);
    if (!status.ok()) return status;
    panel_case.sealed = false;
    panel_case.deferred_for = terms.missing;
    if (deferred) {
      // What was missing is for the referrer to add before another agenda takes the case.
      status = FinishItem(transaction, decision.sitting, panel_case.id);
      if (!status.ok()) return status;
      panel_case.complete = false;
    } else {
      panel_case.decision = decision.id;
    }
    change.Publish(Announcement(decision));
    const std::string kind(kDecisionKindNames.Of(terms.kind));
    if (auto entry = change.Tell("panel_decided", kind, terms.reasons); !entry.ok()) {
      return entry.status();
    }
    return change.Write(PenOf(parts_, call, panel_case.origin_trace_id),
                        "panel decision signed off");
  }

  static v1::PanelDecided Announcement(const Decision& decision) {
    v1::PanelDecided message;
    message.set_decision_id(decision.id.ToString());
    message.set_kind(std::string(kDecisionKindNames.Of(decision.terms.kind)));
    message.set_tier(decision.terms.tier);
    if (decision.terms.receiving) {
      message.set_receiving_urn(decision.terms.receiving->value());
    }
    if (decision.replaces) message.set_replaces(decision.replaces->ToString());
    if (decision.terms.until) message.set_until(decision.terms.until->ToIso());
    return message;
  }

  const PanelParts& parts_;
};

}  // namespace

void AddDecisions(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::ProposeDecisionRequest, v1::ProposeDecisionResponse>(
          "ProposeDecision", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Decisions(parts).Propose(c, q, r); })
      .Unary<v1::CastVoteRequest, v1::CastVoteResponse>(
          "CastVote", Permission::kSitOnPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Decisions(parts).Vote(c, q, r); })
      .Unary<v1::SignOffDecisionRequest, v1::SignOffDecisionResponse>(
          "SignOffDecision", Permission::kSignOffDecision,
          [&parts](Call& c, const auto& q, auto* r) {
            return Decisions(parts).SignOffOne(c, q, r);
          })
      .Unary<v1::ListDecisionsRequest, v1::ListDecisionsResponse>(
          "ListDecisions", Permission::kReadPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Decisions(parts).List(c, q, r); });
}

}  // namespace pathways::panel
