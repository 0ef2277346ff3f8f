#include "services/panel/domain/tasks.h"

#include <algorithm>
#include <utility>

namespace pathways::panel {
namespace {

using education::Day;

// In the order of kMissing of decisions.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kMissingWords = {{
    {"reports", "reports"},
    {"pupil_view", "the pupil's view"},
    {"parent_view", "the parents' view"},
    {"attendance_of_school", "somebody from the school at the sitting"},
    {"assessment", "an assessment"},
    {"other", "what the reasons of the decision name"},
}};

std::string Listed(const std::vector<std::string>& codes) {
  std::string listed;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (i > 0) listed += i + 1 == codes.size() ? " and " : ", ";
    listed += MissingInWords(codes[i]);
  }
  return listed;
}

std::vector<Task> OfMove(const Terms& terms, Day begin) {
  std::vector<Task> tasks = {
      {"agree_start", "receiving_school",
       "Agree the pupil's first day with the family and the pupil's school, and who meets them.",
       begin},
      {"send_record", "school",
       "Send the receiving school the pupil's record, plans and safeguarding file.", begin}};
  if (terms.until) {
    tasks.push_back({"review_trial", "authority",
                     "Hear both schools and the family before the trial ends, and record whether "
                     "the pupil stays or returns.",
                     *terms.until});
  }
  return tasks;
}

std::vector<Task> OfProvision(const Terms& terms, Day begin) {
  std::vector<Task> tasks = {
      {"find_place", "authority", "Offer the pupil a place that fits what was decided.", begin},
      {"send_information", "school",
       "Write down what a provider must know: needs, risks, attendance and whom to call.", begin}};
  if (terms.review_on) {
    tasks.push_back({"hold_review", "authority",
                     "Hold the first review with provider, school, family and pupil, and record "
                     "what came of it.",
                     *terms.review_on});
  }
  if (terms.until) {
    tasks.push_back({"plan_return", "school",
                     "Have a plan for the pupil's return to school before the placement ends.",
                     *terms.until});
  }
  return tasks;
}

std::vector<Task> OfSupport(const Terms& terms, Day begin) {
  std::vector<Task> tasks = {{"put_support_in_place", "school",
                              "Put in place the support that the panel decided, and tell the "
                              "family and the pupil.",
                              begin}};
  if (terms.review_on) {
    tasks.push_back({"hold_review", "school",
                     "Hold the first review of the support, and record what came of it.",
                     *terms.review_on});
  }
  return tasks;
}

}  // namespace

std::string MissingInWords(std::string_view code) {
  const auto found =
      std::ranges::find(kMissingWords, code, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == kMissingWords.end() ? code : found->second);
}

std::vector<Task> TasksOf(const Terms& terms, Day decided,
                          const education::WorkingCalendar& calendar) {
  const Day begin = calendar.AddWorkingDays(decided, kBeginWorkingDays);
  switch (terms.kind) {
    case DecisionKind::kSupportInMainstream:
      return OfSupport(terms, begin);
    case DecisionKind::kManagedMove:
      return OfMove(terms, begin);
    case DecisionKind::kAlternativeProvision:
      return OfProvision(terms, begin);
    case DecisionKind::kFairAccessPlace:
      return {
          {"admit", "receiving_school",
           "Admit the pupil: agree the first day with the family, and who meets them.", begin},
          {"send_record", "school",
           "Send the receiving school the pupil's record, plans and safeguarding file.", begin}};
    case DecisionKind::kDeferral:
      return {{"add_missing", "school",
               "Add to the case what was missing: " + Listed(terms.missing) + ".",
               calendar.AddWorkingDays(decided, kAddWorkingDays)}};
  }
  return {};
}

}  // namespace pathways::panel
