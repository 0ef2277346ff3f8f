// An exclusion as it is kept: the rules' value with what stands beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/session.h"
#include "libs/education/uuid.h"
#include "services/exclusions/domain/exclusion.h"

namespace pathways::exclusions {

using ImportId = education::Uuid<struct ImportIdTag>;

// What the rules make of it, kept for lists and exports.
struct Derived {
  std::optional<education::Day> end = {};  // last excluded day; nothing for a permanent exclusion
  std::optional<education::Day> back_on = {};
  education::Session back_session = education::Session::kMorning;
  // Half days: in the term and the year, of these at other schools, and in the first of two terms
  // where it runs over a reference date.
  std::int32_t in_term = 0;
  std::int32_t in_year = 0;
  std::int32_t elsewhere = 0;
  std::int32_t in_other_term = 0;
  std::string next_step = {};  // earliest that is owed; empty: none
  std::optional<education::Day> next_due = {};

  friend bool operator==(const Derived&, const Derived&) = default;
};

// What is recorded about the pupil as of the first day. Empty: not known.
struct RecordedThen {
  std::string sen_provision = {};  // N, K, E
  std::string year_group = {};
  bool looked_after = false;

  friend bool operator==(const RecordedThen&, const RecordedThen&) = default;
};

struct KeptExclusion {
  Exclusion exclusion;
  RecordedThen then = {};  // exclusion.pupil_then says the same in the rules' terms
  std::string reference = {};
  bool warnings_seen = false;
  bool history = false;
  std::int64_t version = 1;
  std::int64_t event_version = 0;
  education::Instant recorded_at = {};
  std::string recorded_by = {};  // "system:<name>" when Pathways acted
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};
  std::optional<ImportId> import = {};
  std::int64_t import_row = 0;
  Derived derived = {};
};

// Puts what is recorded into the rules' terms: primary is year 6 and below.
void SetThen(KeptExclusion& kept, const RecordedThen& then);

// What people wrote.
struct Words {
  std::string evidence = {};
  std::string tried = {};
  std::string provision = {};

  bool empty() const { return evidence.empty() && tried.empty() && provision.empty(); }
  friend bool operator==(const Words&, const Words&) = default;
};

}  // namespace pathways::exclusions
