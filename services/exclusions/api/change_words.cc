#include "services/exclusions/api/change_words.h"

#include <optional>
#include <string_view>

#include "libs/education/session.h"

namespace pathways::exclusions {
namespace {

using education::Day;

std::string Words(const std::optional<Day>& day) { return day ? day->ToUk() : "none"; }
std::string Words(bool value) { return value ? "yes" : "no"; }
std::string Words(const std::optional<BoardDecision>& decision) {
  return decision ? std::string(BoardDecisionName(*decision)) : "none";
}
std::string Words(const std::optional<PanelDecision>& decision) {
  return decision ? std::string(PanelDecisionName(*decision)) : "none";
}

// Collects what differs.
class Changes {
 public:
  template <typename T>
  void Add(std::string_view what, const T& was, const T& is) {
    if (was != is) AddText(what, Words(was), Words(is));
  }
  void AddText(std::string_view what, const std::string& was, const std::string& is) {
    if (was == is) return;
    if (!text_.empty()) text_ += "; ";
    text_ += std::string(what) + ": " + was + " -> " + is;
  }
  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string FactChanges(const Exclusion& was, const Exclusion& is) {
  Changes changes;
  changes.AddText("first day", was.start.ToUk(), is.start.ToUk());
  changes.AddText("begins", std::string(education::ToString(was.start_session)),
                  std::string(education::ToString(is.start_session)));
  changes.AddText("length", was.half_days.ToWords(), is.half_days.ToWords());
  changes.AddText("reasons", was.reasons.ToString(), is.reasons.ToString());
  changes.AddText("decided on", was.decided_on.ToUk(), is.decided_on.ToUk());
  changes.Add("examination", was.exam_on, is.exam_on);
  changes.Add("social worker", was.pupil_then.has_social_worker, is.pupil_then.has_social_worker);
  changes.Add("no examinations left", was.pupil_then.no_examinations_left,
              is.pupil_then.no_examinations_left);
  return std::move(changes).text();
}

std::string DecisionChanges(const Decisions& was, const Decisions& is) {
  Changes changes;
  changes.Add("board told", was.board_told_on, is.board_told_on);
  changes.Add("representations", was.representations_on, is.representations_on);
  changes.Add("board met", was.board_met_on, is.board_met_on);
  changes.Add("board's decision", was.board_decision, is.board_decision);
  changes.Add("reinstated from", was.reinstated_from, is.reinstated_from);
  changes.Add("notice of the decision", was.decision_notice_on, is.decision_notice_on);
  changes.Add("review not asked for", was.review_waived_on, is.review_waived_on);
  changes.Add("review asked for", was.review_applied_on, is.review_applied_on);
  changes.Add("panel met", was.panel_met_on, is.panel_met_on);
  changes.Add("panel's decision", was.panel_decision, is.panel_decision);
  changes.Add("notice of the panel's decision", was.panel_notice_on, is.panel_notice_on);
  changes.Add("board considered it again", was.reconsidered_on, is.reconsidered_on);
  changes.Add("board's second decision", was.reconsidered_decision, is.reconsidered_decision);
  return std::move(changes).text();
}

std::vector<Happened> WhatWasDecided(const Decisions& was, const Decisions& is) {
  std::vector<Happened> happened;
  if (is.board_decision && is.board_decision != was.board_decision)
    happened.push_back(Happened::kGovernorsDecided);
  if (is.panel_decision && is.panel_decision != was.panel_decision)
    happened.push_back(Happened::kReviewPanelDecided);
  if (is.reconsidered_decision && is.reconsidered_decision != was.reconsidered_decision)
    happened.push_back(Happened::kGovernorsDecidedAgain);
  return happened;
}

std::string RecordedKind(Kind kind) {
  if (kind == Kind::kPermanent) return "permanent_exclusion_recorded";
  return kind == Kind::kLunchtime ? "lunchtime_recorded" : "suspension_recorded";
}

std::string DecidedKind(const std::vector<Happened>& happened) {
  if (happened.empty()) return "decision_recorded";
  return happened.back() == Happened::kReviewPanelDecided ? "review_panel_decided"
                                                          : "governors_decided";
}

}  // namespace pathways::exclusions
