// What every method here does the same way.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "libs/access/access_log.h"
#include "libs/service/call.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/referrals/api/referrals_api.h"
#include "services/referrals/domain/proposal.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// The scope to read with. Of several roles the one that sees most: who works on cases reads
// people's words.
storage::RowScope ReadingScope(const service::Call& call);

template <typename Work>
auto Reading(const ReferralsParts& parts, const service::Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, ReadingScope(call), call.deadline(),
                                   std::forward<Work>(work));
}

// In the role that let the caller in, which the record keeps.
template <typename Work>
auto Writing(const ReferralsParts& parts, const service::Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   std::forward<Work>(work));
}

// A child's record was touched. `detail`: a few words of ours.
template <typename Record>
access::AccessEntry Touched(access::Action action, const Record& record, std::string_view detail) {
  return {action,         access::SubjectKind::kPupil, record.pupil.ToString(), record.urn,
          record.la_code, std::string(detail)};
}

template <typename Records>
absl::Status RecordReads(storage::Transaction& transaction, const service::Call& call,
                         const Records& records, std::string_view detail) {
  std::vector<access::AccessEntry> entries;
  for (const auto& record : records) {
    entries.push_back(Touched(access::Action::kRead, record, detail));
  }
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

using service::ReadId;

}  // namespace pathways::referrals
