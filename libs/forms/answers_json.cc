#include "libs/forms/answers_json.h"

#include <nlohmann/json.hpp>

namespace pathways::forms {

std::string ToJson(const Answers& answers) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [key, value] : answers) json[key] = value;
  return json.dump();
}

std::optional<Answers> AnswersFromJson(std::string_view json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return std::nullopt;
  Answers answers;
  for (const auto& [key, value] : parsed.items()) {
    if (!value.is_string()) return std::nullopt;
    answers[key] = value.get<std::string>();
  }
  return answers;
}

}  // namespace pathways::forms
