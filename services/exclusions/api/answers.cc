#include "services/exclusions/api/answers.h"

#include <set>

#include "services/exclusions/api/messages.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/timeline_store.h"

namespace pathways::exclusions {
namespace {

using storage::Transaction;

// Why it was cancelled or withdrawn: the words of that entry.
absl::Status FillEnding(Transaction& transaction, const KeptExclusion& kept, v1::Exclusion* to) {
  const State state = kept.exclusion.state;
  if (state != State::kCancelled && state != State::kWithdrawn) return absl::OkStatus();
  const auto history = ReadHistory(transaction, kept.exclusion.id);
  if (!history.ok()) return history.status();
  for (const TimelineEntry& entry : *history) {
    if (entry.kind != "exclusion_" + std::string(StateName(state))) continue;
    to->set_ended_reason(entry.note);
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FillWhole(Transaction& transaction, const ExclusionsParts& parts,
                       const KeptExclusion& kept, v1::Exclusion* to) {
  to->Clear();
  if (auto status = FillListed(transaction, parts, {kept}, {to}); !status.ok()) return status;
  const auto words = ReadWords(transaction, kept.exclusion.id);
  if (!words.ok()) return words.status();
  Fill(*words, to->mutable_facts());
  const auto done = ReadStepsDone(transaction, kept.exclusion.id);
  if (!done.ok()) return done.status();
  Fill(*done, to);
  return FillEnding(transaction, kept, to);
}

absl::Status FillListed(Transaction& transaction, const ExclusionsParts& parts,
                        const std::vector<KeptExclusion>& exclusions,
                        const std::vector<v1::Exclusion*>& to) {
  std::set<SchoolKey> schools;
  std::vector<ExclusionId> ids;
  for (const KeptExclusion& kept : exclusions) {
    schools.insert({kept.exclusion.urn, kept.exclusion.la_code});
    ids.push_back(kept.exclusion.id);
  }
  const auto calendars = parts.calendars->Read(transaction, schools);
  if (!calendars.ok()) return calendars.status();
  auto steps = ReadSteps(transaction, ids);
  if (!steps.ok()) return steps.status();
  for (std::size_t i = 0; i < exclusions.size(); ++i) {
    const KeptExclusion& kept = exclusions[i];
    Fill(kept, to[i]);
    FillNext(kept, (*steps)[kept.exclusion.id], *calendars->at(kept.exclusion.urn),
             parts.clock->Today(), to[i]);
  }
  return absl::OkStatus();
}

}  // namespace pathways::exclusions
