#include "services/panel/api/register_source.h"

#include <chrono>

#include "pathways/attendance/v1/service.pb.h"

namespace pathways::panel {
namespace {

using attendance::v1::GetPupilAttendanceRequest;
using attendance::v1::GetPupilAttendanceResponse;
using education::Day;

// A neighbour that hangs must not use up the caller's patience: the page is shown without it.
constexpr std::chrono::milliseconds kPatience{1500};

absl::Status AddMarks(const GetPupilAttendanceResponse& answer,
                      std::vector<RegisterAt>& registers) {
  for (const auto& enrolment : answer.enrolments()) {
    const auto urn = education::Urn::FromInt(enrolment.urn());
    if (!urn.ok()) return urn.status();
    RegisterAt one{.urn = *urn};
    for (const auto& marks : enrolment.days()) {
      const auto day = Day::ParseIso(marks.day());
      if (!day.ok()) return day.status();
      one.days.push_back({.day = *day, .am = marks.am(), .pm = marks.pm()});
    }
    registers.push_back(std::move(one));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<RegisterAt>> GrpcRegisters::OfPupil(const service::Call& call,
                                                               const education::PupilId& pupil,
                                                               Day from, Day to) {
  service::CallOptions options = call.Forward();
  const auto soon = storage::Deadline::After(kPatience);
  if (soon.when() < options.deadline->when()) options.deadline = soon;
  GetPupilAttendanceRequest ask;
  ask.set_pupil_id(pupil.ToString());
  ask.set_from(from.ToIso());
  ask.set_to(to.ToIso());
  const auto answer = attendance_.Call<GetPupilAttendanceRequest, GetPupilAttendanceResponse>(
      "GetPupilAttendance", ask, options);
  if (!answer.ok()) return answer.status();
  std::vector<RegisterAt> registers;
  if (auto status = AddMarks(*answer, registers); !status.ok()) return status;
  return registers;
}

}  // namespace pathways::panel
