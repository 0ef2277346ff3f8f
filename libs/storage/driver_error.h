// Private to this library: the driver's exceptions as absl::Status, by the table in errors.h.
#pragma once

#include <exception>
#include <string_view>

#include "absl/status/status.h"

namespace pathways::storage {

// Wants messages in the driver's verbose form, which name SQLSTATE and constraint.
absl::Status FromDriver(const std::exception& error);

// A migration changed the columns of a statement that this connection had prepared; only a new
// connection helps.
bool IsStalePlan(const absl::Status& status);

// UNAVAILABLE, retryable.
absl::Status ConnectionLost(std::string_view what);

// What a lost connection means while committing: UNAVAILABLE, IsInDoubt().
absl::Status InDoubt();

absl::Status DeadlinePassed();

}  // namespace pathways::storage
