#include "services/panel/api/minutes_api.h"

#include <algorithm>
#include <string>
#include <vector>

#include "google/protobuf/util/json_util.h"
#include "libs/forms/words.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/minutes_draft.h"
#include "services/panel/domain/minutes.h"
#include "services/panel/store/minutes_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

// A part as it is sealed: as JSON, so that it can be read without this program.
absl::StatusOr<MinutesPart> Sealed(v1::MinutesItem item) {
  item.clear_drafted();
  item.clear_edited();
  MinutesPart part;
  if (!item.case_id().empty()) part.panel_case = *CaseId::Parse(item.case_id());
  if (!google::protobuf::util::MessageToJsonString(item, &part.content).ok()) {
    return absl::InternalError("minutes could not be written");
  }
  return part;
}

absl::Status CheckHasMinutes(const Sitting& sitting) {
  if (sitting.state == SittingState::kOpen || sitting.state == SittingState::kClosed) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError("Minutes begin when the sitting is opened");
}

absl::Status CheckUnsigned(const MinutesRow& minutes) {
  if (!minutes.signed_at) return absl::OkStatus();
  return absl::FailedPreconditionError("The minutes were signed: they are not changed any more");
}

class MinutesCalls {
 public:
  explicit MinutesCalls(const PanelParts& parts) : parts_(parts) {}

  absl::Status Get(const Call& call, const v1::GetMinutesRequest& request,
                   v1::GetMinutesResponse* response) const {
    const auto id = ReadId<SittingId>("sitting_id", request.sitting_id());
    if (!id.ok()) return id.status();
    return Answer(call, *id, response->mutable_minutes());
  }

