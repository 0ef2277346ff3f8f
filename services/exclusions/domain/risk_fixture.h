// For tests: pupils with a past.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/risk_history.h"

namespace pathways::exclusions::fixture {

inline Day On(std::string_view iso) { return *Day::ParseIso(iso); }

inline education::LaCode Authority() { return *education::LaCode::FromInt(822); }

// Two sessions every weekday from September 2025 on; holidays do not matter here.
inline const Registers& EveryWeekday() {
  static const Registers registers = [] {
    std::vector<Registers::Held> held;
    for (Day day = On("2025-09-01"); day < On("2027-07-01"); ++day) {
      if (!day.is_weekend()) held.push_back({day, 2});
    }
    return Registers(held);
  }();
  return registers;
}

inline Stay AtSchool(std::string_view entry, int urn = 900001,
                     const std::string& phase = "State-funded secondary") {
  return {.urn = School(urn),
          .la_code = Authority(),
          .entry = On(entry),
          .phase = phase,
          .registers = &EveryWeekday()};
}

// On roll since September 2024, in year 8.
inline RiskHistory Pupil() {
  return {.pupil = education::PupilId::New(Ids()),
          .stays = {AtSchool("2024-09-02")},
          .exclusions = {},
          .recorded = {{.year_group = "8", .sen_provision = "N"}},
          .support = {}};
}

inline PastExclusion Suspension(std::string_view start, int half_days,
                                std::vector<std::string> reasons = {"DB"}) {
  return {.kind = Kind::kSuspension,
          .start = On(start),
          .half_days = half_days,
          .reasons = std::move(reasons)};
}

// Suspensions bring 10 from the first and 30 from the third; SEN support 8.
inline RiskWeights TestWeights() {
  return {.version = "test-1",
          .bands = {{Factor::kSuspensions, 1, 10},
                    {Factor::kSuspensions, 3, 30},
                    {Factor::kSenSupport, 1, 8}},
          .primary_years = {4, 6},
          .secondary_years = {8, 10},
          .primary_threshold = 10,
          .secondary_threshold = 30};
}

}  // namespace pathways::exclusions::fixture
