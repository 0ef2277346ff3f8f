#include "services/panel/domain/minutes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/panel/domain/tasks.h"

namespace pathways::panel {
namespace {

using Sentences = std::vector<std::string>;

constexpr std::array<std::string_view, kSeatNames.size()> kSeatWords = {"the chair",
                                                                        "a head teacher",
                                                                        "the authority",
                                                                        "the SEND team",
                                                                        "Early Help",
                                                                        "social care",
                                                                        "educational psychology",
                                                                        "police or youth service",
                                                                        "alternative provision"};

std::string Joined(const Sentences& parts, std::string_view between) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += between;
    joined += part;
  }
  return joined;
}

std::string Count(int number, const std::string& one, const std::string& many) {
  return number == 1 ? "One " + one : std::to_string(number) + " " + many;
}

std::string WeekdayAndDay(education::Day day) { return day.WeekdayName() + " " + day.ToUk(); }

Sentences Seats(const std::vector<Member>& members, bool attended) {
  Sentences seats;
  const auto heads = std::ranges::count_if(members, [&](const Member& member) {
    return member.seat == Seat::kHeadTeacher && member.attended == attended;
  });
  for (const Member& member : members) {
    if (member.attended != attended) continue;
    std::string words(kSeatWords[static_cast<std::size_t>(member.seat)]);
    if (member.seat == Seat::kHeadTeacher && heads > 1) {
      words = std::to_string(heads) + " head teachers";
    }
    if (std::ranges::find(seats, words) == seats.end()) seats.push_back(std::move(words));
  }
  return seats;
}

std::string WayInWords(const CaseRecord& record) {
  switch (record.terms.way) {
    case DecisionWay::kAgreement:
      return "by agreement";
    case DecisionWay::kChair:
      return "by the chair, there being no agreement";
    case DecisionWay::kVote:
      break;
  }
  const auto votes = [&](VoteChoice choice) {
    return std::to_string(std::ranges::count_if(
        record.votes, [&](const auto& vote) { return vote.second == choice; }));
  };
  return "by votes: " + votes(VoteChoice::kFor) + " for, " + votes(VoteChoice::kAgainst) +
         " against, " + votes(VoteChoice::kAbstain) + " neither";
}

Sentences OfDecision(const CaseRecord& record) {
  const Terms& terms = record.terms;
  Sentences said;
  said.push_back(std::string(record.final ? "Decided" : "Written down, not signed off yet") + ", " +
                 WayInWords(record) + ": " + DecisionInWords(terms) + ".");
  if (!record.receiving_school.empty()) {
    said.push_back("Receiving school: " + record.receiving_school + ".");
  }
  if (terms.until) said.push_back("Until " + terms.until->ToUk() + ".");
  if (terms.review_on) said.push_back("First review: " + terms.review_on->ToUk() + ".");
  if (!terms.missing.empty()) {
    Sentences missing;
    for (const std::string& code : terms.missing) missing.push_back(MissingInWords(code));
    said.push_back("Missing: " + Joined(missing, ", ") + ".");
  }
  return said;
}

Sentences OfActions(const std::vector<AgreedAction>& actions) {
  Sentences said;
  for (const AgreedAction& action : actions) {
    said.push_back("- " + AgencyInWords(action.agency) + ", by " + action.due.ToUk() + ": " +
                   action.what);
  }
  return said;
}

}  // namespace

std::string AgencyInWords(std::string_view agency) {
  if (agency.empty()) return "A member";
  if (agency == "send") return "SEND team";
  if (agency == "early_help") return "Early Help";
  std::string words(agency);
  std::ranges::replace(words, '_', ' ');
  words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::string DecisionInWords(const Terms& terms) {
  switch (terms.kind) {
    case DecisionKind::kSupportInMainstream:
      return "support in mainstream";
    case DecisionKind::kManagedMove:
      return "a managed move, on trial";
    case DecisionKind::kAlternativeProvision:
      return "alternative provision, tier " + std::to_string(terms.tier);
    case DecisionKind::kFairAccessPlace:
      return "a school place under the fair access protocol";
    case DecisionKind::kDeferral:
      return "deferred";
  }
  return "";
}

std::string DraftAttendance(const Sitting& sitting, const std::vector<Member>& members) {
  std::string where =
      "The panel met on " + WeekdayAndDay(sitting.day) + " at " + sitting.starts_at + ".";
  if (!sitting.venue.empty()) where += " Venue: " + sitting.venue + ".";
  Sentences said = {std::move(where)};
  const Sentences there = Seats(members, true);
  const Sentences absent = Seats(members, false);
  if (!there.empty()) said.push_back("There: " + Joined(there, ", ") + ".");
  if (!absent.empty()) said.push_back("Not there: " + Joined(absent, ", ") + ".");
  return Joined(said, "\n\n");
}

std::string DraftCase(const CaseRecord& record) {
  Sentences said;
  if (record.late) said.push_back("The case was put on the agenda after the papers day.");
  if (record.interested > 0) {
    said.push_back(
        Count(record.interested, "member declared an interest", "members declared an interest") +
        " and took no part.");
  }
  if (!record.quorum_lacks.empty()) {
    said.push_back("There was no quorum: " + Joined(record.quorum_lacks, ", ") + " missing.");
  }
  if (!record.decided) {
    said.push_back("Nothing was decided.");
  } else {
    said.push_back(Joined(OfDecision(record), " "));
    if (!record.terms.change_reason.empty()) {
      said.push_back("Why another decision: " + record.terms.change_reason);
    }
    said.push_back("Reasons: " + record.terms.reasons);
    if (!record.terms.conditions.empty()) {
      said.push_back("Support and conditions: " + record.terms.conditions);
    }
  }
  if (!record.actions.empty()) {
    said.push_back("Actions:\n" + Joined(OfActions(record.actions), "\n"));
  }
  return Joined(said, "\n\n");
}

}  // namespace pathways::panel
