// Minutes as Pathways drafts them from what a sitting recorded. No names of people or pupils: the
// pages add them, a case is named by its reference.
#pragma once

#include <string>
#include <vector>

#include "services/panel/domain/decision.h"

namespace pathways::panel {

inline constexpr std::size_t kMostMinutes = 8000;  // characters of a part

// Who sat, and who was there, in sentences.
std::string DraftAttendance(const Sitting& sitting, const std::vector<Member>& members);

struct AgreedAction {
  std::string agency;  // of kAgencies; empty: a person
  std::string what;
  education::Day due;
};

// What the sitting recorded about one case.
struct CaseRecord {
  std::string reference;
  bool late = false;  // put on after the papers day
  std::vector<std::string> quorum_lacks = {};
  int interested = 0;
  bool decided = false;
  bool final = false;
  Terms terms = {};
  Votes votes = {};
  std::string receiving_school = {};  // its name
  std::vector<AgreedAction> actions = {};
};
std::string DraftCase(const CaseRecord& record);

// "Alternative provision, tier 2"
std::string DecisionInWords(const Terms& terms);
// "Receiving school"
std::string AgencyInWords(std::string_view agency);

}  // namespace pathways::panel
