// Rows of a file of suspensions and permanent exclusions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/session.h"
#include "libs/importing/file_dates.h"
#include "libs/importing/row_check.h"
#include "libs/tabular/header.h"
#include "services/exclusions/domain/decisions.h"
#include "services/exclusions/domain/facts.h"
#include "services/exclusions/domain/kind.h"

namespace pathways::exclusions {

// Indices into SuspensionColumns().
enum SuspensionColumn : std::size_t {
  kUrnColumn,
  kUpnColumn,
  kKindColumn,
  kStartDateColumn,
  kStartSessionColumn,
  kEndDateColumn,
  kSessionsColumn,
  kReason1Column,
  kReason2Column,
  kReason3Column,
  kReason4Column,  // only to say that it is one too many
  kDecidedOnColumn,
  kBoardToldColumn,
  kRepresentationsColumn,
  kExamColumn,
  kBoardDecisionColumn,
  kDecisionNoticeColumn,
  kReviewAppliedColumn,
  kPanelDecisionColumn,
  kPanelNoticeColumn,
};

// With the names school systems give them.
std::vector<tabular::WantedColumn> SuspensionColumns();

// Cells that hold days, in the order of DayCells.
inline constexpr std::array kDayColumns = {
    kStartDateColumn,      kEndDateColumn,         kDecidedOnColumn,
    kBoardToldColumn,      kRepresentationsColumn, kExamColumn,
    kDecisionNoticeColumn, kReviewAppliedColumn,   kPanelNoticeColumn};
using DayCells = std::array<std::string, kDayColumns.size()>;

// What the cells of one row say, as far as they could be read; its days wait until the file's form
// of dates is known.
struct SuspensionRow {
  std::int64_t number = 0;
  std::string raw = {};
  Facts facts = {};
  std::optional<BoardDecision> board_decision = {};
  std::optional<PanelDecision> panel_decision = {};
  DayCells days = {};
};

// Refuses through `check` what cannot be read.
SuspensionRow ReadSuspensionRow(importing::RowCheck& check);

// Puts the days into facts and decisions. False: the row was refused.
bool ReadDays(const SuspensionRow& row, const tabular::HeaderMap& header,
              const importing::FileDates& dates, importing::Refusals& refusals, Facts& facts,
              Decisions& decisions);

// The column in which a problem's field stands in a file.
SuspensionColumn ColumnOf(std::string_view field);

}  // namespace pathways::exclusions
