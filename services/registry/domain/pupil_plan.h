// What a file of pupils changes in what is known: a pure comparison.
//
// A pupil is one UPN (CBDS; former UPNs lead to the same pupil). A row is one enrolment: the same
// pupil, school and entry date again changes that enrolment. An enrolment at another school is
// closed only by its own leaving date, or by a new single registration (status C, said in the row)
// that begins later: then it ends the day before.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/ethnic_group.h"
#include "libs/education/id_source.h"
#include "libs/education/identifiers.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/upn.h"

namespace pathways::registry {

struct PupilIdentity {
  education::Upn upn;
  std::string surname;
  std::string forename;
  education::Day date_of_birth;
  education::Sex sex;
  std::string ethnicity;

  friend bool operator==(const PupilIdentity&, const PupilIdentity&) = default;
};

// What figures are grouped by, beside sex.
struct Characteristics {
  education::YearGroup year_group;
  education::SenProvision sen_provision;
  bool pupil_premium = false;
  bool free_school_meals = false;
  bool english_additional_language = false;
  bool looked_after = false;

  friend bool operator==(const Characteristics&, const Characteristics&) = default;
};

// One good row of the file.
struct PupilRow {
  std::int64_t row = 0;
  std::string raw;
  PupilIdentity identity;
  std::optional<education::Upn> former_upn;
  Characteristics characteristics;
  education::Urn urn;
  education::LaCode la_code;
  education::Day entry_date;
  std::optional<education::Day> leaving_date;
  education::EnrolmentStatus status = education::EnrolmentStatus::kSingle;
  bool status_given = false;

  friend bool operator==(const PupilRow&, const PupilRow&) = default;
};

struct Enrolment {
  education::EnrolmentId id;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  education::Day entry_date;
  std::optional<education::Day> leaving_date;
  education::EnrolmentStatus status;
  std::int64_t version = 1;

  friend bool operator==(const Enrolment&, const Enrolment&) = default;
};

// Values from a day on; nothing: the first known, which hold for all days before as well.
struct CharacteristicsFrom {
  std::optional<education::Day> valid_from;
  Characteristics values;
  std::int64_t version = 1;

  friend bool operator==(const CharacteristicsFrom&, const CharacteristicsFrom&) = default;
};

struct KnownPupil {
  education::PupilId id;
  PupilIdentity identity;
  CharacteristicsFrom latest;
  std::vector<Enrolment> enrolments;
};

// Known pupils by every UPN they have or had.
struct KnownPupils {
  std::vector<KnownPupil> pupils;
  std::map<education::Upn, std::size_t> by_upn;  // index into pupils
};

struct PupilChange {
  education::PupilId id;
  PupilIdentity identity;
  std::optional<education::Upn> former_upn;  // to be kept as former
};

struct CharacteristicsChange {
  education::PupilId id;
  education::Sex sex;
  std::optional<education::EthnicGroup> ethnic_group;
  CharacteristicsFrom values;
};

struct RowRefusal {
  std::int64_t row;
  std::string raw;
  std::string column;
  std::string reason;
  std::string advice;
  std::string code;
};

struct PupilPlan {
  std::vector<PupilChange> new_pupils;
  std::vector<PupilChange> changed_pupils;
  std::vector<Enrolment> new_enrolments;
  std::vector<Enrolment> changed_enrolments;  // with their new version
  std::vector<CharacteristicsChange> characteristics;
  std::vector<RowRefusal> refusals;
  std::set<education::Urn> schools;  // whose roll changes
  std::int64_t unchanged_rows = 0;
};

// `rows` in any order; `today` is the day from which changed characteristics hold.
PupilPlan PlanPupils(const KnownPupils& known, std::vector<PupilRow> rows, education::Day today,
                     education::IdSource& ids);

}  // namespace pathways::registry