  absl::Status Save(Call& call, const v1::SaveMinutesItemRequest& request,
                    v1::SaveMinutesItemResponse* response) const {
    const auto id = ReadId<SittingId>("sitting_id", request.sitting_id());
    if (!id.ok()) return id.status();
    MinutesWords words{.words = forms::Tidy(request.words()), .drafted = {}};
    if (!words.words.empty()) {
      const auto problem = forms::CheckWords("words", words.words, 1, kMostMinutes);
      if (problem) return service::InvalidField(problem->field, problem->words);
    }
    auto status = Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto sitting = FindSitting(transaction, *id);
      if (!sitting.ok()) return sitting.status();
      auto minutes = LockSeen(call, transaction, *sitting, request.version());
      if (!minutes.ok()) return minutes.status();
      if (minutes->version != request.version()) return absl::OkStatus();  // the same call again
      return Change(call, transaction, *sitting, *minutes, request.item(), words);
    });
    if (!status.ok()) return status;
    return Answer(call, *id, response->mutable_minutes());
  }

  absl::Status Sign(Call& call, const v1::SignMinutesRequest& request,
                    v1::SignMinutesResponse* response) const {
    const auto id = ReadId<SittingId>("sitting_id", request.sitting_id());
    if (!id.ok()) return id.status();
    auto status = Reading(parts_, call, [&](Transaction& transaction) {
      return CheckMaySign(call, transaction, *id);
    });
    if (!status.ok()) return status;
    // The chair signs for all of it, also for a case that is hidden from them.
    storage::RowScope whole = call.RowScope();
    whole.everything = true;
    status = storage::RunInTransaction(
        *parts_.pool, whole, call.deadline(), [&](Transaction& transaction) -> absl::Status {
          const auto sitting = LockSitting(transaction, *id);
          if (!sitting.ok()) return sitting.status();
          auto minutes = LockSeen(call, transaction, *sitting, request.version());
          if (!minutes.ok()) return minutes.status();
          return Seal(call, transaction, *sitting, *minutes);
        });
    if (!status.ok()) return status;
    return Answer(call, *id, response->mutable_minutes());
  }

 private:
  absl::StatusOr<MinutesRow> LockSeen(const Call& call, Transaction& transaction,
                                      const Sitting& sitting, std::int64_t seen) const {
    if (auto status = CheckHasMinutes(sitting); !status.ok()) return status;
    auto minutes = LockMinutes(transaction, sitting);
    if (!minutes.ok()) return minutes.status();
    const auto compared =
        CompareVersion(*minutes, seen, call, transaction.scope().person, "The minutes");
    if (!compared.ok()) return compared.status();
    return minutes;
  }

  absl::Status Change(const Call& call, Transaction& transaction, const Sitting& sitting,
                      MinutesRow& minutes, const std::string& wanted, MinutesWords words) const {
    if (auto status = CheckUnsigned(minutes); !status.ok()) return status;
    const auto items = DraftMinutes(transaction, sitting, Names(call, sitting));
    if (!items.ok()) return items.status();
    const auto named = [&](const DraftedItem& one) { return one.item.item() == wanted; };
    const auto found = std::ranges::find_if(*items, named);
    if (found == items->end()) {
      return service::InvalidField("item", "There is no such part of the minutes");
    }
    words.drafted = found->drafted;
    std::optional<CaseId> panel_case;
    if (const std::string& id = found->item.case_id(); !id.empty()) {
      panel_case = *CaseId::Parse(id);
    }
    Stamp(minutes, parts_.clock->Now(), transaction.scope().person, call.request_id());
    auto status = KeepMinutesWords(transaction, minutes, wanted, panel_case, words);
    if (!status.ok()) return status;
    return UpdateMinutes(transaction, minutes);
  }

  static absl::Status CheckMaySign(const Call& call, Transaction& transaction,
                                   const SittingId& id) {
    const auto sitting = FindSitting(transaction, id);
    if (!sitting.ok()) return sitting.status();
    const auto members = ReadMembers(transaction, id);
    if (!members.ok()) return members.status();
    const auto is_chair = [&](const Member& member) {
      return member.seat == Seat::kChair && member.person == call.caller().person;
    };
    if (std::ranges::none_of(*members, is_chair)) {
      return absl::PermissionDeniedError("The chair of this sitting signs its minutes");
    }
    if (sitting->state == SittingState::kClosed) return absl::OkStatus();
    return absl::FailedPreconditionError("Minutes are signed when the sitting is closed");
  }

  absl::Status Seal(const Call& call, Transaction& transaction, const Sitting& sitting,
                    MinutesRow& minutes) const {
    if (minutes.signed_at) return absl::OkStatus();
    auto items = DraftMinutes(transaction, sitting, Names(call, sitting));
    if (!items.ok()) return items.status();
    std::vector<MinutesPart> parts;
    for (DraftedItem& one : *items) {
      auto part = Sealed(std::move(one.item));
      if (!part.ok()) return part.status();
      parts.push_back(*std::move(part));
    }
    Stamp(minutes, parts_.clock->Now(), transaction.scope().person, call.request_id());
    return SealMinutes(transaction, minutes, parts);
  }

  // Asked once, when a decision names a school. A name that cannot be had is replaced by the URN.
  SchoolName Names(const Call& call, const Sitting& sitting) const {
    return [this, &call, la_code = sitting.la_code](education::Urn urn) -> std::string {
      const auto schools = parts_.facts->Schools(call, la_code);
      if (schools.ok()) {
        const auto found = std::ranges::find(*schools, urn, &SchoolOption::urn);
        if (found != schools->end()) return found->name;
      }
      return "the school with URN " + std::to_string(urn.value());
    };
  }

  absl::Status Answer(const Call& call, const SittingId& id, v1::Minutes* to) const {
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto sitting = FindSitting(transaction, id);
      if (!sitting.ok()) return sitting.status();
      if (auto status = CheckHasMinutes(*sitting); !status.ok()) return status;
      const auto minutes = FindMinutes(transaction, *sitting);
      if (!minutes.ok()) return minutes.status();
      if (auto status = CheckReads(transaction, call, id); !status.ok()) return status;
      FillHead(call, *sitting, *minutes, to);
      auto status = minutes->signed_at
                        ? FillSigned(transaction, id, to)
                        : FillDrafted(transaction, *sitting, Names(call, *sitting), to);
      if (!status.ok()) return status;
      return RecordRead(transaction, call, id);
    });
  }

  // As the policies of minutes: those who work on the panel, and who sat.
  static absl::Status CheckReads(Transaction& transaction, const Call& call, const SittingId& id) {
    if (WorksForAuthority(call.caller()) || transaction.scope().everything) return absl::OkStatus();
    const auto members = ReadMembers(transaction, id);
    if (!members.ok()) return members.status();
    const auto person = call.caller().person;
    if (person && std::ranges::find(*members, *person, &Member::person) != members->end()) {
      return absl::OkStatus();
    }
    return absl::PermissionDeniedError("Minutes are for those who sat, and who work on the panel");
  }

  static absl::Status RecordRead(Transaction& transaction, const Call& call, const SittingId& id) {
    const auto agenda = ReadAgenda(transaction, id);
    if (!agenda.ok()) return agenda.status();
    std::vector<PanelCase> seen;
    for (const AgendaItem& item : *agenda) seen.push_back(item.panel_case);
    return RecordReads(transaction, call, seen, "panel minutes");
  }

  static void FillHead(const Call& call, const Sitting& sitting, const MinutesRow& minutes,
                       v1::Minutes* to) {
    to->Clear();
    to->set_sitting_id(sitting.id.ToString());
    to->set_panel_name(sitting.panel_name);
    to->set_day(sitting.day.ToIso());
    to->set_sitting_state(ToMessage<v1::SittingState>(sitting.state));
    to->set_version(minutes.version);
    if (minutes.version > 0) {
      to->set_updated_at(education::InstantToString(minutes.updated_at));
      to->set_updated_by(PersonIn(minutes.updated_by));
    }
    if (minutes.signed_at) to->set_signed_at(education::InstantToString(*minutes.signed_at));
    to->set_signed_by(PersonIn(minutes.signed_by));
    to->set_digest(minutes.digest);
    to->set_intact(minutes.intact);
    const bool open = !minutes.signed_at;
    to->set_editable(open && call.caller().May(Permission::kManagePanel));
    to->set_signable(open && sitting.state == SittingState::kClosed &&
                     call.caller().May(Permission::kSignOffDecision));
  }

  static absl::Status FillDrafted(Transaction& transaction, const Sitting& sitting,
                                  const SchoolName& names, v1::Minutes* to) {
    auto items = DraftMinutes(transaction, sitting, names);
    if (!items.ok()) return items.status();
    for (DraftedItem& one : *items) *to->add_items() = std::move(one.item);
    return absl::OkStatus();
  }

  static absl::Status FillSigned(Transaction& transaction, const SittingId& id, v1::Minutes* to) {
    const auto parts = ReadMinutesParts(transaction, id);
    if (!parts.ok()) return parts.status();
    for (const std::string& part : *parts) {
      if (!google::protobuf::util::JsonStringToMessage(part, to->add_items()).ok()) {
        return absl::DataLossError("the minutes as kept cannot be read");
      }
    }
    return absl::OkStatus();
  }

  const PanelParts& parts_;
};

}  // namespace

service::Endpoint MinutesEndpoint(const PanelParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.MinutesService");
  endpoint
      .Unary<v1::GetMinutesRequest, v1::GetMinutesResponse>(
          "GetMinutes", Permission::kReadPanel,
          [parts](Call& c, const auto& q, auto* r) { return MinutesCalls(parts).Get(c, q, r); })
      .Unary<v1::SaveMinutesItemRequest, v1::SaveMinutesItemResponse>(
          "SaveMinutesItem", Permission::kManagePanel,
          [parts](Call& c, const auto& q, auto* r) { return MinutesCalls(parts).Save(c, q, r); })
      .Unary<v1::SignMinutesRequest, v1::SignMinutesResponse>(
          "SignMinutes", Permission::kSignOffDecision,
          [parts](Call& c, const auto& q, auto* r) { return MinutesCalls(parts).Sign(c, q, r); });
  return endpoint;
}

}  // namespace pathways::panel
