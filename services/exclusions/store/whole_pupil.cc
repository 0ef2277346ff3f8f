#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions::internal {
namespace {

// Until the end of the transaction at most.
constexpr storage::Sql kWiden = "select set_config('app.everything', 't', true)";
constexpr storage::Sql kNarrow = "select set_config('app.everything', 'f', true)";

}  // namespace

absl::Status Widen(storage::Transaction& transaction) { return transaction.Query(kWiden).status(); }
absl::Status Narrow(storage::Transaction& transaction) {
  return transaction.Query(kNarrow).status();
}
absl::Status StatusOf(const absl::Status& status) { return status; }

}  // namespace pathways::exclusions::internal
