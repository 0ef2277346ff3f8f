// Packs: what members read of a case, sealed at a moment.
#include <optional>
#include <string>

#include "google/protobuf/util/json_util.h"
#include "services/panel/api/attachments_api.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/sitting_change.h"
#include "services/panel/store/agenda_store.h"
#include "services/panel/store/attachment_store.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

// What is sealed: pages, facts and the digests of files as JSON, so that it can be read without
// this program.
absl::StatusOr<std::string> ContentOf(Transaction& transaction, const PanelCase& panel_case,
                                      education::Day today) {
  const auto sections = ReadSections(transaction, panel_case.id);
  if (!sections.ok()) return sections.status();
  const auto facts = ReadFacts(transaction, panel_case.id);
  if (!facts.ok()) return facts.status();
  const auto attachments = ReadAttachments(transaction, panel_case.id);
  if (!attachments.ok()) return attachments.status();
  v1::Pack pack;
  FillSections(*sections, today, pack.mutable_sections());
  FillFacts(*facts, pack.mutable_facts());
  for (const Attachment& one : *attachments) {
    if (!one.removed_at) Fill(one, pack.add_attachments());
  }
  std::string content;
  if (!google::protobuf::util::MessageToJsonString(pack, &content).ok()) {
    return absl::InternalError("a pack could not be written");
  }
  return content;
}

class Packs {
 public:
  explicit Packs(const PanelParts& parts) : parts_(parts) {}

  absl::Status Seal(Call& call, const v1::SealPacksRequest& request,
                    v1::SealPacksResponse* response) const {
    return ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) -> absl::Status {
          const auto agenda = ReadAgenda(transaction, sitting.id);
          if (!agenda.ok()) return agenda.status();
          int sealed = 0;
          for (const AgendaItem& item : *agenda) {
            if (item.sealed || !item.panel_case.complete) continue;
            auto status = SealOne(call, transaction, sitting, item.panel_case.id);
            if (!status.ok()) return status;
            ++sealed;
          }
          response->set_newly_sealed(sealed);
          return absl::OkStatus();
        },
        response->mutable_sitting());
  }

  absl::Status Get(Call& call, const v1::GetPackRequest& request,
                   v1::GetPackResponse* response) const {
    FieldReader read;
    const auto sitting = read.Needed<SittingId>("sitting_id", request.sitting_id());
    const auto id = read.Needed<CaseId>("case_id", request.case_id());
    if (!read.good()) return read.status();
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto pack = FindPack(transaction, *sitting, *id);
      if (!pack.ok()) return pack.status();
      const auto panel_case = FindCase(transaction, *id);
      if (!panel_case.ok()) return panel_case.status();
      auto status = KeepReading(transaction, *sitting, *id, parts_.clock->Now());
      if (!status.ok()) return status;
      status = RecordReads(transaction, call, std::span(&*panel_case, 1), "panel pack");
      if (!status.ok()) return status;
      return Answer(*sitting, *id, *pack, response->mutable_pack());
    });
  }

  absl::Status Readings(const Call& call, const v1::ListPackReadingsRequest& request,
                        v1::ListPackReadingsResponse* response) const {
    FieldReader read;
    const auto sitting = read.Needed<SittingId>("sitting_id", request.sitting_id());
    const auto only = read.Optional<CaseId>("case_id", request.case_id());
    if (!read.good()) return read.status();
    const auto readings = Reading(parts_, call, [&](Transaction& transaction) {
      return ReadReadings(transaction, *sitting, only);
    });
    if (!readings.ok()) return readings.status();
    for (const PackReading& reading : *readings) {
      v1::PackReading* added = response->add_readings();
      added->set_case_id(reading.panel_case.ToString());
      added->set_person_id(PersonIn(reading.person));
      added->set_role(reading.role);
      added->set_at(education::InstantToString(reading.at));
      added->set_digest(reading.digest);
    }
    return absl::OkStatus();
  }

 private:
  absl::Status SealOne(const Call& call, Transaction& transaction, const Sitting& sitting,
                       const CaseId& id) const {
    auto panel_case = LockCase(transaction, id);
    if (!panel_case.ok()) return panel_case.status();
    const auto content = ContentOf(transaction, *panel_case, parts_.clock->Today());
    if (!content.ok()) return content.status();
    const education::Instant now = parts_.clock->Now();
    auto status = SealPack(transaction, sitting.id, *panel_case, *content, now);
    if (status.ok()) status = KeepPackAttachments(transaction, sitting.id, id);
    if (!status.ok()) return status;
    Stamp(*panel_case, now, transaction.scope().person, call.request_id());
    panel_case->sealed = true;
    CaseChange change(transaction, *panel_case);
    if (auto entry = change.Tell("pack_sealed"); !entry.ok()) return entry.status();
    return change.Write(PenOf(parts_, call, panel_case->origin_trace_id), "panel pack sealed");
  }

  static absl::Status Answer(const SittingId& sitting, const CaseId& id, const SealedPack& sealed,
                             v1::Pack* to) {
    if (!google::protobuf::util::JsonStringToMessage(sealed.content, to).ok()) {
      return absl::DataLossError("the pack as kept cannot be read");
    }
    to->set_sitting_id(sitting.ToString());
    to->set_case_id(id.ToString());
    to->set_sealed_at(education::InstantToString(sealed.sealed_at));
    to->set_sealed_by(PersonIn(sealed.sealed_by));
    to->set_digest(sealed.digest);
    to->set_intact(sealed.intact);
    return absl::OkStatus();
  }

  const PanelParts& parts_;
};

}  // namespace

void AddPacks(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::SealPacksRequest, v1::SealPacksResponse>(
          "SealPacks", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Packs(parts).Seal(c, q, r); })
      .Unary<v1::GetPackRequest, v1::GetPackResponse>(
          "GetPack", Permission::kSitOnPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Packs(parts).Get(c, q, r); })
      .Unary<v1::ListPackReadingsRequest, v1::ListPackReadingsResponse>(
          "ListPackReadings", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Packs(parts).Readings(c, q, r); });
}

}  // namespace pathways::panel
