#include "services/referrals/reactions/absence_reaction.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/access_log.h"
#include "libs/service/trace.h"
#include "libs/storage/transaction.h"
#include "pathways/attendance/v1/events.pb.h"
#include "services/referrals/domain/absence_change.h"
#include "services/referrals/store/absence_store.h"

namespace pathways::referrals {
namespace {

using attendance::v1::AbsenceBecamePersistent;
using attendance::v1::AbsenceBecameSevere;
using attendance::v1::AbsenceCrossingWithdrawn;
using attendance::v1::AbsenceRecovered;
using attendance::v1::UnauthorisedAbsenceThresholdReached;
using events::Event;
using enum AbsenceChangeType;

constexpr char kTopic[] = "pathways.attendance.v1";
constexpr char kName[] = "referrals.absence";

template <typename Message>
std::string TypeOf() {
  return Message::descriptor()->full_name();
}

std::string_view KindOf(attendance::v1::AbsenceKind kind) {
  switch (kind) {
    case attendance::v1::ABSENCE_KIND_PERSISTENT:
      return kPersistent;
    case attendance::v1::ABSENCE_KIND_SEVERE:
      return kSevere;
    case attendance::v1::ABSENCE_KIND_UNAUTHORISED_THRESHOLD:
      return kUnauthorised;
    default:
      return "";
  }
}

// An event without a trace begins one.
std::string TraceIdOf(const Event& event) {
  return service::TraceContext::Parse(event.traceparent)
      .value_or(service::TraceContext::New())
      .trace_id;
}

absl::StatusOr<AbsenceChange> ToChange(const Event& event, AbsenceChangeType type,
                                       std::string_view kind,
                                       const attendance::v1::AbsenceFigures& figures) {
  const auto pupil = education::PupilId::Parse(figures.pupil_id());
  const auto enrolment = education::EnrolmentId::Parse(figures.enrolment_id());
  const auto urn = education::Urn::FromInt(figures.urn());
  const auto la_code = education::LaCode::FromInt(figures.la_code());
  const auto day = education::Day::ParseIso(figures.day());
  if (kind.empty() || !pupil.ok() || !enrolment.ok() || !urn.ok() || !la_code.ok() || !day.ok()) {
    return absl::InvalidArgumentError(event.type + " lacks a figure or names an unknown kind");
  }
  return AbsenceChange{.type = type,
                       .kind = std::string(kind),
                       .pupil = *pupil,
                       .enrolment = *enrolment,
                       .urn = *urn,
                       .la_code = *la_code,
                       .figures = {.day = *day,
                                   .possible = figures.sessions_possible(),
                                   .absent = figures.sessions_absent(),
                                   .unauthorised = figures.sessions_unauthorised()},
                       .trace_id = TraceIdOf(event)};
}

template <typename Message>
absl::StatusOr<AbsenceChange> Crossed(const Event& event, std::string_view kind) {
  const auto message = events::ParsePayload<Message>(event);
  if (!message.ok()) return message.status();
  return ToChange(event, kCrossed, kind, message->figures());
}

absl::StatusOr<AbsenceChange> ReadChange(const Event& event) {
  if (event.type == TypeOf<AbsenceBecamePersistent>()) {
    return Crossed<AbsenceBecamePersistent>(event, kPersistent);
  }
  if (event.type == TypeOf<AbsenceBecameSevere>()) {
    return Crossed<AbsenceBecameSevere>(event, kSevere);
  }
  if (event.type == TypeOf<UnauthorisedAbsenceThresholdReached>()) {
    return Crossed<UnauthorisedAbsenceThresholdReached>(event, kUnauthorised);
  }
  if (event.type == TypeOf<AbsenceRecovered>()) {
    const auto message = events::ParsePayload<AbsenceRecovered>(event);
    if (!message.ok()) return message.status();
    return ToChange(event, kRecovered, KindOf(message->kind()), message->figures());
  }
  const auto message = events::ParsePayload<AbsenceCrossingWithdrawn>(event);
  if (!message.ok()) return message.status();
  return ToChange(event, message->was_recovery() ? kRecoveryWithdrawn : kCrossingWithdrawn,
                  KindOf(message->kind()), message->figures());
}

absl::Status RecordTouched(storage::Transaction& transaction,
                           const std::vector<TouchedPupil>& touched) {
  std::map<std::string, std::vector<access::AccessEntry>> by_trace;
  for (const TouchedPupil& one : touched) {
    by_trace[one.trace_id].push_back({access::Action::kWrite, access::SubjectKind::kPupil,
                                      one.pupil.ToString(), one.urn, one.la_code,
                                      "absence proposal"});
  }
  const access::AccessContext context{kName, "", ""};
  for (const auto& [trace_id, entries] : by_trace) {
    if (auto status = access::BindTrace(transaction, trace_id); !status.ok()) return status;
    auto status = access::RecordAccess(transaction, context, entries);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

struct Round {
  explicit Round(std::span<const AbsenceChange> changes) {
    for (const AbsenceChange& change : changes) {
      if (change.type == kCrossed) {
        crossed.push_back(change);
      } else if (change.type == kCrossingWithdrawn) {
        withdrawn.push_back(change);
      } else {
        recoveries.push_back(change);
      }
    }
  }
  std::vector<AbsenceChange> crossed, withdrawn, recoveries;
};

absl::Status WriteRound(storage::Transaction& transaction, const Round& round,
                        education::IdSource& ids, education::Instant now) {
  std::vector<TouchedPupil> touched;
  const auto add = [&](absl::StatusOr<std::vector<TouchedPupil>> more) {
    if (more.ok()) touched.insert(touched.end(), more->begin(), more->end());
    return more.status();
  };
  absl::Status status;
  if (!round.withdrawn.empty()) {
    status = add(WithdrawProposals(transaction, round.withdrawn, now));
  }
  if (status.ok() && !round.crossed.empty()) {
    status = add(RaiseProposals(transaction, round.crossed, ids, now));
  }
  if (status.ok() && !round.recoveries.empty()) {
    status = add(NoteRecoveries(transaction, round.recoveries, now));
  }
  if (!status.ok()) return status;
  return RecordTouched(transaction, touched);
}

}  // namespace

AbsenceReaction::AbsenceReaction(education::IdSource& ids, const education::Clock& clock)
    : Reaction({.name = kName,
                .topics = {kTopic},
                .types = {TypeOf<AbsenceBecamePersistent>(), TypeOf<AbsenceBecameSevere>(),
                          TypeOf<UnauthorisedAbsenceThresholdReached>(), TypeOf<AbsenceRecovered>(),
                          TypeOf<AbsenceCrossingWithdrawn>()},
                .ordering = events::Ordering::kEveryVersion}),
      ids_(ids),
      clock_(clock) {}

absl::Status AbsenceReaction::Apply(storage::Transaction& transaction,
                                    std::span<const Event> events) {
  std::vector<AbsenceChange> changes;
  for (const Event& event : events) {
    auto change = ReadChange(event);
    if (!change.ok()) return change.status();
    changes.push_back(*std::move(change));
  }
  const education::Instant now = clock_.Now();
  for (const auto& round : InRounds(changes)) {
    auto status = WriteRound(transaction, Round(round), ids_, now);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::referrals
