// What a decision must say, and by when it is due.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/working_calendar.h"
#include "libs/forms/problem.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

using forms::Problem;

// Characters of a decision's words, and of the reason of a dismissal or a withdrawal.
inline constexpr std::size_t kLeastWords = 10;
inline constexpr std::size_t kMostDecisionWords = 2000;
inline constexpr std::size_t kMostReasonWords = 1000;

// Working days Early Help has for a decision where the authority has set nothing else. Usual local
// promise: 2 to 3.
inline constexpr int kUsualDecisionWorkingDays = 2;

// The last day on which a decision is in time. Working days of England; the day of sending does not
// count.
education::Day DecisionDue(education::Day sent, int working_days,
                           const education::WorkingCalendar& calendar);

// Which table of codes the action draws on: "decline", "redirect", or "" for none.
std::string_view CodeTable(Action action);

struct DecisionSaid {
  std::string note;  // tidied
  std::string code;
  bool code_known = false;  // in use on the day of the decision
  bool has_worker = false;
};
// In fields `note`, `code` and `worker_id`. Empty: nothing is missing.
std::vector<Problem> WhatDecisionLacks(Action action, const DecisionSaid& said);

}  // namespace pathways::referrals
