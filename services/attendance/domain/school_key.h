// A school and its authority: what row-level security decides by.
#pragma once

#include <compare>

#include "libs/education/identifiers.h"

namespace pathways::attendance {

struct SchoolKey {
  education::LaCode la_code;
  education::Urn urn;
  friend auto operator<=>(const SchoolKey&, const SchoolKey&) = default;
};

}  // namespace pathways::attendance
