// What every method here does the same way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "libs/access/access_log.h"
#include "libs/education/day.h"
#include "libs/service/call.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/domain/problem.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// Of several roles the one that sees most: who records exclusions reads people's words.
storage::RowScope ReadingScope(const service::Call& call);

template <typename Work>
auto Reading(const ExclusionsParts& parts, const service::Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, ReadingScope(call), call.deadline(),
                                   std::forward<Work>(work));
}

// In the role that let the caller in, which the record keeps.
template <typename Work>
auto Writing(const ExclusionsParts& parts, const service::Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   std::forward<Work>(work));
}

// A child's record was touched. `detail`: a few words of ours.
access::AccessEntry Touched(access::Action action, const Exclusion& exclusion,
                            std::string_view detail);
absl::Status RecordReads(storage::Transaction& transaction, const service::Call& call,
                         const std::vector<KeptExclusion>& exclusions, std::string_view detail);

using service::ReadId;

// Nothing when empty; a problem in `field` when it is no day.
std::optional<education::Day> ReadDay(std::string_view field, const std::string& text,
                                      std::vector<Problem>& problems);
std::optional<education::Day> ReadDay(std::string_view field, const std::string& text,
                                      service::FieldViolations& wrong);

// Empty for nothing.
std::string Iso(const std::optional<education::Day>& day);

}  // namespace pathways::exclusions
