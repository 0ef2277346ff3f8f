// Enrolments and characteristics as events.
#pragma once

#include "libs/events/envelope.h"
#include "services/registry/domain/pupil_plan.h"

namespace pathways::registry {

// PupilLeft when it has a last day, otherwise PupilEnrolled: one aggregate, the newest says how it
// is.
events::NewEvent EnrolmentEvent(const Enrolment& enrolment);

// An aggregate of its own for each day from which values hold, so that a reader of a compacted
// topic gets the whole history.
events::NewEvent CharacteristicsEvent(const CharacteristicsChange& change);

}  // namespace pathways::registry
