// Makes the access log tamper-evident without making its writers wait for each other.
//
// Writers just append. A background worker seals what has committed: a chain of SHA-256 digests,
// each over the one before it and the rows it covers in a fixed order. Which rows have committed
// for good is told by PostgreSQL's snapshot: all transactions below its xmin have ended, so a row
// that commits late is sealed later, never missed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/storage/pool.h"
#include "libs/storage/transaction.h"

namespace pathways::access {

struct Seal {
  std::int64_t number = 0;  // 1, 2, ... through all days
  education::Day day;       // UTC day of the rows
  std::int64_t rows = 0;    // how many it covers
  std::string digest;       // hex
};

// Seals everything that has committed since the last time, one seal a day of rows; answers the new
// seals (none when nothing is new). The transaction must have RowScope::System. Concurrent calls
// wait for each other. FAILED_PRECONDITION when the database's transaction numbers are lower than
// those sealed (it was restored from a logical dump).
absl::StatusOr<std::vector<Seal>> SealAccessLog(storage::Transaction& transaction);

// What a service does about once a minute: makes the coming months' partitions and seals, each in
// its own transaction. The newest digest belongs in the service's own log: kept elsewhere, it also
// proves that the end of the chain was not cut off.
absl::StatusOr<std::vector<Seal>> KeepAccessLog(storage::Pool& pool, storage::Deadline deadline);

struct ChainFault {
  enum class Kind : std::uint8_t {
    kRowsChanged,  // rows under this seal were changed, added or removed, or the seal itself was
    kLinkBroken,   // the seal before it is not the one it was made on
    kRowsUnsealed  // rows that look sealed are under no seal: added later
  };
  Kind kind;
  std::int64_t seal = 0;  // its number; 0 for kRowsUnsealed
  bool operator==(const ChainFault&) const = default;
};

// Computes one day's seals again from the rows. Empty: untouched. The same scope as above.
absl::StatusOr<std::vector<ChainFault>> VerifyChain(storage::Transaction& transaction,
                                                    education::Day day);

}  // namespace pathways::access
