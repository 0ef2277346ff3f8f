// Recording an exclusion, and what it would mean before.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "services/exclusions/api/answers.h"
#include "services/exclusions/api/assessment.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/change_words.h"
#include "services/exclusions/api/messages.h"
#include "services/exclusions/store/draft_store.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::PupilId;
using education::Urn;
using service::Call;
using storage::Transaction;

// Whom a request is about.
struct Wish {
  ExclusionId id;
  PupilId pupil;
  Urn urn;
  std::optional<DraftId> draft = {};
};

absl::StatusOr<Wish> ReadWish(const v1::RecordExclusionRequest& request) {
  const auto id = ExclusionId::Parse(request.exclusion_id());
  const auto pupil = PupilId::Parse(request.pupil_id());
  const auto urn = Urn::FromInt(request.urn());
  service::FieldViolations wrong;
  wrong.AddIfError("exclusion_id", id.status());
  wrong.AddIfError("pupil_id", pupil.status());
  wrong.AddIfError("urn", urn.status());
  std::optional<DraftId> draft;
  if (!request.draft_id().empty()) {
    const auto parsed = DraftId::Parse(request.draft_id());
    wrong.AddIfError("draft_id", parsed.status());
    if (parsed.ok()) draft = *parsed;
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return Wish{*id, *pupil, *urn, draft};
}

// What a ledger needs to be judged: every calendar in it, the school's own as the registry has it
// now, and what is recorded about the pupil.
struct Surroundings {
  CalendarsBySchool calendars;
  CalendarVersions versions;
  RecordedThen then;
};

absl::StatusOr<Surroundings> Look(Transaction& transaction, const ExclusionsParts& parts,
                                  const PupilAtSchool& pupil, const Ledger& ledger,
                                  std::optional<education::Day> start) {
  auto calendars = parts.calendars->Read(transaction, ledger.Schools());
  if (!calendars.ok()) return calendars.status();
  (*calendars)[pupil.school.urn] = pupil.calendar;
  // The copy of an enrolment may still be on its way; the registry has said that the pupil is here.
  const auto recorded =
      WithWholePupil(transaction, [&] { return ReadCharacteristics(transaction, {pupil.pupil}); });
  if (!recorded.ok()) return recorded.status();
  return Surroundings{*std::move(calendars),
                      {{pupil.school, pupil.calendar_version}},
                      recorded->On(pupil.pupil, start.value_or(parts.clock->Today()))};
}

class Recording {
 public:
  explicit Recording(const ExclusionsParts& parts) : parts_(parts) {}

  absl::Status Record(Call& call, const v1::RecordExclusionRequest& request,
                      v1::RecordExclusionResponse* response) const {
    const auto wish = ReadWish(request);
    if (!wish.ok()) return wish.status();
    v1::Exclusion* answer = response->mutable_exclusion();
    const auto known =
        Writing(parts_, call, [&](Transaction& t) { return Repeated(call, t, *wish, answer); });
    if (!known.ok()) return known.status();
    if (*known) return absl::OkStatus();
    // Nothing is locked while the registry answers.
    const auto pupil = AskRegistry(*parts_.rolls, call, wish->pupil, wish->urn);
    if (!pupil.ok()) return pupil.status();
    const ReadFactsResult read = ReadFacts(request.facts());
    const absl::Status made = Writing(
        parts_, call, [&](Transaction& t) { return Make(call, t, *wish, *pupil, read, answer); });
    if (!absl::IsAlreadyExists(made)) return made;
    // The same call, twice at once; or an id that is another school's.
    const auto again =
        Writing(parts_, call, [&](Transaction& t) { return Repeated(call, t, *wish, answer); });
    if (!again.ok()) return again.status();
    return *again ? absl::OkStatus() : TakenId();
  }

  absl::Status Preview(Call& call, const v1::PreviewExclusionRequest& request,
                       v1::PreviewExclusionResponse* response) const {
    const auto pupil_id = ReadId<PupilId>("pupil_id", request.pupil_id());
    if (!pupil_id.ok()) return pupil_id.status();
    const auto urn = Urn::FromInt(request.urn());
    if (!urn.ok()) return service::FieldViolations().AddIfError("urn", urn.status()).ToStatus();
    std::optional<ExclusionId> changed;
    if (!request.exclusion_id().empty()) {
      const auto id = ReadId<ExclusionId>("exclusion_id", request.exclusion_id());
      if (!id.ok()) return id.status();
      changed = *id;
    }
    const auto pupil = AskRegistry(*parts_.rolls, call, *pupil_id, *urn);
    if (!pupil.ok()) return pupil.status();
    const ReadFactsResult read = ReadFacts(request.facts());
    return Writing(parts_, call, [&](Transaction& transaction) {
      return Show(call, transaction, *pupil, read, changed, response);
    });
  }

 private:
  static absl::Status TakenId() {
    return absl::AlreadyExistsError("This exclusion id belongs to another exclusion");
  }

  // True: an earlier attempt of this call made it, and it is the answer.
  absl::StatusOr<bool> Repeated(const Call& call, Transaction& transaction, const Wish& wish,
                                v1::Exclusion* answer) const {
    const auto existing = FindExclusion(transaction, wish.id);
    if (absl::IsNotFound(existing.status())) return false;
    if (!existing.ok()) return existing.status();
    const Exclusion& exclusion = existing->exclusion;
    if (exclusion.pupil != wish.pupil || exclusion.urn != wish.urn) return TakenId();
    auto status = RecordReads(transaction, call, {*existing}, "exclusion");
    if (status.ok()) status = FillWhole(transaction, parts_, *existing, answer);
    if (!status.ok()) return status;
    return true;
  }

  absl::Status Make(const Call& call, Transaction& transaction, const Wish& wish,
                    const PupilAtSchool& pupil, const ReadFactsResult& read,
                    v1::Exclusion* answer) const {
    auto ledger = Ledger::Open(transaction, {wish.pupil});
    if (!ledger.ok()) return ledger.status();
    if (ledger->Find(wish.id) != nullptr) return TakenId();
    auto around = Look(transaction, parts_, pupil, *ledger, read.facts.start);
    if (!around.ok()) return around.status();
    Assessment assessment = Assess(read, wish.id,
                                   {.pupil = pupil,
                                    .ledger = *ledger,
                                    .calendars = around->calendars,
                                    .then = around->then,
                                    .today = parts_.clock->Today()});
    if (auto status = Refuse(assessment, read.facts); !status.ok()) return status;
    LedgerEntry& entry = ledger->Add(*std::move(assessment.made));
    Sign(call, transaction, entry.kept);
    entry.happened = {Happened::kRecorded};
    entry.told = {{.kind = RecordedKind(entry.kept.exclusion.kind)}};
    auto status = AssignReferences(transaction, *parts_.ids, {&entry});
    if (status.ok()) {
      status = ledger->Save(transaction, Context(call, *std::move(around), "exclusion recorded"));
    }
    if (status.ok() && !read.words.empty()) status = AddWords(transaction, entry.kept, read.words);
    if (status.ok() && wish.draft) {
      status = CloseDraft(transaction, *wish.draft, wish.id, entry.kept.updated_at,
                          entry.kept.updated_by);
    }
    if (!status.ok()) return status;
    return FillWhole(transaction, parts_, entry.kept, answer);
  }

  static absl::Status Refuse(const Assessment& assessment, const Facts& facts) {
    service::FieldViolations wrong;
    wrong.AddAll("facts.", assessment.problems);
    if (const auto unseen = NotSeen(assessment, facts))
      wrong.AddAll("facts.", std::vector{*unseen});
    if (!wrong.empty()) return wrong.ToStatus();
    if (assessment.made) return absl::OkStatus();
    return service::InvalidField("facts", "Something is missing");
  }

  void Sign(const Call& call, const Transaction& transaction, KeptExclusion& kept) const {
    kept.recorded_at = kept.updated_at = parts_.clock->Now();
    kept.recorded_by = kept.updated_by = transaction.scope().person;
    kept.last_call = call.request_id();
  }

  LedgerContext Context(const Call& call, Surroundings around, std::string detail) const {
    return {.outbox = parts_.outbox,
            .now = parts_.clock->Now(),
            .today = parts_.clock->Today(),
            .calendars = std::move(around.calendars),
            .versions = std::move(around.versions),
            .access = call.AccessContext(),
            .access_detail = std::move(detail),
            .trace_id = call.trace().trace_id,
            .traceparent = call.trace().ToTraceparent()};
  }

  absl::Status Show(const Call& call, Transaction& transaction, const PupilAtSchool& pupil,
                    const ReadFactsResult& read, const std::optional<ExclusionId>& changed,
                    v1::PreviewExclusionResponse* response) const {
    const auto ledger = Ledger::Read(transaction, {pupil.pupil});
    if (!ledger.ok()) return ledger.status();
    const LedgerEntry* entry = changed ? ledger->Find(*changed) : nullptr;
    if (changed && entry == nullptr) return absl::NotFoundError("There is no such exclusion");
    const auto around = Look(transaction, parts_, pupil, *ledger, read.facts.start);
    if (!around.ok()) return around.status();
    const Assessment assessment = Assess(read, ExclusionId::New(*parts_.ids),
                                         {.pupil = pupil,
                                          .ledger = *ledger,
                                          .calendars = around->calendars,
                                          .then = around->then,
                                          .today = parts_.clock->Today(),
                                          .changed = entry == nullptr ? nullptr : &entry->kept});
    response->Clear();
    FillPreview(assessment, pupil, response);
    return FillEarlier(call, transaction, pupil, read, response);
  }

  void FillPreview(const Assessment& assessment, const PupilAtSchool& pupil,
                   v1::PreviewExclusionResponse* to) const {
    for (const Problem& problem : assessment.problems) {
      auto* added = to->add_problems();
      added->set_field("facts." + problem.field);
      added->set_words(problem.words);
    }
    for (const Warning& warning : assessment.warnings) Fill(warning, to->add_warnings());
    if (!assessment.clock) return;
    const StatutoryClock& clock = *assessment.clock;
    const Exclusion& made = assessment.made->exclusion;
    Fill(clock.totals, to->mutable_totals());
    if (made.kind != Kind::kPermanent) {
      to->set_end_date(clock.spell.last().ToIso());
      to->set_back_on(Iso(clock.spell.back_on()));
      to->set_back_session(clock.spell.back_session() == education::Session::kAfternoon
                               ? v1::SESSION_PM
                               : v1::SESSION_AM);
    }
    for (const StepRow& row : MakeSteps(made, clock, *pupil.calendar)) {
      Fill(row, made, *pupil.calendar, parts_.clock->Today(), to->add_clock());
    }
  }

  // Those of the same school year that the caller may see; the others are in the sums.
  absl::Status FillEarlier(const Call& call, Transaction& transaction, const PupilAtSchool& pupil,
                           const ReadFactsResult& read, v1::PreviewExclusionResponse* to) const {
    const education::Day start = read.facts.start.value_or(parts_.clock->Today());
    const auto page = ListExclusions(
        transaction,
        {.pupil = pupil.pupil, .from = SchoolYearOf(start).first, .to = start, .limit = 200});
    if (!page.ok()) return page.status();
    std::vector<v1::Exclusion*> filled;
    for (std::size_t i = 0; i < page->exclusions.size(); ++i) filled.push_back(to->add_earlier());
    if (auto status = FillListed(transaction, parts_, page->exclusions, filled); !status.ok())
      return status;
    const access::AccessEntry entry{access::Action::kRead,  access::SubjectKind::kPupil,
                                    pupil.pupil.ToString(), pupil.school.urn,
                                    pupil.school.la_code,   "what an exclusion would mean"};
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  const ExclusionsParts& parts_;
};

}  // namespace

void AddRecording(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .Unary<v1::PreviewExclusionRequest, v1::PreviewExclusionResponse>(
          "PreviewExclusion", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) {
            return Recording(parts).Preview(call, q, r);
          })
      .Unary<v1::RecordExclusionRequest, v1::RecordExclusionResponse>(
          "RecordExclusion", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) {
            return Recording(parts).Record(call, q, r);
          });
}

}  // namespace pathways::exclusions
