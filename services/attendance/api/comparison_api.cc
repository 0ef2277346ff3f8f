#include "services/attendance/api/comparison_api.h"

#include <string>
#include <vector>

#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/attendance/v1/comparison.pb.h"
#include "services/attendance/api/comparison.h"
#include "services/attendance/api/messages.h"
#include "services/attendance/store/roll_question_store.h"

namespace pathways::attendance {
namespace {

using access::Permission;
using education::Day;
using education::PupilId;
using service::Call;
using service::FieldViolations;
using storage::Transaction;

constexpr int kMostChanged = 500;
constexpr int kMostSetApart = 5000;
constexpr int kMostLengths = 4;
constexpr int kMostWeeks = 52;
constexpr int kMostRollQuestions = 1000;

absl::StatusOr<ComparisonQuestion> Read(const v1::CompareAttendanceRequest& request) {
  FieldViolations wrong;
  if (request.changed_size() > kMostChanged) wrong.Add("changed", "Ask for at most 500 pupils");
  if (request.weeks().empty() || request.weeks_size() > kMostLengths) {
    wrong.Add("weeks", "Ask for 1 to 4 lengths");
  }
  if (request.set_apart_pupil_ids_size() > kMostSetApart) {
    wrong.Add("set_apart_pupil_ids", "Set at most 5,000 pupils apart");
  }
  ComparisonQuestion question;
  for (const int weeks : request.weeks()) {
    if (weeks < 1 || weeks > kMostWeeks) wrong.Add("weeks", "A length is 1 to 52 weeks");
    question.weeks.push_back(weeks);
  }
  for (const auto& changed : request.changed()) {
    const auto pupil = PupilId::Parse(changed.pupil_id());
    wrong.AddIfError("changed.pupil_id", pupil.status());
    const auto day = Day::ParseIso(changed.day());
    wrong.AddIfError("changed.day", day.status());
    if (!pupil.ok() || !day.ok()) continue;
    question.changed.push_back({*pupil, *day});
    question.set_apart.insert(*pupil);
  }
  for (const std::string& text : request.set_apart_pupil_ids()) {
    const auto pupil = PupilId::Parse(text);
    wrong.AddIfError("set_apart_pupil_ids", pupil.status());
    if (pupil.ok()) question.set_apart.insert(*pupil);
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return question;
}

template <typename Message>
void Fill(const std::vector<BeforeAndAfter>& spans, const std::vector<int>& weeks, Message* to) {
  for (std::size_t i = 0; i < spans.size(); ++i) {
    v1::BeforeAndAfter* span = to->add_spans();
    span->set_weeks(weeks[i]);
    attendance::Fill(spans[i].before, span->mutable_before());
    attendance::Fill(spans[i].after, span->mutable_after());
  }
}

void Fill(const Comparison& from, const std::vector<int>& weeks, v1::AttendanceComparison* to) {
  to->set_pupil_id(from.changed.pupil.ToString());
  to->set_day(from.changed.day.ToIso());
  Fill(from.spans, weeks, to);
  for (const PupilSpans& one : from.alike) {
    v1::PupilAlike* alike = to->add_alike();
    alike->set_pupil_id(one.pupil.ToString());
    Fill(one.spans, weeks, alike);
  }
  to->set_found_alike(from.found_alike);
}

// Of the pupils something changed for. Those alike are numbers in a mean, as in any group figure.
absl::Status RecordReads(Transaction& transaction, const Call& call,
                         const std::vector<Comparison>& comparisons) {
  std::vector<access::AccessEntry> entries;
  for (const Comparison& one : comparisons) {
    entries.push_back({.action = access::Action::kRead,
                       .subject_kind = access::SubjectKind::kPupil,
                       .subject_id = one.changed.pupil.ToString(),
                       .urn = one.school.urn,
                       .authority = one.school.la_code,
                       .detail = "attendance before and after " + one.changed.day.ToIso()});
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::Status CompareAttendance(const AttendanceParts& parts, Call& call,
                               const v1::CompareAttendanceRequest& request,
                               v1::CompareAttendanceResponse* response) {
  const auto question = Read(request);
  if (!question.ok()) return question.status();
  if (question->changed.empty()) return absl::OkStatus();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        const auto comparisons = Compare(transaction, *parts.slots, *question);
        if (!comparisons.ok()) return comparisons.status();
        auto recorded = RecordReads(transaction, call, *comparisons);
        if (!recorded.ok()) return recorded;
        response->Clear();
        for (const Comparison& one : *comparisons) {
          Fill(one, question->weeks, response->add_comparisons());
        }
        return absl::OkStatus();
      });
}

absl::StatusOr<std::vector<RollQuestion>> Read(const v1::ListOnRollRequest& request) {
  FieldViolations wrong;
  if (request.questions_size() > kMostRollQuestions) {
    wrong.Add("questions", "Ask at most 1,000 questions");
  }
  std::vector<RollQuestion> questions;
  for (const auto& asked : request.questions()) {
    const auto pupil = PupilId::Parse(asked.pupil_id());
    wrong.AddIfError("questions.pupil_id", pupil.status());
    const auto urn = education::Urn::FromInt(asked.urn());
    wrong.AddIfError("questions.urn", urn.status());
    const auto day = Day::ParseIso(asked.day());
    wrong.AddIfError("questions.day", day.status());
    if (pupil.ok() && urn.ok() && day.ok()) questions.push_back({*pupil, *urn, *day});
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return questions;
}

absl::Status RecordReads(Transaction& transaction, const Call& call,
                         const std::vector<RollQuestion>& questions) {
  std::vector<access::AccessEntry> entries;
  for (const RollQuestion& asked : questions) {
    entries.push_back({.action = access::Action::kRead,
                       .subject_kind = access::SubjectKind::kPupil,
                       .subject_id = asked.pupil.ToString(),
                       .urn = asked.urn,
                       .authority = std::nullopt,
                       .detail = "on roll on " + asked.day.ToIso()});
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::Status ListOnRoll(const AttendanceParts& parts, Call& call,
                        const v1::ListOnRollRequest& request, v1::ListOnRollResponse* response) {
  const auto questions = Read(request);
  if (!questions.ok()) return questions.status();
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   [&](Transaction& transaction) -> absl::Status {
                                     const auto answers = ReadOnRoll(transaction, *questions);
                                     if (!answers.ok()) return answers.status();
                                     auto recorded = RecordReads(transaction, call, *questions);
                                     if (!recorded.ok()) return recorded;
                                     response->Clear();
                                     for (const bool answer : *answers)
                                       response->add_on_roll(answer);
                                     return absl::OkStatus();
                                   });
}

}  // namespace

service::Endpoint ComparisonEndpoint(const AttendanceParts& parts) {
  service::Endpoint endpoint("pathways.attendance.v1.ComparisonService");
  endpoint
      .Unary<v1::CompareAttendanceRequest, v1::CompareAttendanceResponse>(
          "CompareAttendance", Permission::kReadAttendance,
          [&parts](Call& call, const auto& q, auto* r) {
            return CompareAttendance(parts, call, q, r);
          })
      .Unary<v1::ListOnRollRequest, v1::ListOnRollResponse>(
          "ListOnRoll", Permission::kReadAttendance,
          [&parts](Call& call, const auto& q, auto* r) { return ListOnRoll(parts, call, q, r); });
  return endpoint;
}

}  // namespace pathways::attendance
