// A school's roll, as registers are matched with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::registry {

struct RollEntry {
  education::EnrolmentId enrolment;
  education::PupilId pupil;
  std::string upn;
  std::vector<std::string> former_upns;
  education::Day entry_date;
  std::optional<education::Day> leaving_date;
  education::Day date_of_birth;
};

// Where a school's roll and calendar stand; 0 where nothing was ever recorded.
struct Versions {
  education::Urn urn;
  education::LaCode la_code;
  std::int64_t roll = 0;
  std::int64_t calendar = 0;
};

// By URN; of these schools, or of all when `urns` is empty. Schools the caller may not see are left
// out.
absl::StatusOr<std::vector<Versions>> ListVersions(storage::Transaction& transaction,
                                                   const std::vector<std::int32_t>& urns);

// 0 for a school whose roll was never filled.
absl::StatusOr<std::int64_t> RollVersion(storage::Transaction& transaction, education::Urn urn);

// Enrolments that overlap the span, in order of arrival.
absl::StatusOr<std::vector<RollEntry>> RollEntries(storage::Transaction& transaction,
                                                   education::Urn urn, education::Day first,
                                                   education::Day last);

}  // namespace pathways::registry
