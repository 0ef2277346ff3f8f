#include "services/panel/domain/form.h"

#include <algorithm>

namespace pathways::panel {

const SectionForm* FindSection(std::string_view name) {
  const auto found = std::ranges::find(CaseSections(), name, &SectionForm::name);
  return found == CaseSections().end() ? nullptr : &*found;
}

const Answers& AnswersOf(const Sections& sections, std::string_view name) {
  static const Answers kNone;
  const auto saved = sections.find(name);
  return saved == sections.end() ? kNone : saved->second;
}

std::string_view AnswerOf(const Sections& sections, std::string_view section,
                          std::string_view key) {
  const Answers& answers = AnswersOf(sections, section);
  const auto answer = answers.find(key);
  return answer == answers.end() ? std::string_view() : answer->second;
}

std::vector<std::string> SplitCodes(std::string_view joined) {
  std::vector<std::string> codes;
  while (!joined.empty()) {
    const auto comma = std::min(joined.find(','), joined.size());
    codes.emplace_back(joined.substr(0, comma));
    joined.remove_prefix(std::min(comma + 1, joined.size()));
  }
  return codes;
}

std::vector<Problem> WhatIsMissing(const Sections& sections, education::Day today) {
  std::vector<Problem> missing;
  for (const SectionForm& form : CaseSections()) {
    for (Problem& problem : forms::WhatIsMissing(form, AnswersOf(sections, form.name), today)) {
      missing.push_back({std::string(form.name) + "." + problem.field, std::move(problem.words)});
    }
  }
  return missing;
}

}  // namespace pathways::panel
