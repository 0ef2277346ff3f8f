// What is kept of the registry, written by the reaction to its events.
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
#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/school_calendar.h"
#include "libs/rolls/registry_events.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

using rolls::CalendarRow;
using rolls::CharacteristicsRow;
using rolls::EnrolmentRow;
using rolls::PutCalendars;
using rolls::SchoolRow;

absl::Status PutSchools(storage::Transaction& transaction, std::span<const SchoolRow> rows);

absl::Status PutEnrolments(storage::Transaction& transaction, std::span<const EnrolmentRow> rows);

absl::Status PutCharacteristics(storage::Transaction& transaction,
                                std::span<const CharacteristicsRow> rows);

// What is recorded of these pupils, each as of any day.
class RecordedPupils {
 public:
  // The values on that day; the first known ones also hold for all days before. Empty: not known.
  RecordedThen On(const education::PupilId& pupil, education::Day day) const;

 private:
  friend absl::StatusOr<RecordedPupils> ReadCharacteristics(
      storage::Transaction& transaction, const std::vector<education::PupilId>& pupils);
  // By the first day; in order.
  std::map<education::PupilId, std::vector<std::pair<std::optional<education::Day>, RecordedThen>>>
      values_;
};
absl::StatusOr<RecordedPupils> ReadCharacteristics(storage::Transaction& transaction,
                                                   const std::vector<education::PupilId>& pupils);

// Those of them of whom the caller may see an enrolment or an exclusion, with the newest school.
absl::StatusOr<std::map<education::PupilId, education::Urn>> VisiblePupils(
    storage::Transaction& transaction, const std::vector<education::PupilId>& pupils);

// Pupils whose exclusions a calendar of that year can touch: excluded by the school (or, urn 0, by
// one of the authority) in that year or the two before it, whose counts may run into it. Without
// schools whose exclusions were worked out with a newer calendar than the copy here: the events
// that bring it up to date are on their way.
absl::StatusOr<std::vector<education::PupilId>> PupilsUnderCalendar(
    storage::Transaction& transaction, const CalendarRow& calendar);
// The schools whose calendar it is, as far as they have excluded anybody.
absl::StatusOr<std::set<SchoolKey>> SchoolsUnderCalendar(storage::Transaction& transaction,
                                                         const CalendarRow& calendar);
absl::StatusOr<std::vector<education::PupilId>> ExcludedBy(storage::Transaction& transaction,
                                                           const std::vector<education::Urn>& urns);
// Of these, those with an exclusion, without those of schools that are behind.
absl::StatusOr<std::vector<education::PupilId>> ExcludedOf(
    storage::Transaction& transaction, const std::vector<education::PupilId>& pupils);

}  // namespace pathways::exclusions
