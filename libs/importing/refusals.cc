#include "libs/importing/refusals.h"

#include <utility>

namespace pathways::importing {

void Refusals::Add(tabular::Problem problem, std::string_view raw) {
  ++problem_count_;
  if (problem.row == 0) whole_file_ = true;
  const auto known = kept_.find(problem.row);
  if (known != kept_.end()) {
    known->second.problems.push_back(std::move(problem));
    return;
  }
  // A row's problems come one after the other, so beyond the cap the last row suffices to count
  // rows once.
  const bool counted = problem.row == last_dropped_row_;
  if (problem.row != 0 && !counted) ++rows_;
  if (kept_.size() >= max_kept_) {
    last_dropped_row_ = problem.row;
    return;
  }
  const std::int64_t row = problem.row;
  kept_.emplace(row, Row{std::string(raw), {std::move(problem)}});
}

}  // namespace pathways::importing
