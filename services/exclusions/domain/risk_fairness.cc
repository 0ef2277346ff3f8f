#include "services/exclusions/domain/risk_fairness.h"

#include <array>
#include <cstdint>

#include "services/exclusions/domain/suppression.h"

namespace pathways::exclusions {
namespace {

constexpr FairnessHidden kAllHidden = {true, true, true, true, true};

// Columns of the table that is suppressed.
enum Column : std::size_t { kNeither, kLaterOnly, kProposedOnly, kBoth, kColumns };

std::vector<std::int64_t> RowOf(const FairnessCounts& counts) {
  std::vector<std::int64_t> row(kColumns);
  row[kNeither] = counts.cells[0][0];
  row[kLaterOnly] = counts.cells[0][1] + counts.cells[0][2];
  row[kProposedOnly] = counts.cells[1][0];
  row[kBoth] = counts.proposed_and_excluded();
  return row;
}

// A sum of cells is shown only where each of them is.
FairnessHidden HiddenIn(const HiddenCells& cells, std::size_t row) {
  const bool both = cells.at(row, kBoth);
  return {.pupils = cells.at(row, kColumns),
          .proposed = both || cells.at(row, kProposedOnly),
          .excluded_later = both || cells.at(row, kLaterOnly),
          .permanently_excluded_later = true,
          .proposed_and_excluded = both};
}

bool HidesATotal(const HiddenCells& cells, std::size_t rows) {
  for (std::size_t column = 0; column <= kColumns; ++column) {
    if (cells.at(rows, column)) return true;
  }
  return false;
}

// Whether anything of the grouping is shown.
bool Hide(FairnessTable* table) {
  std::vector<std::vector<std::int64_t>> rows;
  for (const FairnessGroup& group : table->groups) rows.push_back(RowOf(group.counts));
  const auto counts = CountTable::Make(rows);
  if (counts.ok()) {
    const HiddenCells cells = Suppress(*counts, kUsualSuppressionThreshold);
    if (!HidesATotal(cells, rows.size())) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        table->groups[row].hidden = HiddenIn(cells, row);
      }
      return true;
    }
  }
  for (FairnessGroup& group : table->groups) group.hidden = kAllHidden;
  return false;
}

FairnessCounts Sum(const std::vector<FairnessGroup>& groups) {
  FairnessCounts sum;
  for (const FairnessGroup& group : groups) {
    for (std::size_t proposed = 0; proposed < sum.cells.size(); ++proposed) {
      for (std::size_t outcome = 0; outcome < kOutcomeCount; ++outcome) {
        sum.cells[proposed][outcome] += group.counts.cells[proposed][outcome];
      }
    }
  }
  return sum;
}

}  // namespace

Fairness MakeFairness(const FairnessAudit& audit, bool casework) {
  Fairness fairness;
  bool shown = casework;
  for (const Grouping grouping : kGroupings) {
    FairnessTable table{grouping, {}};
    for (const auto& [value, counts] : audit.Groups(grouping)) {
      table.groups.push_back({value, counts});
    }
    if (!casework && !table.groups.empty() && Hide(&table)) shown = true;
    fairness.tables.push_back(std::move(table));
  }
  fairness.all.counts = Sum(fairness.tables.front().groups);
  if (!shown) {
    fairness.all.hidden = kAllHidden;
  } else if (!casework) {
    fairness.all.hidden.permanently_excluded_later = true;
  }
  return fairness;
}

}  // namespace pathways::exclusions
