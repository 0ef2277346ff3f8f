// What happened, in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// Who acted, and in which role, the database takes from the transaction's scope.
struct NewEntry {
  std::string kind;         // "suspension_recorded"; docs/reference/exclusions.md lists them
  std::string step = {};    // step it is about
  std::string change = {};  // "half days: 10 -> 6", without names
  std::string note = {};    // words; seen by those on the case only
};
// Of one exclusion, with notes.
absl::Status AddEntry(storage::Transaction& transaction, const KeptExclusion& kept,
                      const NewEntry& entry, education::Instant at, const std::string& trace_id);

struct EntryOf {
  const KeptExclusion* kept;
  NewEntry entry;
};
// Many, in one statement, without notes.
absl::Status AddEntries(storage::Transaction& transaction, std::span<const EntryOf> entries,
                        education::Instant at, const std::string& trace_id);

struct TimelineEntry {
  education::Instant at;
  std::string kind;
  std::string person;  // "system:<name>" when Pathways acted
  std::string role;
  education::Urn urn;
  ExclusionId exclusion;
  std::string step;
  std::string change;
  std::string note;
  std::string trace_id;
};
// Those the caller may see, newest first.
absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(storage::Transaction& transaction,
                                                        const education::PupilId& pupil,
                                                        std::int64_t offset, std::int64_t limit);
absl::StatusOr<std::vector<TimelineEntry>> ReadHistory(storage::Transaction& transaction,
                                                       const ExclusionId& exclusion);

}  // namespace pathways::exclusions
