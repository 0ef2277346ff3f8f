// Drafts: started with what Pathways knows already, saved page by page.
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/reference.h"
#include "libs/service/log.h"
#include "libs/storage/errors.h"
#include "services/referrals/api/calls.h"
#include "services/referrals/api/prefill.h"
#include "services/referrals/api/request_change.h"
#include "services/referrals/domain/form.h"
#include "services/referrals/store/proposal_store.h"
#include "services/referrals/store/request_store.h"
#include "services/referrals/store/timeline_store.h"

namespace pathways::referrals {
namespace {

using access::Permission;
using education::PupilId;
using education::Urn;
using service::Call;
using storage::Transaction;

// Two drafts in a row with one reference are one chance in 244 million.
constexpr int kReferenceAttempts = 5;

absl::StatusOr<DraftWish> ReadWish(const v1::CreateRequestRequest& request) {
  const auto id = RequestId::Parse(request.request_id());
  const auto pupil = PupilId::Parse(request.pupil_id());
  const auto urn = Urn::FromInt(request.urn());
  service::FieldViolations wrong;
  wrong.AddIfError("request_id", id.status());
  wrong.AddIfError("pupil_id", pupil.status());
  wrong.AddIfError("urn", urn.status());
  std::optional<ProposalId> proposal;
  if (!request.proposal_id().empty()) {
    const auto parsed = ProposalId::Parse(request.proposal_id());
    wrong.AddIfError("proposal_id", parsed.status());
    if (parsed.ok()) proposal = *parsed;
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return DraftWish{*id, *pupil, *urn, proposal};
}

bool IsOf(const Request& request, const DraftWish& wish) {
  return request.pupil == wish.pupil && request.urn == wish.urn &&
         request.proposal == wish.proposal;
}

absl::Status CheckProposal(const Proposal& proposal, const DraftWish& wish) {
  if (proposal.pupil != wish.pupil || proposal.urn != wish.urn) {
    return service::InvalidField("proposal_id", "This proposal is about another pupil or school");
  }
  if (proposal.state == ProposalState::kOpen) return absl::OkStatus();
  return absl::FailedPreconditionError(proposal.state == ProposalState::kTakenUp
                                           ? "A request was started from this proposal already"
                                           : "This proposal is closed; start a request without it");
}

class Drafts {
 public:
  explicit Drafts(const ReferralsParts& parts) : parts_(parts) {}

  absl::Status Create(Call& call, const v1::CreateRequestRequest& request,
                      v1::CreateRequestResponse* response) const {
    const auto wish = ReadWish(request);
    if (!wish.ok()) return wish.status();
    v1::Request* draft = response->mutable_request();
    std::optional<Proposal> proposal;
    const auto known = Writing(
        parts_, call, [&](Transaction& t) { return Before(call, t, *wish, proposal, draft); });
    if (!known.ok()) return known.status();
    if (*known) return absl::OkStatus();
    // Nothing is locked while other services answer.
    const auto prefill = Prefill(parts_, call, *wish, proposal);
    if (!prefill.ok()) return prefill.status();
    absl::Status made = Writing(
        parts_, call, [&](Transaction& t) { return Make(call, t, *wish, *prefill, draft); });
    if (!absl::IsAlreadyExists(made)) return made;
    // The same call, twice at once.
    const auto again = Writing(
        parts_, call, [&](Transaction& t) { return Before(call, t, *wish, proposal, draft); });
    if (!again.ok()) return again.status();
    return *again ? absl::OkStatus() : TakenId();
  }

  absl::Status Save(Call& call, const v1::SaveSectionRequest& request,
                    v1::SaveSectionResponse* response) const {
    const SectionForm* form = FindSection(request.section().name());
    if (form == nullptr) return service::InvalidField("section.name", "There is no such section");
    SentAnswers sent;
    for (const auto& answer : request.section().answers()) {
      sent.emplace_back(answer.key(), answer.value());
    }
    const ReadSection read = Read(*form, sent);
    service::FieldViolations wrong;
    wrong.AddAll("section.answers.", read.problems);
    if (!wrong.empty()) return wrong.ToStatus();
    return ChangeRequest(
        parts_, call, {request.request_id(), request.version()}, "Early Help request written",
        [&](RequestChange& change) { return Keep(change, *form, read.answers); },
        response->mutable_request());
  }

 private:
  static absl::Status TakenId() {
    return absl::AlreadyExistsError("This request id belongs to another request");
  }

  // True: the draft was made by an earlier attempt of this call, and is the answer. Else finds the
  // proposal.
  absl::StatusOr<bool> Before(const Call& call, Transaction& transaction, const DraftWish& wish,
                              std::optional<Proposal>& proposal, v1::Request* draft) const {
    const auto existing = FindRequest(transaction, wish.id);
    if (existing.ok()) {
      if (!IsOf(*existing, wish)) return TakenId();
      const access::AccessEntry entry =
          Touched(access::Action::kRead, *existing, "Early Help request");
      auto status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
      if (status.ok()) status = FillWhole(transaction, *existing, parts_.clock->Today(), draft);
      if (!status.ok()) return status;
      return true;
    }
    if (!absl::IsNotFound(existing.status())) return existing.status();
    if (!wish.proposal) return false;
    auto found = FindProposal(transaction, *wish.proposal);
    if (!found.ok()) return found.status();
    if (auto status = CheckProposal(*found, wish); !status.ok()) return status;
    proposal = *std::move(found);
    return false;
  }

  absl::Status Make(const Call& call, Transaction& transaction, const DraftWish& wish,
                    const Prefilled& prefill, v1::Request* draft) const {
    const education::Instant now = parts_.clock->Now();
    const std::string& person = transaction.scope().person;
    Request request{.id = wish.id,
                    .reference = {},
                    .pupil = wish.pupil,
                    .urn = wish.urn,
                    .la_code = prefill.la_code,
                    .created_by = person,
                    .created_at = now,
                    .proposal = wish.proposal,
                    .origin_trace_id = call.trace().trace_id,
                    .updated_at = now,
                    .updated_by = person,
                    .last_call = call.request_id()};
    if (wish.proposal) {
      const auto proposal = LockProposal(transaction, *wish.proposal);
      if (!proposal.ok()) return proposal.status();
      if (auto status = CheckProposal(*proposal, wish); !status.ok()) return status;
      request.origin_trace_id = proposal->trace_id;
    }
    if (auto status = Insert(transaction, request); !status.ok()) return status;
    if (auto status = InsertFacts(transaction, request.id, prefill.facts); !status.ok())
      return status;
    if (wish.proposal) {
      auto status = TakeUp(transaction, *wish.proposal, request.id);
      if (!status.ok()) return status;
    }
    RequestChange start(transaction, request, call.caller());
    if (auto entry = start.Tell("request_started"); !entry.ok()) return entry.status();
    const access::AccessEntry entry =
        Touched(access::Action::kWrite, request, "Early Help request started");
    auto status = access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
    if (!status.ok()) return status;
    return FillWhole(transaction, request, parts_.clock->Today(), draft);
  }

  absl::Status Insert(Transaction& transaction, Request& request) const {
    for (int attempt = 0; attempt < kReferenceAttempts; ++attempt) {
      request.reference = forms::MakeReference("EH", parts_.ids->NewUuid());
      const auto inserted = InsertRequest(transaction, request);
      if (!inserted.ok()) return inserted.status();
      if (*inserted) return absl::OkStatus();
    }
    return absl::InternalError("no free reference was found");
  }

  static absl::Status Keep(RequestChange& change, const SectionForm& form, const Answers& answers) {
    Request& request = change.request();
    if (form.name == kAnswerSection && request.state == State::kDraft) {
      return service::InvalidField("section.name", "Early Help has not asked a question");
    }
    if (auto status = change.Do(Action::kSave); !status.ok()) return status;
    if (form.name == "reason") {
      const auto main_reason = answers.find("main_reason");
      request.main_reason = main_reason == answers.end() ? "" : main_reason->second;
    }
    return SaveSection(change.transaction(), request, form.name, answers);
  }

  const ReferralsParts& parts_;
};

}  // namespace

void AddDrafts(service::Endpoint& endpoint, const ReferralsParts& parts) {
  endpoint
      .Unary<v1::CreateRequestRequest, v1::CreateRequestResponse>(
          "CreateRequest", Permission::kWriteRequest,
          [&parts](Call& call, const auto& q, auto* r) { return Drafts(parts).Create(call, q, r); })
      .Unary<v1::SaveSectionRequest, v1::SaveSectionResponse>(
          "SaveSection", Permission::kWriteRequest,
          [&parts](Call& call, const auto& q, auto* r) { return Drafts(parts).Save(call, q, r); });
}

}  // namespace pathways::referrals
