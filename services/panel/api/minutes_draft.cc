#include "services/panel/api/minutes_draft.h"

#include <map>
#include <vector>

#include "services/panel/api/messages.h"
#include "services/panel/domain/minutes.h"
#include "services/panel/store/minutes_store.h"

namespace pathways::panel {
namespace {

using storage::Transaction;

constexpr std::int64_t kMostActions = 500;

// What the sitting recorded, read once for all its cases.
struct Records {
  std::vector<Member> members;
  std::vector<AgendaItem> agenda;
  Interests interests;
  std::map<CaseId, Decision> decisions;
  std::map<CaseId, std::vector<AgreedAction>> actions;
  std::map<std::string, MinutesWords> words;
};

absl::Status ReadDecided(Transaction& transaction, const SittingId& id, Records& records) {
  const auto decisions = ListDecisions(transaction, std::nullopt, id);
  if (!decisions.ok()) return decisions.status();
  for (const Decision& one : *decisions) {
    const auto known = records.decisions.find(one.panel_case);
    if (known == records.decisions.end()) {
      records.decisions.emplace(one.panel_case, one);
    } else if (known->second.number < one.number) {
      known->second = one;
    }
  }
  const auto actions = ListActions(transaction, {.sitting = id, .limit = kMostActions});
  if (!actions.ok()) return actions.status();
  for (const Action& one : actions->actions) {
    records.actions[one.panel_case].push_back({one.agency, one.what, one.due});
  }
  return absl::OkStatus();
}

absl::StatusOr<Records> ReadRecords(Transaction& transaction, const SittingId& id) {
  Records records;
  auto members = ReadMembers(transaction, id);
  if (!members.ok()) return members.status();
  auto agenda = ReadAgenda(transaction, id);
  if (!agenda.ok()) return agenda.status();
  auto interests = ReadInterests(transaction, id);
  if (!interests.ok()) return interests.status();
  auto words = ReadMinutesWords(transaction, id);
  if (!words.ok()) return words.status();
  records.members = *std::move(members);
  records.agenda = *std::move(agenda);
  records.interests = *std::move(interests);
  records.words = *std::move(words);
  if (auto status = ReadDecided(transaction, id, records); !status.ok()) return status;
  return records;
}

DraftedItem WithWords(const Records& records, v1::MinutesItem item, std::string drafted) {
  const auto own = records.words.find(item.item());
  if (own == records.words.end()) {
    item.set_words(drafted);
  } else {
    item.set_edited(true);
    item.set_words(own->second.words);
    if (own->second.drafted != drafted) item.set_drafted(drafted);
  }
  return {std::move(item), std::move(drafted)};
}

DraftedItem OfCase(Records& records, const AgendaItem& on, const SchoolName& school_name) {
  const PanelCase& panel_case = on.panel_case;
  const auto& interested = records.interests[panel_case.id];
  v1::MinutesItem item;
  item.set_item(panel_case.id.ToString());
  item.set_case_id(panel_case.id.ToString());
  item.set_reference(panel_case.reference);
  item.set_pupil_id(panel_case.pupil.ToString());
  item.set_urn(panel_case.urn.value());
  CaseRecord record{.reference = panel_case.reference,
                    .late = on.late,
                    .quorum_lacks = WhatQuorumLacks(records.members, panel_case.urn, interested),
                    .interested = static_cast<int>(interested.size()),
                    .actions = records.actions[panel_case.id]};
  for (const auto& person : interested) item.add_interested_person_ids(person.ToString());
  const auto decision = records.decisions.find(panel_case.id);
  if (decision != records.decisions.end()) {
    record.decided = true;
    record.final = decision->second.state != DecisionState::kProposed;
    record.terms = decision->second.terms;
    record.votes = decision->second.votes;
    if (record.terms.receiving) record.receiving_school = school_name(*record.terms.receiving);
    for (const auto& [person, choice] : record.votes) {
      v1::Vote* vote = item.add_votes();
      vote->set_person_id(person.ToString());
      vote->set_choice(ToMessage<v1::VoteChoice>(choice));
    }
  }
  return WithWords(records, std::move(item), DraftCase(record));
}

}  // namespace

absl::StatusOr<std::vector<DraftedItem>> DraftMinutes(Transaction& transaction,
                                                      const Sitting& sitting,
                                                      const SchoolName& school_name) {
  auto records = ReadRecords(transaction, sitting.id);
  if (!records.ok()) return records.status();
  v1::MinutesItem attendance, other;
  attendance.set_item("attendance");
  other.set_item("other");
  for (const Member& member : records->members) Fill(member, attendance.add_members());
  std::vector<DraftedItem> items = {
      WithWords(*records, std::move(attendance), DraftAttendance(sitting, records->members))};
  for (const AgendaItem& on : records->agenda) {
    items.push_back(OfCase(*records, on, school_name));
  }
  items.push_back(WithWords(*records, std::move(other), ""));
  return items;
}

}  // namespace pathways::panel
