#include "tools/demo-panel/providers.h"

#include <array>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace pathways::demo_panel {
namespace {

using education::Day;
using panel::v1::Phase;
using std::string_view;

// No authority has this code.
constexpr int kLaCode = 999;

struct ProgrammeRow {
  string_view name;
  int tier;
  Phase phase;
  string_view needs;  // joined by commas
  int pounds_a_week;
  std::array<int, 5> places;  // Monday to Friday
};

struct ProviderRow {
  string_view name;
  string_view registration;
  int urn;                // 0: none
  int easting, northing;  // 0: by URN, or not known
  string_view people;     // joined by commas
  int days_since_checked;
  string_view unchecked;  // kind that was never checked; may be empty
  std::vector<ProgrammeRow> programmes;
};

constexpr Phase kPrimary = panel::v1::PHASE_PRIMARY;
constexpr Phase kSecondary = panel::v1::PHASE_SECONDARY;

// The Bridge is a school of the borough; grid references are of the same invented streets as those
// of its schools.
const std::vector<ProviderRow>& Rows() {
  static const auto& rows = *new std::vector<ProviderRow>{
      {"The Bridge",
       "registered_school",
       900012,
       0,
       0,
       "",
       120,
       "",
       {{"Full-time place, years 8 to 11",
         3,
         kSecondary,
         "behaviour,social_emotional_mental_health,attendance,learning",
         610,
         {24, 24, 24, 24, 24}},
        {"Twelve weeks and back",
         2,
         kSecondary,
         "behaviour,social_emotional_mental_health",
         545,
         {10, 10, 10, 10, 10}}}},
      {"The Yard",
       "independent_school",
       150801,
       507200,
       251300,
       "Joe McAllister",
       75,
       "",
       {{"Motor vehicle and maths",
         2,
         kSecondary,
         "vocational,behaviour,attendance",
         412,
         {6, 6, 6, 6, 6}},
        {"Construction taster", 1, kSecondary, "vocational,behaviour", 95, {0, 8, 0, 8, 0}}}},
      {"Hill Farm",
       "unregistered",
       0,
       511900,
       246200,
       "",
       160,
       "",
       {{"Animal care",
         1,
         kSecondary,
         "social_emotional_mental_health,autism,attendance",
         130,
         {5, 5, 5, 0, 0}},
        {"Farm mornings",
         1,
         kPrimary,
         "social_emotional_mental_health,behaviour",
         120,
         {4, 0, 4, 0, 0}}}},
      {"Riverside Arts",
       "unregistered",
       0,
       503400,
       249900,
       "",
       400,
       "",
       {{"Music and film",
         1,
         kSecondary,
         "social_emotional_mental_health,speech_and_language",
         110,
         {6, 0, 6, 0, 6}}}},
      {"Borough College 14 to 16",
       "college",
       0,
       505800,
       248100,
       "",
       90,
       "visit",
       {{"Hair, food or sport", 3, kSecondary, "vocational,learning", 380, {0, 12, 12, 12, 0}}}},
      {"Little Acorns",
       "independent_school",
       150802,
       500900,
       252600,
       "",
       40,
       "",
       {{"Nurture class",
         2,
         kPrimary,
         "social_emotional_mental_health,behaviour,speech_and_language",
         498,
         {8, 8, 8, 8, 8}}}}};
  return rows;
}

constexpr std::array<string_view, 6> kChecks = {"safeguarding", "staff_checks",         "premises",
                                                "curriculum",   "attendance_reporting", "visit"};
constexpr std::array<string_view, 5> kDays = {"mon", "tue", "wed", "thu", "fri"};

// The n-th id: the same in every borough.
std::string IdOf(int provider, int programme) {
  return absl::StrCat("de300000-0000-4000-8000-", absl::Dec(provider, absl::kZeroPad6),
                      absl::Dec(programme, absl::kZeroPad6));
}

panel::v1::Programme ProgrammeOf(const ProgrammeRow& row, int provider, int number) {
  panel::v1::Programme programme;
  programme.set_programme_id(IdOf(provider, number));
  programme.set_provider_id(IdOf(provider, 0));
  programme.set_name(std::string(row.name));
  programme.set_tier(row.tier);
  programme.set_phase(row.phase);
  const std::vector<std::string> needs = absl::StrSplit(std::string(row.needs), ',');
  for (const std::string& need : needs) programme.add_needs(need);
  programme.set_pence_a_week(row.pounds_a_week * 100);
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (row.places[i] == 0) continue;
    panel::v1::DayPlaces* day = programme.add_days();
    day->set_day(std::string(kDays[i]));
    day->set_places(row.places[i]);
  }
  return programme;
}

std::vector<panel::v1::ProviderCheck> ChecksOf(const ProviderRow& row, Day today) {
  constexpr int kYear = 365;
  std::vector<panel::v1::ProviderCheck> checks;
  for (const string_view kind : kChecks) {
    if (kind == row.unchecked) continue;
    const Day checked = today - row.days_since_checked;
    panel::v1::ProviderCheck& check = checks.emplace_back();
    check.set_kind(std::string(kind));
    check.set_outcome(kind == "premises" && row.urn == 0 ? "partly_met" : "met");
    check.set_checked_on(checked.ToIso());
    check.set_next_due((checked + kYear).ToIso());
  }
  return checks;
}

DemoProvider Make(const ProviderRow& row, int number, Day today) {
  DemoProvider made;
  made.provider.set_provider_id(IdOf(number, 0));
  made.provider.set_la_code(kLaCode);
  made.provider.set_name(std::string(row.name));
  made.provider.set_registration(std::string(row.registration));
  made.provider.set_urn(row.urn);
  made.provider.set_easting(row.easting);
  made.provider.set_northing(row.northing);
  made.provider.set_open(true);
  made.checks = ChecksOf(row, today);
  int programme = 0;
  for (const ProgrammeRow& one : row.programmes) {
    made.programmes.push_back(ProgrammeOf(one, number, ++programme));
  }
  if (!row.people.empty()) made.people.emplace_back(row.people);
  return made;
}

}  // namespace

std::vector<DemoProvider> DemoProviders(Day today) {
  std::vector<DemoProvider> providers;
  int number = 0;
  for (const ProviderRow& row : Rows()) providers.push_back(Make(row, ++number, today));
  return providers;
}

}  // namespace pathways::demo_panel
