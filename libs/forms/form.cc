#include "libs/forms/form.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "libs/forms/words.h"

namespace pathways::forms {
namespace {

using education::Day;
using enum QuestionType;

// What is no key of ours may be anything: repeated only when it looks like one.
std::string Named(const std::string& key) {
  constexpr std::size_t kLongest = 40;
  const bool like_a_key =
      key.size() <= kLongest &&
      key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == key.npos;
  return like_a_key ? key : "unknown";
}

std::vector<std::string_view> Split(std::string_view value) {
  std::vector<std::string_view> parts;
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    parts.push_back(value.substr(0, comma));
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return parts;
}

bool Contains(std::span<const std::string_view> values, std::string_view value) {
  return std::ranges::find(values, value) != values.end();
}

bool Holds(const Condition& condition, const Answers& answers) {
  if (condition.key.empty()) return true;
  const auto answer = answers.find(condition.key);
  if (answer == answers.end()) return false;
  return std::ranges::any_of(Split(answer->second), [&](std::string_view value) {
    return condition.is.empty() ? value != condition.is_not : Contains(condition.is, value);
  });
}

const Question* FindQuestion(const SectionForm& section, std::string_view key) {
  const auto found = std::ranges::find(section.questions, key, &Question::key);
  return found == section.questions.end() ? nullptr : &*found;
}

std::optional<std::string> ProblemOfText(const Question& question, std::string_view value) {
  if (LengthOf(value) > question.limit) {
    return "Use " + std::to_string(question.limit) + " characters or fewer";
  }
  if (HasControlCharacter(value)) return "Remove characters that cannot be shown";
  if (question.type == kLine && value.find('\n') != value.npos) return "Write it on one line";
  return std::nullopt;
}

std::optional<std::string> ProblemOf(const Question& question, std::string_view value) {
  const auto known = [&](std::string_view option) { return Contains(question.options, option); };
  switch (question.type) {
    case kChoice:
      if (!known(value)) return "Choose one of the options";
      return std::nullopt;
    case kChoices:
      if (!std::ranges::all_of(Split(value), known)) return "Choose from the options";
      return std::nullopt;
    case kDate:
      if (!Day::ParseIso(value).ok()) return "Enter a real day, such as 2026-11-09";
      return std::nullopt;
    case kLine:
    case kText:
      break;
  }
  return ProblemOfText(question, value);
}

// In the order of the options, each once.
std::string InOrder(const Question& question, std::string_view value) {
  const auto chosen = Split(value);
  std::string ordered;
  for (const std::string_view option : question.options) {
    if (!Contains(chosen, option)) continue;
    if (!ordered.empty()) ordered += ',';
    ordered += option;
  }
  return ordered;
}

// A dropped answer can hide another one: until nothing more goes.
void DropHidden(const SectionForm& section, Answers& answers) {
  const auto hidden = [&](const Question& question) {
    return answers.contains(question.key) && !Holds(question.when, answers);
  };
  for (auto found = std::ranges::find_if(section.questions, hidden);
       found != section.questions.end(); found = std::ranges::find_if(section.questions, hidden)) {
    answers.erase(answers.find(found->key));
  }
}

Day YearBefore(Day day) {
  const auto date = day.date() - std::chrono::years(1);
  // 29 February.
  return date.ok() ? Day(date)
                   : Day(std::chrono::sys_days(date.year() / date.month() / std::chrono::last));
}

std::optional<std::string_view> NotWithinAYear(std::string_view value, Day today) {
  const auto day = Day::ParseIso(value);
  if (!day.ok() || *day > today) return "The day must be today or in the past";
  if (*day < YearBefore(today)) return "The day must be within the last 12 months";
  return std::nullopt;
}

std::optional<std::string_view> WhyIncomplete(const Question& question, std::string_view value,
                                              Day today) {
  if (!question.must_be.empty() && value != question.must_be) return question.otherwise;
  if (question.type == kDate) return NotWithinAYear(value, today);
  if (!question.alone.empty() && value != question.alone &&
      Contains(Split(value), question.alone)) {
    return "Choose either the last option or the others, not both";
  }
  return std::nullopt;
}

}  // namespace

ReadSection Read(const SectionForm& section, const SentAnswers& sent) {
  ReadSection read;
  for (const auto& [key, value] : sent) {
    const Question* question = FindQuestion(section, key);
    if (question == nullptr) {
      read.problems.push_back({Named(key), "There is no such question"});
      continue;
    }
    const std::string text = Tidy(value);
    if (read.answers.contains(key)) {
      read.problems.push_back({key, "Send one answer to a question"});
    } else if (auto problem = text.empty() ? std::nullopt : ProblemOf(*question, text)) {
      read.problems.push_back({key, *std::move(problem)});
    } else if (!text.empty()) {
      read.answers[key] = question->type == kChoices ? InOrder(*question, text) : text;
    }
  }
  DropHidden(section, read.answers);
  return read;
}

std::vector<Problem> WhatIsMissing(const SectionForm& section, const Answers& answers, Day today) {
  std::vector<Problem> missing;
  for (const Question& question : section.questions) {
    if (!Holds(question.when, answers)) continue;
    const auto answer = answers.find(question.key);
    if (answer == answers.end()) {
      if (question.required) {
        missing.push_back({std::string(question.key), "Answer this question"});
      }
    } else if (const auto why = WhyIncomplete(question, answer->second, today)) {
      missing.push_back({std::string(question.key), std::string(*why)});
    }
  }
  return missing;
}

}  // namespace pathways::forms
