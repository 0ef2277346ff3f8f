// Pupils and who saw them.
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "libs/access/access_log.h"
#include "libs/service/access_history.h"
#include "libs/service/paging.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/store/placed_store.h"
#include "services/registry/store/pupil_store.h"

namespace pathways::registry {
namespace {

using access::Permission;
using education::PupilId;
using education::Upn;
using service::Call;

constexpr int kMostNames = 500;
constexpr std::size_t kShortestQuery = 2;

void Fill(const PupilInList& pupil, v1::PupilName* to) {
  to->set_pupil_id(pupil.id.ToString());
  to->set_surname(pupil.surname);
  to->set_forename(pupil.forename);
  to->set_year_group(pupil.year_group);
  to->set_upn(pupil.upn.ToString());
  to->set_urn(pupil.urn);
}

void Fill(const PupilRecord& pupil, v1::Pupil* to) {
  const Characteristics& values = pupil.characteristics;
  to->set_pupil_id(pupil.id.ToString());
  to->set_upn(pupil.identity.upn.ToString());
  to->set_surname(pupil.identity.surname);
  to->set_forename(pupil.identity.forename);
  to->set_date_of_birth(pupil.identity.date_of_birth.ToIso());
  to->set_sex(std::string(education::ToString(pupil.identity.sex)));
  to->set_year_group(values.year_group.ToString());
  to->set_sen_provision(std::string(education::ToString(values.sen_provision)));
  to->set_pupil_premium(values.pupil_premium);
  to->set_free_school_meals(values.free_school_meals);
  to->set_english_additional_language(values.english_additional_language);
  to->set_looked_after(values.looked_after);
  to->set_ethnicity(pupil.identity.ethnicity);
}

void Fill(const EnrolmentAtSchool& from, v1::Enrolment* to) {
  const Enrolment& enrolment = from.enrolment;
  to->set_enrolment_id(enrolment.id.ToString());
  to->set_urn(enrolment.urn.value());
  to->set_school_name(from.school_name);
  to->set_entry_date(enrolment.entry_date.ToIso());
  if (enrolment.leaving_date) to->set_leaving_date(enrolment.leaving_date->ToIso());
  to->set_enrolment_status(std::string(education::ToString(enrolment.status)));
}

access::AccessEntry ReadOf(const PupilId& id, std::string detail) {
  return {access::Action::kRead, access::SubjectKind::kPupil,
          id.ToString(),         std::nullopt,
          std::nullopt,          std::move(detail)};
}

class Pupils {
 public:
  explicit Pupils(const RegistryParts& parts) : parts_(parts) {}

  absl::Status Get(Call& call, const v1::GetPupilRequest& request,
                   v1::GetPupilResponse* response) const {
    const auto id = service::ReadId<PupilId>("pupil_id", request.pupil_id());
    if (!id.ok()) return id.status();
    return InCallersScope(call, [&](storage::Transaction& transaction) -> absl::Status {
      auto pupil = FindPupil(transaction, *id);
      if (!pupil.ok()) return pupil.status();
      auto enrolments = EnrolmentsOf(transaction, *id);
      if (!enrolments.ok()) return enrolments.status();
      response->Clear();
      Fill(*pupil, response->mutable_pupil());
      for (const EnrolmentAtSchool& enrolment : *enrolments) {
        Fill(enrolment, response->mutable_pupil()->add_enrolments());
      }
      access::AccessEntry entry = ReadOf(*id, "name, UPN, enrolments, characteristics");
      if (!enrolments->empty()) {
        entry.urn = enrolments->front().enrolment.urn;
        entry.authority = enrolments->front().enrolment.la_code;
      }
      return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
    });
  }

  absl::Status Names(Call& call, const v1::GetPupilNamesRequest& request,
                     v1::GetPupilNamesResponse* response) const {
    if (request.pupil_ids_size() > kMostNames)
      return service::InvalidField("pupil_ids", "Ask for at most 500 at a time");
    std::vector<PupilId> ids;
    for (const std::string& text : request.pupil_ids()) {
      const auto id = PupilId::Parse(text);
      if (!id.ok())
        return service::FieldViolations().AddIfError("pupil_ids", id.status()).ToStatus();
      ids.push_back(*id);
    }
    auto found = InCallersScope(
        call, [&](storage::Transaction& transaction) -> absl::StatusOr<std::vector<PupilInList>> {
          auto pupils = PupilsByIds(transaction, ids);
          if (!pupils.ok()) return pupils.status();
          if (absl::Status status = RecordListed(call, transaction, *pupils, "name in a list");
              !status.ok())
            return status;
          return pupils;
        });
    if (!found.ok()) return found.status();
    for (const PupilInList& pupil : *found) {
      Fill(pupil, response->add_names());
      std::erase(ids, pupil.id);
    }
    const bool may_have_some =
        call.caller().Has(access::Role::kProvider) || call.caller().Has(access::Role::kSchool);
    return ids.empty() || !may_have_some ? absl::OkStatus() : PlacedNames(call, ids, response);
  }

