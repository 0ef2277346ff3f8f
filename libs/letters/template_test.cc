#include "libs/letters/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace pathways::letters {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::array kPlaceholders = {
    Placeholder{"pupil_name", "the pupil's name", "Sam Ashdown"},
    Placeholder{"reasons", "why", "Damage"},
    Placeholder{"provision", "education from day six; may be empty", "At Hill House"},
    Placeholder{"words", "in the head teacher's words", "We are sorry."},
};
constexpr std::array kRequired = {
    Required{"reasons", "the reasons for it", "SI 2012/1033 r. 5"},
    Required{"provision", "what education there is from day six", "SI 2012/1033 r. 14"},
};
constexpr LetterKind kNotice{"notice", "Notice", kPlaceholders, kRequired};

constexpr std::string_view kGood =
    "# {{pupil_name}} is suspended\n\nBecause of: {{reasons}}\n\n## From day "
    "six\n\n{{provision}}\n";

std::vector<std::string> Problems(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& problem : CheckTemplate(kNotice, text)) {
    EXPECT_EQ(problem.field, "text");
    words.push_back(problem.words);
  }
  return words;
}

Blocks Made(std::string_view text, const Values& values) {
  const auto blocks = Merge(kNotice, text, values);
  EXPECT_TRUE(blocks.ok()) << blocks.status();
  return blocks.ok() ? *blocks : Blocks();
}

Block Heading(int level, std::string text) { return {BlockKind::kHeading, level, {text}}; }
Block Paragraph(std::string text) { return {BlockKind::kParagraph, 0, {text}}; }

TEST(Template, MakesALetterOfBlocks) {
  const Blocks blocks = Made(
      "Dear parents\nof {{pupil_name}}\n\n# About {{pupil_name}}\n\n- {{reasons}}\n- {{words}}\n\n"
      "1. First\n2. {{provision}}\n",
      {{"pupil_name", "Sam"}, {"reasons", "Damage"}, {"provision", "School"}, {"words", ""}});
  EXPECT_THAT(blocks, ElementsAre(Paragraph("Dear parents\nof Sam"), Heading(1, "About Sam"),
                                  Block{BlockKind::kBullets, 0, {"Damage"}},
                                  Block{BlockKind::kNumbers, 0, {"First", "School"}}));
  EXPECT_EQ(SubjectOf(blocks), "About Sam");
}

TEST(Template, NamesWhatItDoesNotKnow) {
  EXPECT_THAT(Problems(kGood), IsEmpty());
  EXPECT_THAT(Problems(std::string(kGood) + "{{pupils_name}} {{#nowhere}}{{reasons}}{{/nowhere}}"),
              ElementsAre(HasSubstr("{{pupils_name}}"), HasSubstr("{{nowhere}}")));
}

TEST(Template, NamesWhatTheLawAsksForAndIsNotThere) {
  EXPECT_THAT(Problems("# {{pupil_name}}\n\n{{provision}}"),
              ElementsAre(AllOf(HasSubstr("{{reasons}}"), HasSubstr("SI 2012/1033 r. 5"))));
  // Under a condition of its own it is always said when there is something to say; under another's
  // it is not.
  EXPECT_THAT(
      Problems("# A\n\n{{reasons}} {{#provision}}From day six: {{provision}}{{/provision}}"),
      IsEmpty());
  EXPECT_THAT(Problems("# A\n\n{{#words}}{{reasons}}{{/words}} {{provision}}"),
              ElementsAre(HasSubstr("{{reasons}}")));
  EXPECT_THAT(Problems("# A\n\n{{^reasons}}{{reasons}}{{/reasons}} {{provision}}"),
              ElementsAre(HasSubstr("{{reasons}}")));
  EXPECT_THAT(Problems("# A\n\n{{#reasons}}yes{{/reasons}} {{provision}}"),
              ElementsAre(HasSubstr("{{reasons}}")));
}

TEST(Template, HasOneSubject) {
  EXPECT_THAT(Problems("{{reasons}} {{provision}}"), ElementsAre(HasSubstr("one subject")));
  EXPECT_THAT(Problems("# A\n\n# B\n\n{{reasons}} {{provision}}"),
              ElementsAre(HasSubstr("one subject")));
}

