// The schools of a borough: invented ones, or the real ones of the Department's open data with
// their headcounts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "tools/files/input_file.h"

namespace pathways::demo {

enum class Phase : std::uint8_t { kNursery, kPrimary, kSecondary, kSpecial, kAlternative };

struct School {
  education::Urn urn;
  education::Laestab laestab;
  std::string la_name;
  std::string name;
  Phase phase = Phase::kPrimary;
  std::string phase_text;  // as published
  std::string type_text;
  std::string postcode;
  std::string locality;
  int headcount = 0;
  int easting = 0;  // national grid, metres; 0: not known
  int northing = 0;

  education::LaCode la_code() const { return laestab.la_code(); }
};

// National Curriculum years taught in that phase, youngest first: "R", "1", ...
std::span<const std::string_view> YearGroupsOf(Phase phase);

inline constexpr int kMostInventedSchools = 12;

// The first `count` schools (2 to kMostInventedSchools) of the demonstration borough, LA code 999,
// which share `pupils`.
std::vector<School> InventedSchools(int count, int pupils);

// The schools of one authority that publish a headcount, by URN. `file` is school-level open data
// ("Schools, pupils and their characteristics"). INVALID_ARGUMENT when it is something else,
// NOT_FOUND when the authority has none in it.
absl::StatusOr<std::vector<School>> RealSchools(files::InputFile& file, education::LaCode la_code);

}  // namespace pathways::demo
