// Rows as the domain's values. What the database holds was checked when it was written: text it
// cannot read back is a fault of the program and thrown as BadColumn.
#pragma once

#include <string>
#include <string_view>

#include "libs/storage/rows.h"
#include "services/panel/domain/decision.h"
#include "services/panel/domain/placement.h"
#include "services/panel/domain/provider.h"

namespace pathways::panel {

// The column's name as the enumerator.
template <const auto& kNames>
auto Named(const storage::Row& row, std::string_view column) {
  const auto value = kNames.Parse(row.Get<std::string_view>(column));
  if (!value) throw storage::BadColumn(std::string(column));
  return *value;
}

// With the columns of the table of that name, and those named here.
PanelCase ReadCase(const storage::Row& row);  // sitting_day, closed_text
Panel ReadPanel(const storage::Row& row);
Sitting ReadSitting(const storage::Row& row);  // cases
Member ReadMember(const storage::Row& row);
Terms ReadTerms(const storage::Row& row);  // reasons_text, conditions_text, change_text
std::optional<Grid> GridIn(const storage::Row& row, std::string_view easting,
                           std::string_view northing);
Provider ReadProvider(const storage::Row& row);  // people, school_easting, school_northing
Programme ReadProgramme(const storage::Row& row);
Placement ReadPlacement(const storage::Row& row);  // message

}  // namespace pathways::panel
