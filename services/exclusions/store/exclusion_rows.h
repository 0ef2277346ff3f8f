// Rows as exclusions, and exclusions as columns. What the database holds was checked when it was
// written: text it cannot read back is a fault of the program and thrown as BadColumn.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/storage/rows.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// With all columns of `exclusion` and the array columns `done_steps`, `done_days` of step_done.
KeptExclusion ReadExclusion(const storage::Row& row);

// Column by column, for unnest().
struct ExclusionColumns {
  explicit ExclusionColumns(std::span<const KeptExclusion* const> exclusions);

  std::vector<ExclusionId> id;
  std::vector<education::PupilId> pupil;
  std::vector<education::Urn> urn;
  std::vector<education::LaCode> la_code;
  std::vector<std::string> reference, kind, start_session, reasons, sen_provision, year_group;
  std::vector<education::Day> start, decided_on;
  std::vector<std::int32_t> half_days;
  std::vector<bool> warnings_seen, history, looked_after, has_social_worker, compulsory_age,
      no_examinations_left;
  std::vector<std::string> state, board_decision, panel_decision, reconsidered_decision;
  using Days = std::vector<std::optional<education::Day>>;
  Days exam_on, ended_on, board_told_on, representations_on, board_met_on, reinstated_from,
      decision_notice_on, review_waived_on, review_applied_on, panel_met_on, panel_notice_on,
      reconsidered_on;
  std::vector<std::int64_t> version, event_version, import_row;
  std::vector<education::Instant> recorded_at, updated_at;
  std::vector<std::string> recorded_by, updated_by, last_call;
  std::vector<std::optional<ImportId>> import;
};

struct DerivedColumns {
  explicit DerivedColumns(std::span<const KeptExclusion* const> exclusions);

  std::vector<ExclusionId> id;
  std::vector<std::int64_t> event_version;
  std::vector<std::optional<education::Day>> end, back_on, next_due;
  std::vector<std::string> back_session, next_step, sen_provision, year_group;
  std::vector<bool> looked_after;
  std::vector<std::int32_t> in_term, in_year, elsewhere, in_other_term;
};

}  // namespace pathways::exclusions
