// One pupil's attendance.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "libs/education/attendance_code.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/messages.h"
#include "services/attendance/api/request_span.h"
#include "services/attendance/domain/day_marks.h"
#include "services/attendance/domain/running_sums.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/pupil_store.h"

namespace pathways::attendance {
namespace {

using access::Permission;
using education::Day;
using education::PupilId;
using education::Session;
using education::SessionSums;
using service::Call;

// All there is to tell about one pupil.
struct PupilRecord {
  std::vector<EnrolmentRow> enrolments;
  DaysByEnrolment days;
  std::vector<PupilNote> notes;
  std::vector<PupilAmendment> amendments;
  std::vector<CrossingRow> crossings;
};

std::string CodeText(char byte) {
  const auto code = education::AttendanceCode::FromByte(byte);
  return code && !code->is_no_mark() ? std::string(code->ToString()) : std::string();
}

// One enrolment's days as a message.
class EnrolmentMessage {
 public:
  explicit EnrolmentMessage(v1::EnrolmentAttendance* to) : to_(to) {}

  void AddDay(const PupilDay& day) {
    const char am = MarkAt(day.marks, 0, Session::kMorning);
    const char pm = MarkAt(day.marks, 0, Session::kAfternoon);
    const auto& counts = education::CountsFor(day.day);
    const SessionSums sums =
        counts[static_cast<unsigned char>(am)] + counts[static_cast<unsigned char>(pm)];
    total_ += sums;
    weeks_[day.day.Monday()] += sums;
    missing_ += !IsRealMark(am);
    missing_ += !IsRealMark(pm);
    v1::DayMarks* marks = to_->add_days();
    marks->set_day(day.day.ToIso());
    marks->set_am(CodeText(am));
    marks->set_pm(CodeText(pm));
  }

  void Finish() {
    Fill(total_, to_->mutable_sessions());
    to_->set_persistent(education::IsPersistent(total_));
    to_->set_severe(education::IsSevere(total_));
    to_->set_missing_marks(missing_);
    for (const auto& [monday, sums] : weeks_) {
      v1::WeekSums* week = to_->add_weeks();
      week->set_monday(monday.ToIso());
      Fill(sums, week->mutable_sessions());
    }
  }

