// Published figures and lists of statistical neighbours in the database.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/academic_year.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/published.h"
#include "services/exclusions/domain/trend_series.h"

namespace pathways::exclusions {

inline constexpr std::int32_t kEngland = 0;  // where else an LA code stands

// What a published row is about: authority or England, group of phases, year, term.
using PublishedKey = std::tuple<std::int32_t, std::string, education::AcademicYear, SchoolTerm>;

struct PublishedRow {
  std::string phase = {};  // as published
  PublishedFigures figures = {};
  std::string source = {};  // where they come from, in words

  friend bool operator==(const PublishedRow&, const PublishedRow&) = default;
};

struct PublishedToPut {
  PublishedKey key;
  const PublishedRow* row;
  std::int64_t file_row;
};
struct PutOutcome {
  std::int64_t made = 0;
  std::int64_t changed = 0;
};
// A row takes the place of an earlier one of the same key. Keys in order, each once.
absl::StatusOr<PutOutcome> PutPublished(storage::Transaction& transaction,
                                        const std::vector<PublishedToPut>& rows,
                                        const std::string& import_id);

// The rows of these places for the years or terms of the span, of this group of phases and of all
// schools.
using PublishedRows = std::map<PublishedKey, PublishedRow>;
absl::StatusOr<PublishedRows> ReadPublished(storage::Transaction& transaction,
                                            const std::vector<std::int32_t>& places,
                                            const std::string& phase_group, const TrendSpan& span);

// An authority's statistical neighbours.
struct Neighbours {
  std::vector<std::int32_t> la_codes;  // in order
  std::string source;
};
absl::StatusOr<Neighbours> ReadNeighbours(storage::Transaction& transaction,
                                          education::LaCode la_code);

struct NeighbourRow {
  std::int32_t la_code;
  std::int32_t neighbour;
  std::string source;
  std::int64_t file_row;
};
// The lists of the authorities named take the place of their earlier ones; `changed` counts those
// that left a list.
absl::StatusOr<PutOutcome> PutNeighbours(storage::Transaction& transaction,
                                         const std::vector<NeighbourRow>& rows,
                                         const std::string& import_id);

}  // namespace pathways::exclusions
