#include "tools/demo/school.h"

#include <array>
#include <numeric>
#include <utility>

namespace pathways::demo {
namespace {

using std::string_view;

constexpr auto kNurseryYears = std::to_array<string_view>({"N1", "N2"});
constexpr auto kPrimaryYears = std::to_array<string_view>({"R", "1", "2", "3", "4", "5", "6"});
constexpr auto kSecondaryYears = std::to_array<string_view>({"7", "8", "9", "10", "11"});
constexpr auto kSpecialYears =
    std::to_array<string_view>({"R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"});
constexpr auto kAlternativeYears = std::to_array<string_view>({"8", "9", "10", "11"});

constexpr int kFirstUrn = 900001;
// No authority has it, so no invented number can be a real child's or school's.
constexpr int kInventedLa = 999;

struct Invented {
  string_view name;
  Phase phase;
  string_view type;
  string_view locality;
  int share;        // of a thousand pupils
  int east, north;  // metres from the borough's corner
};

// The people of services/web/dev-idp/people.json work at the first two.
constexpr std::array<Invented, kMostInventedSchools> kInvented = {{
    {"Millbrook Community School", Phase::kSecondary, "Community school", "North", 210, 4100, 6900},
    {"Abbey Lane Primary School", Phase::kPrimary, "Community school", "North", 85, 3300, 7800},
    {"Priory Park Academy", Phase::kSecondary, "Academy converter", "South", 225, 5600, 1900},
    {"Kingsmead School", Phase::kSecondary, "Foundation school", "East", 150, 10400, 4600},
    {"Willow Bank Primary School", Phase::kPrimary, "Community school", "North", 62, 1800, 8900},
    {"St Aldhelm's Church of England Primary School", Phase::kPrimary, "Voluntary aided school",
     "South", 52, 6900, 900},
    {"Castle Hill Primary Academy", Phase::kPrimary, "Academy sponsor led", "South", 58, 4800,
     2700},
    {"Oakfield Primary School", Phase::kPrimary, "Community school", "East", 45, 11800, 5900},
    {"Weir Street Primary School", Phase::kPrimary, "Community school", "East", 48, 9700, 3800},
    {"Larkfield Primary School", Phase::kPrimary, "Academy converter", "South", 31, 7300, 2200},
    {"Meadow Way School", Phase::kSpecial, "Community special school", "North", 26, 2600, 5700},
    {"The Bridge", Phase::kAlternative, "Pupil referral unit", "East", 8, 8900, 4900},
}};

string_view PublishedPhase(Phase phase) {
  switch (phase) {
    case Phase::kNursery:
      return "State-funded nursery";
    case Phase::kPrimary:
      return "State-funded primary";
    case Phase::kSecondary:
      return "State-funded secondary";
    case Phase::kSpecial:
      return "State-funded special school";
    case Phase::kAlternative:
      return "State-funded AP school";
  }
  return "";
}

// Establishment numbers by phase, as authorities number them.
int FirstEstablishment(Phase phase) {
  switch (phase) {
    case Phase::kNursery:
      return 1000;
    case Phase::kPrimary:
      return 2000;
    case Phase::kSecondary:
      return 4000;
    case Phase::kSpecial:
      return 7000;
    case Phase::kAlternative:
      return 1100;
  }
  return 2000;
}

School Make(int index, int headcount) {
  const Invented& row = kInvented[static_cast<std::size_t>(index)];
  const int establishment = FirstEstablishment(row.phase) + index + 1;
  return {.urn = *education::Urn::FromInt(kFirstUrn + index),
          .laestab = *education::Laestab::FromInt(kInventedLa * 10'000 + establishment),
          .la_name = "Demonstration Borough",
          .name = std::string(row.name),
          .phase = row.phase,
          .phase_text = std::string(PublishedPhase(row.phase)),
          .type_text = std::string(row.type),
          // No post town has this area.
          .postcode = "ZZ" + std::to_string(1 + index) + " 1AA",
          .locality = std::string(row.locality),
          .headcount = headcount,
          .easting = 500'000 + row.east,
          .northing = 245'000 + row.north};
}

}  // namespace

std::span<const string_view> YearGroupsOf(Phase phase) {
  switch (phase) {
    case Phase::kNursery:
      return kNurseryYears;
    case Phase::kPrimary:
      return kPrimaryYears;
    case Phase::kSecondary:
      return kSecondaryYears;
    case Phase::kSpecial:
      return kSpecialYears;
    case Phase::kAlternative:
      return kAlternativeYears;
  }
  return kPrimaryYears;
}

std::vector<School> InventedSchools(int count, int pupils) {
  const auto chosen = std::span(kInvented).first(static_cast<std::size_t>(count));
  const int shares = std::accumulate(chosen.begin(), chosen.end(), 0,
                                     [](int sum, const Invented& row) { return sum + row.share; });
  std::vector<School> schools;
  int share_so_far = 0;
  int given = 0;
  for (int index = 0; index < count; ++index) {
    share_so_far += chosen[static_cast<std::size_t>(index)].share;
    const int until_here = static_cast<int>(std::int64_t{pupils} * share_so_far / shares);
    schools.push_back(Make(index, until_here - given));
    given = until_here;
  }
  return schools;
}

}  // namespace pathways::demo