TEST(Template, RefusesWhatNoLetterShows) {
  const std::string good(kGood);
  EXPECT_THAT(Problems(good + "\nThis is **bold**."),
              ElementsAre(HasSubstr("Line 9: write plain")));
  EXPECT_THAT(Problems(good + "\n<b>bold</b>"), ElementsAre(HasSubstr("plain words")));
  EXPECT_THAT(Problems(good + "\n<div>\n"), ElementsAre(HasSubstr("headings, paragraphs")));
  EXPECT_THAT(Problems(good + "\n> said"), ElementsAre(HasSubstr("headings, paragraphs")));
  EXPECT_THAT(Problems(good + "\n    four"), ElementsAre(HasSubstr("without spaces")));
  EXPECT_THAT(Problems(good + "\n[a](https://example.org)"), ElementsAre(HasSubstr("plain words")));
}

TEST(Template, RefusesTagsThatWouldLetValuesBecomeMore) {
  const std::string good(kGood);
  for (const std::string tag : {"{{{words}}}", "{{&words}}", "{{>words}}", "{{=<% %>=}}"}) {
    EXPECT_THAT(Problems(good + tag), ElementsAre(HasSubstr("{{name}}"))) << tag;
  }
  EXPECT_THAT(Problems(good + "{{#words}}"), ElementsAre(HasSubstr("{{/name}}")));
  EXPECT_THAT(Problems(good + "{{words"), ElementsAre(HasSubstr("not closed")));
}

TEST(Template, ShowsAValueAsItIs) {
  const std::string nasty =
      "# no heading\n- no list\n1. none\n   * [x](y) <b>&amp;</b> {{reasons}} \\ `c`\nend";
  const Blocks blocks = Made(kGood, {{"pupil_name", "*Sam* & Co"},
                                     {"reasons", nasty},
                                     {"provision", "one\n\ntwo"},
                                     {"words", ""}});
  EXPECT_THAT(
      blocks,
      ElementsAre(Heading(1, "*Sam* & Co is suspended"),
                  Paragraph("Because of: # no heading\n- no list\n1. none\n* [x](y) <b>&amp;</b> "
                            "{{reasons}} \\ `c`\nend"),
                  Heading(2, "From day six"), Paragraph("one"), Paragraph("two")));
}

TEST(Template, LeavesOutHeadingsOverNothing) {
  const Blocks blocks =
      Made("# A\n\n{{reasons}}\n\n## One\n\n### Below it\n\n{{provision}}\n\n## Two\n\n{{words}}",
           {{"pupil_name", ""}, {"reasons", "Damage"}, {"provision", ""}, {"words", "Sorry"}});
  EXPECT_THAT(blocks, ElementsAre(Heading(1, "A"), Paragraph("Damage"), Heading(2, "Two"),
                                  Paragraph("Sorry")));
}

TEST(Template, KeepsConditionsToWhatThereIs) {
  constexpr std::string_view kText =
      "# A\n\n{{reasons}}\n\n{{#provision}}\nFrom day six: {{provision}}\n{{/provision}}\n"
      "{{^provision}}\nNo education is due.\n{{/provision}}\n";
  const Values with = {
      {"pupil_name", ""}, {"reasons", "R"}, {"provision", "School"}, {"words", ""}};
  Values without = with;
  without["provision"] = "";
  EXPECT_EQ(Made(kText, with).back(), Paragraph("From day six: School"));
  EXPECT_EQ(Made(kText, without).back(), Paragraph("No education is due."));
}

TEST(Template, WantsAValueForEveryPlaceholder) {
  EXPECT_EQ(Merge(kNotice, kGood, {{"pupil_name", "Sam"}}).status().code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(Merge(kNotice, "{{reasons}}", {}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(Letter, IsKeptAsTextThatReadsBackTheSame) {
  const auto blocks = MergeSamples(kNotice, kGood);
  ASSERT_TRUE(blocks.ok()) << blocks.status();
  const std::string kept = ToJson(*blocks);
  const auto read = BlocksFromJson(kept);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, *blocks);
  EXPECT_EQ(ToJson(*read), kept);
  for (const std::string_view broken : {"", "[]", R"({"blocks":[{"kind":"verse"}]})", "{"}) {
    EXPECT_EQ(BlocksFromJson(broken).status().code(), absl::StatusCode::kDataLoss) << broken;
  }
}

}  // namespace
}  // namespace pathways::letters
