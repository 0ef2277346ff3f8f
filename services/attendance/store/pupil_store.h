// One pupil's marks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session.h"
#include "libs/storage/transaction.h"

namespace pathways::attendance {

// Over which days, as known when.
struct PupilSpan {
  education::Day from;
  education::Day to;
  std::optional<education::Instant> known_at;
};

// A register's day with the enrolment's two bytes (domain/day_marks.h).
struct PupilDay {
  education::Day day;
  std::string marks;
};

// Every day with a register of the enrolment's school, in order.
using DaysByEnrolment = std::map<education::EnrolmentId, std::vector<PupilDay>>;
absl::StatusOr<DaysByEnrolment> ReadPupilDays(storage::Transaction& transaction,
                                              const std::vector<education::EnrolmentId>& enrolments,
                                              const PupilSpan& span);

// What stands beside marks.
struct PupilNote {
  education::EnrolmentId enrolment;
  education::Day day;
  education::Session session;
  int minutes_late;  // 0: not recorded
  std::string comment;
  education::Instant recorded_at;
};
absl::StatusOr<std::vector<PupilNote>> ReadNotes(
    storage::Transaction& transaction, const std::vector<education::EnrolmentId>& enrolments,
    const PupilSpan& span);

struct PupilAmendment {
  education::EnrolmentId enrolment;
  education::Day day;
  std::string session;
  std::string original;
  std::string amended;
  std::string reason;
  std::string amended_by;
  std::string person;
  education::Instant recorded_at;
};
// Newest first.
absl::StatusOr<std::vector<PupilAmendment>> ReadAmendments(
    storage::Transaction& transaction, const std::vector<education::EnrolmentId>& enrolments,
    const PupilSpan& span);

}  // namespace pathways::attendance
