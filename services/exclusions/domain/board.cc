#include "services/exclusions/domain/board.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace pathways::exclusions {
namespace {

using education::Day;

struct StageRow {
  std::string_view name;
  std::string_view title;
};
// In the order of the stages.
constexpr std::array<StageRow, 11> kStages = {{
    {"recorded", "Recorded"},
    {"board_to_consider", "The governing board has to consider it"},
    {"board_declined", "The governing board declined to reinstate"},
    {"time_to_apply", "Parents may apply for a review"},
    {"review_asked", "A review panel has to meet"},
    {"panel_upheld", "The review panel upheld the decision"},
    {"board_to_reconsider", "The governing board has to consider it again"},
    {"final", "Final"},
    {"reinstated", "The pupil was reinstated"},
    {"cancelled", "The head teacher cancelled it"},
    {"withdrawn", "It had been recorded by mistake"},
}};

// A day of the decisions with the name of its field.
struct DayField {
  std::string_view name;
  std::optional<Day> Decisions::*day;
  std::string_view words;
};
// Each not before those above it that are known.
constexpr std::array kInOrder = {
    DayField{"board_met_on", &Decisions::board_met_on, "the governing board met"},
    DayField{"decision_notice_on", &Decisions::decision_notice_on, "notice was given"},
    DayField{"review_applied_on", &Decisions::review_applied_on, "the parents applied"},
    DayField{"panel_met_on", &Decisions::panel_met_on, "the panel met"},
    DayField{"panel_notice_on", &Decisions::panel_notice_on, "the panel's notice was given"},
    DayField{"reconsidered_on", &Decisions::reconsidered_on, "the board considered it again"},
};
constexpr std::array kAfterTheDecision = {
    DayField{"board_told_on", &Decisions::board_told_on, ""},
    DayField{"representations_on", &Decisions::representations_on, ""},
    DayField{"review_waived_on", &Decisions::review_waived_on, ""},
};

class Checker {
 public:
  Checker(const Exclusion& exclusion, const Decisions& now, const StatutoryClock& clock, Day today)
      : exclusion_(exclusion), now_(now), clock_(clock), today_(today) {}

  std::vector<Problem> Check() {
    CheckEnded();
    CheckDays();
    CheckReinstatement();
    CheckNotice();
    CheckReview();
    CheckPanel();
    CheckReconsideration();
    return std::move(problems_);
  }

 private:
  void Say(std::string_view field, std::string words) {
    problems_.push_back({std::string(field), std::move(words)});
  }
  bool permanent() const { return exclusion_.kind == Kind::kPermanent; }

  void CheckEnded();
  void CheckDays();
  void CheckDay(const DayField& field, Day earliest, const std::string& why);
  void CheckReinstatement();
  void CheckNotice();
  void CheckReview();
  void CheckPanel();
  void CheckReconsideration();

