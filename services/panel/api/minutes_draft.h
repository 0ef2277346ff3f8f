// The parts of a sitting's minutes as they stand, of what the transaction may see.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "pathways/panel/v1/minutes.pb.h"
#include "services/panel/store/sitting_store.h"

namespace pathways::panel {

struct DraftedItem {
  v1::MinutesItem item;
  std::string drafted;  // what Pathways drafts now, also where the clerk has words of their own
};

// The name of a school, or something that stands for it.
using SchoolName = std::function<std::string(education::Urn)>;

// Attendance, cases in the order of the agenda, other: drafted, with the clerk's words in place
// where there are any.
absl::StatusOr<std::vector<DraftedItem>> DraftMinutes(storage::Transaction& transaction,
                                                      const Sitting& sitting,
                                                      const SchoolName& school_name);

}  // namespace pathways::panel
