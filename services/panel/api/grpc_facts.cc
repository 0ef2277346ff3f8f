#include "services/panel/api/grpc_facts.h"

#include <algorithm>
#include <chrono>

#include "pathways/attendance/v1/service.pb.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "pathways/referrals/v1/service.pb.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::panel {
namespace {

using service::Call;

// A neighbour that hangs must not use up the caller's patience: the case is made without its facts.
constexpr std::chrono::milliseconds kPatience{1500};
constexpr std::int32_t kMostSchools = 500;

service::CallOptions Ask(const Call& call) {
  service::CallOptions options = call.Forward();
  const auto soon = storage::Deadline::After(kPatience);
  if (soon.when() < options.deadline->when()) options.deadline = soon;
  return options;
}

template <typename Response, typename Request>
absl::StatusOr<Response> Fetch(service::Client& client, std::string_view method,
                               const Request& request, const Call& call) {
  return client.Call<Request, Response>(method, request, Ask(call));
}

std::string HalfDays(std::int64_t half_days) {
  return std::to_string(half_days / 2) + (half_days % 2 == 1 ? ".5" : "");
}

std::optional<SchoolOption> OptionOf(const registry::v1::School& school) {
  const auto urn = education::Urn::FromInt(school.urn());
  if (!urn.ok()) return std::nullopt;
  const Grid grid{school.easting(), school.northing()};
  return SchoolOption{.urn = *urn,
                      .name = school.name(),
                      .phase = PhaseOfSchool(school.phase()),
                      .open = school.status() == "open",
                      .pupils = std::max({0, school.headcount(), school.on_roll()}),
                      .grid = IsOnGrid(grid) ? std::optional(grid) : std::nullopt};
}

}  // namespace

absl::StatusOr<PupilFacts> GrpcFacts::OfPupil(const Call& call, const education::PupilId& pupil,
                                              education::Urn urn) {
  registry::v1::GetSchoolRequest ask_school;
  ask_school.set_urn(urn.value());
  const auto school =
      Fetch<registry::v1::GetSchoolResponse>(clients_.registry, "GetSchool", ask_school, call);
  if (!school.ok()) return school.status();
  registry::v1::GetPupilRequest ask_pupil;
  ask_pupil.set_pupil_id(pupil.ToString());
  const auto found =
      Fetch<registry::v1::GetPupilResponse>(clients_.registry, "GetPupil", ask_pupil, call);
  if (!found.ok()) return found.status();
  const auto la_code = education::LaCode::FromInt(school->school().la_code());
  if (!la_code.ok()) return la_code.status();
  const auto& enrolments = found->pupil().enrolments();
  if (std::ranges::none_of(enrolments, [&](const auto& e) { return e.urn() == urn.value(); })) {
    return absl::NotFoundError("There is no such pupil in this school");
  }
  return PupilFacts{.la_code = *la_code,
                    .phase = PhaseOfSchool(school->school().phase()),
                    .year_group = found->pupil().year_group(),
                    .sen_provision = found->pupil().sen_provision(),
                    .pupil_premium = found->pupil().pupil_premium(),
                    .looked_after = found->pupil().looked_after()};
}

absl::StatusOr<RequestFacts> GrpcFacts::OfRequest(const Call& call, const std::string& request_id) {
  referrals::v1::GetRequestRequest ask;
  ask.set_request_id(request_id);
  const auto answer =
      Fetch<referrals::v1::GetRequestResponse>(clients_.referrals, "GetRequest", ask, call);
  if (!answer.ok()) return answer.status();
  const auto& request = answer->request();
  const auto pupil = education::PupilId::Parse(request.pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto urn = education::Urn::FromInt(request.urn());
  if (!urn.ok()) return urn.status();
  const bool accepted = request.state() == referrals::v1::REQUEST_STATE_ACCEPTED ||
                        request.state() == referrals::v1::REQUEST_STATE_ALLOCATED;
  return RequestFacts{.pupil = *pupil, .urn = *urn, .accepted = accepted};
}

absl::StatusOr<KnownFacts> GrpcFacts::OfAttendance(const Call& call,
                                                   const education::PupilId& pupil,
                                                   education::Urn urn) {
  attendance::v1::GetPupilAttendanceRequest ask;
  ask.set_pupil_id(pupil.ToString());
  const auto answer = Fetch<attendance::v1::GetPupilAttendanceResponse>(
      clients_.attendance, "GetPupilAttendance", ask, call);
  if (!answer.ok()) return answer.status();
  std::int64_t possible = 0, authorised = 0, unauthorised = 0;
  for (const auto& enrolment : answer->enrolments()) {
    if (enrolment.urn() != urn.value()) continue;
    possible += enrolment.sessions().possible();
    authorised += enrolment.sessions().authorised();
    unauthorised += enrolment.sessions().unauthorised();
  }
  return KnownFacts{{"sessions_possible", std::to_string(possible)},
                    {"sessions_absent", std::to_string(authorised + unauthorised)},
                    {"sessions_unauthorised", std::to_string(unauthorised)}};
}

absl::StatusOr<KnownFacts> GrpcFacts::OfExclusions(const Call& call,
                                                   const education::PupilId& pupil) {
  exclusions::v1::GetPupilTotalsRequest ask;
  ask.add_pupil_ids(pupil.ToString());
  const auto answer = Fetch<exclusions::v1::GetPupilTotalsResponse>(clients_.exclusions,
                                                                    "GetPupilTotals", ask, call);
  if (!answer.ok()) return answer.status();
  exclusions::v1::PupilTotals totals;
  if (!answer->totals().empty()) totals = answer->totals(0);
  return KnownFacts{{"suspensions_in_year", std::to_string(totals.suspensions_in_year())},
                    {"days_suspended_in_term", HalfDays(totals.totals().half_days_in_term())},
                    {"days_suspended_in_year", HalfDays(totals.totals().half_days_in_year())},
                    {"last_exclusion", totals.last_start()}};
}

absl::StatusOr<KnownFacts> GrpcFacts::OfReferrals(const Call& call,
                                                  const education::PupilId& pupil) {
  referrals::v1::ListRequestsRequest ask;
  ask.set_pupil_id(pupil.ToString());
  ask.set_page_size(50);
  const auto answer =
      Fetch<referrals::v1::ListRequestsResponse>(clients_.referrals, "ListRequests", ask, call);
  if (!answer.ok()) return answer.status();
  std::int64_t accepted = 0;
  for (const auto& request : answer->requests()) {
    accepted += request.state() == referrals::v1::REQUEST_STATE_ACCEPTED ||
                request.state() == referrals::v1::REQUEST_STATE_ALLOCATED;
  }
  return KnownFacts{{"early_help_requests", std::to_string(answer->total())},
                    {"early_help_accepted", std::to_string(accepted)}};
}

absl::StatusOr<std::vector<SchoolOption>> GrpcFacts::Schools(const Call& call,
                                                             education::LaCode la_code) {
  std::vector<SchoolOption> schools;
  registry::v1::ListSchoolsRequest ask;
  ask.set_la_code(la_code.value());
  ask.set_page_size(kMostSchools);
  do {
    const auto answer =
        Fetch<registry::v1::ListSchoolsResponse>(clients_.registry, "ListSchools", ask, call);
    if (!answer.ok()) return answer.status();
    for (const auto& school : answer->schools()) {
      if (auto option = OptionOf(school)) schools.push_back(*std::move(option));
    }
    ask.set_page_token(answer->next_page_token());
  } while (!ask.page_token().empty());
  return schools;
}

}  // namespace pathways::panel
