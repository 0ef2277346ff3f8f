// Cases: started with what Pathways knows already, filled in page by page, sent, ended.
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/reference.h"
#include "libs/forms/words.h"
#include "services/panel/api/agenda_filling.h"
#include "services/panel/api/case_answer.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/prefill.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/placement_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

// Two cases in a row with one reference are one chance in 244 million.
constexpr int kReferenceAttempts = 5;

struct Wish {
  CaseId id;
  education::PupilId pupil;
  education::Urn urn;
  std::optional<Phase> phase;
  std::optional<SourceId> request = {};  // stepped up from it
};

absl::StatusOr<Wish> ReadWish(const v1::CreateCaseRequest& request) {
  FieldReader read;
  const auto id = read.Needed<CaseId>("case_id", request.case_id());
  const auto pupil = read.Needed<education::PupilId>("pupil_id", request.pupil_id());
  const auto urn = education::Urn::FromInt(request.urn());
  read.wrong().AddIfError("urn", urn.status());
  const auto stepped_up = read.Optional<SourceId>("request_id", request.request_id());
  if (!read.good()) return read.status();
  return Wish{*id, *pupil, *urn, FromMessage<kPhaseNames>(request.phase()), stepped_up};
}

// Has the case been ready for an agenda only now?
bool Waits(const PanelCase& panel_case) {
  return panel_case.state == CaseState::kReferred && panel_case.complete && panel_case.phase;
}

class Cases {
 public:
  explicit Cases(const PanelParts& parts) : parts_(parts) {}

  absl::Status Create(Call& call, const v1::CreateCaseRequest& request,
                      v1::CreateCaseResponse* response) const {
    const auto wish = ReadWish(request);
    if (!wish.ok()) return wish.status();
    const auto known = Writing(parts_, call, [&](Transaction& t) { return Before(t, *wish); });
    if (!known.ok()) return known.status();
    if (!*known) {
      // Nothing is locked while other services answer.
      if (auto status = CheckStepUp(call, *wish); !status.ok()) return status;
      const auto prefilled = Prefill(parts_, call, wish->pupil, wish->urn);
      if (!prefilled.ok()) return prefilled.status();
      auto made =
          Writing(parts_, call, [&](Transaction& t) { return Make(call, t, *wish, *prefilled); });
      if (!made.ok()) return made;
    }
    return AnswerCase(parts_, call, wish->id, response->mutable_panel_case());
  }

  absl::Status Save(Call& call, const v1::SaveCaseSectionRequest& request,
                    v1::SaveCaseSectionResponse* response) const {
    const SectionForm* form = FindSection(request.section().name());
    if (form == nullptr) return service::InvalidField("section.name", "There is no such section");
    forms::SentAnswers sent;
    for (const auto& answer : request.section().answers()) {
      sent.emplace_back(answer.key(), answer.value());
    }
    const forms::ReadSection read = forms::Read(*form, sent);
    if (auto status = ToStatus(read.problems, "section.answers."); !status.ok()) return status;
    return Change(call, request, "panel case written", response->mutable_panel_case(),
                  [&](CaseChange& change) { return Keep(change, *form, read.answers); });
  }

  absl::Status Refer(Call& call, const v1::ReferCaseRequest& request,
                     v1::ReferCaseResponse* response) const {
    return Change(call, request, "panel case referred", response->mutable_panel_case(),
                  [&](CaseChange& change) { return Send(change); });
  }

