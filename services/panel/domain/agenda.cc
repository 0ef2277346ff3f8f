#include "services/panel/domain/agenda.h"

#include <algorithm>
#include <tuple>

namespace pathways::panel {

bool EarlierByClock(const Candidate& a, const Candidate& b) {
  const auto key = [](const Candidate& one) {
    return std::tuple(!one.due.has_value(), one.due, one.referred_at, one.id);
  };
  return key(a) < key(b);
}

std::vector<Candidate> WhatFits(const Sitting& sitting, int taken, std::vector<Candidate> waiting,
                                education::Day today) {
  if (sitting.state != SittingState::kPlanned || today > sitting.papers_day) return {};
  std::ranges::sort(waiting, EarlierByClock);
  const auto left = static_cast<std::size_t>(std::max(0, sitting.capacity - taken));
  if (waiting.size() > left) {
    waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(left), waiting.end());
  }
  return waiting;
}

absl::Status CheckOrder(const std::vector<CaseId>& present, const std::vector<CaseId>& wanted) {
  std::vector<CaseId> a = present, b = wanted;
  std::ranges::sort(a);
  std::ranges::sort(b);
  if (a == b) return absl::OkStatus();
  return absl::InvalidArgumentError("Name every case of the agenda once, and no other");
}

absl::Status CheckCanTake(const Sitting& sitting, int taken, const PanelCase& panel_case) {
  if (sitting.state != SittingState::kPlanned && sitting.state != SittingState::kOpen) {
    return absl::FailedPreconditionError("The sitting is over or was cancelled");
  }
  if (const auto next = Next(panel_case.state, CaseAction::kSchedule); !next.ok()) {
    return next.status();
  }
  if (!panel_case.complete) {
    return absl::FailedPreconditionError(
        "The case is not complete: see what is missing before it is put on an agenda");
  }
  if (panel_case.phase != sitting.phase) {
    return absl::FailedPreconditionError("The case belongs to the panel of the other phase");
  }
  if (taken >= sitting.capacity) return absl::FailedPreconditionError("The agenda is full");
  return absl::OkStatus();
}

}  // namespace pathways::panel
