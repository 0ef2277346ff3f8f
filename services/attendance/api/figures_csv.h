// Attendance figures as CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/education/day.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/tabular/csv_writer.h"
#include "services/attendance/domain/figures.h"

namespace pathways::attendance {

// Columns in the order and with the names of the national open data sets on absence. Percentages
// with five decimals; a percent of nothing is `z`.
class FiguresCsv {
 public:
  // Writes the header. `out` must outlive it; it may be sent and cleared between calls.
  FiguresCsv(std::string* out, education::Day from, education::Day to,
             std::optional<education::BreakdownTopic> topic);

  std::optional<education::BreakdownTopic> topic() const { return topic_; }

  // One row an enrolment, by URN and UPN. `figures` hold whole schools.
  void AddPupils(const std::vector<EnrolmentFigures>& figures,
                 const absl::flat_hash_map<education::EnrolmentId, std::string>& upns);
  // One row a group.
  void AddSchool(const SchoolKey& school, const Breakdown& groups);
  void AddAuthority(education::LaCode authority, const Breakdown& groups);

 private:
  struct Place {
    std::string level;
    education::LaCode authority;
    std::string urn;
    std::string upn;
  };
  void Write(const Place& place, const std::string& value, const education::GroupMeasure& group);

  tabular::CsvWriter writer_;
  const std::string from_;
  const std::string to_;
  const std::optional<education::BreakdownTopic> topic_;
};

}  // namespace pathways::attendance
