#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/storage/transaction.h"

// Makes the access log tamper-evident. Writers append without waiting for each other; a background worker seals what has
// committed: for each day, a chain of digests, each over the one before it and the rows it covers in a fixed order. Which
// rows have committed for good is told by PostgreSQL's snapshot: all transactions below its xmin have ended, so a row that
// commits late is only sealed later, never missed.
namespace pathways::access {

struct Seal {
  education::Day day;         // UTC day of the rows
  std::int64_t number = 0;    // 1, 2, ... within the day
  std::int64_t rows = 0;      // how many rows it covers
  std::string digest;         // hex SHA-256
};

// Seals everything that has committed since the last time; answers the new seals (none when nothing is new). Call it every
// few seconds from one place; concurrent calls wait for each other. The newest digest of each day belongs in the service's
// log: kept elsewhere, it also proves that the end of a chain was not cut off.
absl::StatusOr<std::vector<Seal>> SealAccessLog(storage::Transaction& transaction);

// What is wrong with one day's chain.
struct ChainFault {
  std::int64_t seal = 0;  // its number
  std::string what;       // "rows changed, added or removed", "chain broken", "seal missing"
};
// Computes one day's chain again from the rows. Empty: untouched.
absl::StatusOr<std::vector<ChainFault>> VerifyChain(storage::Transaction& transaction, education::Day day);

}  // namespace pathways::access