 private:
  v1::EnrolmentAttendance* to_;
  SessionSums total_;
  std::map<Day, SessionSums> weeks_;
  std::int64_t missing_ = 0;
};

void Fill(const PupilAmendment& from, v1::Amendment* to) {
  to->set_day(from.day.ToIso());
  to->set_session(from.session);
  to->set_original(from.original);
  to->set_amended(from.amended);
  to->set_reason(from.reason);
  to->set_amended_by(from.amended_by);
  to->set_person_id(from.person);
  to->set_recorded_at(education::InstantToString(from.recorded_at));
}

// A mark that was changed since lost what stood beside it.
bool IsOutdated(const PupilNote& note, const std::vector<PupilAmendment>& amendments) {
  return std::any_of(amendments.begin(), amendments.end(), [&](const PupilAmendment& amendment) {
    return amendment.enrolment == note.enrolment && amendment.day == note.day &&
           amendment.session == education::ToString(note.session) &&
           amendment.recorded_at > note.recorded_at;
  });
}

void FillNotes(const PupilRecord& record, const EnrolmentRow& row, v1::EnrolmentAttendance* to) {
  std::map<std::string, v1::DayMarks*> days;
  for (v1::DayMarks& day : *to->mutable_days()) days[day.day()] = &day;
  for (const PupilNote& note : record.notes) {
    const auto day = days.find(note.day.ToIso());
    if (note.enrolment != row.enrolment || day == days.end()) continue;
    if (IsOutdated(note, record.amendments)) continue;
    if (note.session == Session::kMorning) {
      day->second->set_am_minutes_late(note.minutes_late);
      day->second->set_am_comment(note.comment);
    } else {
      day->second->set_pm_minutes_late(note.minutes_late);
      day->second->set_pm_comment(note.comment);
    }
  }
}

void FillEnrolment(const PupilRecord& record, const EnrolmentRow& row,
                   v1::EnrolmentAttendance* to) {
  to->set_enrolment_id(row.enrolment.ToString());
  to->set_urn(row.school.urn.value());
  EnrolmentMessage message(to);
  if (const auto days = record.days.find(row.enrolment); days != record.days.end()) {
    for (const PupilDay& day : days->second) {
      if (row.entry <= day.day && (!row.leaving || day.day <= *row.leaving)) message.AddDay(day);
    }
  }
  message.Finish();
  FillNotes(record, row, to);
  for (const PupilAmendment& amendment : record.amendments) {
    if (amendment.enrolment == row.enrolment) Fill(amendment, to->add_amendments());
  }
}

absl::StatusOr<PupilRecord> Read(storage::Transaction& transaction, const PupilId& pupil,
                                 const RequestSpan& span) {
  PupilRecord record;
  auto enrolments = ReadEnrolmentsOf(transaction, pupil);
  if (!enrolments.ok()) return enrolments.status();
  if (enrolments->empty()) return absl::NotFoundError("There is no such pupil.");
  record.enrolments = *std::move(enrolments);
  std::vector<education::EnrolmentId> ids;
  for (const EnrolmentRow& row : record.enrolments) ids.push_back(row.enrolment);
  const PupilSpan pupil_span{span.from, span.to, span.known_at};
  auto days = ReadPupilDays(transaction, ids, pupil_span);
  if (!days.ok()) return days.status();
  record.days = *std::move(days);
  auto notes = ReadNotes(transaction, ids, pupil_span);
  if (!notes.ok()) return notes.status();
  record.notes = *std::move(notes);
  auto amendments = ReadAmendments(transaction, ids, pupil_span);
  if (!amendments.ok()) return amendments.status();
  record.amendments = *std::move(amendments);
  // Crossings are kept as now known only.
  if (span.known_at) return record;
  auto crossings = ListPupilCrossings(transaction, pupil, span.from, span.to);
  if (!crossings.ok()) return crossings.status();
  record.crossings = *std::move(crossings);
  return record;
}

absl::Status RecordRead(storage::Transaction& transaction, const Call& call, const PupilId& pupil,
                        const PupilRecord& record, const RequestSpan& span) {
  const SchoolKey& school = record.enrolments.front().school;
  const access::AccessEntry entry{.action = access::Action::kRead,
                                  .subject_kind = access::SubjectKind::kPupil,
                                  .subject_id = pupil.ToString(),
                                  .urn = school.urn,
                                  .authority = school.la_code,
                                  .detail = SpanDetail("attendance", span.from, span.to)};
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

absl::Status GetPupil(const AttendanceParts& parts, Call& call,
                      const v1::GetPupilAttendanceRequest& request,
                      v1::GetPupilAttendanceResponse* response) {
  service::FieldViolations wrong;
  const auto pupil = PupilId::Parse(request.pupil_id());
  wrong.AddIfError("pupil_id", pupil.status());
  const RequestSpan span =
      ReadSpan(request.from(), request.to(), request.as_known(), *parts.clock, wrong);
  if (!wrong.empty()) return wrong.ToStatus();
  auto record = storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(),
      [&](storage::Transaction& transaction) -> absl::StatusOr<PupilRecord> {
        auto read = Read(transaction, *pupil, span);
        if (!read.ok()) return read;
        if (absl::Status status = RecordRead(transaction, call, *pupil, *read, span); !status.ok())
          return status;
        return read;
      });
  if (!record.ok()) return record.status();
  std::string last;
  for (const EnrolmentRow& row : record->enrolments) {
    v1::EnrolmentAttendance* enrolment = response->add_enrolments();
    FillEnrolment(*record, row, enrolment);
    if (!enrolment->days().empty()) last = std::max(last, enrolment->days().rbegin()->day());
  }
  for (const CrossingRow& crossing : record->crossings)
    attendance::Fill(crossing, response->add_crossings());
  response->set_data_up_to(last);
  response->set_from(span.from.ToIso());
  response->set_to(span.to.ToIso());
  return absl::OkStatus();
}

}  // namespace

void AddPupils(service::Endpoint& endpoint, const AttendanceParts& parts) {
  endpoint.Unary<v1::GetPupilAttendanceRequest, v1::GetPupilAttendanceResponse>(
      "GetPupilAttendance", Permission::kReadAttendance,
      [&parts](Call& call, const auto& q, auto* r) { return GetPupil(parts, call, q, r); });
}

}  // namespace pathways::attendance
