// Panels and sittings: made, changed, opened, closed; who is there.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/working_calendar.h"
#include "libs/forms/words.h"
#include "libs/service/log.h"
#include "services/panel/api/agenda_filling.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/sitting_change.h"
#include "services/panel/api/task_sending.h"
#include "services/panel/store/agenda_store.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::WorkingCalendar;
using service::Call;
using storage::Transaction;

std::vector<Member> ReadMembers(const google::protobuf::RepeatedPtrField<v1::Member>& sent,
                                FieldReader& read) {
  std::vector<Member> members;
  for (int i = 0; i < sent.size(); ++i) {
    const std::string field = "members[" + std::to_string(i) + "].";
    const auto person = read.Needed<education::PersonId>(field + "person_id", sent[i].person_id());
    const auto seat = read.Chosen(field + "seat", FromMessage<kSeatNames>(sent[i].seat()));
    const auto urn = read.OptionalUrn(field + "urn", sent[i].urn());
    if (person) members.push_back({*person, seat, urn});
  }
  return members;
}

class Sittings {
 public:
  explicit Sittings(const PanelParts& parts) : parts_(parts) {}

  absl::Status SavePanel(Call& call, const v1::SavePanelRequest& request,
                         v1::SavePanelResponse* response) const {
    const v1::Panel& sent = request.panel();
    FieldReader read;
    const auto id = read.Needed<PanelId>("panel.panel_id", sent.panel_id());
    const auto la_code = education::LaCode::FromInt(sent.la_code());
    read.wrong().AddIfError("panel.la_code", la_code.status());
    const Phase phase = read.Chosen("panel.phase", FromMessage<kPhaseNames>(sent.phase()));
    const std::string name = forms::Tidy(sent.name());
    if (auto problem = forms::CheckWords("panel.name", name, 2, 100)) {
      read.wrong().Add(problem->field, problem->words);
    }
    if (sent.usual_capacity() < 1 || sent.usual_capacity() > kMostCases) {
      read.wrong().Add("panel.usual_capacity",
                       "Enter a number from 1 to " + std::to_string(kMostCases));
    }
    if (!read.good()) return read.status();
    Panel panel{*id, *la_code, name, phase, sent.usual_capacity(), sent.version() + 1};
    auto status = Writing(parts_, call, [&](Transaction& transaction) {
      return WritePanel(transaction, panel, sent.version());
    });
    if (!status.ok()) return status;
    Fill(panel, response->mutable_panel());
    return absl::OkStatus();
  }

  absl::Status Save(Call& call, const v1::SaveSittingRequest& request,
                    v1::SaveSittingResponse* response) const {
    FieldReader read;
    const auto id = read.Needed<SittingId>("sitting_id", request.sitting_id());
    const auto panel = read.Needed<PanelId>("panel_id", request.panel_id());
    const auto day = read.NeededDay("day", request.day());
    const auto members = ReadMembers(request.members(), read);
    if (!read.good()) return read.status();
    if (request.version() != 0) {
      return ChangeSitting(
          parts_, call, {request.sitting_id(), request.version()},
          [&](Transaction& transaction, Sitting& sitting) {
            return Change(transaction, sitting, request, *day, members);
          },
          response->mutable_sitting());
    }
    auto made = Writing(parts_, call, [&](Transaction& transaction) {
      return Make(call, transaction, request, {*id, *panel, *day}, members, response);
    });
    return made;
  }

