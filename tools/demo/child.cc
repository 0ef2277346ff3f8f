#include "tools/demo/child.h"

#include <array>
#include <chrono>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "tools/demo/names.h"
#include "tools/demo/random.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::Day;
using education::SenProvision;
using education::Sex;

// 18 white British in 24, the rest spread as in a town with several communities.
constexpr auto kEthnicities = std::to_array<std::string_view>(
    {"WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI",
     "WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "WOTH", "WIRI", "MWBC",
     "MWBA", "MWAS", "AIND", "APKN", "ABAN", "BAFR", "BCRB", "OOTH"});

// All numbers carry the authority code that nobody has, also in a borough with real schools: no
// invented number is a real child's.
education::Upn MakeUpn(int number, int year_of_issue) {
  return *education::Upn::FromBody(
      absl::StrFormat("999%04d%02d%03d", number / 1000, year_of_issue % 100, number % 1000));
}

// Age on 31 August before the year begins.
int AgeAtStart(std::string_view year_group) { return 4 + YearNumber(year_group); }

double PremiumShare(std::uint64_t seed, const School& school) {
  Random random(seed, Random::Purpose::kSchool, static_cast<std::uint64_t>(school.urn.value()));
  const double extra =
      school.phase == Phase::kSpecial || school.phase == Phase::kAlternative ? 0.2 : 0.0;
  return 0.12 + 0.24 * random.Unit() + extra;
}

SenProvision DrawSen(const School& school, Random& random) {
  const double draw = random.Unit();
  switch (school.phase) {
    case Phase::kSpecial:
      return draw < 0.98 ? SenProvision::kEducationHealthAndCarePlan : SenProvision::kSupport;
    case Phase::kAlternative:
      return draw < 0.25  ? SenProvision::kEducationHealthAndCarePlan
             : draw < 0.8 ? SenProvision::kSupport
                          : SenProvision::kNone;
    default:
      return draw < 0.03   ? SenProvision::kEducationHealthAndCarePlan
             : draw < 0.16 ? SenProvision::kSupport
                           : SenProvision::kNone;
  }
}

}  // namespace

int YearNumber(std::string_view year_group) {
  if (year_group == "N1") return -2;
  if (year_group == "N2") return -1;
  int number = 0;
  (void)absl::SimpleAtoi(absl::string_view(year_group.data(), year_group.size()), &number);  // R: 0
  return number;
}

std::string_view YearGroupName(int year_number) {
  // Special schools have them all.
  return YearGroupsOf(Phase::kSpecial)[static_cast<std::size_t>(year_number)];
}

Child MakeChild(std::uint64_t seed, int number, const School& school, std::string_view year_group,
                AcademicYear year) {
  Random random(seed, Random::Purpose::kChild, static_cast<std::uint64_t>(number));
  const Sex sex = random.Chance(0.51) ? Sex::kMale : Sex::kFemale;
  const int birth_year = year.start_year() - AgeAtStart(year_group) - 1;
  Child child{.upn = MakeUpn(number, birth_year + 5),
              .surname = random.Pick(Surnames()),
              .forename = random.Pick(sex == Sex::kMale ? BoysForenames() : GirlsForenames()),
              .born = Day(std::chrono::year(birth_year) / 9 / 1) + random.Below(365),
              .sex = sex,
              .year_group = year_group,
              .sen_provision = DrawSen(school, random),
              .ethnicity = random.Pick(std::span(kEthnicities))};
  child.looked_after = random.Chance(0.01);
  // Looked-after children carry it by definition.
  child.pupil_premium = random.Chance(PremiumShare(seed, school)) || child.looked_after;
  child.free_school_meals = child.pupil_premium && random.Chance(0.85);
  child.english_additional_language = random.Chance(child.ethnicity == "WBRI" ? 0.02 : 0.45);
  return child;
}

}  // namespace pathways::demo
