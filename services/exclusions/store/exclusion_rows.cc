#include "services/exclusions/store/exclusion_rows.h"

#include <string_view>
#include <utility>

#include "services/exclusions/domain/kind.h"
#include "services/exclusions/domain/reasons.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using storage::BadColumn;
using storage::Row;

template <typename T>
T Known(std::optional<T> value, const char* column) {
  if (!value) throw BadColumn(std::string("unknown text in column ") + column);
  return *std::move(value);
}
template <typename T>
T Known(absl::StatusOr<T> value, const char* column) {
  if (!value.ok()) throw BadColumn(std::string("unknown text in column ") + column);
  return *std::move(value);
}

std::vector<std::string> Split(std::string_view codes) {
  std::vector<std::string> split;
  while (!codes.empty()) {
    const std::size_t space = codes.find(' ');
    split.emplace_back(codes.substr(0, space));
    codes = space == codes.npos ? std::string_view() : codes.substr(space + 1);
  }
  return split;
}

std::optional<BoardDecision> ReadBoard(const Row& row, const char* column) {
  const auto text = row.Get<std::string_view>(column);
  if (text.empty()) return std::nullopt;
  return Known(BoardDecisionFromName(text), column);
}

std::optional<PanelDecision> ReadPanel(const Row& row) {
  const auto text = row.Get<std::string_view>("panel_decision");
  if (text.empty()) return std::nullopt;
  return Known(PanelDecisionFromName(text), "panel_decision");
}

Decisions ReadDecisions(const Row& row) {
  const auto day = [&](const char* column) { return row.GetOptional<Day>(column); };
  return {.board_told_on = day("board_told_on"),
          .representations_on = day("representations_on"),
          .board_met_on = day("board_met_on"),
          .board_decision = ReadBoard(row, "board_decision"),
          .reinstated_from = day("reinstated_from"),
          .decision_notice_on = day("decision_notice_on"),
          .review_waived_on = day("review_waived_on"),
          .review_applied_on = day("review_applied_on"),
          .panel_met_on = day("panel_met_on"),
          .panel_decision = ReadPanel(row),
          .panel_notice_on = day("panel_notice_on"),
          .reconsidered_on = day("reconsidered_on"),
          .reconsidered_decision = ReadBoard(row, "reconsidered_decision")};
}

// "notify_parents 2026-09-07,set_work 2026-09-08"
StepsDone ReadDone(std::string_view text) {
  StepsDone done = {};
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    const std::size_t space = one.find(' ');
    const Step step = Known(StepFromName(one.substr(0, space)), "done");
    done[IndexOf(step)] = Known(Day::ParseIso(one.substr(space + 1)), "done");
    text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
  }
  return done;
}

Exclusion ReadRules(const Row& row) {
  const auto reasons = Split(row.Get<std::string_view>("reason_codes"));
  Exclusion exclusion{
      .id = row.Get<ExclusionId>("exclusion_id"),
      .pupil = row.Get<education::PupilId>("pupil_id"),
      .urn = row.Get<education::Urn>("urn"),
      .la_code = row.Get<education::LaCode>("la_code"),
      .kind = Known(ParseKind(row.Get<std::string_view>("kind")), "kind"),
      .start = row.Get<Day>("start_date"),
      .start_session = Known(education::ParseSession(row.Get<std::string_view>("start_session")),
                             "start_session"),
      .half_days = HalfDays::Of(row.Get<std::int32_t>("half_days")),
      .reasons = Known(Reasons::Parse(reasons), "reasons"),
      .decided_on = row.Get<Day>("decided_on"),
      .exam_on = row.GetOptional<Day>("exam_on"),
      .pupil_then = {.has_social_worker = row.Get<bool>("has_social_worker"),
                     .compulsory_age = row.Get<bool>("compulsory_age"),
                     .no_examinations_left = row.Get<bool>("no_examinations_left")},
      .state = Known(StateFromName(row.Get<std::string_view>("state")), "state"),
      .ended_on = row.GetOptional<Day>("ended_on"),
      .decisions = ReadDecisions(row),
      .done = ReadDone(row.Get<std::string_view>("done"))};
  return exclusion;
}

Derived ReadDerived(const Row& row) {
  return {.end = row.GetOptional<Day>("end_date"),
          .back_on = row.GetOptional<Day>("back_on"),
          .back_session = Known(education::ParseSession(row.Get<std::string_view>("back_session")),
                                "back_session"),
          .in_term = row.Get<std::int32_t>("half_days_in_term"),
          .in_year = row.Get<std::int32_t>("half_days_in_year"),
          .elsewhere = row.Get<std::int32_t>("half_days_elsewhere"),
          .in_other_term = row.Get<std::int32_t>("half_days_in_other_term"),
          .next_step = row.Get<std::string>("next_step"),
          .next_due = row.GetOptional<Day>("next_due")};
}

