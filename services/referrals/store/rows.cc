#include "services/referrals/store/rows.h"

#include <string>

#include "libs/forms/answers_json.h"

namespace pathways::referrals {
namespace {

using storage::Row;

template <typename FromName>
auto Stored(const Row& row, std::string_view column, FromName from_name) {
  const auto value = from_name(row.Get<std::string_view>(column));
  if (!value.has_value()) throw storage::BadColumn(std::string(column));
  return *value;
}

AbsenceFigures ReadFigures(const Row& row) {
  return {.day = row.Get<education::Day>("day"),
          .possible = row.Get<std::int32_t>("sessions_possible"),
          .absent = row.Get<std::int32_t>("sessions_absent"),
          .unauthorised = row.Get<std::int32_t>("sessions_unauthorised")};
}

}  // namespace

Proposal ReadProposal(const Row& row) {
  return {.id = row.Get<ProposalId>("proposal_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .enrolment = row.Get<education::EnrolmentId>("enrolment_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .kind = row.Get<std::string>("kind"),
          .figures = ReadFigures(row),
          .state = Stored(row, "state", ProposalStateFromName),
          .raised_at = row.Get<education::Instant>("raised_at"),
          .trace_id = row.Get<std::string>("trace_id"),
          .request = row.GetOptional<RequestId>("request_id"),
          .dismissed_reason = row.Get<std::string>("dismissed_reason")};
}

Request ReadRequest(const Row& row) {
  return {.id = row.Get<RequestId>("request_id"),
          .reference = row.Get<std::string>("reference"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .state = Stored(row, "state", StateFromName),
          .version = row.Get<std::int64_t>("version"),
          .event_version = row.Get<std::int64_t>("event_version"),
          .created_by = row.Get<std::string>("created_by"),
          .created_at = row.Get<education::Instant>("created_at"),
          .submitted_at = row.GetOptional<education::Instant>("submitted_at"),
          .decision_due = row.GetOptional<education::Day>("decision_due"),
          .worker = row.GetOptional<education::PersonId>("worker_id"),
          .decision_code = row.Get<std::string>("decision_code"),
          .decision_entry = row.GetOptional<std::int64_t>("decision_entry"),
          .proposal = row.GetOptional<ProposalId>("proposal_id"),
          .main_reason = row.Get<std::string>("main_reason"),
          .origin_trace_id = row.Get<std::string>("origin_trace_id"),
          .updated_at = row.Get<education::Instant>("updated_at"),
          .updated_by = row.Get<std::string>("updated_by"),
          .last_call = row.Get<std::string>("last_call"),
          .decision_note = row.Get<std::string>("decision_note")};
}

Answers AnswersFromJson(std::string_view json) {
  auto answers = forms::AnswersFromJson(json);
  if (!answers) throw storage::BadColumn("answers");
  return *std::move(answers);
}

}  // namespace pathways::referrals
