// What is wrong with what somebody entered.
#pragma once

#include <string>

namespace pathways::forms {

struct Problem {
  std::string field;  // key of a question, or the request's field
  std::string words;  // what to do, in plain English, without repeating the value

  friend bool operator==(const Problem&, const Problem&) = default;
};

}  // namespace pathways::forms
