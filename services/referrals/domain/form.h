// The Early Help request as a form. Its questions are rows in form_questions.cc;
// docs/reference/early-help-request.md defines them for the web as well.
#pragma once

#include <span>
#include <string_view>

#include "libs/forms/form.h"

namespace pathways::referrals {

using forms::Answers;
using forms::Condition;
using forms::Problem;
using forms::Question;
using forms::QuestionType;
using forms::ReadSection;
using forms::SectionForm;
using forms::SentAnswers;

// The answer to a question for more; only while Early Help waits for one.
inline constexpr std::string_view kAnswerSection = "answer";

// Those of a draft, in the order of the task list.
std::span<const SectionForm> DraftSections();
const SectionForm& AnswerSection();
// Null when there is no such section.
const SectionForm* FindSection(std::string_view name);

}  // namespace pathways::referrals
