// The trace of work that is nobody's call.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "libs/storage/transaction.h"

namespace pathways::exclusions {

// Which trace the access log names for what this transaction records from now on.
absl::Status BindTrace(storage::Transaction& transaction, const std::string& trace_id);

}  // namespace pathways::exclusions
