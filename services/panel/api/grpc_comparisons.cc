#include "services/panel/api/grpc_comparisons.h"

#include <algorithm>

#include "pathways/attendance/v1/comparison.pb.h"
#include "pathways/exclusions/v1/comparison.pb.h"

namespace pathways::panel {
namespace {

using education::Day;
using education::PupilId;
using service::Call;

// As many as the services take in one call.
constexpr std::size_t kAtOnce = 500;
constexpr std::size_t kRollQuestionsAtOnce = 1000;

Sessions SessionsOf(const attendance::v1::SessionSums& sums) {
  return {sums.possible(), sums.attended()};
}

template <typename Spans>
std::vector<SessionsAround> AroundOf(const Spans& spans) {
  std::vector<SessionsAround> around;
  for (const auto& span : spans) {
    around.push_back({SessionsOf(span.before()), SessionsOf(span.after())});
  }
  return around;
}

absl::StatusOr<PupilDay> PupilDayOf(const std::string& pupil, const std::string& day) {
  const auto id = PupilId::Parse(pupil);
  if (!id.ok()) return id.status();
  const auto parsed = Day::ParseIso(day);
  if (!parsed.ok()) return parsed.status();
  return PupilDay{*id, *parsed};
}

absl::StatusOr<AttendanceAround> AroundOf(const attendance::v1::AttendanceComparison& from) {
  AttendanceAround around{.own = AroundOf(from.spans()), .alike = {}, .of_alike = {}};
  for (const auto& one : from.alike()) {
    const auto pupil = PupilId::Parse(one.pupil_id());
    if (!pupil.ok()) return pupil.status();
    around.alike.push_back(*pupil);
    around.of_alike.push_back(AroundOf(one.spans()));
  }
  return around;
}

absl::Status Keep(const attendance::v1::CompareAttendanceResponse& answer,
                  ComparisonSource::AttendanceByPupil& kept) {
  for (const auto& comparison : answer.comparisons()) {
    const auto key = PupilDayOf(comparison.pupil_id(), comparison.day());
    if (!key.ok()) return key.status();
    auto around = AroundOf(comparison);
    if (!around.ok()) return around.status();
    kept.insert_or_assign(*key, *std::move(around));
  }
  return absl::OkStatus();
}

absl::Status Keep(const exclusions::v1::CompareExclusionsResponse& answer,
                  ComparisonSource::CountsByPupil& kept) {
  for (const auto& counts : answer.counts()) {
    const auto key = PupilDayOf(counts.pupil_id(), counts.day());
    if (!key.ok()) return key.status();
    std::vector<CountsAround> around;
    for (const auto& span : counts.spans()) {
      around.push_back(
          {span.suspensions_before(), span.suspensions_after(), span.permanent_after()});
    }
    kept.insert_or_assign(*key, std::move(around));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ComparisonSource::AttendanceByPupil> GrpcComparisons::Attendance(
    const Call& call, const std::vector<PupilDay>& started, const std::vector<PupilId>& set_apart) {
  using attendance::v1::CompareAttendanceRequest;
  using attendance::v1::CompareAttendanceResponse;
  AttendanceByPupil kept;
  CompareAttendanceRequest base;
  for (const int weeks : kEffectWeeks) base.add_weeks(weeks);
  for (const PupilId& pupil : set_apart) base.add_set_apart_pupil_ids(pupil.ToString());
  for (std::size_t at = 0; at < started.size(); at += kAtOnce) {
    CompareAttendanceRequest ask = base;
    for (std::size_t i = at; i < std::min(at + kAtOnce, started.size()); ++i) {
      ask.add_changed()->set_pupil_id(started[i].first.ToString());
      ask.mutable_changed()->rbegin()->set_day(started[i].second.ToIso());
    }
    const auto answer = attendance_.Call<CompareAttendanceRequest, CompareAttendanceResponse>(
        "CompareAttendance", ask, call.Forward());
    if (!answer.ok()) return answer.status();
    if (auto status = Keep(*answer, kept); !status.ok()) return status;
  }
  return kept;
}

absl::StatusOr<ComparisonSource::CountsByPupil> GrpcComparisons::Exclusions(
    const Call& call, const WithAlike& started, const std::vector<int>& weeks) {
  using exclusions::v1::CompareExclusionsRequest;
  using exclusions::v1::CompareExclusionsResponse;
  CountsByPupil kept;
  for (auto next = started.begin(); next != started.end();) {
    CompareExclusionsRequest ask;
    ask.mutable_weeks()->Add(weeks.begin(), weeks.end());
    for (std::size_t i = 0; i < kAtOnce && next != started.end(); ++i, ++next) {
      auto* changed = ask.add_changed();
      changed->set_pupil_id(next->first.first.ToString());
      changed->set_day(next->first.second.ToIso());
      for (const PupilId& alike : next->second) changed->add_alike_pupil_ids(alike.ToString());
    }
    const auto answer = exclusions_.Call<CompareExclusionsRequest, CompareExclusionsResponse>(
        "CompareExclusions", ask, call.Forward());
    if (!answer.ok()) return answer.status();
    if (auto status = Keep(*answer, kept); !status.ok()) return status;
  }
  return kept;
}

absl::StatusOr<std::vector<bool>> GrpcComparisons::OnRoll(const Call& call,
                                                          const std::vector<Return>& questions) {
  using attendance::v1::ListOnRollRequest;
  using attendance::v1::ListOnRollResponse;
  std::vector<bool> answers;
  for (std::size_t at = 0; at < questions.size(); at += kRollQuestionsAtOnce) {
    ListOnRollRequest ask;
    for (std::size_t i = at; i < std::min(at + kRollQuestionsAtOnce, questions.size()); ++i) {
      auto* question = ask.add_questions();
      question->set_pupil_id(questions[i].pupil.ToString());
      question->set_urn(questions[i].urn.value());
      question->set_day(questions[i].day.ToIso());
    }
    const auto answer =
        attendance_.Call<ListOnRollRequest, ListOnRollResponse>("ListOnRoll", ask, call.Forward());
    if (!answer.ok()) return answer.status();
    answers.insert(answers.end(), answer->on_roll().begin(), answer->on_roll().end());
  }
  return answers;
}

}  // namespace pathways::panel
