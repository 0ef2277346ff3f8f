// Drafts: facts of an exclusion that is being thought about, saved page by page.
#include <string>

#include "libs/service/paging.h"
#include "libs/service/seen_version.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/pupil_at_school.h"
#include "services/exclusions/store/draft_store.h"
#include "services/exclusions/store/exclusion_events.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::PupilId;
using education::Urn;
using service::Call;
using storage::Transaction;

// A page's worth of words, thrice; a draft is kept whole.
constexpr std::size_t kMostBytes = 200'000;

absl::Status Fill(const Draft& draft, v1::Draft* to) {
  to->Clear();
  to->set_draft_id(draft.id.ToString());
  to->set_pupil_id(draft.pupil.ToString());
  to->set_urn(draft.urn.value());
  if (!to->mutable_facts()->ParseFromString(draft.facts)) {
    return absl::DataLossError("the draft cannot be read any more");
  }
  to->set_version(draft.version);
  to->set_created_at(education::InstantToString(draft.created_at));
  to->set_created_by(PersonIn(draft.created_by));
  to->set_updated_at(education::InstantToString(draft.updated_at));
  to->set_updated_by(PersonIn(draft.updated_by));
  if (draft.exclusion) to->set_exclusion_id(draft.exclusion->ToString());
  return absl::OkStatus();
}

access::AccessEntry Touched(access::Action action, const Draft& draft, std::string_view detail) {
  return {action,        access::SubjectKind::kPupil, draft.pupil.ToString(), draft.urn,
          draft.la_code, std::string(detail)};
}

