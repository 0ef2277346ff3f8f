// Clocks in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/kept_exclusion.h"
#include "services/exclusions/store/step_row.h"

namespace pathways::exclusions {

using StepsByExclusion = std::map<ExclusionId, std::vector<StepRow>>;
absl::StatusOr<StepsByExclusion> ReadSteps(storage::Transaction& transaction,
                                           const std::vector<ExclusionId>& exclusions);
absl::StatusOr<StepsByExclusion> ReadStepsOf(storage::Transaction& transaction,
                                             const std::vector<education::PupilId>& pupils);

// An exclusion with all the steps that apply to it.
using ClockToKeep = std::pair<const KeptExclusion*, const std::vector<StepRow>*>;
absl::Status ReplaceSteps(storage::Transaction& transaction, std::span<const ClockToKeep> clocks);

// What a person said they did; an empty day takes it back.
struct StepTold {
  Step step;
  std::optional<education::Day> on = {};
  std::string at_time = {};  // HH:MM
  std::string how = {};      // as DeliveryName
  education::Instant recorded_at = {};
  std::string recorded_by = {};
};
absl::Status AddStepDone(storage::Transaction& transaction, const KeptExclusion& kept,
                         const StepTold& told);
// The latest of each step, without those taken back.
absl::StatusOr<std::vector<StepTold>> ReadStepsDone(storage::Transaction& transaction,
                                                    const ExclusionId& id);

struct DeadlineFilter {
  std::int32_t urn = 0;
  std::string step = {};
  bool late = false;
  std::optional<education::Day> until = {};
  std::string owner = {};
  education::Day today;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct DeadlinePage {
  std::vector<std::pair<ExclusionId, StepRow>> deadlines;  // without delay first, then by due day
  std::int64_t total = 0;
};
absl::StatusOr<DeadlinePage> ListDeadlines(storage::Transaction& transaction,
                                           const DeadlineFilter& filter);

// Owed steps that are due in the days after `today`, by school and day.
struct DueCount {
  education::Urn urn;
  education::LaCode la_code;
  education::Day due;
  std::int64_t steps;
};
absl::StatusOr<std::vector<DueCount>> CountDue(storage::Transaction& transaction,
                                               education::Day today, education::Day until);

struct WorkCounts {
  std::int64_t late = 0;
  std::int64_t drafts = 0;
  std::int64_t permanent_open = 0;
  std::int64_t suspended_today = 0;
};
absl::StatusOr<WorkCounts> CountWork(storage::Transaction& transaction, education::Day today);

// Schools with an owed step due from `today` to `until` of which DeadlineApproaching was not
// published.
absl::StatusOr<std::set<SchoolKey>> SchoolsToWarn(storage::Transaction& transaction,
                                                  education::Day today, education::Day until);
// Pupils with an owed step that is late and of which DeadlineMissed was not published, or that is
// due from `today` to its school's horizon and DeadlineApproaching was not: at most `limit`.
using Horizons = std::map<education::Urn, education::Day>;
absl::StatusOr<std::vector<education::PupilId>> PupilsToWarn(storage::Transaction& transaction,
                                                             education::Day today,
                                                             const Horizons& horizons,
                                                             std::int64_t limit);

}  // namespace pathways::exclusions
