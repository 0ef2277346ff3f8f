#include "services/panel/store/rows.h"

namespace pathways::panel {

using education::Day;
using education::Instant;
using education::LaCode;
using education::PersonId;
using education::Urn;
using storage::Row;

PanelCase ReadCase(const Row& row) {
  PanelCase panel_case{.id = row.Get<CaseId>("case_id"),
                       .reference = row.Get<std::string>("reference"),
                       .pupil = row.Get<education::PupilId>("pupil_id"),
                       .urn = row.Get<Urn>("urn"),
                       .la_code = row.Get<LaCode>("la_code"),
                       .origin = Named<kOriginNames>(row, "origin"),
                       .exclusion = row.GetOptional<ExclusionId>("exclusion_id"),
                       .source = row.GetOptional<SourceId>("source_id"),
                       .state = Named<kCaseStateNames>(row, "state"),
                       .version = row.Get<std::int64_t>("version"),
                       .event_version = row.Get<std::int64_t>("event_version"),
                       .due = row.GetOptional<Day>("due"),
                       .complete = row.Get<bool>("complete"),
                       .sealed = row.Get<bool>("sealed"),
                       .asked_for = row.Get<std::string>("asked_for"),
                       .sitting = row.GetOptional<SittingId>("sitting_id"),
                       .deferred_for = row.Get<std::vector<std::string>>("deferred_for"),
                       .decision = row.GetOptional<DecisionId>("decision_id"),
                       .closed_reason = row.Get<std::string>("closed_reason"),
                       .closed_entry = row.GetOptional<std::int64_t>("closed_words"),
                       .origin_trace_id = row.Get<std::string>("origin_trace_id"),
                       .created_by = row.Get<std::string>("created_by"),
                       .created_at = row.Get<Instant>("created_at"),
                       .referred_at = row.GetOptional<Instant>("referred_at"),
                       .updated_at = row.Get<Instant>("updated_at"),
                       .updated_by = row.Get<std::string>("updated_by"),
                       .last_call = row.Get<std::string>("last_call"),
                       .sitting_day = row.GetOptional<Day>("sitting_day"),
                       .closed_words = row.Get<std::string>("closed_text")};
  if (!row.IsNull("phase")) panel_case.phase = Named<kPhaseNames>(row, "phase");
  return panel_case;
}

Panel ReadPanel(const Row& row) {
  return {.id = row.Get<PanelId>("panel_id"),
          .la_code = row.Get<LaCode>("la_code"),
          .name = row.Get<std::string>("name"),
          .phase = Named<kPhaseNames>(row, "phase"),
          .usual_capacity = row.Get<std::int32_t>("usual_capacity"),
          .version = row.Get<std::int64_t>("version")};
}

Sitting ReadSitting(const Row& row) {
  return {.id = row.Get<SittingId>("sitting_id"),
          .panel = row.Get<PanelId>("panel_id"),
          .la_code = row.Get<LaCode>("la_code"),
          .phase = Named<kPhaseNames>(row, "phase"),
          .day = row.Get<Day>("day"),
          .starts_at = row.Get<std::string>("starts_at"),
          .venue = row.Get<std::string>("venue"),
          .capacity = row.Get<std::int32_t>("capacity"),
          .papers_day = row.Get<Day>("papers_day"),
          .state = Named<kSittingStateNames>(row, "state"),
          .clerk_ordered = row.Get<bool>("clerk_ordered"),
          .version = row.Get<std::int64_t>("version"),
          .updated_by = row.Get<std::string>("updated_by"),
          .updated_at = row.Get<Instant>("updated_at"),
          .last_call = row.Get<std::string>("last_call"),
          .panel_name = row.Get<std::string>("panel_name"),
          .cases = row.Get<std::int32_t>("cases")};
}

Member ReadMember(const Row& row) {
  return {.person = row.Get<PersonId>("person_id"),
          .seat = Named<kSeatNames>(row, "seat"),
          .urn = row.GetOptional<Urn>("urn"),
          .attended = row.Get<bool>("attended")};
}

Terms ReadTerms(const Row& row) {
  return {.kind = Named<kDecisionKindNames>(row, "kind"),
          .tier = row.Get<std::int32_t>("tier"),
          .receiving = row.GetOptional<Urn>("receiving_urn"),
          .until = row.GetOptional<Day>("until"),
          .review_on = row.GetOptional<Day>("review_on"),
          .parents_agree = row.Get<bool>("parents_agree"),
          .receiving_school_agrees = row.Get<bool>("receiving_school_agrees"),
          .missing = row.Get<std::vector<std::string>>("missing"),
          .reasons = row.Get<std::string>("reasons_text"),
          .conditions = row.Get<std::string>("conditions_text"),
          .way = Named<kDecisionWayNames>(row, "way"),
          .change_reason = row.Get<std::string>("change_text")};
}

// 0 and null: not known.
std::optional<Grid> GridIn(const Row& row, std::string_view easting, std::string_view northing) {
  const Grid grid{row.GetOptional<std::int32_t>(easting).value_or(0),
                  row.GetOptional<std::int32_t>(northing).value_or(0)};
  if (!IsOnGrid(grid)) return std::nullopt;
  return grid;
}

Provider ReadProvider(const Row& row) {
  return {.id = row.Get<ProviderId>("provider_id"),
          .la_code = row.Get<LaCode>("la_code"),
          .name = row.Get<std::string>("name"),
          .urn = row.GetOptional<Urn>("urn"),
          .registration = Named<kRegistrationNames>(row, "registration"),
          .grid = GridIn(row, "easting", "northing"),
          .of_school = GridIn(row, "school_easting", "school_northing"),
          .people = row.Get<std::vector<PersonId>>("people"),
          .open = row.Get<bool>("open"),
          .version = row.Get<std::int64_t>("version"),
          .updated_by = row.Get<std::string>("updated_by"),
          .updated_at = row.Get<Instant>("updated_at"),
          .last_call = row.Get<std::string>("last_call")};
}

Programme ReadProgramme(const Row& row) {
  return {.id = row.Get<ProgrammeId>("programme_id"),
          .provider = row.Get<ProviderId>("provider_id"),
          .name = row.Get<std::string>("name"),
          .tier = row.Get<std::int32_t>("tier"),
          .phase = Named<kPhaseNames>(row, "phase"),
          .needs = row.Get<std::vector<std::string>>("needs"),
          .pence_a_week = row.Get<std::int64_t>("pence_a_week"),
          .version = row.Get<std::int64_t>("version"),
          .updated_by = row.Get<std::string>("updated_by"),
          .updated_at = row.Get<Instant>("updated_at"),
          .last_call = row.Get<std::string>("last_call")};
}

Placement ReadPlacement(const Row& row) {
  Placement placement{.id = row.Get<PlacementId>("placement_id"),
                      .panel_case = row.Get<CaseId>("case_id"),
                      .decision = row.Get<DecisionId>("decision_id"),
                      .pupil = row.Get<education::PupilId>("pupil_id"),
                      .urn = row.Get<Urn>("urn"),
                      .la_code = row.Get<LaCode>("la_code"),
                      .provider = row.GetOptional<ProviderId>("provider_id"),
                      .programme = row.GetOptional<ProgrammeId>("programme_id"),
                      .receiving = row.GetOptional<Urn>("receiving_urn"),
                      .tier = row.Get<std::int32_t>("tier"),
                      .state = Named<kPlacementStateNames>(row, "state"),
                      .version = row.Get<std::int64_t>("version"),
                      .event_version = row.Get<std::int64_t>("event_version"),
                      .start_day = row.Get<Day>("start_day"),
                      .planned_end = row.GetOptional<Day>("planned_end"),
                      .next_review = row.GetOptional<Day>("next_review"),
                      .ended_on = row.GetOptional<Day>("ended_on"),
                      .end_reason = row.Get<std::string>("end_reason"),
                      .reintegration_urn = row.GetOptional<Urn>("reintegration_urn"),
                      .reintegration_day = row.GetOptional<Day>("reintegration_day"),
                      .offer_words = row.GetOptional<std::int64_t>("offer_words"),
                      .origin_trace_id = row.Get<std::string>("origin_trace_id"),
                      .updated_by = row.Get<std::string>("updated_by"),
                      .updated_at = row.Get<Instant>("updated_at"),
                      .last_call = row.Get<std::string>("last_call"),
                      .message = row.Get<std::string>("message"),
                      .name = row.Get<std::string>("name")};
  auto days = ReadDays(row.Get<std::vector<std::string>>("days"));
  if (!days.ok()) throw storage::BadColumn("days");
  placement.days = *std::move(days);
  return placement;
}

}  // namespace pathways::panel
