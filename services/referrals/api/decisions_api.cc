// What moves a request on.
#include <algorithm>
#include <optional>
#include <string>

#include "libs/education/working_calendar.h"
#include "libs/forms/words.h"
#include "libs/service/log.h"
#include "services/referrals/api/calls.h"
#include "services/referrals/api/messages.h"
#include "services/referrals/api/request_change.h"
#include "services/referrals/domain/decision.h"
#include "services/referrals/domain/form.h"
#include "services/referrals/store/request_store.h"
#include "services/referrals/store/settings_store.h"

namespace pathways::referrals {
namespace {

using access::Permission;
using education::PersonId;
using service::Call;

// Everything that keeps a request from being sent; OK when nothing does.
absl::Status CheckComplete(const Request& request, const Sections& sections, education::Day today) {
  static const Answers kNone;
  service::FieldViolations wrong;
  const auto check = [&](const SectionForm& form) {
    const auto saved = sections.find(form.name);
    const Answers& answers = saved == sections.end() ? kNone : saved->second;
    wrong.AddAll(std::string(form.name) + ".", WhatIsMissing(form, answers, today));
  };
  for (const SectionForm& form : DraftSections()) check(form);
  if (request.state == State::kMoreAsked) check(AnswerSection());
  return wrong.ToStatus(absl::StatusCode::kFailedPrecondition);
}

class Decisions {
 public:
  explicit Decisions(const ReferralsParts& parts) : parts_(parts) {}

  absl::Status Submit(Call& call, const v1::SubmitRequestRequest& request,
                      v1::SubmitRequestResponse* response) const {
    return ChangeRequest(
        parts_, call, {request.request_id(), request.version()}, "Early Help request sent",
        [&](RequestChange& change) { return Send(change); }, response->mutable_request());
  }

  absl::Status Withdraw(Call& call, const v1::WithdrawRequestRequest& request,
                        v1::WithdrawRequestResponse* response) const {
    const std::string reason = forms::Tidy(request.reason());
    if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostReasonWords)) {
      return service::InvalidField(problem->field, problem->words);
    }
    return ChangeRequest(
        parts_, call, {request.request_id(), request.version()}, "Early Help request withdrawn",
        [&](RequestChange& change) -> absl::Status {
          if (auto status = change.Do(Action::kWithdraw); !status.ok()) return status;
          // Nobody but the school knows of a draft.
          if (change.request().submitted_at) change.Publish(v1::RequestWithdrawn());
          return change.Tell("request_withdrawn", reason).status();
        },
        response->mutable_request());
  }

  absl::Status Decide(Call& call, const v1::DecideRequestRequest& request,
                      v1::DecideRequestResponse* response) const {
    const auto action = FromMessage(request.decision());
    if (!action) return service::InvalidField("decision", "Say what is decided");
    DecisionSaid said{.note = forms::Tidy(request.note()), .code = request.code()};
    said.has_worker = !request.worker_id().empty();
    std::optional<HeldBy> holder;
    if (said.has_worker && *action == Action::kAccept) {
      auto found = FindHolder(call, request.worker_id());
      if (!found.ok()) return found.status();
      holder = *std::move(found);
    }
    return ChangeRequest(
        parts_, call, {request.request_id(), request.version()}, "Early Help request decided",
        [&](RequestChange& change) { return Carry(change, *action, said, holder); },
        response->mutable_request());
  }

  absl::Status Allocate(Call& call, const v1::AllocateRequestRequest& request,
                        v1::AllocateRequestResponse* response) const {
    const auto holder = FindHolder(call, request.worker_id());
    if (!holder.ok()) return holder.status();
    return ChangeRequest(
        parts_, call, {request.request_id(), request.version()}, "Early Help request allocated",
        [&](RequestChange& change) { return Give(change, *holder); }, response->mutable_request());
  }

 private:
  struct HeldBy {
    PersonId person;
    Worker worker;
  };

  // Asked before the transaction: nothing is locked while another service answers.
  absl::StatusOr<HeldBy> FindHolder(const Call& call, const std::string& text) const {
    const auto person = ReadId<PersonId>("worker_id", text);
    if (!person.ok()) return person.status();
    auto worker = parts_.workers->Find(call, *person);
    if (absl::IsNotFound(worker.status())) {
      return service::InvalidField("worker_id", "Choose somebody from the list");
    }
    if (!worker.ok()) return worker.status();
    return HeldBy{*person, *std::move(worker)};
  }

