// What happens to an exclusion after it was recorded: changed, ended, a step done, a decision.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/words.h"
#include "services/exclusions/api/assessment.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/change_words.h"
#include "services/exclusions/api/exclusion_change.h"
#include "services/exclusions/api/messages.h"
#include "services/exclusions/domain/board.h"
#include "services/exclusions/domain/notice.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

constexpr std::size_t kLeastReason = 5;
constexpr std::size_t kMostReason = 2'000;

// A reason in words, tidied; INVALID_ARGUMENT naming `field`.
absl::StatusOr<std::string> ReadReason(std::string_view field, const std::string& text,
                                       std::size_t least) {
  std::string reason = forms::Tidy(text);
  if (const auto problem = forms::CheckWords(field, reason, least, kMostReason)) {
    return service::InvalidField(problem->field, problem->words);
  }
  return reason;
}

absl::Status Refuse(std::string_view prefix, const std::vector<Problem>& problems) {
  service::FieldViolations wrong;
  wrong.AddAll(prefix, problems);
  return wrong.ToStatus();
}

bool IsTimeOfDay(const std::string& text) {
  if (text.empty()) return true;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
    return false;
  }
  return text.substr(0, 2) < "24" && text.substr(3) < "60";
}

class Changes {
 public:
  explicit Changes(const ExclusionsParts& parts) : parts_(parts) {}

  absl::Status Change(Call& call, const v1::ChangeExclusionRequest& request,
                      v1::ChangeExclusionResponse* response) const {
    const auto reason = ReadReason("reason", request.reason(), kLeastReason);
    if (!reason.ok()) return reason.status();
    const auto pupil = AskAbout(call, request.exclusion_id());
    if (!pupil.ok()) return pupil.status();
    const ReadFactsResult read = ReadFacts(request.facts());
    return ChangeExclusion(
        parts_, call, {request.exclusion_id(), request.version()}, *pupil, "exclusion changed",
        [&](ExclusionChange& change) { return SetFacts(change, *pupil, read, *reason); },
        response->mutable_exclusion());
  }

  absl::Status End(Call& call, const v1::EndExclusionRequest& request,
                   v1::EndExclusionResponse* response) const {
    const auto reason = ReadReason("reason", request.reason(), kLeastReason);
    if (!reason.ok()) return reason.status();
    service::FieldViolations wrong;
    const auto on = ReadDay("on", request.on(), wrong);
    if (request.on().empty()) wrong.Add("on", "Enter the day");
    const bool cancels = request.ending() == v1::ENDING_CANCEL;
    if (!cancels && request.ending() != v1::ENDING_WITHDRAW) {
      wrong.Add("ending", "Choose whether it is cancelled or was recorded by mistake");
    }
    if (!wrong.empty()) return wrong.ToStatus();
    const Ending ending = cancels ? Ending::kCancel : Ending::kWithdraw;
    return ChangeExclusion(
        parts_, call, {request.exclusion_id(), request.version()}, std::nullopt,
        cancels ? "exclusion cancelled" : "exclusion withdrawn",
        [&](ExclusionChange& change) { return SetEnding(change, ending, *on, *reason); },
        response->mutable_exclusion());
  }

  absl::Status Step(Call& call, const v1::RecordStepRequest& request,
                    v1::RecordStepResponse* response) const {
    service::FieldViolations wrong;
    const auto step = StepFromName(request.done().step());
    if (!step) wrong.Add("done.step", "There is no such step");
    const auto on = ReadDay("done.on", request.done().on(), wrong);
    if (on && *on > parts_.clock->Today()) wrong.Add("done.on", "Choose today or an earlier day");
    if (!IsTimeOfDay(request.done().at_time())) wrong.Add("done.at_time", "Write it as 14:30");
    if (!DeliveryFromName(request.done().how())) {
      wrong.Add("done.how", "Choose delivered, post, email or in person, or leave it out");
    }
    if (!wrong.empty()) return wrong.ToStatus();
    const StepTold told{
        .step = *step, .on = on, .at_time = request.done().at_time(), .how = request.done().how()};
    return ChangeExclusion(
        parts_, call, {request.exclusion_id(), request.version()}, std::nullopt,
        "step of an exclusion", [&](ExclusionChange& change) { return SetStep(change, told); },
        response->mutable_exclusion());
  }

  absl::Status Decision(Call& call, const v1::RecordDecisionRequest& request,
                        v1::RecordDecisionResponse* response) const {
    const auto note = ReadReason("note", request.note(), 0);
    if (!note.ok()) return note.status();
    const ReadDecisionsResult read = ReadDecisions(request.decisions());
    if (auto status = Refuse("decisions.", read.problems); !status.ok()) return status;
    return ChangeExclusion(
        parts_, call, {request.exclusion_id(), request.version()}, std::nullopt,
        "decision about an exclusion",
        [&](ExclusionChange& change) { return SetDecisions(change, read.decisions, *note); },
        response->mutable_exclusion());
  }

