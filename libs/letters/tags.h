// Private to this library: the tags of a template.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/letters/template.h"

namespace pathways::letters {

struct Tags {
  // What is wrong with them, for people; empty: nothing. Then the rest means nothing.
  std::vector<std::string> wrong = {};
  struct Use {
    std::string name;
    std::vector<std::string> only_where;  // names of the conditions around it, "^name": inverted
    bool condition = false;               // {{#name}} itself
  };
  std::vector<Use> uses = {};  // in order of appearance
};

Tags ReadTags(std::string_view text);

// The text with its tags filled in; `values` are made plain for Markdown (markdown.h) on the way.
std::string FillTags(std::string_view text, const Values& values);

}  // namespace pathways::letters
