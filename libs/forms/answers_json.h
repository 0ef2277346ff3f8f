// Answers as JSON, as kept in jsonb: {"key": "value"}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/forms/form.h"

namespace pathways::forms {

std::string ToJson(const Answers& answers);
// Nothing when it is not an object of texts.
std::optional<Answers> AnswersFromJson(std::string_view json);

}  // namespace pathways::forms
