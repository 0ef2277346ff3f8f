// A school and its authority: what rows are seen by.
#pragma once

#include <compare>

#include "libs/education/identifiers.h"

namespace pathways::education {

struct SchoolKey {
  Urn urn;
  LaCode la_code;
  friend auto operator<=>(const SchoolKey&, const SchoolKey&) = default;
};

}  // namespace pathways::education
