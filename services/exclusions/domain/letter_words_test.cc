#include "services/exclusions/domain/letter_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/letters/shipped.h"
#include "services/exclusions/domain/exclusion_fixture.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kDirectory = PATHWAYS_SOURCE_DIR "/services/exclusions/letters";

const letters::ShippedTemplates& Shipped() {
  static const auto shipped = letters::ShippedTemplates::Read(kDirectory, LetterKinds());
  EXPECT_TRUE(shipped.ok()) << shipped.status();
  return *shipped;
}

WriterWords GoodWords() {
  return {.addressee = "Ms J Ashdown\n1 High Street",
          .sender = "A Headteacher",
          .contact = "clerk@example.org",
          .decision_reasons = "It was lawful, reasonable and fair.",
          .meeting_on = Day(2026y / 9 / 24),
          .meeting_at = "10:00",
          .meeting_place = "Room 2",
          .how = Delivery::kDelivered};
}

class Case {
 public:
  Case(LetterType type, const Exclusion& exclusion, Day today, std::vector<Exclusion> earlier = {},
       const WriterWords& words = GoodWords())
      : exclusion_(AsOfLetter(type, exclusion, words.how, today)),
        clock_(ClockOf(exclusion_, fixture::Spells(earlier), fixture::Calendar())),
        of_{.exclusion = exclusion_,
            .clock = clock_,
            .calendar = fixture::Calendar(),
            .reference = "EX-7K3M-2Q",
            .provision = {},
            .names = {"Sam", "Ashdown", "9", "Priory Academy", "Bedford"},
            .today = today},
        values_(ValuesOf(of_, words)) {}

  std::string operator[](std::string_view name) const { return values_.find(name)->second; }
  const letters::Values& values() const { return values_; }
  const LetterCase& of() const { return of_; }

 private:
  Exclusion exclusion_;
  StatutoryClock clock_;
  LetterCase of_;
  letters::Values values_;
};

TEST(Letters, HaveAValueForEveryPlaceholderOfEveryKind) {
  const Case of(LetterType::kSuspensionNotice, fixture::Suspended(Day(2026y / 9 / 7), 12),
                Day(2026y / 9 / 7));
  for (const letters::LetterKind& kind : LetterKinds()) {
    const auto letter = letters::Merge(kind, Shipped().TextOf(kind), of.values());
    ASSERT_TRUE(letter.ok()) << kind.name << ": " << letter.status();
    EXPECT_THAT(letters::SubjectOf(*letter), HasSubstr("Sam Ashdown")) << kind.name;
    // As a whole, no brace of a template is left over.
    EXPECT_THAT(letters::ToJson(*letter), Not(HasSubstr("{{"))) << kind.name;
  }
}

TEST(Letters, OfASuspensionSayTheLawsDays) {
  const Case of(LetterType::kSuspensionNotice, fixture::Suspended(Day(2026y / 9 / 7), 12),
                Day(2026y / 9 / 7));
  EXPECT_EQ(of["period"],
            "The suspension is for 6 days, from Monday 7 September 2026 to Monday 14 September "
            "2026. Sam is expected back in school on Tuesday 15 September 2026.");
  EXPECT_THAT(of["public_places"],
              HasSubstr("From Monday 7 September 2026 to Friday 11 September 2026"));
  EXPECT_THAT(of["provision"], HasSubstr("From Monday 14 September 2026 the school must arrange"));
  // More than five days in the term: the board meets if the parents ask it to, within 50 school
  // days.
  EXPECT_THAT(of["representations"],
              HasSubstr("If you make representations, the governing board must meet"));
  EXPECT_THAT(of["representations"], HasSubstr("by Monday 23 November 2026"));
}

TEST(Letters, OfAShortSuspensionDoNotPromiseAMeeting) {
  const Case of(LetterType::kSuspensionNotice,
                fixture::Suspended(Day(2026y / 9 / 9), 1, education::Session::kAfternoon),
                Day(2026y / 9 / 9));
  EXPECT_THAT(of["period"], HasSubstr("half a day, on the afternoon of Wednesday 9 September"));
  EXPECT_THAT(of["representations"], HasSubstr("need not meet"));
  EXPECT_THAT(of["public_places"], HasSubstr("On Wednesday 9 September 2026 you must"));
  EXPECT_EQ(of["provision"], "");
  const Case lunch(LetterType::kSuspensionNotice,
                   fixture::Excluded(Kind::kLunchtime, Day(2026y / 9 / 7), 3), Day(2026y / 9 / 7));
  EXPECT_THAT(lunch["period"], HasSubstr("the lunch period on 3 school days, from Monday 7"));
  EXPECT_EQ(lunch["public_places"], "");
  EXPECT_EQ(lunch["work"], "");
}

TEST(Letters, OfAPermanentExclusionSayWhenTheBoardMeets) {
  Exclusion exclusion = fixture::Permanent(Day(2026y / 9 / 7));
  exclusion.pupil_then.has_social_worker = true;
  const Case of(LetterType::kPermanentExclusionNotice, exclusion, Day(2026y / 9 / 7));
  EXPECT_THAT(of["period"], HasSubstr("may no longer attend Priory Academy"));
  EXPECT_THAT(of["representations"], HasSubstr("by Monday 28 September 2026, whether or not"));
  EXPECT_THAT(of["provision"], HasSubstr("From Tuesday 15 September 2026 the local authority"));
  EXPECT_THAT(of["attending"], HasSubstr("Sam's social worker is invited"));
}

