#include "services/exclusions/domain/trend.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "libs/education/pupil_characteristics.h"
#include "services/exclusions/domain/statutory_term.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::Day;

constexpr std::array<std::string_view, kPlaceKinds.size()> kPlaceNames = {"authority", "school",
                                                                          "locality", "phase"};
constexpr std::array<std::string_view, kBreakdowns.size()> kBreakdownNames = {
    "total",         "school",        "locality", "phase",  "year_group",
    "sen_provision", "disadvantaged", "sex",      "reason", "looked_after"};

Place PlaceOf(PlaceKind kind, const TrendCase& c) {
  switch (kind) {
    case PlaceKind::kAuthority:
      break;
    case PlaceKind::kSchool:
      return {kind, c.urn.ToString()};
    case PlaceKind::kLocality:
      return {kind, c.locality};
    case PlaceKind::kPhase:
      return {kind, c.phase};
  }
  return {kind, ""};
}

std::vector<std::string> ValuesOf(Breakdown breakdown, const TrendCase& c) {
  switch (breakdown) {
    case Breakdown::kTotal:
      break;
    case Breakdown::kSchool:
      return {c.urn.ToString()};
    case Breakdown::kLocality:
      return {c.locality};
    case Breakdown::kPhase:
      return {c.phase};
    case Breakdown::kYearGroup:
      return {c.then.year_group};
    case Breakdown::kSenProvision:
      return {c.then.sen_provision};
    case Breakdown::kDisadvantaged:
      return {c.then.disadvantaged};
    case Breakdown::kSex:
      return {c.then.sex};
    case Breakdown::kReason:
      return c.reasons;
    case Breakdown::kLookedAfter:
      return {c.then.looked_after};
  }
  return {""};
}

void AddCase(const TrendCase& c, const TrendCell& cell, TrendCells* cells) {
  TrendCounts& counts = (*cells)[cell];
  if (c.kind == Kind::kPermanent) {
    ++counts.permanent;
  } else {
    ++counts.suspensions;
    counts.half_days += c.half_days;
    counts.pupils = 1;  // this pupil
  }
}

// Where a value stands among those of its breakdown; texts among equals decide.
int RankOf(Breakdown breakdown, const std::string& value) {
  constexpr int kUnknown = 1000;
  if (value.empty()) return kUnknown;
  if (breakdown == Breakdown::kSenProvision) {
    return static_cast<int>(std::string_view("NKE").find(value));
  }
  if (breakdown != Breakdown::kYearGroup) return 0;
  const auto year = education::YearGroup::Parse(value);
  if (!year.ok()) return kUnknown - 1;
  if (year->number()) return *year->number();
  return value == "X" ? kUnknown - 2 : (value == "R" ? 0 : -1);
}

}  // namespace

SchoolTerm SchoolTermOf(Day day) {
  const AcademicYear year = AcademicYear::Of(day);
  if (day <= LastDayOf(year, SchoolTerm::kAutumn)) return SchoolTerm::kAutumn;
  return day <= LastDayOf(year, SchoolTerm::kSpring) ? SchoolTerm::kSpring : SchoolTerm::kSummer;
}

Day LastDayOf(AcademicYear year, SchoolTerm term) {
  using namespace std::chrono;
  if (term == SchoolTerm::kAutumn) return Day(std::chrono::year(year.start_year()) / December / 31);
  if (term == SchoolTerm::kSpring) return EasterMonday(year.start_year() + 1);
  return year.last();
}

std::string_view PlaceKindName(PlaceKind kind) {
  return kPlaceNames[static_cast<std::size_t>(kind)];
}

std::string_view BreakdownName(Breakdown breakdown) {
  return kBreakdownNames[static_cast<std::size_t>(breakdown)];
}

std::optional<Breakdown> BreakdownFromName(std::string_view name) {
  const auto found = std::ranges::find(kBreakdownNames, name);
  if (found == kBreakdownNames.end()) return std::nullopt;
  return kBreakdowns[static_cast<std::size_t>(found - kBreakdownNames.begin())];
}

bool Divides(Breakdown breakdown, PlaceKind place) {
  if (breakdown == Breakdown::kSchool) return place != PlaceKind::kSchool;
  if (breakdown == Breakdown::kLocality || breakdown == Breakdown::kPhase) {
    return place == PlaceKind::kAuthority;
  }
  return true;
}

bool ValueBefore(Breakdown breakdown, const std::string& a, const std::string& b) {
  return std::tuple(RankOf(breakdown, a), a) < std::tuple(RankOf(breakdown, b), b);
}

TrendCounts& TrendCounts::operator+=(const TrendCounts& other) {
  suspensions += other.suspensions;
  half_days += other.half_days;
  pupils += other.pupils;
  permanent += other.permanent;
  return *this;
}

TrendCounts& TrendCounts::operator-=(const TrendCounts& other) {
  suspensions -= other.suspensions;
  half_days -= other.half_days;
  pupils -= other.pupils;
  permanent -= other.permanent;
  return *this;
}

TrendCells Contributions(std::span<const TrendCase> cases_of_a_pupil) {
  TrendCells cells;
  for (const TrendCase& c : cases_of_a_pupil) {
    const AcademicYear year = AcademicYear::Of(c.start);
    for (const PlaceKind kind : kPlaceKinds) {
      for (const Breakdown breakdown : kBreakdowns) {
        if (!Divides(breakdown, kind)) continue;
        for (const std::string& value : ValuesOf(breakdown, c)) {
          for (const SchoolTerm term : {SchoolTerm::kWholeYear, SchoolTermOf(c.start)}) {
            AddCase(c, {c.la_code, PlaceOf(kind, c), breakdown, year, term, value}, &cells);
          }
        }
      }
    }
  }
  return cells;
}

void AddDifference(std::span<const TrendCase> before, std::span<const TrendCase> after,
                   TrendCells* cells) {
  TrendCells difference = Contributions(after);
  for (const auto& [cell, counts] : Contributions(before)) difference[cell] -= counts;
  for (const auto& [cell, counts] : difference) {
    if (!counts.is_zero()) (*cells)[cell] += counts;
  }
}

Day SpringCensusDay(AcademicYear year) {
  using namespace std::chrono;
  return Day(sys_days(std::chrono::year(year.start_year() + 1) / January / Thursday[3]));
}

}  // namespace pathways::exclusions
