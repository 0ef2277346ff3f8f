#include "services/attendance/reactions/registry_reaction.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "libs/rolls/registry_events.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {
namespace {

std::vector<SchoolKey> SchoolsOf(const std::vector<EnrolmentRow>& enrolments) {
  std::set<SchoolKey> schools;
  for (const EnrolmentRow& row : enrolments) schools.insert(row.school);
  std::vector<SchoolKey> sorted(schools.begin(), schools.end());
  // The order in which importers take them too.
  std::ranges::sort(sorted, {}, &SchoolKey::urn);
  return sorted;
}

std::vector<std::string> AllTypes() {
  std::vector<std::string> types = rolls::EnrolmentEventTypes();
  types.push_back(rolls::CharacteristicsEventType());
  return types;
}

}  // namespace

RegistryReaction::RegistryReaction(const education::Clock& clock)
    : Reaction({.name = "attendance.registry",
                .topics = {"pathways.registry.v1"},
                .types = AllTypes(),
                .ordering = events::Ordering::kLatestWins}),
      clock_(clock) {}

absl::Status RegistryReaction::Apply(storage::Transaction& transaction,
                                     std::span<const events::Event> events) {
  const auto read = rolls::ReadRegistryEvents(events);
  if (!read.ok()) return read.status();
  const rolls::RegistryBatch& batch = *read;
  const education::Instant now = clock_.Now();
  if (absl::Status status = AddBooks(transaction, SchoolsOf(batch.enrolments)); !status.ok())
    return status;
  if (absl::Status status = PutEnrolments(transaction, batch.enrolments, now); !status.ok())
    return status;
  return PutCharacteristics(transaction, batch.characteristics, now);
}

}  // namespace pathways::attendance
