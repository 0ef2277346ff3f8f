#include "services/referrals/domain/decision.h"

#include "libs/forms/words.h"

namespace pathways::referrals {

education::Day DecisionDue(education::Day sent, int working_days,
                           const education::WorkingCalendar& calendar) {
  return calendar.AddWorkingDays(sent, working_days);
}

std::string_view CodeTable(Action action) {
  if (action == Action::kDecline) return "decline";
  if (action == Action::kRedirect) return "redirect";
  return "";
}

std::vector<Problem> WhatDecisionLacks(Action action, const DecisionSaid& said) {
  std::vector<Problem> problems;
  const bool words_needed = action != Action::kAccept;
  if (words_needed || !said.note.empty()) {
    auto problem = forms::CheckWords("note", said.note, kLeastWords, kMostDecisionWords);
    if (problem.has_value()) problems.push_back(*std::move(problem));
  }
  if (CodeTable(action).empty()) {
    if (!said.code.empty()) problems.push_back({"code", "Leave this out: it takes no code"});
  } else if (!said.code_known) {
    problems.push_back({"code", action == Action::kDecline ? "Choose a reason from the list"
                                                           : "Choose a service from the list"});
  }
  if (action != Action::kAccept && said.has_worker) {
    problems.push_back({"worker_id", "Only an accepted request is given to a worker"});
  }
  return problems;
}

}  // namespace pathways::referrals
