#include "services/attendance/api/messages.h"

#include "absl/strings/str_cat.h"

namespace pathways::attendance {

void Fill(const education::SessionSums& from, v1::SessionSums* to) {
  to->set_possible(from.possible);
  to->set_attended(from.attended);
  to->set_authorised(from.authorised);
  to->set_unauthorised(from.unauthorised);
}

void Fill(const education::GroupMeasure& from, std::string_view topic, std::string_view value,
          v1::GroupSums* to) {
  to->set_breakdown_topic(std::string(topic));
  to->set_breakdown(std::string(value));
  to->set_enrolments(from.enrolments);
  to->mutable_sessions()->set_possible(from.possible);
  to->mutable_sessions()->set_attended(from.attended);
  to->mutable_sessions()->set_authorised(from.authorised);
  to->mutable_sessions()->set_unauthorised(from.unauthorised);
  to->set_persistent(from.persistent);
  to->set_severe(from.severe);
}

void Fill(const CrossingRow& from, v1::Crossing* to) {
  to->set_kind(std::string(education::ToString(from.crossing.kind)));
  to->set_day(from.crossing.day.ToIso());
  to->set_sessions_possible(from.crossing.possible);
  to->set_sessions_absent(from.crossing.absent);
  to->set_pupil_id(from.pupil.ToString());
  to->set_urn(from.urn.value());
  to->set_enrolment_id(from.crossing.enrolment.ToString());
}

access::AccessEntry SchoolEntry(access::Action action, const SchoolKey& school,
                                std::string detail) {
  return {.action = action,
          .subject_kind = access::SubjectKind::kSchool,
          .subject_id = school.urn.ToString(),
          .urn = school.urn,
          .authority = school.la_code,
          .detail = std::move(detail)};
}

std::string SpanDetail(std::string_view what, education::Day from, education::Day to) {
  return absl::StrCat(absl::string_view(what.data(), what.size()), ", ", from.ToIso(), " to ",
                      to.ToIso());
}

}  // namespace pathways::attendance
