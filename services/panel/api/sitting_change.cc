#include "services/panel/api/sitting_change.h"

#include "services/panel/api/messages.h"
#include "services/panel/store/agenda_store.h"

namespace pathways::panel {

using storage::Transaction;

absl::Status FillWhole(Transaction& transaction, const Sitting& sitting, v1::Sitting* to) {
  const auto members = ReadMembers(transaction, sitting.id);
  if (!members.ok()) return members.status();
  const auto agenda = ReadAgenda(transaction, sitting.id);
  if (!agenda.ok()) return agenda.status();
  // A member sees no interests but their own: clerk and chair see them all.
  auto interests = ReadInterests(transaction, sitting.id);
  if (!interests.ok()) return interests.status();
  to->Clear();
  Fill(sitting, to);
  for (const Member& member : *members) Fill(member, to->add_members());
  for (const AgendaItem& item : *agenda) {
    v1::AgendaItem* added = to->add_agenda();
    Fill(item.panel_case, added->mutable_panel_case());
    added->set_position(item.position);
    added->set_added_by(item.added_by);
    added->set_late(item.late);
    added->set_sealed(item.sealed);
    if (item.decision) added->set_decision_id(item.decision->ToString());
    added->set_decided(item.decided);
    const auto& interested = (*interests)[item.panel_case.id];
    for (const auto& person : interested) added->add_interested_person_ids(person.ToString());
    const auto lacking = WhatQuorumLacks(*members, item.panel_case.urn, interested);
    added->mutable_quorum()->set_met(lacking.empty());
    for (const std::string& one : lacking) added->mutable_quorum()->add_lacking(one);
  }
  return absl::OkStatus();
}

absl::Status ChangeSitting(const PanelParts& parts, service::Call& call, const SeenSitting& seen,
                           const std::function<absl::Status(Transaction&, Sitting&)>& work,
                           v1::Sitting* response) {
  const auto id = ReadId<SittingId>("sitting_id", seen.sitting_id);
  if (!id.ok()) return id.status();
  return Writing(parts, call, [&](Transaction& transaction) -> absl::Status {
    const std::string& person = transaction.scope().person;
    auto sitting = LockSitting(transaction, *id);
    if (!sitting.ok()) return sitting.status();
    const auto compared = CompareVersion(*sitting, seen.version, call, person, "The sitting");
    if (!compared.ok()) return compared.status();
    if (*compared == Seen::kCurrent) {
      Stamp(*sitting, parts.clock->Now(), person, call.request_id());
      if (auto status = work(transaction, *sitting); !status.ok()) return status;
      if (auto status = UpdateSitting(transaction, *sitting); !status.ok()) return status;
      // Once more, for what the work did to the agenda.
      sitting = FindSitting(transaction, *id);
      if (!sitting.ok()) return sitting.status();
    }
    return FillWhole(transaction, *sitting, response);
  });
}

}  // namespace pathways::panel