  const Exclusion& exclusion_;
  const Decisions& now_;
  const StatutoryClock& clock_;
  const Day today_;
  std::vector<Problem> problems_;
};

void Checker::CheckEnded() {
  const bool ended = exclusion_.state == State::kCancelled || exclusion_.state == State::kWithdrawn;
  if (!ended || now_ == exclusion_.decisions) return;
  Say("board_decision",
      "It was " + std::string(StateName(exclusion_.state)) + ": nothing is decided about it");
}

void Checker::CheckDay(const DayField& field, Day earliest, const std::string& why) {
  const auto& day = now_.*field.day;
  if (!day) return;
  if (*day > today_) Say(field.name, "Choose today or an earlier day");
  if (*day < earliest) {
    Say(field.name, "This is before " + earliest.ToUk() + ", the day " + why);
  }
}

void Checker::CheckDays() {
  const std::string decided = "the head teacher decided";
  for (const DayField& field : kAfterTheDecision) {
    CheckDay(field, exclusion_.decided_on, decided);
  }
  Day earliest = exclusion_.decided_on;
  std::string why = decided;
  for (const DayField& field : kInOrder) {
    CheckDay(field, earliest, why);
    const auto& day = now_.*field.day;
    if (!day || *day < earliest) continue;
    earliest = *day;
    why = field.words;
  }
}

void Checker::CheckReinstatement() {
  const bool first = now_.board_decision == BoardDecision::kReinstate;
  if (first && BoardDutyOf(clock_, exclusion_) == BoardDuty::kRepresentations) {
    Say("board_decision", "With " + clock_.rules->told_at_once.ToDays() +
                              " days or fewer in the term the governing board cannot reinstate");
  }
  if (!now_.reinstated_from) return;
  if (FinalBoardDecision(now_) != BoardDecision::kReinstate) {
    return Say("reinstated_from", "Leave this out: the governing board did not reinstate");
  }
  const auto decided = now_.reconsidered_decision ? now_.reconsidered_on : now_.board_met_on;
  if (*now_.reinstated_from < decided.value_or(exclusion_.start)) {
    Say("reinstated_from", "The pupil cannot be back before the governing board decided");
  }
}

void Checker::CheckNotice() {
  if (now_.decision_notice_on && !now_.board_decision) {
    Say("board_decision", "Notice was given: say what the governing board decided");
  }
}

void Checker::CheckReview() {
  const auto check = [&](std::string_view field, const std::optional<Day>& day) {
    if (!day) return;
    if (!permanent()) return Say(field, "Only a permanent exclusion can be reviewed");
    if (now_.board_decision == BoardDecision::kDecline) return;
    Say(field, "There is a review only after the governing board declined to reinstate");
  };
  check("review_waived_on", now_.review_waived_on);
  check("review_applied_on", now_.review_applied_on);
}

void Checker::CheckPanel() {
  if (now_.panel_notice_on && !now_.panel_decision) {
    Say("panel_decision", "Notice was given: say what the panel decided");
  }
  if (!now_.panel_met_on && !now_.panel_decision) return;
  const std::string_view field = now_.panel_decision ? "panel_decision" : "panel_met_on";
  if (!permanent()) return Say(field, "Only a permanent exclusion can be reviewed");
  if (now_.board_decision == BoardDecision::kDecline) return;
  Say(field, "There is a review only after the governing board declined to reinstate");
}

void Checker::CheckReconsideration() {
  if (now_.reconsidered_on && !now_.reconsidered_decision) {
    Say("reconsidered_decision", "Say what the governing board decided the second time");
  }
  if (!now_.reconsidered_on && !now_.reconsidered_decision) return;
  const bool asked = now_.panel_decision && *now_.panel_decision != PanelDecision::kUphold;
  if (asked) return;
  Say("reconsidered_decision",
      "The governing board considers it again only when the panel recommends or quashes");
}

Stage StageOfPermanent(const Decisions& decisions, const StatutoryClock& clock, Day today) {
  if (!decisions.board_decision) return Stage::kBoardToConsider;
  if (decisions.reconsidered_decision) return Stage::kFinal;
  if (decisions.panel_decision == PanelDecision::kUphold) return Stage::kPanelUpheld;
  if (decisions.panel_decision) return Stage::kBoardToReconsider;
  if (decisions.review_applied_on) return Stage::kReviewAsked;
  const auto& apply_by = clock[Step::kReviewApplyBy].due;
  const bool over = decisions.review_waived_on || (apply_by && *apply_by < today);
  return over ? Stage::kFinal : Stage::kTimeToApply;
}

}  // namespace

BoardDuty BoardDutyOf(const StatutoryClock& clock, const Exclusion& exclusion) {
  const HalfDays days = clock.imposed_in_term;
  if (exclusion.kind == Kind::kPermanent || exclusion.exam_on ||
      days > clock.rules->considered_soon) {
    return BoardDuty::kMeets;
  }
  return days > clock.rules->told_at_once ? BoardDuty::kMeetsIfAsked : BoardDuty::kRepresentations;
}

std::vector<Problem> CheckDecisions(const Exclusion& exclusion, const Decisions& now,
                                    const StatutoryClock& clock, Day today) {
  return Checker(exclusion, now, clock, today).Check();
}

State StateAfter(const Exclusion& exclusion, const Decisions& now) {
  if (exclusion.state == State::kCancelled || exclusion.state == State::kWithdrawn) {
    return exclusion.state;
  }
  return FinalBoardDecision(now) == BoardDecision::kReinstate ? State::kReinstated
                                                              : State::kRecorded;
}

std::string_view StageName(Stage stage) { return kStages[static_cast<std::size_t>(stage)].name; }

std::string_view StageTitle(Stage stage) { return kStages[static_cast<std::size_t>(stage)].title; }

Stage StageOf(const Exclusion& exclusion, const StatutoryClock& clock, Day today) {
  switch (exclusion.state) {
    case State::kCancelled:
      return Stage::kCancelled;
    case State::kWithdrawn:
      return Stage::kWithdrawn;
    case State::kReinstated:
      return Stage::kReinstated;
    case State::kRecorded:
      break;
  }
  const Decisions& decisions = exclusion.decisions;
  if (exclusion.kind == Kind::kPermanent) return StageOfPermanent(decisions, clock, today);
  if (decisions.board_decision) return Stage::kBoardDeclined;
  return clock[Step::kGovernorsConsiderBy].applies() ? Stage::kBoardToConsider : Stage::kRecorded;
}

}  // namespace pathways::exclusions