std::string NameOf(const std::optional<BoardDecision>& decision) {
  return decision ? std::string(BoardDecisionName(*decision)) : std::string();
}

std::string NameOf(const std::optional<PanelDecision>& decision) {
  return decision ? std::string(PanelDecisionName(*decision)) : std::string();
}

}  // namespace

KeptExclusion ReadExclusion(const Row& row) {
  KeptExclusion kept{.exclusion = ReadRules(row),
                     .reference = row.Get<std::string>("reference"),
                     .warnings_seen = row.Get<bool>("warnings_seen"),
                     .history = row.Get<bool>("history"),
                     .version = row.Get<std::int64_t>("version"),
                     .event_version = row.Get<std::int64_t>("event_version"),
                     .recorded_at = row.Get<education::Instant>("recorded_at"),
                     .recorded_by = row.Get<std::string>("recorded_by"),
                     .updated_at = row.Get<education::Instant>("updated_at"),
                     .updated_by = row.Get<std::string>("updated_by"),
                     .last_call = row.Get<std::string>("last_call"),
                     .import = row.GetOptional<ImportId>("import_id"),
                     .import_row = row.Get<std::int64_t>("import_row"),
                     .derived = ReadDerived(row)};
  SetThen(kept, {.sen_provision = row.Get<std::string>("sen_provision"),
                 .year_group = row.Get<std::string>("year_group"),
                 .looked_after = row.Get<bool>("looked_after")});
  return kept;
}

ExclusionColumns::ExclusionColumns(std::span<const KeptExclusion* const> exclusions) {
  for (const KeptExclusion* kept : exclusions) {
    const Exclusion& e = kept->exclusion;
    id.push_back(e.id);
    pupil.push_back(e.pupil);
    urn.push_back(e.urn);
    la_code.push_back(e.la_code);
    reference.push_back(kept->reference);
    kind.emplace_back(KindCode(e.kind));
    start.push_back(e.start);
    start_session.emplace_back(education::ToString(e.start_session));
    half_days.push_back(e.half_days.count());
    reasons.push_back(e.reasons.ToString());
    decided_on.push_back(e.decided_on);
    exam_on.push_back(e.exam_on);
    warnings_seen.push_back(kept->warnings_seen);
    history.push_back(kept->history);
    sen_provision.push_back(kept->then.sen_provision);
    year_group.push_back(kept->then.year_group);
    looked_after.push_back(kept->then.looked_after);
    has_social_worker.push_back(e.pupil_then.has_social_worker);
    compulsory_age.push_back(e.pupil_then.compulsory_age);
    no_examinations_left.push_back(e.pupil_then.no_examinations_left);
    state.emplace_back(StateName(e.state));
    ended_on.push_back(e.ended_on);
    const Decisions& d = e.decisions;
    board_told_on.push_back(d.board_told_on);
    representations_on.push_back(d.representations_on);
    board_met_on.push_back(d.board_met_on);
    board_decision.push_back(NameOf(d.board_decision));
    reinstated_from.push_back(d.reinstated_from);
    decision_notice_on.push_back(d.decision_notice_on);
    review_waived_on.push_back(d.review_waived_on);
    review_applied_on.push_back(d.review_applied_on);
    panel_met_on.push_back(d.panel_met_on);
    panel_decision.push_back(NameOf(d.panel_decision));
    panel_notice_on.push_back(d.panel_notice_on);
    reconsidered_on.push_back(d.reconsidered_on);
    reconsidered_decision.push_back(NameOf(d.reconsidered_decision));
    version.push_back(kept->version);
    event_version.push_back(kept->event_version);
    recorded_at.push_back(kept->recorded_at);
    recorded_by.push_back(kept->recorded_by);
    updated_at.push_back(kept->updated_at);
    updated_by.push_back(kept->updated_by);
    last_call.push_back(kept->last_call);
    import.push_back(kept->import);
    import_row.push_back(kept->import_row);
  }
}

DerivedColumns::DerivedColumns(std::span<const KeptExclusion* const> exclusions) {
  for (const KeptExclusion* kept : exclusions) {
    const Derived& derived = kept->derived;
    id.push_back(kept->exclusion.id);
    event_version.push_back(kept->event_version);
    end.push_back(derived.end);
    back_on.push_back(derived.back_on);
    back_session.emplace_back(education::ToString(derived.back_session));
    in_term.push_back(derived.in_term);
    in_year.push_back(derived.in_year);
    elsewhere.push_back(derived.elsewhere);
    in_other_term.push_back(derived.in_other_term);
    next_step.push_back(derived.next_step);
    next_due.push_back(derived.next_due);
    sen_provision.push_back(kept->then.sen_provision);
    year_group.push_back(kept->then.year_group);
    looked_after.push_back(kept->then.looked_after);
  }
}

}  // namespace pathways::exclusions
