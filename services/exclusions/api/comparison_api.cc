#include "services/exclusions/api/comparison_api.h"

#include <string>
#include <vector>

#include "pathways/exclusions/v1/comparison.pb.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/store/comparison_store.h"
#include "services/exclusions/store/copies_store.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::Day;
using education::PupilId;
using service::Call;
using service::FieldViolations;
using storage::Transaction;

constexpr int kMostChanged = 500;
constexpr int kMostAlike = 20;
constexpr int kMostLengths = 4;
constexpr int kMostWeeks = 52;

struct Question {
  std::vector<PupilDay> changed;
  std::vector<PupilDay> all;  // these and those they are compared with
  std::vector<int> weeks;
};

void ReadWeeks(const v1::CompareExclusionsRequest& request, Question& question,
               FieldViolations& wrong) {
  if (request.weeks().empty() || request.weeks_size() > kMostLengths) {
    wrong.Add("weeks", "Ask for 1 to 4 lengths");
  }
  for (const int weeks : request.weeks()) {
    if (weeks < 1 || weeks > kMostWeeks) wrong.Add("weeks", "A length is 1 to 52 weeks");
    question.weeks.push_back(weeks);
  }
}

void ReadChanged(const v1::ChangedPupil& changed, Question& question, FieldViolations& wrong) {
  if (changed.alike_pupil_ids_size() > kMostAlike) {
    wrong.Add("changed.alike_pupil_ids", "Compare with at most 20 pupils");
  }
  const auto day = Day::ParseIso(changed.day());
  wrong.AddIfError("changed.day", day.status());
  const auto add = [&](const std::string& text, const char* field, std::vector<PupilDay>& to) {
    const auto pupil = PupilId::Parse(text);
    wrong.AddIfError(field, pupil.status());
    if (pupil.ok() && day.ok()) to.push_back({*pupil, *day});
  };
  add(changed.pupil_id(), "changed.pupil_id", question.changed);
  for (const std::string& text : changed.alike_pupil_ids()) {
    add(text, "changed.alike_pupil_ids", question.all);
  }
}

absl::StatusOr<Question> Read(const v1::CompareExclusionsRequest& request) {
  FieldViolations wrong;
  Question question;
  if (request.changed_size() > kMostChanged) wrong.Add("changed", "Ask for at most 500 pupils");
  ReadWeeks(request, question, wrong);
  for (const v1::ChangedPupil& changed : request.changed()) ReadChanged(changed, question, wrong);
  if (!wrong.empty()) return wrong.ToStatus();
  question.all.insert(question.all.end(), question.changed.begin(), question.changed.end());
  return question;
}

void Fill(const std::vector<AroundCounts>& counts, v1::CompareExclusionsResponse* response) {
  v1::ExclusionCounts* of = nullptr;
  for (const AroundCounts& one : counts) {
    const std::string pupil = one.around.pupil.ToString();
    const std::string day = one.around.day.ToIso();
    if (of == nullptr || of->pupil_id() != pupil || of->day() != day) {
      of = response->add_counts();
      of->set_pupil_id(pupil);
      of->set_day(day);
    }
    v1::ExclusionsBeforeAndAfter* span = of->add_spans();
    span->set_weeks(one.weeks);
    span->set_suspensions_before(one.suspensions_before);
    span->set_suspensions_after(one.suspensions_after);
    span->set_permanent_after(one.permanent_after);
  }
}

// Of the pupils something changed for. Those alike are numbers in a mean, as in any group figure.
absl::Status RecordChanged(Transaction& transaction, const Call& call, const Question& question) {
  std::vector<PupilId> pupils;
  for (const PupilDay& one : question.changed) pupils.push_back(one.pupil);
  const auto visible = VisiblePupils(transaction, pupils);
  if (!visible.ok()) return visible.status();
  std::vector<access::AccessEntry> entries;
  for (const auto& [pupil, urn] : *visible) {
    entries.push_back({access::Action::kRead, access::SubjectKind::kPupil, pupil.ToString(), urn,
                       std::nullopt, "exclusions before and after a decision"});
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::Status CompareExclusions(const ExclusionsParts& parts, const Call& call,
                               const v1::CompareExclusionsRequest& request,
                               v1::CompareExclusionsResponse* response) {
  const auto question = Read(request);
  if (!question.ok()) return question.status();
  if (question->changed.empty()) return absl::OkStatus();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto counts = CountAround(transaction, question->all, question->weeks);
    if (!counts.ok()) return counts.status();
    auto recorded = RecordChanged(transaction, call, *question);
    if (!recorded.ok()) return recorded;
    response->Clear();
    Fill(*counts, response);
    return absl::OkStatus();
  });
}

}  // namespace

service::Endpoint ComparisonEndpoint(const ExclusionsParts& parts) {
  service::Endpoint endpoint("pathways.exclusions.v1.ComparisonService");
  endpoint.Unary<v1::CompareExclusionsRequest, v1::CompareExclusionsResponse>(
      "CompareExclusions", Permission::kReadExclusion,
      [&parts](Call& call, const auto& q, auto* r) {
        return CompareExclusions(parts, call, q, r);
      });
  return endpoint;
}

}  // namespace pathways::exclusions
