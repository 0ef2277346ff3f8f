#include "services/panel/domain/provider.h"

#include <algorithm>
#include <cmath>

#include "libs/forms/words.h"
#include "services/panel/domain/form.h"

namespace pathways::panel {
namespace {

using forms::Problem;
using Problems = std::vector<Problem>;

void CheckName(const std::string& name, Problems& problems) {
  if (auto problem = forms::CheckWords("name", name, 2, 200)) {
    problems.push_back(*std::move(problem));
  }
}

void CheckDays(const std::vector<DayPlaces>& days, Problems& problems) {
  bool any = false, good = true;
  for (std::size_t i = 0; i < days.size(); ++i) {
    good &= days[i].places >= 0 && days[i].places <= kMostPlaces;
    good &= i == 0 || days[i - 1].day < days[i].day;
    any |= days[i].places > 0;
  }
  if (!good) {
    problems.push_back(
        {"days", "Name each day once, with 0 to " + std::to_string(kMostPlaces) + " places"});
  } else if (!any) {
    problems.push_back({"days", "Enter places for at least one day"});
  }
}

std::string_view WordsOf(CheckKind kind) {
  switch (kind) {
    case CheckKind::kSafeguarding:
      return "safeguarding";
    case CheckKind::kStaffChecks:
      return "checks of staff";
    case CheckKind::kPremises:
      return "premises";
    case CheckKind::kCurriculum:
      return "curriculum";
    case CheckKind::kAttendanceReporting:
      return "reporting of attendance";
    case CheckKind::kVisit:
      break;
  }
  return "a visit";
}

}  // namespace

bool IsOnGrid(const Grid& grid) {
  return grid.easting > 0 && grid.easting <= 700'000 && grid.northing > 0 &&
         grid.northing <= 1'300'000;
}

int MetresBetween(const Grid& from, const Grid& to) {
  return static_cast<int>(std::hypot(from.easting - to.easting, from.northing - to.northing));
}

const std::optional<Grid>& WhereIs(const Provider& provider) {
  return provider.grid ? provider.grid : provider.of_school;
}

Problems CheckProvider(const Provider& provider) {
  Problems problems;
  CheckName(provider.name, problems);
  const bool school = provider.registration == Registration::kRegisteredSchool ||
                      provider.registration == Registration::kIndependentSchool;
  if (school && !provider.urn) {
    problems.push_back({"urn", "A registered school has a URN"});
  }
  if (provider.grid && !IsOnGrid(*provider.grid)) {
    problems.push_back({"easting", "Enter both grid references in metres, or neither"});
  }
  return problems;
}

Problems CheckProgramme(const Programme& programme) {
  Problems problems;
  CheckName(programme.name, problems);
  if (programme.tier < 1 || programme.tier > 3) {
    problems.push_back({"tier", "Choose tier 1, 2 or 3"});
  }
  const auto known = [](const std::string& code) {
    return std::ranges::find(NeedCodes(), std::string_view(code)) != NeedCodes().end();
  };
  if (programme.needs.empty() || !std::ranges::all_of(programme.needs, known)) {
    problems.push_back({"needs", "Choose the needs it serves"});
  }
  if (programme.pence_a_week < 0 || programme.pence_a_week > 1'000'000) {
    problems.push_back({"pence_a_week", "Enter the cost of a week, up to £10,000"});
  }
  CheckDays(programme.days, problems);
  return problems;
}

Problems CheckCheck(const ProviderCheck& check, education::Day today) {
  Problems problems;
  if (check.checked_on > today) {
    problems.push_back({"checked_on", "Choose today or an earlier day"});
  }
  if (check.next_due <= check.checked_on) {
    problems.push_back({"next_due", "Choose a day after the check"});
  }
  return problems;
}

std::vector<std::string> Concerns(const Provider& provider, education::Day today) {
  std::vector<std::string> concerns;
  if (!provider.open) concerns.emplace_back("It takes no pupils now");
  for (std::size_t i = 0; i < kCheckKindNames.size(); ++i) {
    const auto kind = static_cast<CheckKind>(i);
    const auto last = std::ranges::find(provider.checks, kind, &ProviderCheck::kind);
    const std::string what(WordsOf(kind));
    if (last == provider.checks.end()) {
      concerns.push_back("Not checked yet: " + what);
    } else if (last->outcome == CheckOutcome::kNotMet) {
      concerns.push_back("Not met when checked: " + what);
    } else if (last->next_due < today) {
      concerns.push_back("Check overdue since " + last->next_due.ToUk() + ": " + what);
    }
  }
  return concerns;
}

}  // namespace pathways::panel
