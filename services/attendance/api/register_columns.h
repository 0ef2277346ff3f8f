// The columns of a register file, long (one row a mark) or wide (one row a pupil and day).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/tabular/header.h"

namespace pathways::attendance {

// Indices into RegisterColumns().
enum RegisterColumn : std::size_t {
  kUrnColumn,
  kUpnColumn,
  kDateColumn,
  kSessionColumn,
  kCodeColumn,
  kAmColumn,
  kPmColumn,
  kMinutesLateColumn,
  kCommentColumn,
  kReasonColumn,
  kAmendedByColumn,
};

// With the names school systems give them.
std::vector<tabular::WantedColumn> RegisterColumns();

enum class RegisterShape { kLong, kWide };

// INVALID_ARGUMENT, in words for the sender, when the columns make neither shape or both, or when
// nothing says which school.
absl::Status CheckRegisterHeader(const tabular::HeaderMap& header, bool school_given);

// Of a header that was checked.
RegisterShape ShapeOf(const tabular::HeaderMap& header);

}  // namespace pathways::attendance
