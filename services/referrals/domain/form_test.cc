#include "services/referrals/domain/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "services/referrals/domain/form_fixture.h"

namespace pathways::referrals {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const Day kToday(2026y / 11 / 2);

const SectionForm& Form(std::string_view name) { return *FindSection(name); }

std::vector<std::string> Fields(const std::vector<Problem>& problems) {
  std::vector<std::string> fields;
  for (const Problem& problem : problems) fields.push_back(problem.field);
  return fields;
}

std::vector<std::string> Missing(std::string_view section, const Answers& answers) {
  return Fields(WhatIsMissing(Form(section), answers, kToday));
}

TEST(Form, NamesItsSectionsInTheOrderOfTheTaskList) {
  std::vector<std::string_view> names;
  for (const SectionForm& form : DraftSections()) names.push_back(form.name);
  EXPECT_THAT(names,
              ElementsAre("consent", "reason", "needs", "tried", "views", "agencies", "risk"));
  EXPECT_EQ(FindSection("answer"), &AnswerSection());
  EXPECT_EQ(FindSection("anything"), nullptr);
}

// A mistake in a row would hide a question for good.
TEST(Form, AsksOnlyQuestionsThatCanBeReached) {
  for (const SectionForm& form : DraftSections()) {
    for (const Question& question : form.questions) {
      SCOPED_TRACE(question.key);
      if (!question.when.key.empty()) {
        const auto asked = std::ranges::find(form.questions, question.when.key, &Question::key);
        ASSERT_NE(asked, form.questions.end());
        for (const auto option : question.when.is) {
          EXPECT_EQ(std::ranges::count(asked->options, option), 1) << option;
        }
      }
      const bool has_options =
          question.type == QuestionType::kChoice || question.type == QuestionType::kChoices;
      const bool is_text =
          question.type == QuestionType::kLine || question.type == QuestionType::kText;
      EXPECT_EQ(has_options, !question.options.empty());
      EXPECT_EQ(is_text, question.limit > 0);
      EXPECT_EQ(question.must_be.empty(), question.otherwise.empty());
    }
  }
}

TEST(Form, IsCompleteWhenEverythingIsAnswered) {
  for (const auto& [name, sent] : fixture::GoodAnswers(kToday)) {
    const ReadSection read = Read(Form(name), sent);
    EXPECT_THAT(read.problems, IsEmpty()) << name;
    EXPECT_THAT(Missing(name, read.answers), IsEmpty()) << name;
  }
}

TEST(Form, MissesEveryRequiredAnswerThatIsAsked) {
  EXPECT_THAT(Missing("consent", {}), ElementsAre("consent_asked"));
  EXPECT_THAT(Missing("reason", {}), ElementsAre("main_reason", "reason", "change_wanted"));
  EXPECT_THAT(Missing("needs", {}), ElementsAre("needs", "needs_detail"));
  EXPECT_THAT(Missing("tried", {}), ElementsAre("tried", "tried_detail"));
  EXPECT_THAT(Missing("views", {}), ElementsAre("pupil_views_known", "family_views"));
  EXPECT_THAT(Missing("agencies", {}), ElementsAre("agencies_involved"));
  EXPECT_THAT(Missing("risk", {}), ElementsAre("immediate_danger"));
  EXPECT_THAT(Missing("answer", {}), ElementsAre("answer"));
}

TEST(Form, AsksMoreWhereAnAnswerCallsForIt) {
  EXPECT_THAT(Missing("views", {{"pupil_views_known", "no"}, {"family_views", "Worried."}}),
              ElementsAre("pupil_views_why_not"));
  EXPECT_THAT(Missing("agencies", {{"agencies_involved", "yes"}}),
              ElementsAre("agencies", "agencies_detail"));
  EXPECT_THAT(Missing("agencies", {{"agencies_involved", "not_known"}}), IsEmpty());
  EXPECT_THAT(Missing("risk", {{"immediate_danger", "no"}, {"risks", "none"}}), IsEmpty());
  EXPECT_THAT(Missing("risk", {{"immediate_danger", "no"}, {"risks", "missing,violence"}}),
              ElementsAre("risk_detail"));
}

TEST(Form, CannotBeSentWithoutConsentAskedAndGiven) {
  EXPECT_THAT(Missing("consent", {{"consent_asked", "no"}}), ElementsAre("consent_asked"));
  EXPECT_THAT(Missing("consent", {{"consent_asked", "yes"}}), ElementsAre("consent_given"));
  // A refusal is kept with who, when and how.
  EXPECT_THAT(Missing("consent", {{"consent_asked", "yes"},
                                  {"consent_given", "no"},
                                  {"consent_by", "A parent"},
                                  {"consent_relationship", "parent"},
                                  {"consent_date", "2026-11-01"},
                                  {"consent_how", "phone"}}),
              ElementsAre("consent_given"));
}

TEST(Form, CannotBeSentForAChildInDanger) {
  EXPECT_THAT(Missing("risk", {{"immediate_danger", "yes"}}), ElementsAre("immediate_danger"));
}

TEST(Form, TakesConsentOfTheLastTwelveMonthsOnly) {
  Answers consent = Read(Form("consent"), fixture::GoodAnswers(kToday).at("consent")).answers;
  const auto missing_on = [&](const char* day) {
    consent["consent_date"] = day;
    return Missing("consent", consent);
  };
  EXPECT_THAT(missing_on("2026-11-02"), IsEmpty());
  EXPECT_THAT(missing_on("2026-11-03"), ElementsAre("consent_date"));
  EXPECT_THAT(missing_on("2025-11-02"), IsEmpty());
  EXPECT_THAT(missing_on("2025-11-01"), ElementsAre("consent_date"));
  // On 29 February, from the last day of February of the year before.
  consent["consent_date"] = "2027-02-28";
  EXPECT_TRUE(IsComplete(Form("consent"), consent, Day(2028y / 2 / 29)));
}

TEST(Form, LetsSomeOptionsStandAlone) {
  const Answers tried = {{"tried", "mentoring,nothing_yet"}, {"tried_detail", "Much."}};
  EXPECT_THAT(Missing("tried", tried), ElementsAre("tried"));
  EXPECT_THAT(Missing("tried", {{"tried", "nothing_yet"}, {"tried_detail", "New here."}}),
              IsEmpty());
}

TEST(Read, KeepsIncompleteAnswers) {
  const ReadSection read = Read(Form("reason"), {{"reason", "  Absent since\r\nSeptember \n"}});
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_THAT(read.answers, ElementsAre(Pair("reason", "Absent since\nSeptember")));
}

TEST(Read, TakesEmptyForNoAnswer) {
  EXPECT_THAT(Read(Form("reason"), {{"reason", " \n"}, {"main_reason", ""}}).answers, IsEmpty());
}

TEST(Read, PutsOptionsInOrderAndEachOnce) {
  const ReadSection read = Read(Form("needs"), {{"needs", "money,education,health,money"}});
  EXPECT_EQ(read.answers.at("needs"), "education,health,money");
}

TEST(Read, DropsWhatIsHiddenThroughAllLevels) {
  EXPECT_THAT(Read(Form("consent"), {{"consent_asked", "no"},
                                     {"consent_given", "yes"},
                                     {"consent_by", "A parent"},
                                     {"consent_told", "pupil"}})
                  .answers,
              ElementsAre(Pair("consent_asked", "no")));
  EXPECT_THAT(
      Read(Form("risk"), {{"immediate_danger", "yes"}, {"risks", "missing"}, {"risk_detail", "x"}})
          .answers,
      ElementsAre(Pair("immediate_danger", "yes")));
}

TEST(Read, RefusesWhatCannotBeStored) {
  const auto refused = [](std::string_view section, const SentAnswers& sent) {
    return Fields(Read(Form(section), sent).problems);
  };
  EXPECT_THAT(refused("reason", {{"colour", "blue"}}), ElementsAre("colour"));
  EXPECT_THAT(refused("reason", {{"<b>\xF0\x9F", "x"}}), ElementsAre("unknown"));
  EXPECT_THAT(refused("reason", {{"main_reason", "boredom"}}), ElementsAre("main_reason"));
  EXPECT_THAT(refused("reason", {{"main_reason", "attendance,other"}}), ElementsAre("main_reason"));
  EXPECT_THAT(refused("needs", {{"needs", "education,other"}}), ElementsAre("needs"));
  EXPECT_THAT(refused("needs", {{"needs", ","}}), ElementsAre("needs"));
  EXPECT_THAT(refused("reason", {{"reason", "a"}, {"reason", "b"}}), ElementsAre("reason"));
  EXPECT_THAT(refused("reason", {{"reason", std::string("a\0b", 3)}}), ElementsAre("reason"));
  EXPECT_THAT(refused("reason", {{"reason", "a\xC2\x85z"}}), ElementsAre("reason"));
  EXPECT_THAT(refused("consent", {{"consent_date", "2026-02-30"}}), ElementsAre("consent_date"));
  EXPECT_THAT(refused("consent", {{"consent_by", "A\nB"}}), ElementsAre("consent_by"));
  EXPECT_THAT(refused("reason", {{"reason", "one\ttwo\nthree"}}), IsEmpty());
}

TEST(Read, CountsLengthAsBrowsersDo) {
  const auto of_length = [](std::size_t n) {
    return SentAnswers{{"change_wanted", std::string(n, 'x')}};
  };
  EXPECT_THAT(Read(Form("reason"), of_length(1000)).problems, IsEmpty());
  EXPECT_THAT(Fields(Read(Form("reason"), of_length(1001)).problems), ElementsAre("change_wanted"));
}

}  // namespace
}  // namespace pathways::referrals
