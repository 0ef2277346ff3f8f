// Providers of alternative provision, what they offer, and the checks a commissioner makes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/forms/problem.h"
#include "services/panel/domain/panel_case.h"

namespace pathways::panel {

using ProviderId = education::Uuid<struct ProviderIdTag>;
using ProgrammeId = education::Uuid<struct ProgrammeIdTag>;

enum class Weekday : std::uint8_t { kMon, kTue, kWed, kThu, kFri };
inline constexpr auto kWeekdayNames = MakeNames<Weekday>({"mon", "tue", "wed", "thu", "fri"});

// A provider must register as a school with five or more pupils of compulsory age full time, or one
// who has a plan or is looked after; an unregistered one teaches part time only (Education and
// Skills Act 2008, s.95 and s.96; guidance on alternative provision).
enum class Registration : std::uint8_t {
  kRegisteredSchool,
  kIndependentSchool,
  kCollege,
  kUnregistered,
};
inline constexpr auto kRegistrationNames =
    MakeNames<Registration>({"registered_school", "independent_school", "college", "unregistered"});

enum class CheckKind : std::uint8_t {
  kSafeguarding,
  kStaffChecks,
  kPremises,
  kCurriculum,
  kAttendanceReporting,
  kVisit,
};
inline constexpr auto kCheckKindNames = MakeNames<CheckKind>(
    {"safeguarding", "staff_checks", "premises", "curriculum", "attendance_reporting", "visit"});
enum class CheckOutcome : std::uint8_t { kMet, kPartlyMet, kNotMet };
inline constexpr auto kCheckOutcomeNames =
    MakeNames<CheckOutcome>({"met", "partly_met", "not_met"});

struct ProviderCheck {
  CheckKind kind = CheckKind::kSafeguarding;
  CheckOutcome outcome = CheckOutcome::kMet;
  education::Day checked_on;
  education::Day next_due;
  std::string checked_by = {};
};

struct DayPlaces {
  Weekday day = Weekday::kMon;
  int places = 0;
  int taken = 0;
};
inline constexpr int kMostPlaces = 200;

struct Programme {
  ProgrammeId id;
  ProviderId provider;
  std::string name;
  int tier = 1;
  Phase phase = Phase::kSecondary;
  std::vector<std::string> needs = {};
  std::int64_t pence_a_week = 0;
  std::vector<DayPlaces> days = {};  // in the order of the week; days without places may be missing
  std::int64_t version = 1;
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};
};

// A place on the national grid, in metres.
struct Grid {
  int easting = 0;
  int northing = 0;

  friend bool operator==(const Grid&, const Grid&) = default;
};
// 700 by 1,300 km hold all of Great Britain.
bool IsOnGrid(const Grid& grid);
// In a straight line.
int MetresBetween(const Grid& from, const Grid& to);

struct Provider {
  ProviderId id;
  education::LaCode la_code;
  std::string name;
  std::optional<education::Urn> urn = {};
  Registration registration = Registration::kUnregistered;
  std::optional<Grid> grid = {};       // as entered
  std::optional<Grid> of_school = {};  // of the school that has its URN; read only
  std::vector<education::PersonId> people = {};
  bool open = true;
  std::int64_t version = 1;
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};
  std::vector<ProviderCheck> checks = {};  // the last of each kind
  std::vector<Programme> programmes = {};
};

// As entered, else as the national register of schools has it; nothing: not known.
const std::optional<Grid>& WhereIs(const Provider& provider);

std::vector<forms::Problem> CheckProvider(const Provider& provider);
std::vector<forms::Problem> CheckProgramme(const Programme& programme);
std::vector<forms::Problem> CheckCheck(const ProviderCheck& check, education::Day today);

// Why no new pupil goes there, each in a few words: a check that is missing, overdue or not met.
// Partly met is shown by the check itself and stops nothing.
std::vector<std::string> Concerns(const Provider& provider, education::Day today);

}  // namespace pathways::panel
