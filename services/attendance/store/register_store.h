// Registers and running sums in the database. Everything here works on many schools at once: one
// statement, not one a school.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/running_sums.h"
#include "services/attendance/domain/school_key.h"
#include "services/attendance/domain/school_timeline.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

using UrnDay = std::pair<education::Urn, education::Day>;

// Makes the rows that LockBooks() locks, where they are missing.
absl::Status AddBooks(storage::Transaction& transaction, std::span<const SchoolKey> schools);

// Takes each school's lock, in the order of URNs, until the transaction ends: one writer a school.
// `schools` sorted by URN.
absl::Status LockBooks(storage::Transaction& transaction, std::span<const SchoolKey> schools);

// The rolls of these schools from `first` on, by number of slots.
absl::StatusOr<std::map<RollKey, std::uint32_t>> ReadRolls(storage::Transaction& transaction,
                                                           const std::vector<education::Urn>& urns,
                                                           education::AcademicYear first);

// The slots of these rolls, as ReadRolls() answered them: from the cache as far as it has them.
absl::StatusOr<std::map<RollKey, std::shared_ptr<const Slots>>> ReadSlots(
    storage::Transaction& transaction, SlotCache& cache,
    const std::map<RollKey, std::uint32_t>& rolls);

// Slots given in this transaction, and how many the roll has now.
struct NewSlots {
  SchoolKey school;
  education::AcademicYear year;
  std::uint32_t first;
  std::vector<education::EnrolmentId> enrolments;
};
absl::Status AppendSlots(storage::Transaction& transaction, std::span<const NewSlots> rolls);

struct StoredBlock {
  std::int32_t version = 0;
  std::string marks;
};
// The latest register of each of these days that has one.
absl::StatusOr<std::map<UrnDay, StoredBlock>> ReadLatestBlocks(storage::Transaction& transaction,
                                                               std::span<const UrnDay> days);

struct NewBlock {
  SchoolKey school;
  education::Day day;
  std::int32_t version;
  std::string marks;
};
// Who recorded it, when, from which import.
struct Recording {
  education::Instant at;
  std::string person;
  std::string import_id;
};
absl::Status InsertBlocks(storage::Transaction& transaction, const Recording& recording,
                          std::span<const NewBlock> blocks);

// All rows of sums from that day on, for each school.
absl::StatusOr<std::map<UrnDay, SumsRow>> ReadSumsFrom(storage::Transaction& transaction,
                                                       std::span<const UrnDay> first_days);

using SchoolLookback = std::pair<education::Urn, Lookback>;
absl::StatusOr<std::map<SchoolLookback, SumsRow>> ReadLookbacks(
    storage::Transaction& transaction, std::span<const SchoolLookback> wanted);

struct NewSums {
  SchoolKey school;
  education::Day day;
  const SumsRow* sums;  // not null
};
absl::Status WriteSums(storage::Transaction& transaction, std::span<const NewSums> rows);

// A mark that replaced another.
struct AmendmentRow {
  SchoolKey school;
  education::EnrolmentId enrolment;
  education::Day day;
  education::Session session;
  std::string original;
  std::string amended;
  std::string reason;
  std::string amended_by;
};
absl::Status InsertAmendments(storage::Transaction& transaction, const Recording& recording,
                              std::span<const AmendmentRow> amendments);

// What stands beside a mark.
struct NoteRow {
  SchoolKey school;
  education::EnrolmentId enrolment;
  education::Day day;
  education::Session session;
  std::optional<int> minutes_late;
  std::string comment;
};
absl::Status WriteNotes(storage::Transaction& transaction, const Recording& recording,
                        std::span<const NoteRow> notes);

}  // namespace pathways::attendance
