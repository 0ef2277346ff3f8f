// What a letter of an exclusion says: the case in sentences, every date from the record or from the
// clock. No sentence is kept by an authority's template alone that the law asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "libs/letters/template.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/letter_types.h"
#include "services/exclusions/domain/notice.h"
#include "services/exclusions/domain/problem.h"

namespace pathways::exclusions {

// From the registry; Pathways keeps no names here.
struct LetterNames {
  std::string forename;
  std::string surname;
  std::string year_group;  // 9; empty: not known
  std::string school;
  std::string authority;
};

// What its writer enters.
struct WriterWords {
  std::string addressee = {};  // name and address, a line each
  std::string sender = {};     // who writes, and as what
  std::string own_words = {};  // may be empty
  std::string contact = {};
  std::string decision_reasons = {};
  std::optional<education::Day> meeting_on = {};
  std::string meeting_at = {};  // 10:00
  std::string meeting_place = {};
  Delivery how = Delivery::kUnknown;
};

// What keeps a letter of that type from being written, by the fields' names. Empty: good.
std::vector<Problem> CheckWriterWords(LetterType type, const WriterWords& words,
                                      education::Day today);

// The exclusion as its clock must see it for that letter: a right that begins with the letter
// counts from the day it is given, and what parents may ask for is dated as if they asked today.
Exclusion AsOfLetter(LetterType type, const Exclusion& exclusion, Delivery how,
                     education::Day today);

struct LetterCase {
  const Exclusion& exclusion;   // AsOfLetter
  const StatutoryClock& clock;  // of that
  const education::SchoolCalendar& calendar;
  std::string reference;
  std::string provision = {};  // recorded words of what there is from day six
  LetterNames names;
  education::Day today;
};
// Of every placeholder of every type.
letters::Values ValuesOf(const LetterCase& letter_case, const WriterWords& words);

// What its writer should look at again, such as a meeting after the law's last day.
std::vector<std::string> WarningsOf(LetterType type, const LetterCase& letter_case,
                                    const WriterWords& words);

}  // namespace pathways::exclusions
