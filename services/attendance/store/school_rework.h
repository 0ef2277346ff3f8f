// Crossings of schools worked out anew where no register came in: because a calendar or a setting
// changed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/access_log.h"
#include "libs/education/day.h"
#include "libs/events/outbox.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/school_key.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

struct ReworkContext {
  SlotCache* slots = nullptr;
  events::Outbox* outbox = nullptr;
  access::AccessContext access = {};
  std::string detail = {};  // for the access log of schools where something changed
  std::string traceparent = {};
};

// From the first day of a school on. In order of URN: every writer takes the schools' locks so.
struct ReworkSchool {
  education::LaCode la_code;
  education::Day first;
};
using ReworkSchools = std::map<education::Urn, ReworkSchool>;

// Schools with registers, of these URNs and authorities, from the first day of the first year they
// have any of. Without those of which the copy of the calendars here lacks a year or is behind what
// registers were taken in with: when it has caught up, they are worked out anyway.
absl::StatusOr<ReworkSchools> SchoolsToRework(storage::Transaction& transaction,
                                              const std::vector<std::int32_t>& urns,
                                              const std::vector<education::LaCode>& authorities);

// With the calendars as kept here; some schools at a time, whatever their number. To be the last
// thing a transaction does: events take their places in the outbox.
absl::Status Rework(storage::Transaction& transaction, const ReworkContext& context,
                    const ReworkSchools& schools);

}  // namespace pathways::attendance
