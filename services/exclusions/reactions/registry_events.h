// The registry's events as rows of the copies.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/envelope.h"
#include "services/exclusions/store/copies_store.h"

namespace pathways::exclusions {

struct RegistryBatch {
  std::vector<SchoolRow> schools;
  std::vector<CalendarRow> calendars;
  std::vector<EnrolmentRow> enrolments;
  std::vector<CharacteristicsRow> characteristics;
};

// Full names of the messages that are read.
std::vector<std::string> RegistryEventTypes();

// INVALID_ARGUMENT for the first event that cannot be read.
absl::StatusOr<RegistryBatch> ReadRegistryEvents(std::span<const events::Event> events);

}  // namespace pathways::exclusions