absl::Status Log(Transaction& transaction, const Call& call, const access::AccessEntry& entry) {
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

class Drafts {
 public:
  explicit Drafts(const ExclusionsParts& parts) : parts_(parts) {}

  absl::Status Create(Call& call, const v1::CreateDraftRequest& request,
                      v1::CreateDraftResponse* response) const {
    const auto id = DraftId::Parse(request.draft_id());
    const auto pupil = PupilId::Parse(request.pupil_id());
    const auto urn = Urn::FromInt(request.urn());
    service::FieldViolations wrong;
    wrong.AddIfError("draft_id", id.status());
    wrong.AddIfError("pupil_id", pupil.status());
    wrong.AddIfError("urn", urn.status());
    if (!wrong.empty()) return wrong.ToStatus();
    const auto known = AskRegistry(*parts_.rolls, call, *pupil, *urn);
    if (!known.ok()) return known.status();
    Draft draft{.id = *id, .pupil = *pupil, .urn = *urn, .la_code = known->school.la_code};
    absl::Status made = Writing(parts_, call, [&](Transaction& transaction) {
      return Make(call, transaction, draft, response->mutable_draft());
    });
    if (!absl::IsAlreadyExists(made)) return made;
    return Writing(parts_, call, [&](Transaction& transaction) {
      return Existing(call, transaction, draft, response->mutable_draft());
    });
  }

  absl::Status Save(Call& call, const v1::SaveDraftRequest& request,
                    v1::SaveDraftResponse* response) const {
    std::string facts = request.facts().SerializeAsString();
    if (facts.size() > kMostBytes) return service::InvalidField("facts", "Write less");
    return Change(
        call, request.draft_id(), request.version(), "draft of an exclusion written",
        [&](Transaction& transaction, Draft& draft) {
          draft.facts = facts;
          return UpdateDraft(transaction, draft);
        },
        response->mutable_draft());
  }

  absl::Status Discard(Call& call, const v1::DiscardDraftRequest& request) const {
    const auto id = ReadId<DraftId>("draft_id", request.draft_id());
    if (!id.ok()) return id.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto draft = LockDraft(transaction, *id);
      // Thrown away by an earlier attempt of this call.
      if (absl::IsNotFound(draft.status())) return absl::OkStatus();
      if (!draft.ok()) return draft.status();
      if (draft->exclusion) return Closed();
      const auto compared = Compare(*draft, request.version(), call, transaction.scope().person);
      if (!compared.ok()) return compared.status();
      if (auto status = DeleteDraft(transaction, *id); !status.ok()) return status;
      return Log(transaction, call,
                 Touched(access::Action::kWrite, *draft, "draft of an exclusion thrown away"));
    });
  }

  absl::Status Get(Call& call, const v1::GetDraftRequest& request,
                   v1::GetDraftResponse* response) const {
    const auto id = ReadId<DraftId>("draft_id", request.draft_id());
    if (!id.ok()) return id.status();
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto draft = FindDraft(transaction, *id);
      if (!draft.ok()) return draft.status();
      if (auto status = Fill(*draft, response->mutable_draft()); !status.ok()) return status;
      return Log(transaction, call,
                 Touched(access::Action::kRead, *draft, "draft of an exclusion"));
    });
  }

  absl::Status List(Call& call, const v1::ListDraftsRequest& request,
                    v1::ListDraftsResponse* response) const {
    const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                                {.otherwise = 50, .most = 200});
    if (!page.ok()) return page.status();
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      // One more than asked for tells whether there is another page.
      auto drafts = ListDrafts(transaction, request.urn(), page->offset, page->size + 1);
      if (!drafts.ok()) return drafts.status();
      response->Clear();
      const auto size = static_cast<std::size_t>(page->size);
      if (drafts->size() > size) {
        drafts->erase(drafts->begin() + page->size, drafts->end());
        response->set_next_page_token(page->TokenAfter(size));
      }
      std::vector<access::AccessEntry> entries;
      for (const Draft& draft : *drafts) {
        if (auto status = Fill(draft, response->add_drafts()); !status.ok()) return status;
        entries.push_back(Touched(access::Action::kRead, draft, "draft of an exclusion in a list"));
      }
      return access::RecordAccess(transaction, call.AccessContext(), entries);
    });
  }

 private:
  static absl::Status Closed() {
    return absl::FailedPreconditionError("This draft became an exclusion");
  }
  static absl::StatusOr<service::Seen> Compare(const Draft& draft, std::int64_t seen,
                                               const Call& call, std::string_view person) {
    return service::CompareVersion(draft, seen, call, person, "The draft");
  }

  absl::Status Make(const Call& call, Transaction& transaction, Draft& draft,
                    v1::Draft* answer) const {
    draft.created_at = draft.updated_at = parts_.clock->Now();
    draft.created_by = draft.updated_by = transaction.scope().person;
    draft.last_call = call.request_id();
    if (auto status = InsertDraft(transaction, draft); !status.ok()) return status;
    if (auto status = Fill(draft, answer); !status.ok()) return status;
    return Log(transaction, call,
               Touched(access::Action::kWrite, draft, "draft of an exclusion started"));
  }

  absl::Status Existing(const Call& call, Transaction& transaction, const Draft& wished,
                        v1::Draft* answer) const {
    const auto draft = FindDraft(transaction, wished.id);
    if (!draft.ok() || draft->pupil != wished.pupil || draft->urn != wished.urn) {
      return absl::AlreadyExistsError("This draft id belongs to another draft");
    }
    if (auto status = Fill(*draft, answer); !status.ok()) return status;
    return Log(transaction, call, Touched(access::Action::kRead, *draft, "draft of an exclusion"));
  }

  template <typename Work>
  absl::Status Change(const Call& call, const std::string& draft_id, std::int64_t version,
                      std::string_view detail, Work work, v1::Draft* answer) const {
    const auto id = ReadId<DraftId>("draft_id", draft_id);
    if (!id.ok()) return id.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      auto draft = LockDraft(transaction, *id);
      if (!draft.ok()) return draft.status();
      const std::string& person = transaction.scope().person;
      const auto compared = Compare(*draft, version, call, person);
      if (!compared.ok()) return compared.status();
      if (*compared == service::Seen::kRepeated) return Fill(*draft, answer);
      if (draft->exclusion) return Closed();
      ++draft->version;
      draft->updated_at = parts_.clock->Now();
      draft->updated_by = person;
      draft->last_call = call.request_id();
      if (auto status = work(transaction, *draft); !status.ok()) return status;
      if (auto status = Fill(*draft, answer); !status.ok()) return status;
      return Log(transaction, call, Touched(access::Action::kWrite, *draft, detail));
    });
  }

  const ExclusionsParts& parts_;
};

}  // namespace

void AddDrafts(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .Unary<v1::CreateDraftRequest, v1::CreateDraftResponse>(
          "CreateDraft", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Drafts(parts).Create(call, q, r); })
      .Unary<v1::SaveDraftRequest, v1::SaveDraftResponse>(
          "SaveDraft", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Drafts(parts).Save(call, q, r); })
      .Unary<v1::GetDraftRequest, v1::GetDraftResponse>(
          "GetDraft", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Drafts(parts).Get(call, q, r); })
      .Unary<v1::ListDraftsRequest, v1::ListDraftsResponse>(
          "ListDrafts", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Drafts(parts).List(call, q, r); })
      .Unary<v1::DiscardDraftRequest, v1::DiscardDraftResponse>(
          "DiscardDraft", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto*) { return Drafts(parts).Discard(call, q); });
}

}  // namespace pathways::exclusions
