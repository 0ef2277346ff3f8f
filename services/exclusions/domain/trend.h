// How exclusions develop over the years: what each of a pupil's exclusions adds to which figure.
//
// Figures are kept as cells: of one place, one year or term and one value of one breakdown. A pupil
// is in a cell once however many suspensions there were, so a cell's pupils are the sum over pupils
// of what each contributes, and a change of one pupil changes cells by a difference. Nothing else
// has to be read to keep them exact.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/year_code.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "services/exclusions/domain/exclusion.h"

namespace pathways::exclusions {

// Of statistics, by the first day; not the terms of the reference dates (statutory_term.h).
enum class SchoolTerm : std::uint8_t { kWholeYear, kAutumn, kSpring, kSummer };
inline constexpr std::array kSchoolTerms = {SchoolTerm::kAutumn, SchoolTerm::kSpring,
                                            SchoolTerm::kSummer};

// Autumn to 31 December, spring to Easter Monday, summer to 31 August. Schools' own terms end in
// the holidays round these days, so no calendar is needed to tell one from the next.
SchoolTerm SchoolTermOf(education::Day day);
// The last day of a term, or of the year.
education::Day LastDayOf(education::AcademicYear year, SchoolTerm term);

using education::YearCode;

enum class PlaceKind : std::uint8_t { kAuthority, kSchool, kLocality, kPhase };
inline constexpr std::array kPlaceKinds = {PlaceKind::kAuthority, PlaceKind::kSchool,
                                           PlaceKind::kLocality, PlaceKind::kPhase};
std::string_view PlaceKindName(PlaceKind kind);  // "authority", as stored

// Within one authority.
struct Place {
  PlaceKind kind = PlaceKind::kAuthority;
  std::string name = {};  // URN, locality, phase; empty: the authority

  friend auto operator<=>(const Place&, const Place&) = default;
};

enum class Breakdown : std::uint8_t {
  kTotal,
  kSchool,
  kLocality,
  kPhase,
  kYearGroup,
  kSenProvision,
  kDisadvantaged,
  kSex,
  kReason,
  kLookedAfter,
};
inline constexpr std::array kBreakdowns = {
    Breakdown::kTotal,     Breakdown::kSchool,       Breakdown::kLocality,      Breakdown::kPhase,
    Breakdown::kYearGroup, Breakdown::kSenProvision, Breakdown::kDisadvantaged, Breakdown::kSex,
    Breakdown::kReason,    Breakdown::kLookedAfter};
// As stored and exported: total, school, locality, phase, year_group, sen_provision, disadvantaged,
// sex, reason, looked_after.
std::string_view BreakdownName(Breakdown breakdown);
std::optional<Breakdown> BreakdownFromName(std::string_view name);
// Whether figures of such a place are divided by it: schools of an authority, a locality or a
// phase; localities and phases of an authority; everything else anywhere.
bool Divides(Breakdown breakdown, PlaceKind place);
// An order people expect: year groups from N1 to 14 and X, SEN provision N K E, the rest by text;
// the unknown last.
bool ValueBefore(Breakdown breakdown, const std::string& a, const std::string& b);

// What is recorded about the pupil as of the first day; empty: not known.
struct TrendPupil {
  std::string year_group = {};
  std::string sen_provision = {};  // N, K, E
  std::string disadvantaged = {};  // Y, N
  std::string sex = {};            // F, M, U
  std::string looked_after = {};   // Y, N

  friend bool operator==(const TrendPupil&, const TrendPupil&) = default;
};

// An exclusion that counts in statistics (CountsInStatistics), as statistics see it.
struct TrendCase {
  ExclusionId id;
  education::PupilId pupil;
  education::LaCode la_code;
  education::Urn urn;
  std::string phase = {};     // of the school, as published; empty: not known
  std::string locality = {};  // of the school; empty: none
  Kind kind;
  education::Day start;
  int half_days = 0;
  std::vector<std::string> reasons = {};  // codes
  TrendPupil then = {};

  friend bool operator==(const TrendCase&, const TrendCase&) = default;
};

struct TrendCounts {
  std::int64_t suspensions = 0;  // lunchtimes among them
  std::int64_t half_days = 0;    // of these, all in the year and term of the first day
  std::int64_t pupils = 0;       // with one or more suspension
  std::int64_t permanent = 0;

  bool is_zero() const { return *this == TrendCounts(); }
  TrendCounts& operator+=(const TrendCounts& other);
  TrendCounts& operator-=(const TrendCounts& other);
  friend bool operator==(const TrendCounts&, const TrendCounts&) = default;
};

struct TrendCell {
  education::LaCode la_code;
  Place place;
  Breakdown breakdown = Breakdown::kTotal;
  education::AcademicYear year;
  SchoolTerm term = SchoolTerm::kWholeYear;
  std::string value = {};  // of the breakdown; empty: the total, or not known

  friend auto operator<=>(const TrendCell&, const TrendCell&) = default;
};
// In one order wherever cells are written, so that two writers never wait for each other.
using TrendCells = std::map<TrendCell, TrendCounts>;

// What one pupil's exclusions, all of them, add to the figures.
TrendCells Contributions(std::span<const TrendCase> cases_of_a_pupil);

// Adds what changes when a pupil's cases become others; cells that stay as they are are left out
// unless another pupil changed them.
void AddDifference(std::span<const TrendCase> before, std::span<const TrendCase> after,
                   TrendCells* cells);

// The day whose roll rates are of: the spring census, the third Thursday in January.
// Source: school census guide.
education::Day SpringCensusDay(education::AcademicYear year);

}  // namespace pathways::exclusions
