// Pupils and enrolments in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/storage/transaction.h"
#include "services/registry/domain/pupil_plan.h"

namespace pathways::registry {

// Everything known of the pupils who have or had one of these UPNs. Waits until no other import of
// pupils is under way.
absl::StatusOr<KnownPupils> LockKnownPupils(storage::Transaction& transaction,
                                            const std::vector<education::Upn>& upns);

// Writes a plan, and raises the version of each roll it changes.
absl::Status WritePlan(storage::Transaction& transaction, const PupilPlan& plan,
                       education::Instant now);

// A pupil as one page shows them.
struct PupilRecord {
  education::PupilId id;
  PupilIdentity identity;
  Characteristics characteristics;
};

struct EnrolmentAtSchool {
  Enrolment enrolment;
  std::string school_name;
};

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<PupilRecord> FindPupil(storage::Transaction& transaction,
                                      const education::PupilId& id);

// Those the caller may see, newest first.
absl::StatusOr<std::vector<EnrolmentAtSchool>> EnrolmentsOf(storage::Transaction& transaction,
                                                            const education::PupilId& id);

// A pupil in a list. `urn`: school of the newest enrolment the caller may see.
struct PupilInList {
  education::PupilId id;
  education::Upn upn;
  std::string surname;
  std::string forename;
  std::string year_group;
  std::int32_t urn;
};

absl::StatusOr<std::vector<PupilInList>> PupilsByIds(storage::Transaction& transaction,
                                                     const std::vector<education::PupilId>& ids);

struct PupilSearch {
  std::string prefix;  // of surname or forename, lower case; ignored when `upn` is set
  std::optional<education::Upn> upn;
  std::int32_t urn = 0;  // 0: every school the caller may see
  std::int64_t offset = 0;
  std::int64_t limit = 25;
};
absl::StatusOr<std::vector<PupilInList>> SearchPupils(storage::Transaction& transaction,
                                                      const PupilSearch& search);

}  // namespace pathways::registry
