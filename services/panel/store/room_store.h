// What changes for everybody while a sitting is under way, in the database.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/sitting.h"

namespace pathways::panel {

// Equal while nothing changed. The same for every reader: read them in a scope that sees
// everything.
struct RoomMarks {
  std::string agenda;
  std::string decisions;
  std::string places;
};
absl::StatusOr<RoomMarks> ReadRoomMarks(storage::Transaction& transaction, const SittingId& id);

// Decided in this sitting as alternative provision of the tier, and no place is held yet.
struct Promised {
  int tier = 0;
  int pupils = 0;
};
absl::StatusOr<std::vector<Promised>> ReadPromised(storage::Transaction& transaction,
                                                   const SittingId& id);

struct InterestRecord {
  std::string case_id;
  std::string person_id;
  std::string written_by;
  education::Instant at{};
};
// Those the caller may see.
absl::StatusOr<std::vector<InterestRecord>> ReadInterestRecords(storage::Transaction& transaction,
                                                                const SittingId& id);
struct VoteRecord {
  std::string decision_id;
  std::string person_id;
  std::string choice;
  std::string written_by;
  education::Instant at{};
};
absl::StatusOr<std::vector<VoteRecord>> ReadVoteRecords(storage::Transaction& transaction,
                                                        const SittingId& id);

}  // namespace pathways::panel
