// What is wrong with what somebody entered.
#pragma once

#include <string>

namespace pathways::exclusions {

struct Problem {
  std::string field;  // the field of the facts or decisions, such as "start_date"
  std::string words;  // what to do, in plain English

  friend bool operator==(const Problem&, const Problem&) = default;
};

}  // namespace pathways::exclusions
