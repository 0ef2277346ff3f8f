// Crossings in the database.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/crossing_changes.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {

struct SchoolCrossing {
  SchoolKey school;
  EnrolmentCrossing crossing;
};

// Crossings of each school on or after its day.
absl::StatusOr<std::map<education::Urn, std::vector<EnrolmentCrossing>>> ReadCrossingsFrom(
    storage::Transaction& transaction, std::span<const UrnDay> first_days);

absl::Status DeleteCrossings(storage::Transaction& transaction,
                             std::span<const SchoolCrossing> crossings);
// New ones, and those whose figures changed.
absl::Status WriteCrossings(storage::Transaction& transaction,
                            std::span<const SchoolCrossing> crossings);

// What an event about an enrolment needs.
struct EnrolmentVersion {
  education::PupilId pupil;
  std::int64_t last;  // the version of the last of the events now to be published
};
// Takes `events` further versions for each enrolment (its row stays locked until the transaction
// ends).
struct EventCount {
  SchoolKey school;
  education::EnrolmentId enrolment;
  std::int64_t events;
};
absl::StatusOr<absl::flat_hash_map<education::EnrolmentId, EnrolmentVersion>> TakeVersions(
    storage::Transaction& transaction, std::span<const EventCount> counts);

// A crossing as read for a list.
struct CrossingRow {
  education::Urn urn;
  education::PupilId pupil;
  EnrolmentCrossing crossing;
};

struct CrossingQuery {
  education::Day from;
  education::Day to;
  std::optional<education::Urn> urn;
  std::optional<education::CrossingKind> kind;
  std::int64_t offset = 0;
  std::int64_t limit = 0;
};
// Newest first.
absl::StatusOr<std::vector<CrossingRow>> ListCrossings(storage::Transaction& transaction,
                                                       const CrossingQuery& query);

// All of these schools in the span, by school.
absl::StatusOr<std::vector<CrossingRow>> ReadCrossings(storage::Transaction& transaction,
                                                       const std::vector<education::Urn>& urns,
                                                       education::Day from, education::Day to);

// All of a pupil's that the caller may see, newest first.
absl::StatusOr<std::vector<CrossingRow>> ListPupilCrossings(storage::Transaction& transaction,
                                                            const education::PupilId& pupil,
                                                            education::Day from, education::Day to);

}  // namespace pathways::attendance
