// The copy of the registry's enrolments and pupil characteristics.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/rolls/registry_events.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/characteristics_history.h"
#include "services/attendance/domain/school_key.h"

namespace pathways::attendance {

using rolls::CharacteristicsRow;
using rolls::EnrolmentRow;  // whether a registration is the main one is not kept

// Enrolments not heard of yet; those known are left as they are, their events keep them current.
absl::Status AddEnrolments(storage::Transaction& transaction,
                           std::span<const EnrolmentRow> enrolments, education::Instant now);
// As they now are.
absl::Status PutEnrolments(storage::Transaction& transaction,
                           std::span<const EnrolmentRow> enrolments, education::Instant now);

absl::Status PutCharacteristics(storage::Transaction& transaction,
                                std::span<const CharacteristicsRow> rows, education::Instant now);

// Enrolments of these schools that overlap the span, those of a school together, each school's in
// no fixed order. `known_at`: only what was recorded by then.
struct EnrolmentQuery {
  std::vector<education::Urn> urns;
  education::Day from;
  education::Day to;
  std::optional<education::Instant> known_at;
};
absl::StatusOr<std::vector<EnrolmentRow>> ReadEnrolments(storage::Transaction& transaction,
                                                         const EnrolmentQuery& query);

// A pupil's enrolments that the caller may see, the latest first.
absl::StatusOr<std::vector<EnrolmentRow>> ReadEnrolmentsOf(storage::Transaction& transaction,
                                                           const education::PupilId& pupil);

// Histories of the pupils of those enrolments. `known_at` as above.
absl::StatusOr<absl::flat_hash_map<education::PupilId, CharacteristicsHistory>> ReadCharacteristics(
    storage::Transaction& transaction, const EnrolmentQuery& query);

// Schools with enrolments or registers that the caller may see, by URN; of one authority when
// given.
absl::StatusOr<std::vector<SchoolKey>> ReadSchools(storage::Transaction& transaction,
                                                   std::optional<education::LaCode> la_code);

// The school, if it has enrolments or registers and the caller may see it; NOT_FOUND otherwise.
absl::StatusOr<SchoolKey> ReadSchool(storage::Transaction& transaction, education::Urn urn);

}  // namespace pathways::attendance
