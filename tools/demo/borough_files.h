// A borough as the files that its schools and their authority would send.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "tools/demo/borough.h"

namespace pathways::demo {

// With the column names of the Department's open data.
std::string SchoolsCsv(const Borough& borough);
std::string CalendarCsv(const Borough& borough);
// One row an enrolment, those that have ended among them.
std::string PupilsCsv(const Borough& borough);
// By school and start.
std::string SuspensionsCsv(const Borough& borough);

// All of them into a folder, which is made: schools.csv, calendar.csv, pupils.csv, suspensions.csv,
// published.csv, neighbours.csv, registers/<URN>.csv, amendments.csv.
absl::Status WriteBorough(const Borough& borough, const Settings& settings,
                          const std::string& folder);

}  // namespace pathways::demo
