// The registry's events about schools, calendars and pupils, as rows of the copies that services
// keep of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/ethnic_group.h"
#include "libs/education/identifiers.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/school_calendar.h"
#include "libs/education/school_key.h"
#include "libs/events/envelope.h"

namespace pathways::rolls {

struct SchoolRow {
  education::SchoolKey school;
  std::string phase;
  std::string locality;  // empty: none
};

// All entries of an authority (urn 0) or a school for one academic year.
struct CalendarRow {
  education::LaCode la_code;
  std::int32_t urn = 0;
  std::int32_t academic_year = 0;  // 202627
  std::int64_t version = 0;
  struct Days {
    education::CalendarKind kind;
    std::string name;
    education::Day first;
    education::Day last;
  };
  std::vector<Days> days = {};
};

struct EnrolmentRow {
  education::SchoolKey school;
  education::EnrolmentId enrolment;
  education::PupilId pupil;
  education::Day entry;
  std::optional<education::Day> leaving = {};
  bool main = true;  // single or main registration
};

struct CharacteristicsRow {
  education::PupilId pupil;
  std::optional<education::Day> valid_from;  // nothing: for all days before as well
  education::PupilCharacteristics values;
  std::optional<education::EthnicGroup> ethnic_group = {};
};

struct RegistryBatch {
  std::vector<SchoolRow> schools;
  std::vector<CalendarRow> calendars;
  std::vector<EnrolmentRow> enrolments;
  std::vector<CharacteristicsRow> characteristics;
};

// Full names of the messages.
std::string SchoolEventType();
std::string CalendarEventType();
std::string CharacteristicsEventType();
std::vector<std::string> EnrolmentEventTypes();

// Of these types. INVALID_ARGUMENT for the first event that cannot be read.
absl::StatusOr<RegistryBatch> ReadRegistryEvents(std::span<const events::Event> events);

}  // namespace pathways::rolls
