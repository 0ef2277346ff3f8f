#include "services/panel/domain/panel_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/testing/builders.h"
#include "services/panel/domain/form.h"

namespace pathways::panel {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Every state and action; what is not named here is refused.
TEST(PanelCase, MovesAsTheTableSays) {
  using enum CaseState;
  using enum CaseAction;
  struct Step {
    CaseState from;
    CaseAction action;
    CaseState to;
  };
  const std::vector<Step> table = {
      {kDraft, kSave, kDraft},
      {kDraft, kRefer, kReferred},
      {kDraft, kWithdraw, kWithdrawn},
      {kReferred, kSave, kReferred},
      {kReferred, kSchedule, kScheduled},
      {kReferred, kWithdraw, kWithdrawn},
      {kReferred, kClose, kClosed},
      {kScheduled, kSave, kScheduled},
      {kScheduled, kUnschedule, kReferred},
      {kScheduled, kDecide, kDecided},
      {kScheduled, kDefer, kReferred},
      {kScheduled, kWithdraw, kWithdrawn},
      {kScheduled, kClose, kClosed},
      {kDecided, kSchedule, kDecided},
      {kDecided, kUnschedule, kDecided},
      {kDecided, kDecide, kDecided},
      {kDecided, kClose, kClosed},
  };
  for (std::size_t s = 0; s < kCaseStateNames.size(); ++s) {
    for (std::size_t a = 0; a < kCaseActionNames.size(); ++a) {
      const auto state = static_cast<CaseState>(s);
      const auto action = static_cast<CaseAction>(a);
      SCOPED_TRACE(std::string(kCaseStateNames.Of(state)) + " " +
                   std::string(kCaseActionNames.Of(action)));
      const auto next = Next(state, action);
      const auto found = std::find_if(table.begin(), table.end(), [&](const Step& step) {
        return step.from == state && step.action == action;
      });
      ASSERT_EQ(next.ok(), found != table.end());
      if (next.ok()) {
        EXPECT_EQ(*next, found->to);
      } else {
        EXPECT_EQ(next.status().code(), absl::StatusCode::kFailedPrecondition);
        EXPECT_THAT(std::string(next.status().message()), HasSubstr("case"));
      }
    }
  }
}

PanelCase Some() {
  return {.id = *CaseId::Parse("10000000-0000-4000-8000-000000000001"),
          .reference = "SP-7K3M-2Q",
          .pupil = testing::MakePupilId(1),
          .urn = testing::MakeSchool(0).urn,
          .la_code = testing::MakeSchool(0).la_code};
}

TEST(PanelCase, IsNotWrittenOnceItsPackIsSealed) {
  PanelCase panel_case = Some();
  panel_case.state = CaseState::kScheduled;
  EXPECT_TRUE(CheckWritable(panel_case).ok());
  panel_case.sealed = true;
  EXPECT_EQ(CheckWritable(panel_case).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(PanelCase, OfAnExclusionIsNotTakenBack) {
  PanelCase panel_case = Some();
  panel_case.state = CaseState::kReferred;
  EXPECT_TRUE(CheckWithdrawable(panel_case).ok());
  panel_case.exclusion = *ExclusionId::Parse("10000000-0000-4000-8000-000000000002");
  EXPECT_FALSE(CheckWithdrawable(panel_case).ok());
}

TEST(PhaseOfSchool, ReadsWhatTheNationalRegisterPublishes) {
  EXPECT_EQ(PhaseOfSchool("Primary"), Phase::kPrimary);
  EXPECT_EQ(PhaseOfSchool("State-funded secondary"), Phase::kSecondary);
  EXPECT_EQ(PhaseOfSchool("Middle deemed primary"), Phase::kPrimary);
  EXPECT_EQ(PhaseOfSchool("Middle deemed secondary"), Phase::kSecondary);
  EXPECT_EQ(PhaseOfSchool("All-through"), std::nullopt);
  EXPECT_EQ(PhaseOfSchool(""), std::nullopt);
}

TEST(CaseForm, NamesItsSectionsInTheOrderOfTheTaskList) {
  std::vector<std::string_view> names;
  for (const SectionForm& form : CaseSections()) names.push_back(form.name);
  EXPECT_THAT(names, ElementsAre("reason", "needs", "tried", "views", "asked", "safety"));
  EXPECT_EQ(FindSection("anything"), nullptr);
}

// A mistake in a row would hide a question for good.
TEST(CaseForm, AsksOnlyQuestionsThatCanBeReached) {
  for (const SectionForm& form : CaseSections()) {
    for (const Question& question : form.questions) {
      SCOPED_TRACE(question.key);
      if (question.when.key.empty()) continue;
      const auto asked = std::ranges::find(form.questions, question.when.key, &Question::key);
      ASSERT_NE(asked, form.questions.end());
      for (const auto option : question.when.is) EXPECT_THAT(asked->options, Contains(option));
    }
  }
}

TEST(CaseForm, SaysEverythingThatIsMissing) {
  std::vector<std::string> fields;
  const education::Day today(std::chrono::year(2026) / 11 / 2);
  for (const Problem& problem : WhatIsMissing({}, today)) fields.push_back(problem.field);
  EXPECT_THAT(fields, ElementsAre("reason.main_reason", "reason.reason", "needs.needs",
                                  "needs.needs_detail", "needs.strengths", "needs.has_plan",
                                  "needs.has_social_worker", "tried.tried", "tried.tried_detail",
                                  "views.pupil_view_known", "views.parent_view_known",
                                  "asked.asked_for", "asked.asked_detail", "safety.risks_known"));
  const Sections asked = {{"asked", {{"asked_for", "alternative_provision"}}}};
  fields.clear();
  for (const Problem& problem : WhatIsMissing(asked, today)) fields.push_back(problem.field);
  EXPECT_THAT(fields, Contains("asked.tier"));
}

TEST(PermanentExclusion, OpensACaseUnlessItIsHistory) {
  const auto day = [](int year, int month, int day) {
    return *education::Day::FromYearMonthDay(year, month, day);
  };
  EXPECT_TRUE(OpensCase(day(2026, 11, 10), day(2026, 11, 2)));
  EXPECT_TRUE(OpensCase(day(2026, 9, 8), day(2026, 11, 24))) << "excluded in July, due this year";
  EXPECT_FALSE(OpensCase(day(2026, 5, 6), day(2026, 11, 24)));
}

TEST(CaseForm, SplitsCodes) {
  EXPECT_THAT(SplitCodes("behaviour,learning"), ElementsAre("behaviour", "learning"));
  EXPECT_THAT(SplitCodes(""), IsEmpty());
}

}  // namespace
}  // namespace pathways::panel
