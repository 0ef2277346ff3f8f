// What a school or an officer tells the panel, as a form. Its questions are rows in
// form_questions.cc; docs/reference/panel-case.md defines them for the web as well.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/forms/form.h"

namespace pathways::panel {

using forms::Answers;
using forms::Problem;
using forms::Question;
using forms::SectionForm;
using Sections = std::map<std::string, Answers, std::less<>>;

// In the order of the task list.
std::span<const SectionForm> CaseSections();
// Null when there is no such section.
const SectionForm* FindSection(std::string_view name);

// Codes of needs, as the section "needs" and programmes name them.
std::span<const std::string_view> NeedCodes();

// The answers of a section; none when it was never saved.
const Answers& AnswersOf(const Sections& sections, std::string_view name);
// One answer; empty when there is none.
std::string_view AnswerOf(const Sections& sections, std::string_view section, std::string_view key);
// Codes joined by commas, apart.
std::vector<std::string> SplitCodes(std::string_view joined);

// Everything that keeps an agenda from taking the case, in fields "<section>.<key>".
std::vector<Problem> WhatIsMissing(const Sections& sections, education::Day today);

}  // namespace pathways::panel
