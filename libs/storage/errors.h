// What the database refused, as absl::Status.
//
// | PostgreSQL says                                   | code               | retryable |
// |---------------------------------------------------|--------------------|-----------|
// | unique violation                                  | ALREADY_EXISTS     |           |
// | foreign key, exclusion violation; raise exception | FAILED_PRECONDITION|           |
// | check, not null violation; value out of its type  | INVALID_ARGUMENT   |           |
// | row-level security, missing privilege             | PERMISSION_DENIED  |           |
// | statement timeout, deadline passed                | DEADLINE_EXCEEDED  |           |
// | serialization failure, deadlock, lock timeout     | ABORTED            | yes       |
// | connection lost, server stopping or starting      | UNAVAILABLE        | yes       |
// | connection lost while committing: IsInDoubt()     | UNAVAILABLE        | no        |
// | disk full, out of memory, too many connections    | RESOURCE_EXHAUSTED |           |
// | anything else                                     | INTERNAL           |           |
//
// Messages never repeat values of a row, which may be a child's; they name the constraint and what
// kind of rule it is.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace pathways::storage {

// Name of the violated constraint; empty when it was none. Services map it to the field and words
// of their own.
std::string ConstraintOf(const absl::Status& status);

// Five characters of SQLSTATE; empty when the error did not come from PostgreSQL.
std::string SqlStateOf(const absl::Status& status);

// Whether the same transaction may well succeed when tried again, and cannot have happened already.
bool IsRetryable(const absl::Status& status);

// The connection was lost while committing: whether it happened must be found out (by the request
// id written in the same transaction) before it is tried again.
bool IsInDoubt(const absl::Status& status);

}  // namespace pathways::storage