  absl::Status Move(Call& call, const v1::MoveSittingRequest& request,
                    v1::MoveSittingResponse* response) const {
    if (request.move() == v1::SITTING_MOVE_UNSPECIFIED ||
        !v1::SittingMove_IsValid(request.move())) {
      return service::InvalidField("move", "Say what to do with the sitting");
    }
    const auto move = static_cast<SittingMove>(request.move() - 1);
    auto status = ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) {
          return MoveOn(call, transaction, sitting, move);
        },
        response->mutable_sitting());
    if (status.ok() && move == SittingMove::kClose) SendTasks(call, request.sitting_id());
    return status;
  }

  absl::Status Attendance(Call& call, const v1::RecordAttendanceRequest& request,
                          v1::RecordAttendanceResponse* response) const {
    FieldReader read;
    std::vector<education::PersonId> there;
    for (const std::string& text : request.person_ids()) {
      if (const auto person = read.Needed<education::PersonId>("person_ids", text)) {
        there.push_back(*person);
      }
    }
    if (!read.good()) return read.status();
    return ChangeSitting(
        parts_, call, {request.sitting_id(), request.version()},
        [&](Transaction& transaction, Sitting& sitting) -> absl::Status {
          if (sitting.state != SittingState::kOpen) {
            return absl::FailedPreconditionError("Open the sitting before recording attendance");
          }
          const auto members = KeepAttendance(transaction, sitting.id, there);
          if (!members.ok()) return members.status();
          if (*members != static_cast<std::int64_t>(there.size())) {
            return service::InvalidField("person_ids", "Only members of the sitting attend it");
          }
          return absl::OkStatus();
        },
        response->mutable_sitting());
  }

 private:
  struct NewSitting {
    SittingId id;
    PanelId panel;
    education::Day day;
  };

  static absl::Status WritePanel(Transaction& transaction, Panel& panel, std::int64_t seen) {
    if (seen == 0) {
      const auto known = LockPanel(transaction, panel.id);
      if (known.ok()) {
        panel = *known;
        return absl::OkStatus();
      }
      auto status = InsertPanel(transaction, panel);
      if (!absl::IsAlreadyExists(status)) return status;
      return service::InvalidField("panel.name", "Another panel has this name");
    }
    const auto known = LockPanel(transaction, panel.id);
    if (!known.ok()) return known.status();
    if (known->version != seen) return absl::AbortedError("The panel was changed meanwhile");
    panel.la_code = known->la_code;
    panel.phase = known->phase;
    return UpdatePanel(transaction, panel);
  }

  absl::Status Check(const Sitting& sitting, const std::vector<Member>& members) const {
    return ToStatus(
        CheckSitting(sitting, members, parts_.clock->Today(), WorkingCalendar::England()));
  }

  static void Take(const v1::SaveSittingRequest& request, education::Day day, Sitting& sitting) {
    sitting.day = day;
    sitting.papers_day = PapersDay(day, WorkingCalendar::England());
    sitting.starts_at = request.starts_at();
    sitting.venue = forms::Tidy(request.venue());
    if (request.capacity() != 0) sitting.capacity = request.capacity();
  }

  absl::Status Make(const Call& call, Transaction& transaction,
                    const v1::SaveSittingRequest& request, const NewSitting& wish,
                    const std::vector<Member>& members, v1::SaveSittingResponse* response) const {
    auto known = FindSitting(transaction, wish.id);
    if (known.ok()) return FillWhole(transaction, *known, response->mutable_sitting());
    const auto panel = LockPanel(transaction, wish.panel);
    if (!panel.ok()) return panel.status();
    Sitting sitting{.id = wish.id,
                    .panel = panel->id,
                    .la_code = panel->la_code,
                    .phase = panel->phase,
                    .day = wish.day,
                    .capacity = panel->usual_capacity,
                    .papers_day = wish.day,
                    .updated_by = transaction.scope().person,
                    .updated_at = parts_.clock->Now(),
                    .last_call = call.request_id(),
                    .panel_name = panel->name};
    Take(request, wish.day, sitting);
    if (auto status = Check(sitting, members); !status.ok()) return status;
    if (auto status = InsertSitting(transaction, sitting); !status.ok()) return status;
    auto status = ReplaceMembers(transaction, sitting.id, members);
    if (!status.ok()) return status;
    const auto filled = FillSitting(parts_, transaction, sitting, call.AccessContext());
    if (!filled.ok()) return filled.status();
    sitting.cases = *filled;
    return FillWhole(transaction, sitting, response->mutable_sitting());
  }

  absl::Status Change(Transaction& transaction, Sitting& sitting,
                      const v1::SaveSittingRequest& request, education::Day day,
                      std::vector<Member> members) const {
    if (sitting.state != SittingState::kPlanned && sitting.state != SittingState::kOpen) {
      return absl::FailedPreconditionError("The sitting is over or was cancelled");
    }
    Take(request, day, sitting);
    if (auto status = Check(sitting, members); !status.ok()) return status;
    if (sitting.cases > sitting.capacity) {
      return service::InvalidField("capacity", "More cases are on the agenda already");
    }
    const auto before = panel::ReadMembers(transaction, sitting.id);
    if (!before.ok()) return before.status();
    for (Member& member : members) {
      const auto was = std::ranges::find(*before, member.person, &Member::person);
      member.attended = was != before->end() && was->attended;
    }
    return ReplaceMembers(transaction, sitting.id, members);
  }

  // The sitting is closed whatever becomes of this: what is left is sent within the minute.
  void SendTasks(const Call& call, const std::string& sitting_id) const {
    const auto sent = TaskSending(parts_).OfSitting(*SittingId::Parse(sitting_id), call.trace());
    if (!sent.ok()) {
      service::LogWarning("tasks of a sitting are sent later", {{"error", sent}});
    }
  }

  absl::Status MoveOn(const Call& call, Transaction& transaction, Sitting& sitting,
                      SittingMove move) const {
    const auto undecided = CountUndecided(transaction, sitting.id);
    if (!undecided.ok()) return undecided.status();
    const auto next = Next(sitting.state, move, *undecided);
    if (!next.ok()) return next.status();
    sitting.state = *next;
    if (*next == SittingState::kOpen) return absl::OkStatus();
    if (*next == SittingState::kCancelled) {
      if (auto status = ReturnCases(call, transaction, sitting); !status.ok()) return status;
    }
    return FinishItems(transaction, sitting.id, *next == SittingState::kClosed);
  }

  // The cases of a sitting that does not take place wait for another.
  absl::Status ReturnCases(const Call& call, Transaction& transaction,
                           const Sitting& sitting) const {
    const auto cases = CasesOnAgenda(transaction, sitting.id);
    if (!cases.ok()) return cases.status();
    for (const CaseId& id : *cases) {
      auto panel_case = LockCase(transaction, id);
      if (!panel_case.ok()) return panel_case.status();
      Stamp(*panel_case, parts_.clock->Now(), transaction.scope().person, call.request_id());
      CaseChange change(transaction, *panel_case);
      if (auto status = change.Do(CaseAction::kUnschedule); !status.ok()) return status;
      panel_case->sitting.reset();
      panel_case->sealed = false;
      if (auto entry = change.Tell("case_unscheduled", "sitting_cancelled"); !entry.ok()) {
        return entry.status();
      }
      auto status = change.Write(PenOf(parts_, call, panel_case->origin_trace_id),
                                 "panel case taken off an agenda");
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const PanelParts& parts_;
};

}  // namespace

void AddSittings(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::SavePanelRequest, v1::SavePanelResponse>(
          "SavePanel", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Sittings(parts).SavePanel(c, q, r); })
      .Unary<v1::SaveSittingRequest, v1::SaveSittingResponse>(
          "SaveSitting", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Sittings(parts).Save(c, q, r); })
      .Unary<v1::MoveSittingRequest, v1::MoveSittingResponse>(
          "MoveSitting", Permission::kManagePanel,
          [&parts](Call& c, const auto& q, auto* r) { return Sittings(parts).Move(c, q, r); })
      .Unary<v1::RecordAttendanceRequest, v1::RecordAttendanceResponse>(
          "RecordAttendance", Permission::kManagePanel, [&parts](Call& c, const auto& q, auto* r) {
            return Sittings(parts).Attendance(c, q, r);
          });
}

}  // namespace pathways::panel
