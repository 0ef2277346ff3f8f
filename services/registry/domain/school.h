// A school as the Department's open data describes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/education/identifiers.h"

namespace pathways::registry {

// A place on the national grid, in metres.
struct GridReference {
  std::int32_t easting = 0;
  std::int32_t northing = 0;

  friend bool operator==(const GridReference&, const GridReference&) = default;
};

struct School {
  education::Urn urn;
  education::LaCode la_code;
  std::optional<education::Laestab> laestab;
  std::string la_name;
  std::string name;
  std::string phase;
  std::string type;
  std::string status;                     // "open" or "closed"
  std::optional<std::int32_t> headcount;  // not published: nothing
  std::string locality;                   // group of schools that work together; may be empty
  std::string postcode;
  std::optional<GridReference> grid;  // not known: nothing

  friend bool operator==(const School&, const School&) = default;
};

// "Open, but proposed to close" is open; "Closed" and "Proposed to open" are not. Empty (the census
// files list open schools only): open. Source: Get Information About Schools, EstablishmentStatus.
std::string_view SchoolStatus(std::string_view published);

// A published count: a whole number, or nothing for blanks and the symbols of national statistics
// (z, x, c, low, ...). False when it is neither.
bool ParseHeadcount(std::string_view text, std::optional<std::int32_t>* headcount);

// Easting and Northing as Get Information About Schools publishes them: whole metres; both empty or
// 0 (schools abroad, schools to come): nothing. False when they are no place of Great Britain.
bool ParseGrid(std::string_view easting, std::string_view northing,
               std::optional<GridReference>* grid);

}  // namespace pathways::registry
