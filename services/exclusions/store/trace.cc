#include "services/exclusions/store/trace.h"

#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

constexpr storage::Sql kBindTrace = "select set_config('app.trace_id', $1, true)";

}  // namespace

absl::Status BindTrace(storage::Transaction& transaction, const std::string& trace_id) {
  return transaction.Query(kBindTrace, trace_id).status();
}

}  // namespace pathways::exclusions
