// Calendars in the database.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/registry/domain/calendar.h"

namespace pathways::registry {

using Calendars = std::map<CalendarScope, std::vector<CalendarDays>>;

// The calendars of these scopes as stored, each locked until the transaction ends; scopes without
// one are empty.
absl::StatusOr<Calendars> LockCalendars(storage::Transaction& transaction,
                                        const std::vector<CalendarScope>& scopes);

// Replaces them whole; answers each one's new version.
absl::StatusOr<std::map<CalendarScope, std::int64_t>> ReplaceCalendars(
    storage::Transaction& transaction, const Calendars& calendars);

struct SchoolCalendars {
  Calendars calendars;       // the authority's and the school's own, every year
  std::int64_t version = 0;  // rises with every change of one of them
};
absl::StatusOr<SchoolCalendars> CalendarsOfSchool(storage::Transaction& transaction,
                                                  education::LaCode la_code, education::Urn urn);

}  // namespace pathways::registry
