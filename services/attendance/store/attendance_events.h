// What this service publishes, as messages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/events/envelope.h"
#include "services/attendance/domain/school_timeline.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {

// Whom and what an event about a crossing concerns. The aggregate is the enrolment, the key the
// pupil.
struct CrossingSubject {
  SchoolKey school;
  education::PupilId pupil;
  std::int64_t version;
};

events::NewEvent CrossingEvent(const CrossingSubject& subject, const EnrolmentCrossing& crossing);

// `now`: the sums on the crossing's day as they are known now.
events::NewEvent WithdrawalEvent(const CrossingSubject& subject, const EnrolmentCrossing& withdrawn,
                                 const education::SessionSums& now, const std::string& import_id);

// The aggregate is the school's register of that day, the key the school. `by_slot`: the enrolments
// of the block's slots.
events::NewEvent RegisterEvent(const NewBlock& block,
                               const std::vector<education::EnrolmentId>& by_slot,
                               const std::string& import_id);

}  // namespace pathways::attendance
