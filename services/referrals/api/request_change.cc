#include "services/referrals/api/request_change.h"

#include "libs/service/seen_version.h"
#include "services/referrals/api/calls.h"
#include "services/referrals/api/messages.h"
#include "services/referrals/store/request_store.h"
#include "services/referrals/store/timeline_store.h"

namespace pathways::referrals {
namespace {

using service::Call;

absl::Status Write(const ReferralsParts& parts, const Call& call, RequestChange& change,
                   std::string_view detail) {
  storage::Transaction& transaction = change.transaction();
  const Request& request = change.request();
  if (auto status = UpdateRequest(transaction, request); !status.ok()) return status;
  if (auto status =
          parts.outbox->Append(transaction, change.events(), TraceparentOf(request, call));
      !status.ok()) {
    return status;
  }
  const access::AccessEntry entry = Touched(access::Action::kWrite, request, detail);
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

}  // namespace

absl::Status RequestChange::Do(Action action) {
  const Sides sides{.asking = caller_.May(access::Permission::kWriteRequest),
                    .early_help = caller_.May(access::Permission::kTriageRequest)};
  const auto next = Next(request_.state, action, sides);
  if (!next.ok()) return next.status();
  request_.state = *next;
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> RequestChange::Tell(std::string kind, std::string note) {
  return AddEntry(transaction_, {.pupil = request_.pupil,
                                 .urn = request_.urn,
                                 .la_code = request_.la_code,
                                 .at = now(),
                                 .kind = std::move(kind),
                                 .request = request_.id,
                                 .proposal = request_.proposal,
                                 .trace_id = request_.origin_trace_id,
                                 .note = std::move(note)});
}

void RequestChange::FillFacts(v1::RequestFacts* facts) const {
  facts->set_request_id(request_.id.ToString());
  facts->set_pupil_id(request_.pupil.ToString());
  facts->set_urn(request_.urn.value());
  facts->set_la_code(request_.la_code.value());
  facts->set_at(education::InstantToString(now()));
  facts->set_person_id(request_.updated_by);
}

absl::Status ChangeRequest(const ReferralsParts& parts, Call& call, const SeenVersion& seen,
                           std::string_view detail,
                           const std::function<absl::Status(RequestChange&)>& work,
                           v1::Request* response) {
  const auto id = ReadId<RequestId>("request_id", seen.request_id);
  if (!id.ok()) return id.status();
  return Writing(parts, call, [&](storage::Transaction& transaction) -> absl::Status {
    const std::string& person = transaction.scope().person;
    auto request = LockRequest(transaction, *id);
    if (!request.ok()) return request.status();
    const auto compared =
        service::CompareVersion(*request, seen.version, call, person, "The request");
    if (!compared.ok()) return compared.status();
    if (*compared == service::Seen::kRepeated) {
      return FillWhole(transaction, *request, parts.clock->Today(), response);
    }
    ++request->version;
    request->updated_at = parts.clock->Now();
    request->updated_by = person;
    request->last_call = call.request_id();
    RequestChange change(transaction, *request, call.caller());
    if (auto status = work(change); !status.ok()) return status;
    if (auto status = Write(parts, call, change, detail); !status.ok()) return status;
    // Once more, for the words that belong to it.
    request = FindRequest(transaction, *id);
    if (!request.ok()) return request.status();
    return FillWhole(transaction, *request, parts.clock->Today(), response);
  });
}

absl::Status FillWhole(storage::Transaction& transaction, const Request& request,
                       education::Day today, v1::Request* to) {
  const auto sections = ReadSections(transaction, request.id);
  if (!sections.ok()) return sections.status();
  const auto facts = ReadFacts(transaction, request.id);
  if (!facts.ok()) return facts.status();
  to->Clear();
  Fill(request, to);
  // A request that was sent has every section: without them, its reader may not read people's
  // words.
  const bool readable = !sections->empty() || request.state == State::kDraft;
  if (readable) FillSections(request, *sections, today, to);
  FillFacts(*facts, to);
  return absl::OkStatus();
}

std::string TraceparentOf(const Request& request, const Call& call) {
  service::TraceContext trace = call.trace();
  trace.trace_id = request.origin_trace_id;
  return trace.ToTraceparent();
}

}  // namespace pathways::referrals