  absl::Status Search(Call& call, const v1::SearchPupilsRequest& request,
                      v1::SearchPupilsResponse* response) const {
    auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                          {.otherwise = 25, .most = 100});
    if (!page.ok()) return page.status();
    const std::string query(absl::StripAsciiWhitespace(request.query()));
    if (query.size() < kShortestQuery)
      return service::InvalidField("query", "Enter at least 2 characters");
    PupilSearch search{.prefix = absl::AsciiStrToLower(query),
                       .upn = std::nullopt,
                       .urn = request.urn(),
                       .offset = page->offset,
                       .limit = page->size + 1};
    if (const auto upn = Upn::Parse(query); upn.ok()) search.upn = *upn;
    auto found = InCallersScope(
        call, [&](storage::Transaction& transaction) -> absl::StatusOr<std::vector<PupilInList>> {
          auto pupils = SearchPupils(transaction, search);
          if (!pupils.ok()) return pupils.status();
          if (absl::Status status = RecordListed(call, transaction, *pupils, "found by a search");
              !status.ok())
            return status;
          return pupils;
        });
    if (!found.ok()) return found.status();
    // One more than asked for tells whether there is another page.
    const bool more = found->size() > static_cast<std::size_t>(page->size);
    if (more) found->pop_back();
    for (const PupilInList& pupil : *found) Fill(pupil, response->add_pupils());
    if (more) response->set_next_page_token(page->TokenAfter(found->size()));
    return absl::OkStatus();
  }

 private:
  template <typename Work>
  std::invoke_result_t<Work&, storage::Transaction&> InCallersScope(Call& call, Work work) const {
    return storage::RunInTransaction(*parts_.pool, call.caller().ToRowScope(), call.deadline(),
                                     work);
  }

  // Names, and nothing else, of pupils who are placed with the caller: the placement gives the
  // right, so the names are read past the policies that keep the caller from the rolls.
  absl::Status PlacedNames(Call& call, const std::vector<PupilId>& ids,
                           v1::GetPupilNamesResponse* response) const {
    const auto placed = InCallersScope(
        call, [&](storage::Transaction& transaction) -> absl::StatusOr<std::vector<PlacedPupil>> {
          auto found = FindPlaced(transaction, ids);
          if (!found.ok()) return found.status();
          std::vector<access::AccessEntry> entries;
          for (const PlacedPupil& one : *found) {
            entries.push_back(ReadOf(one.pupil, "name of a pupil placed there"));
            entries.back().urn = one.urn;
            entries.back().authority = one.la_code;
          }
          if (entries.empty()) return found;
          auto status = access::RecordAccess(transaction, call.AccessContext(), entries);
          if (!status.ok()) return status;
          return found;
        });
    if (!placed.ok()) return placed.status();
    std::vector<PupilId> may_read;
    for (const PlacedPupil& one : *placed) may_read.push_back(one.pupil);
    const auto pupils = storage::RunInTransaction(
        *parts_.pool, storage::RowScope::System("placed pupils"), call.deadline(),
        [&](storage::Transaction& transaction) { return PupilsByIds(transaction, may_read); });
    if (!pupils.ok()) return pupils.status();
    for (const PupilInList& pupil : *pupils) {
      v1::PupilName* name = response->add_names();
      name->set_pupil_id(pupil.id.ToString());
      name->set_surname(pupil.surname);
      name->set_forename(pupil.forename);
    }
    return absl::OkStatus();
  }

  static absl::Status RecordListed(Call& call, storage::Transaction& transaction,
                                   const std::vector<PupilInList>& pupils,
                                   std::string_view detail) {
    std::vector<access::AccessEntry> entries;
    for (const PupilInList& pupil : pupils)
      entries.push_back(ReadOf(pupil.id, std::string(detail)));
    return access::RecordAccess(transaction, call.AccessContext(), entries);
  }

  const RegistryParts& parts_;
};

}  // namespace

void AddPupils(service::Endpoint& endpoint, const RegistryParts& parts) {
  endpoint
      .Unary<v1::GetPupilRequest, v1::GetPupilResponse>(
          "GetPupil", Permission::kReadPupil,
          [&parts](Call& call, const auto& q, auto* r) { return Pupils(parts).Get(call, q, r); })
      .Unary<v1::GetPupilNamesRequest, v1::GetPupilNamesResponse>(
          "GetPupilNames", Permission::kReadPupil,
          [&parts](Call& call, const auto& q, auto* r) { return Pupils(parts).Names(call, q, r); })
      .Unary<v1::SearchPupilsRequest, v1::SearchPupilsResponse>(
          "SearchPupils", Permission::kReadPupil, [&parts](Call& call, const auto& q, auto* r) {
            return Pupils(parts).Search(call, q, r);
          });
  service::AddAccessHistory(endpoint, *parts.pool, "registry");
}

}  // namespace pathways::registry
