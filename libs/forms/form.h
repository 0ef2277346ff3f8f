// A form as rows of questions: what can be stored of an answer, and when a section is complete. The
// rows themselves are the services'.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/education/day.h"
#include "libs/forms/problem.h"

namespace pathways::forms {

enum class QuestionType : std::uint8_t {
  kChoice,   // one option
  kChoices,  // one or more, joined by commas
  kLine,     // one line of text
  kText,     // several lines
  kDate,     // ISO; not after today and not more than 12 months before
};

// Holds when the answer to the question `key` has one of the options `is`, or, where that is empty,
// any option other than `is_not`. Without a key: always.
struct Condition {
  std::string_view key = {};
  std::span<const std::string_view> is = {};
  std::string_view is_not = {};
};

struct Question {
  std::string_view key;
  QuestionType type;
  bool required = true;
  std::size_t limit = 0;                           // of text, in UTF-16 code units
  std::span<const std::string_view> options = {};  // in the order in which they are stored
  Condition when = {};
  std::string_view alone = {};      // option that goes with no other
  std::string_view must_be = {};    // to send; empty: any answer
  std::string_view otherwise = {};  // what to say when it is not
};

struct SectionForm {
  std::string_view name;
  std::span<const Question> questions;
};

// By key of the question; never an empty value.
using Answers = std::map<std::string, std::string, std::less<>>;
using SentAnswers = std::vector<std::pair<std::string, std::string>>;

struct ReadSection {
  Answers answers;                // tidied; those whose condition does not hold are dropped
  std::vector<Problem> problems;  // what cannot be stored; then nothing is
};
// Incomplete answers are no problem: a draft is never lost.
ReadSection Read(const SectionForm& section, const SentAnswers& sent);

// Everything that keeps the section from being sent, as on `today`. Empty: it is complete.
std::vector<Problem> WhatIsMissing(const SectionForm& section, const Answers& answers,
                                   education::Day today);

inline bool IsComplete(const SectionForm& section, const Answers& answers, education::Day today) {
  return WhatIsMissing(section, answers, today).empty();
}

}  // namespace pathways::forms
