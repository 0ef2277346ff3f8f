// The span of days a request asks about.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/service/status.h"

namespace pathways::attendance {

struct RequestSpan {
  education::Day from;
  education::Day to;
  std::optional<education::Instant> known_at;
};

// Reads the fields from, to and as_known, with their defaults: from the start of the academic year
// until today, as known now. What is wrong with them is added to `wrong`; the answer is then any
// span.
RequestSpan ReadSpan(const std::string& from, const std::string& to, const std::string& as_known,
                     const education::Clock& clock, service::FieldViolations& wrong);

}  // namespace pathways::attendance