  absl::Status Send(RequestChange& change) const {
    Request& request = change.request();
    const State before = request.state;
    if (auto status = change.Do(Action::kSubmit); !status.ok()) return status;
    const education::Day today = education::LondonDay(change.now());
    const auto sections = ReadSections(change.transaction(), request.id);
    if (!sections.ok()) return sections.status();
    Request as_it_was = request;
    as_it_was.state = before;
    if (auto status = CheckComplete(as_it_was, *sections, today); !status.ok()) return status;
    const auto days = settings::ReadSetting(change.transaction(), kDecisionDays, request.la_code);
    if (!days.ok()) return days.status();
    request.submitted_at = change.now();
    request.decision_due = Due(today, days->value);
    change.Publish(v1::RequestSubmitted());
    if (auto status = KeepSubmission(change.transaction(), request); !status.ok()) return status;
    if (before == State::kDraft) return change.Tell("request_submitted").status();
    return change
        .Tell("more_information_given", sections->find(kAnswerSection)->second.at("answer"))
        .status();
  }

  education::Day Due(education::Day sent, int working_days) const {
    const auto& calendar = education::WorkingCalendar::England();
    const education::Day due = DecisionDue(sent, working_days, calendar);
    if (!calendar.Knows(due)) {
      service::LogWarning("a decision is due in a year whose bank holidays are not known");
      parts_.metrics
          ->GetCounter("referrals_bank_holidays_unknown_total",
                       "Decisions due in a year whose bank holidays Pathways does not know")
          .Add();
    }
    return due;
  }

  absl::Status Carry(RequestChange& change, Action action, DecisionSaid said,
                     const std::optional<HeldBy>& holder) const {
    Request& request = change.request();
    if (auto status = change.Do(action); !status.ok()) return status;
    if (!CodeTable(action).empty()) {
      const auto known =
          IsCodeInUse(change.transaction(), action, said.code, education::LondonDay(change.now()));
      if (!known.ok()) return known.status();
      said.code_known = *known;
    }
    service::FieldViolations wrong;
    wrong.AddAll("", WhatDecisionLacks(action, said));
    if (!wrong.empty()) return wrong.ToStatus();
    request.decision_code = said.code;
    const auto entry = change.Tell(Announce(change, action), said.note);
    if (!entry.ok()) return entry.status();
    request.decision_entry = *entry;
    if (action == Action::kAskForMore) {
      return SaveSection(change.transaction(), request, kAnswerSection, {});
    }
    return holder ? Give(change, *holder) : absl::OkStatus();
  }

  // Publishes the decision; the timeline's word for it.
  static std::string Announce(RequestChange& change, Action action) {
    const std::string& code = change.request().decision_code;
    switch (action) {
      case Action::kAskForMore:
        change.Publish(v1::MoreInformationAsked());
        return "more_information_asked";
      case Action::kRedirect: {
        v1::RequestRedirected message;
        message.set_redirected_to(code);
        change.Publish(std::move(message));
        return "request_redirected";
      }
      case Action::kDecline: {
        v1::RequestDeclined message;
        message.set_reason_code(code);
        change.Publish(std::move(message));
        return "request_declined";
      }
      default:
        change.Publish(v1::RequestAccepted());
        return "request_accepted";
    }
  }

  static absl::Status Give(RequestChange& change, const HeldBy& holder) {
    Request& request = change.request();
    if (auto status = change.Do(Action::kAllocate); !status.ok()) return status;
    const Worker& worker = holder.worker;
    const bool here =
        worker.everywhere || std::ranges::count(worker.authorities, request.la_code) > 0;
    if (!worker.works_on_cases || !here) {
      return service::InvalidField("worker_id", "Choose an Early Help worker of this authority");
    }
    if (request.worker == holder.person) {
      return service::InvalidField("worker_id", "This person holds the request already");
    }
    request.worker = holder.person;
    v1::RequestAllocated message;
    message.set_worker_id(holder.person.ToString());
    change.Publish(std::move(message));
    return change.Tell("request_allocated").status();
  }

  const ReferralsParts& parts_;
};

}  // namespace

void AddDecisions(service::Endpoint& endpoint, const ReferralsParts& parts) {
  endpoint
      .Unary<v1::SubmitRequestRequest, v1::SubmitRequestResponse>(
          "SubmitRequest", Permission::kWriteRequest,
          [&parts](Call& call, const auto& q, auto* r) {
            return Decisions(parts).Submit(call, q, r);
          })
      .Unary<v1::WithdrawRequestRequest, v1::WithdrawRequestResponse>(
          "WithdrawRequest", Permission::kWriteRequest,
          [&parts](Call& call, const auto& q, auto* r) {
            return Decisions(parts).Withdraw(call, q, r);
          })
      .Unary<v1::DecideRequestRequest, v1::DecideRequestResponse>(
          "DecideRequest", Permission::kTriageRequest,
          [&parts](Call& call, const auto& q, auto* r) {
            return Decisions(parts).Decide(call, q, r);
          })
      .Unary<v1::AllocateRequestRequest, v1::AllocateRequestResponse>(
          "AllocateRequest", Permission::kTriageRequest,
          [&parts](Call& call, const auto& q, auto* r) {
            return Decisions(parts).Allocate(call, q, r);
          });
}

}  // namespace pathways::referrals
