// Reading what registers add up to.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session_sums.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/figures.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

struct FiguresQuery {
  std::vector<education::Urn> urns;
  education::Day from;
  education::Day to;
  // Only what was recorded at or before; nothing: all.
  std::optional<education::Instant> known_at;
};

// Sums over the span of every enrolment of these schools that has any: two rows of sums a school
// and academic year; as known at an instant, every register of the span.
using SumsByEnrolment = absl::flat_hash_map<education::EnrolmentId, education::SessionSums>;
absl::StatusOr<SumsByEnrolment> ReadSums(storage::Transaction& transaction, SlotCache& cache,
                                         const FiguresQuery& query);

// Every enrolment of these schools that overlaps the span, by school, with its sums over the span
// and its groups.
absl::StatusOr<std::vector<EnrolmentFigures>> ReadFigures(storage::Transaction& transaction,
                                                          SlotCache& cache,
                                                          const FiguresQuery& query);

// The registers of the span as known, by school and day.
using VisitBlock = std::function<void(education::Urn, education::Day, std::string_view marks)>;
absl::Status ReadBlocks(storage::Transaction& transaction, const FiguresQuery& query,
                        const VisitBlock& visit);

// The last day with a register in the span, of each school that has one.
absl::StatusOr<std::map<education::Urn, education::Day>> ReadLastDays(
    storage::Transaction& transaction, const FiguresQuery& query);

}  // namespace pathways::attendance
