// What follows from a decision: who must do what by when. Told to each agency when the sitting
// closes, besides what the panel wrote down itself.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/working_calendar.h"
#include "services/panel/domain/decision.h"

namespace pathways::panel {

// Who can owe something. Those from "send" on, without Early Help and providers, have no people in
// Pathways: the clerk follows them up.
inline constexpr std::array<std::string_view, 10> kAgencies = {
    "school",      "receiving_school",       "authority",       "send",     "early_help",
    "social_care", "educational_psychology", "police_or_youth", "provider", "virtual_school"};

// A week to begin, two to add what was missing: usual practice of panels.
inline constexpr int kBeginWorkingDays = 5;
inline constexpr int kAddWorkingDays = 10;

struct Task {
  std::string_view code;
  std::string_view agency;  // of kAgencies
  std::string what;         // in a sentence
  education::Day due;
};

// Of a decision that is final, taken on that day. Days are never before it.
std::vector<Task> TasksOf(const Terms& terms, education::Day decided,
                          const education::WorkingCalendar& calendar);

// "reports" as people say it; the code itself for others.
std::string MissingInWords(std::string_view code);

}  // namespace pathways::panel