 private:
  // Whether the pupil was on roll, and when the school is open, as the registry has it now.
  absl::StatusOr<PupilAtSchool> AskAbout(const Call& call, const std::string& exclusion_id) const {
    const auto id = ReadId<ExclusionId>("exclusion_id", exclusion_id);
    if (!id.ok()) return id.status();
    const auto found = Writing(
        parts_, call, [&](Transaction& transaction) { return FindExclusion(transaction, *id); });
    if (!found.ok()) return found.status();
    return AskRegistry(*parts_.rolls, call, found->exclusion.pupil, found->exclusion.urn);
  }

  static absl::Status SetFacts(ExclusionChange& change, const PupilAtSchool& pupil,
                               const ReadFactsResult& read, const std::string& reason) {
    KeptExclusion& kept = change.kept();
    const auto recorded = WithWholePupil(
        change.transaction, [&] { return ReadCharacteristics(change.transaction, {pupil.pupil}); });
    if (!recorded.ok()) return recorded.status();
    const Day start = read.facts.start.value_or(kept.exclusion.start);
    Assessment assessment = Assess(read, kept.exclusion.id,
                                   {.pupil = pupil,
                                    .ledger = change.ledger,
                                    .calendars = change.calendars,
                                    .then = recorded->On(pupil.pupil, start),
                                    .today = change.today,
                                    .changed = &kept});
    if (const auto unseen = NotSeen(assessment, read.facts)) assessment.problems.push_back(*unseen);
    if (auto status = Refuse("facts.", assessment.problems); !status.ok()) return status;
    if (!assessment.made) return service::InvalidField("facts", "Something is missing");
    const std::string changes = FactChanges(kept.exclusion, assessment.made->exclusion);
    kept = *std::move(assessment.made);
    change.entry.happened = {Happened::kChanged};
    change.entry.told = {{.kind = "exclusion_changed", .change = changes, .note = reason}};
    const auto words = ReadWords(change.transaction, kept.exclusion.id);
    if (!words.ok()) return words.status();
    if (*words == read.words) return absl::OkStatus();
    return AddWords(change.transaction, kept, read.words);
  }

  static absl::Status SetEnding(ExclusionChange& change, Ending ending, Day on,
                                const std::string& reason) {
    auto status = Refuse("", CheckEnding(change.exclusion(), ending, on, change.today));
    if (!status.ok()) return status;
    change.exclusion().state = StateAfter(ending);
    change.exclusion().ended_on = on;
    const bool cancels = ending == Ending::kCancel;
    change.entry.happened = {cancels ? Happened::kCancelled : Happened::kWithdrawn};
    change.entry.told = {{.kind = cancels ? "exclusion_cancelled" : "exclusion_withdrawn",
                          .change = on.ToUk(),
                          .note = reason}};
    return absl::OkStatus();
  }

  static absl::Status SetStep(ExclusionChange& change, StepTold told) {
    if (!change.Clock()[told.step].applies()) {
      return service::InvalidField("done.step", "This exclusion does not ask for it");
    }
    if (told.on && *told.on < change.exclusion().decided_on) {
      return service::InvalidField("done.on", "This is before " +
                                                  change.exclusion().decided_on.ToUk() +
                                                  ", the day the head teacher decided");
    }
    change.exclusion().done[IndexOf(told.step)] = told.on;
    told.recorded_at = change.kept().updated_at;
    change.entry.happened = {Happened::kChanged};
    change.entry.told = {{.kind = told.on ? "step_done" : "step_taken_back",
                          .step = std::string(StepName(told.step)),
                          .change = told.on ? told.on->ToUk() : std::string()}};
    return AddStepDone(change.transaction, change.kept(), told);
  }

  static absl::Status SetDecisions(ExclusionChange& change, const Decisions& decisions,
                                   const std::string& note) {
    Exclusion& exclusion = change.exclusion();
    auto status =
        Refuse("decisions.", CheckDecisions(exclusion, decisions, change.Clock(), change.today));
    if (!status.ok()) return status;
    const Decisions was = exclusion.decisions;
    exclusion.state = StateAfter(exclusion, decisions);
    exclusion.decisions = decisions;
    const std::vector<Happened> decided = WhatWasDecided(was, decisions);
    change.entry.happened = decided.empty() ? std::vector{Happened::kChanged} : decided;
    change.entry.told = {
        {.kind = DecidedKind(decided), .change = DecisionChanges(was, decisions), .note = note}};
    return absl::OkStatus();
  }

  const ExclusionsParts& parts_;
};

}  // namespace

void AddChanges(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .Unary<v1::ChangeExclusionRequest, v1::ChangeExclusionResponse>(
          "ChangeExclusion", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) {
            return Changes(parts).Change(call, q, r);
          })
      .Unary<v1::EndExclusionRequest, v1::EndExclusionResponse>(
          "EndExclusion", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Changes(parts).End(call, q, r); })
      .Unary<v1::RecordStepRequest, v1::RecordStepResponse>(
          "RecordStep", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Changes(parts).Step(call, q, r); })
      .Unary<v1::RecordDecisionRequest, v1::RecordDecisionResponse>(
          "RecordDecision", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) {
            return Changes(parts).Decision(call, q, r);
          });
}

}  // namespace pathways::exclusions
