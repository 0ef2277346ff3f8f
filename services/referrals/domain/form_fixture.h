// For tests: a request that can be sent.
#pragma once

#include <map>
#include <string>

#include "services/referrals/domain/form.h"

namespace pathways::referrals::fixture {

inline std::map<std::string, SentAnswers> GoodAnswers(education::Day today) {
  return {
      {"consent",
       {{"consent_asked", "yes"},
        {"consent_given", "yes"},
        {"consent_by", "A parent"},
        {"consent_relationship", "parent"},
        {"consent_date", today.ToIso()},
        {"consent_how", "phone"},
        {"consent_told", "pupil,parents"}}},
      {"reason",
       {{"main_reason", "attendance"},
        {"reason", "Away since the autumn; worries in the mornings."},
        {"change_wanted", "Mornings that work."}}},
      {"needs", {{"needs", "education,health"}, {"needs_detail", "Sleep, and a way back."}}},
      {"tried", {{"tried", "home_visit,mentoring"}, {"tried_detail", "Two visits in October."}}},
      {"views",
       {{"pupil_views_known", "yes"},
        {"pupil_views", "Wants to come."},
        {"family_views", "Agree."}}},
      {"agencies", {{"agencies_involved", "no"}}},
      {"risk", {{"immediate_danger", "no"}, {"risks", "none"}}},
  };
}

}  // namespace pathways::referrals::fixture
