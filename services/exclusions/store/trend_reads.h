// Reading the figures of trends, and the cases behind them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/trend.h"
#include "services/exclusions/domain/trend_series.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// Cells of years, or of terms, and headcounts. Breakdowns that do not divide the place have none.
absl::StatusOr<TrendFigures> ReadTrend(storage::Transaction& transaction, education::LaCode la_code,
                                       const Place& place, const TrendSpan& span,
                                       const std::vector<Breakdown>& breakdowns);

// The day whose roll was counted for each year, where somebody was on roll.
absl::StatusOr<std::map<education::AcademicYear, education::Day>> ReadRollDays(
    storage::Transaction& transaction, education::LaCode la_code, const TrendSpan& span);

// The first year in which the authority has any exclusion that counts; nothing: none at all.
absl::StatusOr<std::optional<education::AcademicYear>> FirstRecordedYear(
    storage::Transaction& transaction, education::LaCode la_code);

// Schools with what figures are divided by.
struct TrendSchool {
  SchoolKey school;
  std::string phase;
  std::string locality;
};
absl::StatusOr<std::vector<TrendSchool>> FindSchools(storage::Transaction& transaction,
                                                     const std::vector<education::Urn>& urns);
absl::StatusOr<std::vector<education::LaCode>> AllAuthorities(storage::Transaction& transaction);

// The exclusions behind a point, newest start first, those the caller may see.
struct TrendCaseFilter {
  education::LaCode la_code;
  Place place;
  education::AcademicYear year;
  SchoolTerm term = SchoolTerm::kWholeYear;
  Breakdown breakdown = Breakdown::kTotal;
  std::string value = {};
  bool suspensions = true;
  bool permanent = true;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct TrendCaseRow {
  ExclusionId id;
  std::string reference;
  education::PupilId pupil;
  SchoolKey school;
  std::string kind;
  education::Day start;
  std::int32_t half_days = 0;
  std::vector<std::string> reasons;
  std::optional<ImportId> import;
  std::int64_t import_row = 0;
  std::string recorded_by;
  education::Instant recorded_at;
};
struct TrendCasePage {
  std::vector<TrendCaseRow> cases;
  std::int64_t total = 0;
};
absl::StatusOr<TrendCasePage> ReadTrendCases(storage::Transaction& transaction,
                                             const TrendCaseFilter& filter);

}  // namespace pathways::exclusions
