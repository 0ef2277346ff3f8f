#include "services/attendance/store/attendance_events.h"

#include "absl/strings/str_cat.h"
#include "libs/education/year_code.h"
#include "pathways/attendance/v1/events.pb.h"
#include "services/attendance/domain/day_marks.h"

namespace pathways::attendance {
namespace {

using education::CrossingKind;

v1::AbsenceFigures Figures(const CrossingSubject& subject, const EnrolmentCrossing& crossing) {
  v1::AbsenceFigures figures;
  figures.set_pupil_id(subject.pupil.ToString());
  figures.set_enrolment_id(crossing.enrolment.ToString());
  figures.set_urn(subject.school.urn.value());
  figures.set_la_code(subject.school.la_code.value());
  figures.set_day(crossing.day.ToIso());
  figures.set_sessions_possible(crossing.possible);
  figures.set_sessions_absent(crossing.absent);
  figures.set_sessions_unauthorised(crossing.unauthorised);
  figures.set_academic_year(education::YearCode(education::AcademicYear::Of(crossing.day)));
  return figures;
}

template <typename Message>
events::NewEvent ToEvent(const CrossingSubject& subject, const EnrolmentCrossing& crossing,
                         const Message& message) {
  return events::MakeEvent(message, absl::StrCat("enrolment/", crossing.enrolment.ToString()),
                           subject.version, subject.pupil.ToString());
}

template <typename Message>
events::NewEvent Statement(const CrossingSubject& subject, const EnrolmentCrossing& crossing) {
  Message message;
  *message.mutable_figures() = Figures(subject, crossing);
  return ToEvent(subject, crossing, message);
}

events::NewEvent Recovery(const CrossingSubject& subject, const EnrolmentCrossing& crossing,
                          v1::AbsenceKind kind) {
  v1::AbsenceRecovered message;
  *message.mutable_figures() = Figures(subject, crossing);
  message.set_kind(kind);
  return ToEvent(subject, crossing, message);
}

v1::AbsenceKind KindOf(CrossingKind kind) {
  switch (kind) {
    case CrossingKind::kPersistent:
    case CrossingKind::kRecoveredPersistent:
      return v1::ABSENCE_KIND_PERSISTENT;
    case CrossingKind::kSevere:
    case CrossingKind::kRecoveredSevere:
      return v1::ABSENCE_KIND_SEVERE;
    case CrossingKind::kUnauthorised:
      return v1::ABSENCE_KIND_UNAUTHORISED_THRESHOLD;
  }
  return v1::ABSENCE_KIND_UNSPECIFIED;
}

bool IsRecovery(CrossingKind kind) {
  return kind == CrossingKind::kRecoveredPersistent || kind == CrossingKind::kRecoveredSevere;
}

}  // namespace

events::NewEvent CrossingEvent(const CrossingSubject& subject, const EnrolmentCrossing& crossing) {
  switch (crossing.kind) {
    case CrossingKind::kPersistent:
      return Statement<v1::AbsenceBecamePersistent>(subject, crossing);
    case CrossingKind::kSevere:
      return Statement<v1::AbsenceBecameSevere>(subject, crossing);
    case CrossingKind::kRecoveredPersistent:
    case CrossingKind::kRecoveredSevere:
      return Recovery(subject, crossing, KindOf(crossing.kind));
    case CrossingKind::kUnauthorised:
      break;
  }
  return Statement<v1::UnauthorisedAbsenceThresholdReached>(subject, crossing);
}

events::NewEvent WithdrawalEvent(const CrossingSubject& subject, const EnrolmentCrossing& withdrawn,
                                 const education::SessionSums& now, const std::string& import_id) {
  EnrolmentCrossing figures = withdrawn;
  figures.possible = now.possible;
  figures.absent = now.absent();
  figures.unauthorised = now.unauthorised;
  v1::AbsenceCrossingWithdrawn message;
  *message.mutable_figures() = Figures(subject, figures);
  message.set_kind(KindOf(withdrawn.kind));
  message.set_was_recovery(IsRecovery(withdrawn.kind));
  message.set_import_id(import_id);
  return ToEvent(subject, withdrawn, message);
}

events::NewEvent RegisterEvent(const NewBlock& block,
                               const std::vector<education::EnrolmentId>& by_slot,
                               const std::string& import_id) {
  v1::RegisterRecorded message;
  message.set_urn(block.school.urn.value());
  message.set_la_code(block.school.la_code.value());
  message.set_day(block.day.ToIso());
  message.set_register_version(block.version);
  message.set_marks(static_cast<std::int32_t>(CountMarks(block.marks)));
  message.set_import_id(import_id);
  const DayAbsences absences = AbsencesOf(block.marks, block.day);
  message.set_sessions(absences.sessions);
  for (const SlotAbsence& one : absences.slots) {
    v1::RegisterAbsence* absence = message.add_absences();
    absence->set_enrolment_id(by_slot[one.slot].ToString());
    absence->set_absent(one.absent);
    absence->set_unauthorised(one.unauthorised);
    absence->set_not_possible(one.not_possible);
  }
  return events::MakeEvent(
      message, absl::StrCat("register/", block.school.urn.value(), "/", block.day.ToIso()),
      block.version, block.school.urn.ToString());
}

}  // namespace pathways::attendance
