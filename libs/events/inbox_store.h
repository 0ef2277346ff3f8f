// The consumer's tables. Internal to this library. Every function is part of the caller's
// transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/envelope.h"
#include "libs/events/sequencer.h"
#include "libs/storage/rows.h"
#include "libs/storage/transaction.h"

namespace pathways::events {

// Those that this reaction had not seen before, in their order; from now on they are seen.
absl::StatusOr<std::vector<const Arrival*>> MarkSeen(storage::Transaction& transaction,
                                                     const std::string& reaction,
                                                     std::span<const Arrival> arrivals);

// Locked until the transaction ends. One entry for each name, new ones at version 0. Stored events
// are loaded, lowest versions first and `most` an aggregate at most, where the aggregate is not
// blocked.
absl::StatusOr<AggregateStates> LoadStates(storage::Transaction& transaction,
                                           const std::string& reaction,
                                           std::vector<std::string> aggregates, int most);

// Carries out what the plan says about storing, and writes the states.
absl::Status SaveStates(storage::Transaction& transaction, const std::string& reaction,
                        const Plan& plan, AggregateStates& states);

// False when this very record is a letter already. `event` is null when the record could not be
// read.
absl::StatusOr<bool> WriteDeadLetter(storage::Transaction& transaction, const std::string& reaction,
                                     const Record& record, const Event* event,
                                     const absl::Status& why);

// The record of a letter whose replay was asked for; locked. None when somebody else has dealt with
// it.
absl::StatusOr<std::optional<Record>> LockRequestedLetter(storage::Transaction& transaction,
                                                          std::int64_t id);
absl::Status MarkReplayed(storage::Transaction& transaction, std::int64_t id);
absl::Status MarkDeadAgain(storage::Transaction& transaction, std::int64_t id,
                           const absl::Status& why);

absl::StatusOr<std::vector<std::int64_t>> RequestedLetters(storage::Transaction& transaction,
                                                           const std::string& reaction);
absl::StatusOr<std::vector<std::string>> AggregatesToWake(storage::Transaction& transaction,
                                                          const std::string& reaction);

// Columns topic, partition, kafka_offset, record_key, headers, value.
Record ReadRecord(const storage::Row& row);

}  // namespace pathways::events
