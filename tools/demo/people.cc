#include "tools/demo/people.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/tabular/csv_writer.h"
#include "nlohmann/json.hpp"

namespace pathways::demo {
namespace {

using nlohmann::json;

struct Place {
  std::string urn;
  std::string la_code;
};

bool Has(const std::vector<School>& schools, int urn) {
  return std::ranges::any_of(schools,
                             [&](const School& school) { return school.urn.value() == urn; });
}

std::vector<Place> PlacesOf(const json& person, const std::vector<School>& schools) {
  std::vector<Place> places;
  for (const json& urn : person.at("urns")) {
    if (Has(schools, urn.get<int>())) places.push_back({absl::StrCat(urn.get<int>()), ""});
  }
  for (const json& la_code : person.at("la_codes"))
    places.push_back({"", absl::StrCat(la_code.get<int>())});
  const bool everywhere = person.at("urns").empty() && person.at("la_codes").empty();
  if (everywhere) places.emplace_back();
  return places;
}

void Write(const json& person, const std::vector<School>& schools, tabular::CsvWriter& csv) {
  const std::vector<Place> places = PlacesOf(person, schools);
  for (const json& role : person.at("roles")) {
    for (const Place& place : places) {
      csv.WriteRecord({person.at("sub").get<std::string>(), person.at("name").get<std::string>(),
                       person.at("email").get<std::string>(), person.at("title").get<std::string>(),
                       role.get<std::string>(), place.urn, place.la_code});
    }
  }
}

}  // namespace

absl::StatusOr<std::string> PeopleCsv(const std::string& people_json,
                                      const std::vector<School>& schools) {
  std::string text;
  tabular::CsvWriter csv(&text);
  csv.WriteRecord({"subject", "name", "email", "title", "role", "urn", "la_code"});
  try {
    const json list = json::parse(people_json);
    for (const json& person : list.at("people")) Write(person, schools, csv);
  } catch (const json::exception& error) {
    return absl::InvalidArgumentError(
        absl::StrCat("The list of people cannot be read: ", error.what()));
  }
  return text;
}

}  // namespace pathways::demo
