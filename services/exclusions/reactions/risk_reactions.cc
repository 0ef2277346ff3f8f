#include "services/exclusions/reactions/risk_reactions.h"

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "pathways/attendance/v1/events.pb.h"
#include "pathways/panel/v1/events.pb.h"
#include "pathways/referrals/v1/events.pb.h"
#include "services/exclusions/store/risk_histories.h"

namespace pathways::exclusions {
namespace {

using attendance::v1::RegisterRecorded;
using education::Day;
using events::Event;
using panel::v1::PlacementEnded;
using panel::v1::PlacementStarted;
using referrals::v1::RequestAccepted;
using referrals::v1::RequestWithdrawn;
using storage::Transaction;

template <typename Message>
std::string TypeOf() {
  return Message::descriptor()->full_name();
}

absl::StatusOr<RegisterRow> ReadRegister(const Event& event) {
  const auto message = events::ParsePayload<RegisterRecorded>(event);
  if (!message.ok()) return message.status();
  const auto urn = education::Urn::FromInt(message->urn());
  if (!urn.ok()) return urn.status();
  const auto la_code = education::LaCode::FromInt(message->la_code());
  if (!la_code.ok()) return la_code.status();
  const auto day = Day::ParseIso(message->day());
  if (!day.ok()) return day.status();
  RegisterRow row{.school = {*urn, *la_code}, .day = *day, .sessions = message->sessions()};
  for (const auto& absence : message->absences()) {
    const auto enrolment = education::EnrolmentId::Parse(absence.enrolment_id());
    if (!enrolment.ok()) return enrolment.status();
    row.missed.push_back(
        {*enrolment, {*day, absence.absent(), absence.unauthorised(), absence.not_possible()}});
  }
  return row;
}

absl::Status Accept(Transaction& transaction, const Event& event) {
  const auto message = events::ParsePayload<RequestAccepted>(event);
  if (!message.ok()) return message.status();
  const auto pupil = education::PupilId::Parse(message->facts().pupil_id());
  if (!pupil.ok()) return pupil.status();
  return PutSupport(transaction, {"request/" + message->facts().request_id(),
                                  *pupil,
                                  {"early_help", education::LondonDay(event.time), {}}});
}

absl::Status Withdraw(Transaction& transaction, const Event& event) {
  const auto message = events::ParsePayload<RequestWithdrawn>(event);
  if (!message.ok()) return message.status();
  return EndSupport(transaction, "request/" + message->facts().request_id(),
                    education::LondonDay(event.time));
}

absl::Status Start(Transaction& transaction, const Event& event) {
  const auto message = events::ParsePayload<PlacementStarted>(event);
  if (!message.ok()) return message.status();
  const auto pupil = education::PupilId::Parse(message->facts().pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto from = Day::ParseIso(message->facts().start_day());
  if (!from.ok()) return from.status();
  return PutSupport(
      transaction,
      {"placement/" + message->facts().placement_id(), *pupil, {"placement", *from, {}}});
}

absl::Status End(Transaction& transaction, const Event& event) {
  const auto message = events::ParsePayload<PlacementEnded>(event);
  if (!message.ok()) return message.status();
  const auto last = Day::ParseIso(message->day());
  if (!last.ok()) return last.status();
  return EndSupport(transaction, "placement/" + message->facts().placement_id(), *last);
}

}  // namespace

RegisterReaction::RegisterReaction()
    : Reaction({.name = "exclusions.registers",
                .topics = {"pathways.attendance.v1"},
                .types = {TypeOf<RegisterRecorded>()},
                .ordering = events::Ordering::kLatestWins}) {}

absl::Status RegisterReaction::Apply(Transaction& transaction, std::span<const Event> events) {
  std::vector<RegisterRow> rows;
  for (const Event& event : events) {
    auto row = ReadRegister(event);
    if (!row.ok()) return row.status();
    rows.push_back(*std::move(row));
  }
  return PutRegisters(transaction, rows);
}

RequestReaction::RequestReaction()
    : Reaction({.name = "exclusions.requests",
                .topics = {"pathways.referrals.v1"},
                .types = {TypeOf<RequestAccepted>(), TypeOf<RequestWithdrawn>()},
                .ordering = events::Ordering::kEveryVersion}) {}

absl::Status RequestReaction::Apply(Transaction& transaction, std::span<const Event> events) {
  for (const Event& event : events) {
    const bool accepted = event.type == TypeOf<RequestAccepted>();
    auto status = accepted ? Accept(transaction, event) : Withdraw(transaction, event);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

PlacementReaction::PlacementReaction()
    : Reaction({.name = "exclusions.placements",
                .topics = {"pathways.panel.v1"},
                .types = {TypeOf<PlacementStarted>(), TypeOf<PlacementEnded>()},
                .ordering = events::Ordering::kEveryVersion}) {}

absl::Status PlacementReaction::Apply(Transaction& transaction, std::span<const Event> events) {
  for (const Event& event : events) {
    const bool started = event.type == TypeOf<PlacementStarted>();
    auto status = started ? Start(transaction, event) : End(transaction, event);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::exclusions