// Worked example 16: notice of the board's decision on 12 November, applications until 4 December.
TEST(Letters, SayByWhenAReviewCanBeAskedFor) {
  Exclusion exclusion = fixture::Declined();
  exclusion.decisions.decision_notice_on.reset();
  const Day today(2026y / 11 / 12);
  EXPECT_THAT(Case(LetterType::kBoardDecision, exclusion, today)["review_right"],
              HasSubstr("by Friday 4 December 2026"));
  // By post it is given two working days later, Monday 16 November.
  WriterWords posted = GoodWords();
  posted.how = Delivery::kPost;
  EXPECT_THAT(Case(LetterType::kBoardDecision, exclusion, today, {}, posted)["review_right"],
              HasSubstr("by Tuesday 8 December 2026"));
  // What was recorded goes before what would be.
  EXPECT_THAT(
      Case(LetterType::kBoardDecision, fixture::Declined(), Day(2026y / 11 / 20))["review_right"],
      HasSubstr("by Friday 4 December 2026"));
  exclusion.decisions.board_decision = BoardDecision::kReinstate;
  exclusion.decisions.reinstated_from = Day(2026y / 11 / 16);
  const Case reinstated(LetterType::kBoardDecision, exclusion, today);
  EXPECT_EQ(reinstated["review_right"], "");
  EXPECT_THAT(reinstated["board_decision"],
              HasSubstr("comes back to school on Monday 16 November 2026"));
}

// Worked example 17: applied on 3 December; panel's notice on 18 January.
TEST(Letters, SayWhatThePanelsDecisionAsksFor) {
  Exclusion exclusion = fixture::Declined();
  exclusion.decisions.review_applied_on = Day(2026y / 12 / 3);
  EXPECT_EQ(Case(LetterType::kReviewArrangements, exclusion, Day(2026y / 12 / 4))["hearing_by"],
            "Monday 11 January 2027");
  exclusion.decisions.panel_met_on = Day(2027y / 1 / 11);
  exclusion.decisions.panel_decision = PanelDecision::kQuash;
  const Case quashed(LetterType::kReviewDecision, exclusion, Day(2027y / 1 / 18));
  EXPECT_THAT(quashed["panel_consequence"], HasSubstr("by Monday 1 February 2027"));
  EXPECT_THAT(quashed["panel_consequence"], HasSubstr("£4,000"));
  exclusion.decisions.panel_decision = PanelDecision::kUphold;
  EXPECT_EQ(Case(LetterType::kReviewDecision, exclusion, Day(2027y / 1 / 18))["panel_consequence"],
            "");
}

TEST(Letters, AreWrittenWhenTheirTimeHasCome) {
  const Exclusion suspended = fixture::Suspended(Day(2026y / 9 / 7), 4);
  EXPECT_EQ(WhyNotWritten(LetterType::kSuspensionNotice, suspended), std::nullopt);
  EXPECT_THAT(WhyNotWritten(LetterType::kPermanentExclusionNotice, suspended),
              "It is a suspension.");
  EXPECT_THAT(WhyNotWritten(LetterType::kBoardDecision, suspended),
              "The governing board has not decided.");
  EXPECT_EQ(WhyNotWritten(LetterType::kBoardDecision, fixture::Declined()), std::nullopt);
  EXPECT_THAT(WhyNotWritten(LetterType::kReviewArrangements, fixture::Declined()),
              "Nobody has applied for a review.");
  Exclusion withdrawn = suspended;
  withdrawn.state = State::kWithdrawn;
  EXPECT_THAT(WhyNotWritten(LetterType::kSuspensionNotice, withdrawn),
              "The exclusion was recorded by mistake.");
}

TEST(Letters, NameEveryWordThatTheirWriterLeftOut) {
  const auto fields = [](LetterType type, const WriterWords& words) {
    std::vector<std::string> names;
    for (const auto& problem : CheckWriterWords(type, words, Day(2026y / 9 / 24))) {
      names.push_back(problem.field);
    }
    return names;
  };
  for (const LetterType type : {LetterType::kBoardInvitation, LetterType::kBoardDecision}) {
    EXPECT_THAT(fields(type, GoodWords()), IsEmpty());
  }
  EXPECT_THAT(fields(LetterType::kBoardInvitation, {}),
              ::testing::ElementsAre("addressee", "sender", "contact", "meeting_on", "meeting_at",
                                     "meeting_place"));
  EXPECT_THAT(fields(LetterType::kReviewDecision, {}),
              ::testing::ElementsAre("addressee", "sender", "decision_reasons", "how"));
  WriterWords wrong = GoodWords();
  wrong.meeting_on = Day(2026y / 9 / 23);
  wrong.meeting_at = "10.00";
  wrong.own_words = std::string(5'001, 'a');
  EXPECT_THAT(fields(LetterType::kBoardInvitation, wrong),
              ::testing::ElementsAre("own_words", "meeting_on", "meeting_at"));
}

TEST(Letters, WarnOfAMeetingPastTheLawsDay) {
  WriterWords words = GoodWords();
  words.meeting_on = Day(2026y / 9 / 29);
  const Case of(LetterType::kBoardInvitation, fixture::Permanent(Day(2026y / 9 / 7)),
                Day(2026y / 9 / 8), {}, words);
  EXPECT_THAT(WarningsOf(LetterType::kBoardInvitation, of.of(), words),
              Contains(HasSubstr("after Monday 28 September 2026")));
  words.meeting_on = Day(2026y / 9 / 28);
  EXPECT_THAT(WarningsOf(LetterType::kBoardInvitation, of.of(), words), IsEmpty());
}

}  // namespace
}  // namespace pathways::exclusions