  absl::Status End(Call& call, const v1::EndCaseRequest& request,
                   v1::EndCaseResponse* response) const {
    const std::string reason = forms::Tidy(request.reason());
    if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostWords)) {
      return service::InvalidField(problem->field, problem->words);
    }
    if (request.end() == v1::CASE_END_UNSPECIFIED || !v1::CaseEnd_IsValid(request.end())) {
      return service::InvalidField("end", "Say how the case ends");
    }
    const bool withdrawn = request.end() == v1::CASE_END_WITHDRAWN;
    if (!withdrawn && !WorksForAuthority(call.caller())) {
      return absl::PermissionDeniedError("This is for the authority to do");
    }
    return Change(call, request, "", response->mutable_panel_case(),
                  [&](CaseChange& change) { return Close(call, change, request.end(), reason); });
  }

 private:
  // One change of one case: locked, compared with what the caller saw, written. With a `detail` for
  // the access log the row is written here, without one `work` has done it.
  template <typename Request, typename Work>
  absl::Status Change(Call& call, const Request& request, std::string_view detail,
                      v1::PanelCase* response, Work&& work) const {
    const auto id = ReadId<CaseId>("case_id", request.case_id());
    if (!id.ok()) return id.status();
    const auto changed =
        Writing(parts_, call, [&](Transaction& transaction) -> absl::StatusOr<PanelCase> {
          const std::string& person = transaction.scope().person;
          auto locked = LockCase(transaction, *id);
          if (!locked.ok()) return locked.status();
          const auto seen = CompareVersion(*locked, request.version(), call, person, "The case");
          if (!seen.ok()) return seen.status();
          if (*seen == Seen::kRepeated) return locked;
          Stamp(*locked, parts_.clock->Now(), person, call.request_id());
          CaseChange change(transaction, *locked);
          absl::Status status = work(change);
          if (status.ok() && !detail.empty()) {
            status = change.Write(PenOf(parts_, call, locked->origin_trace_id), detail);
          }
          if (!status.ok()) return status;
          return locked;
        });
    if (!changed.ok()) return changed.status();
    if (Waits(*changed)) FillSittings(parts_, call, changed->la_code, *changed->phase);
    return AnswerCase(parts_, call, *id, response);
  }

  // An officer steps up what Early Help is doing for this pupil.
  absl::Status CheckStepUp(const Call& call, const Wish& wish) const {
    if (!wish.request) return absl::OkStatus();
    if (!WorksForAuthority(call.caller())) {
      return absl::PermissionDeniedError("A request is stepped up by the authority");
    }
    const auto known = parts_.facts->OfRequest(call, wish.request->ToString());
    if (!known.ok()) return known.status();
    if (known->pupil != wish.pupil || known->urn != wish.urn) {
      return service::InvalidField("request_id", "The request is about another pupil or school");
    }
    if (known->accepted) return absl::OkStatus();
    return absl::FailedPreconditionError("Only a request that Early Help accepted is stepped up");
  }

  // Whether an earlier attempt of this call made the case.
  static absl::StatusOr<bool> Before(Transaction& transaction, const Wish& wish) {
    const auto existing = FindCase(transaction, wish.id);
    if (absl::IsNotFound(existing.status())) return false;
    if (!existing.ok()) return existing.status();
    if (existing->pupil == wish.pupil && existing->urn == wish.urn) return true;
    return absl::AlreadyExistsError("This case id belongs to another case");
  }

  absl::Status Make(const Call& call, Transaction& transaction, const Wish& wish,
                    const Prefilled& prefilled) const {
    const education::Instant now = parts_.clock->Now();
    const storage::RowScope& scope = transaction.scope();
    const bool by_school = scope.role == access::RoleName(access::Role::kSchool);
    PanelCase made{.id = wish.id,
                   .reference = {},
                   .pupil = wish.pupil,
                   .urn = wish.urn,
                   .la_code = prefilled.pupil.la_code,
                   .phase = wish.phase ? wish.phase : prefilled.pupil.phase,
                   .origin = wish.request ? Origin::kStepUp
                             : by_school  ? Origin::kSchool
                                          : Origin::kOfficer,
                   .source = wish.request,
                   .origin_trace_id = call.trace().trace_id,
                   .created_by = scope.person,
                   .created_at = now,
                   .updated_at = now,
                   .updated_by = scope.person,
                   .last_call = call.request_id()};
    if (wish.request) {
      const auto open = LockOpenCaseOfSource(transaction, Origin::kStepUp, *wish.request);
      if (!open.ok()) return open.status();
      if (*open) return absl::AlreadyExistsError("This request is before the panel already");
    }
    if (auto status = Insert(transaction, made); !status.ok()) return status;
    if (auto status = InsertFacts(transaction, made, prefilled.facts); !status.ok()) return status;
    CaseChange start(transaction, made);
    if (auto entry = start.Tell("case_started"); !entry.ok()) return entry.status();
    const access::AccessEntry entry = Touched(access::Action::kWrite, made, "panel case started");
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  absl::Status Insert(Transaction& transaction, PanelCase& made) const {
    for (int attempt = 0; attempt < kReferenceAttempts; ++attempt) {
      made.reference = forms::MakeReference("SP", parts_.ids->NewUuid());
      const auto inserted = InsertCase(transaction, made);
      if (!inserted.ok()) return inserted.status();
      if (*inserted) return absl::OkStatus();
      // The same call, twice at once.
      const auto known = FindCase(transaction, made.id);
      if (known.ok()) return absl::AbortedError("The case is being made by the same call");
    }
    return absl::AlreadyExistsError("This case id belongs to another case");
  }

  absl::Status Keep(CaseChange& change, const SectionForm& form, const Answers& answers) const {
    PanelCase& panel_case = change.panel_case();
    if (auto status = CheckWritable(panel_case); !status.ok()) return status;
    auto status = SaveSection(change.transaction(), panel_case, form.name, answers);
    if (!status.ok()) return status;
    const auto sections = ReadSections(change.transaction(), panel_case.id);
    if (!sections.ok()) return sections.status();
    panel_case.complete = WhatIsMissing(*sections, parts_.clock->Today()).empty();
    panel_case.asked_for = std::string(AnswerOf(*sections, "asked", "asked_for"));
    if (const auto phase = kPhaseNames.Parse(AnswerOf(*sections, "reason", "phase"))) {
      panel_case.phase = phase;
    }
    if (panel_case.state == CaseState::kScheduled && !panel_case.complete) {
      return absl::FailedPreconditionError(
          "The case is on an agenda: its pages can be changed, but not left incomplete");
    }
    return absl::OkStatus();
  }

  absl::Status Send(CaseChange& change) const {
    PanelCase& panel_case = change.panel_case();
    if (auto status = change.Do(CaseAction::kRefer); !status.ok()) return status;
    const auto sections = ReadSections(change.transaction(), panel_case.id);
    if (!sections.ok()) return sections.status();
    std::vector<Problem> missing = WhatIsMissing(*sections, parts_.clock->Today());
    if (!panel_case.phase) {
      missing.push_back(
          {"reason.phase", "Say whether it is for the primary or the secondary panel"});
    }
    auto status = ToStatus(missing, "", absl::StatusCode::kFailedPrecondition);
    if (!status.ok()) return status;
    panel_case.complete = true;
    panel_case.referred_at = change.now();
    change.Publish(v1::CaseReferred());
    return change.Tell("case_referred").status();
  }

  absl::Status Close(const Call& call, CaseChange& change, v1::CaseEnd end,
                     const std::string& reason) const {
    const PanelCase& panel_case = change.panel_case();
    const Pen pen = PenOf(parts_, call, panel_case.origin_trace_id);
    if (end == v1::CASE_END_WITHDRAWN) {
      if (auto status = CheckWithdrawable(panel_case); !status.ok()) return status;
      return CloseCase(change, pen, CaseAction::kWithdraw, "withdrawn", reason);
    }
    const auto placed = ListPlacements(change.transaction(), {.states = {PlacementState::kStarted},
                                                              .panel_case = panel_case.id,
                                                              .today = parts_.clock->Today()});
    if (!placed.ok()) return placed.status();
    if (placed->total > 0) {
      return absl::FailedPreconditionError("The pupil is in a placement: end it first");
    }
    const bool completed = end == v1::CASE_END_COMPLETED;
    if (completed && panel_case.state != CaseState::kDecided) {
      return absl::FailedPreconditionError("Only a case that was decided is completed");
    }
    return CloseCase(change, pen, CaseAction::kClose, completed ? "completed" : "moved_away",
                     reason);
  }

  const PanelParts& parts_;
};

}  // namespace

void AddCases(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::CreateCaseRequest, v1::CreateCaseResponse>(
          "CreateCase", Permission::kWritePanelCase,
          [&parts](Call& call, const auto& q, auto* r) { return Cases(parts).Create(call, q, r); })
      .Unary<v1::SaveCaseSectionRequest, v1::SaveCaseSectionResponse>(
          "SaveCaseSection", Permission::kWritePanelCase,
          [&parts](Call& call, const auto& q, auto* r) { return Cases(parts).Save(call, q, r); })
      .Unary<v1::ReferCaseRequest, v1::ReferCaseResponse>(
          "ReferCase", Permission::kWritePanelCase,
          [&parts](Call& call, const auto& q, auto* r) { return Cases(parts).Refer(call, q, r); })
      .Unary<v1::EndCaseRequest, v1::EndCaseResponse>(
          "EndCase", Permission::kWritePanelCase,
          [&parts](Call& call, const auto& q, auto* r) { return Cases(parts).End(call, q, r); });
}

}  // namespace pathways::panel
