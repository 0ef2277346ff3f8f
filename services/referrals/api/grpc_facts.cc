#include "services/referrals/api/grpc_facts.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "libs/access/permission.h"

namespace pathways::referrals {
namespace {

using education::LaCode;
using service::Call;

// A neighbour that hangs must not use up the caller's patience: the draft is made without its
// facts.
constexpr std::chrono::milliseconds kPatience{1500};

service::CallOptions Ask(const Call& call) {
  service::CallOptions options = call.Forward();
  const auto soon = storage::Deadline::After(kPatience);
  if (soon.when() < options.deadline->when()) options.deadline = soon;
  return options;
}

template <typename Enrolments>
bool IsAt(const Enrolments& enrolments, std::int32_t urn) {
  return std::ranges::any_of(enrolments, [&](const auto& e) { return e.urn() == urn; });
}

// The crossing into a state, newest first in the answer.
std::string Since(const attendance::v1::GetPupilAttendanceResponse& answer, education::Urn urn,
                  std::string_view kind) {
  for (const auto& crossing : answer.crossings()) {
    if (crossing.urn() == urn.value() && crossing.kind() == kind) return crossing.day();
  }
  return {};
}

}  // namespace

AttendanceFacts FactsOf(const attendance::v1::GetPupilAttendanceResponse& answer,
                        education::Urn urn) {
  AttendanceFacts facts{.absence = "none", .absence_since = {}};
  bool newest = true;
  for (const auto& enrolment : answer.enrolments()) {
    if (enrolment.urn() != urn.value()) continue;
    const auto& sessions = enrolment.sessions();
    facts.possible += sessions.possible();
    facts.attended += sessions.attended();
    facts.authorised += sessions.authorised();
    facts.unauthorised += sessions.unauthorised();
    if (!std::exchange(newest, false)) continue;
    if (enrolment.persistent()) facts.absence = "persistent";
    if (enrolment.severe()) facts.absence = "severe";
  }
  if (facts.absence != "none") facts.absence_since = Since(answer, urn, facts.absence);
  return facts;
}

absl::StatusOr<PupilFacts> FactsOf(const registry::v1::Pupil& pupil,
                                   const registry::v1::School& school) {
  const auto la_code = LaCode::FromInt(school.la_code());
  if (!la_code.ok()) return la_code.status();
  if (!IsAt(pupil.enrolments(), school.urn())) {
    return absl::NotFoundError("There is no such pupil in this school");
  }
  return PupilFacts{.la_code = *la_code,
                    .year_group = pupil.year_group(),
                    .sen_provision = pupil.sen_provision(),
                    .pupil_premium = pupil.pupil_premium(),
                    .looked_after = pupil.looked_after()};
}

Worker WorkerOf(const registry::v1::Person& person) {
  Worker worker;
  for (const std::string& name : person.roles()) {
    const auto role = access::RoleFromName(name);
    worker.works_on_cases |= role && access::Grants(*role, access::Permission::kTriageRequest);
  }
  worker.everywhere = person.la_codes().empty() && person.urns().empty();
  for (const std::int32_t code : person.la_codes()) {
    if (const auto la_code = LaCode::FromInt(code); la_code.ok()) {
      worker.authorities.push_back(*la_code);
    }
  }
  return worker;
}

absl::StatusOr<PupilFacts> GrpcFacts::OfPupil(const Call& call, const education::PupilId& pupil,
                                              education::Urn urn) {
  registry::v1::GetSchoolRequest ask_school;
  ask_school.set_urn(urn.value());
  const auto school =
      registry_.Call<registry::v1::GetSchoolRequest, registry::v1::GetSchoolResponse>(
          "GetSchool", ask_school, Ask(call));
  if (!school.ok()) return school.status();
  registry::v1::GetPupilRequest ask_pupil;
  ask_pupil.set_pupil_id(pupil.ToString());
  const auto found = registry_.Call<registry::v1::GetPupilRequest, registry::v1::GetPupilResponse>(
      "GetPupil", ask_pupil, Ask(call));
  if (!found.ok()) return found.status();
  return FactsOf(found->pupil(), school->school());
}

absl::StatusOr<AttendanceFacts> GrpcFacts::OfAttendance(const Call& call,
                                                        const education::PupilId& pupil,
                                                        education::Urn urn) {
  attendance::v1::GetPupilAttendanceRequest ask;
  ask.set_pupil_id(pupil.ToString());
  const auto answer = attendance_.Call<attendance::v1::GetPupilAttendanceRequest,
                                       attendance::v1::GetPupilAttendanceResponse>(
      "GetPupilAttendance", ask, Ask(call));
  if (!answer.ok()) return answer.status();
  return FactsOf(*answer, urn);
}

absl::StatusOr<Worker> RegistryWorkers::Find(const Call& call, const education::PersonId& person) {
  registry::v1::GetPeopleRequest ask;
  ask.add_person_ids(person.ToString());
  const auto answer =
      registry_.Call<registry::v1::GetPeopleRequest, registry::v1::GetPeopleResponse>(
          "GetPeople", ask, Ask(call));
  if (!answer.ok()) return answer.status();
  if (answer->people().empty()) return absl::NotFoundError("There is no such person");
  return WorkerOf(answer->people(0));
}

}  // namespace pathways::referrals
