// One change of one exclusion by one call: locked with all of the pupil's, compared with what the
// caller saw, written with what follows from it in one transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "libs/service/call.h"
#include "libs/storage/transaction.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/pupil_at_school.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {

struct SeenVersion {
  std::string exclusion_id;
  std::int64_t version;
};

// What is being done inside the transaction.
struct ExclusionChange {
  storage::Transaction& transaction;
  const Ledger& ledger;
  LedgerEntry& entry;  // version and updated_* are those after the change already
  CalendarsBySchool& calendars;
  education::Day today;

  KeptExclusion& kept() { return entry.kept; }
  Exclusion& exclusion() { return entry.kept.exclusion; }
  // As it is before the change.
  StatutoryClock Clock() const;
};

using ChangeWork = std::function<absl::Status(ExclusionChange&)>;

// Answers the exclusion as it is afterwards. NOT_FOUND when the caller may not see it; ABORTED,
// saying who and when, when it is not at the version the caller saw. The same call again (by its
// request id) answers without doing it twice. `pupil`: from the registry, where the change needs
// it. `detail` is for the access log.
absl::Status ChangeExclusion(const ExclusionsParts& parts, service::Call& call,
                             const SeenVersion& seen, const std::optional<PupilAtSchool>& pupil,
                             std::string_view detail, const ChangeWork& work,
                             v1::Exclusion* answer);

}  // namespace pathways::exclusions
