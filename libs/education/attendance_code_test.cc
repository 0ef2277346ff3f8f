#include "libs/education/attendance_code.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using enum AttendanceCategory;
using enum Session;

constexpr Day kToday(2026y / 10 / 6);
constexpr Day kFirstNew(2024y / 8 / 19);
constexpr Day kLastOld(2024y / 8 / 18);

AttendanceCode Code(std::string_view text) { return AttendanceCode::FromText(text).value(); }

std::optional<AttendanceCategory> ClassOf(std::string_view text, Day date) {
  return Classify(Code(text), date);
}

ParsedMark Parsed(std::string_view text, Session session = kMorning, Day date = kToday) {
  return ParseMark(text, session, date).value();
}

std::string ErrorOf(std::string_view text, Day date = kToday) {
  const auto mark = ParseMark(text, kMorning, date);
  return mark.ok() ? "accepted" : std::string(mark.status().message());
}

std::vector<std::string> CodesOf(AttendanceCategory category, Day date) {
  std::set<std::string> codes;
  for (const CodeRule& rule : CodeRules()) {
    if (ClassOf(rule.text, date) == category) codes.emplace(rule.text);
  }
  return {codes.begin(), codes.end()};
}

TEST(AttendanceCode, FallsIntoTheSixCategoriesOfToday) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(CodesOf(kPresent, kToday), (Texts{"/", "L", "\\"}));
  EXPECT_EQ(CodesOf(kApprovedEducationalActivity, kToday), (Texts{"B", "K", "P", "V", "W"}));
  EXPECT_EQ(CodesOf(kAuthorised, kToday),
            (Texts{"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"}));
  EXPECT_EQ(CodesOf(kUnauthorised, kToday), (Texts{"G", "N", "O", "U"}));
  EXPECT_EQ(CodesOf(kNotPossible, kToday),
            (Texts{"D", "Q", "X", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}));
  EXPECT_EQ(CodesOf(kAdministrative, kToday), (Texts{"#", "-", "Z"}));
  EXPECT_EQ(CodesOf(kCovidNotAttending, kToday), Texts{});
}

TEST(AttendanceCode, IsClassifiedByItsOwnTime) {
  EXPECT_EQ(ClassOf("J", kLastOld), kApprovedEducationalActivity) << "an interview attended, then";
  EXPECT_EQ(ClassOf("J1", kFirstNew), kAuthorised) << "and is an absence now";
  EXPECT_EQ(ClassOf("H", kLastOld), kAuthorised);
  EXPECT_EQ(ClassOf("F", Day(2013y / 8 / 31)), kAuthorised);
  EXPECT_EQ(ClassOf("F", kLastOld), kAuthorised) << "some marks came later";
  EXPECT_EQ(ClassOf("Y", kLastOld), kNotPossible);
  for (const char* abolished : {"H", "J", "Y", "F"}) {
    EXPECT_EQ(ClassOf(abolished, kFirstNew), std::nullopt) << abolished;
  }
  EXPECT_EQ(ClassOf("X", Day(2020y / 2 / 29)), kNotPossible);
  EXPECT_EQ(ClassOf("X", Day(2020y / 3 / 1)), kCovidNotAttending);
  EXPECT_EQ(ClassOf("X", Day(2022y / 4 / 30)), kCovidNotAttending);
  EXPECT_EQ(ClassOf("X", Day(2022y / 5 / 1)), kNotPossible);
}

TEST(AttendanceCode, HasOneStableByteEach) {
  const std::map<std::string, char> two_characters = {
      {"C1", 'c'}, {"C2", 'd'}, {"J1", 'j'}, {"Y1", '1'}, {"Y2", '2'},
      {"Y3", '3'}, {"Y4", '4'}, {"Y5", '5'}, {"Y6", '6'}, {"Y7", '7'}};
  std::map<char, std::string> text_of;
  for (const CodeRule& rule : CodeRules()) {
    const std::string text(rule.text);
    EXPECT_EQ(rule.byte, text.size() == 1 ? text[0] : two_characters.at(text)) << text;
    EXPECT_EQ(text_of.emplace(rule.byte, text).first->second, text) << "two codes share a byte";
    EXPECT_EQ(AttendanceCode::FromByte(rule.byte)->ToString(), text);
    EXPECT_EQ(Code(text).byte(), rule.byte);
  }
  EXPECT_EQ(text_of.size(), 39U) << "35 of today with # and -, and H, F, J, Y";
  EXPECT_FALSE(AttendanceCode::FromByte(AttendanceCode::kNotOnRollByte));
  EXPECT_FALSE(AttendanceCode::FromByte('\0'));
  EXPECT_FALSE(AttendanceCode::FromText("A"));
  EXPECT_FALSE(AttendanceCode::FromText("c1"));
}

TEST(AttendanceCode, RowsOfOneCodeFollowOneAnotherWithoutOverlap) {
  std::map<std::string, const CodeRule*> previous;
  for (const CodeRule& rule : CodeRules()) {
    EXPECT_LE(rule.valid_from, rule.valid_to) << rule.text;
    EXPECT_LE(rule.accepted_from, rule.valid_from) << rule.text;
    EXPECT_GE(rule.accepted_to, rule.valid_to) << rule.text;
    EXPECT_FALSE(rule.meaning.empty() || rule.source.empty()) << rule.text;
    const auto [it, first] = previous.try_emplace(std::string(rule.text), &rule);
    if (!first) {
      EXPECT_EQ(it->second->accepted_to + 1, rule.accepted_from) << rule.text;
    }
    it->second = &rule;
  }
  for (const auto& [text, last] : previous) {
    EXPECT_EQ(last->instead.empty(), last->accepted_to > kToday) << text;
  }
}

TEST(AttendanceCode, SaysWhatElseMustBeRecorded) {
  const std::map<std::string, CodeNeeds> needs = {
      {"B", CodeNeeds::kNature},        {"K", CodeNeeds::kNature},
      {"Y7", CodeNeeds::kNature},       {"D", CodeNeeds::kOtherSchool},
      {"C2", CodeNeeds::kLeaveRequest}, {"S", CodeNeeds::kLeaveRequest},
      {"E", CodeNeeds::kExclusion},     {"N", CodeNeeds::kReplacement},
      {"I", CodeNeeds::kNothing}};
  for (const auto& [text, need] : needs)
    EXPECT_EQ(RuleFor(Code(text), kToday)->needs, need) << text;
}

TEST(CountsFor, AgreesWithTheRowsForEveryByteAndDay) {
  for (Day day(2013y / 8 / 1); day < Day(2026y / 12 / 1); day = day + 3) {
    const auto& counts = CountsFor(day);
    for (int byte = 0; byte < 256; ++byte) {
      const auto code = AttendanceCode::FromByte(static_cast<char>(byte));
      const auto category = code ? Classify(*code, day) : std::nullopt;
      const SessionSums expected = category ? CountsOf(*category) : SessionSums{};
      ASSERT_EQ(counts[static_cast<std::size_t>(byte)], expected) << byte << " " << day.ToIso();
    }
  }
}

TEST(CountsFor, ChangesOnTheVeryDay) {
  EXPECT_EQ(CountsFor(kLastOld)['J'], (SessionSums{.possible = 1, .attended = 1}));
  EXPECT_EQ(CountsFor(kFirstNew)['J'], SessionSums{});
  EXPECT_EQ(CountsFor(kFirstNew)['j'], (SessionSums{.possible = 1, .authorised = 1}));
  EXPECT_EQ(CountsFor(kToday)['.'], SessionSums{});
  EXPECT_EQ(CountsFor(kToday)['-'], SessionSums{});
  EXPECT_EQ(CountsFor(Day(1850y / 1 / 1))['/'].possible, 1) << "before every row: the first";
}

TEST(ParseMark, ReadsEveryCodeOfTodayInEitherCase) {
  for (const CodeRule& rule : CodeRules()) {
    if (!rule.instead.empty()) continue;
    std::string lower(rule.text);
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    const Session session = rule.text == "\\" ? kAfternoon : kMorning;
    for (const std::string& text : {std::string(rule.text), lower, " " + lower + "\t"}) {
      const ParsedMark mark = Parsed(text, session);
      EXPECT_EQ(mark.code.byte(), rule.byte) << text;
      EXPECT_EQ(mark.note, std::nullopt) << text;
      EXPECT_EQ(mark.minutes_late, std::nullopt) << text;
    }
  }
}

TEST(ParseMark, CorrectsPresentBySessionAndSaysSo) {
  EXPECT_EQ(Parsed("/", kMorning).note, std::nullopt);
  EXPECT_EQ(Parsed("\\", kAfternoon).note, std::nullopt);
  EXPECT_EQ(Parsed("\\", kMorning).code, Code("/"));
  EXPECT_EQ(Parsed("\\", kMorning).note, "\\ is read as / (present) in the morning");
  EXPECT_EQ(Parsed("/", kAfternoon).code, Code("\\"));
  EXPECT_EQ(Parsed("/", kAfternoon).note, "/ is read as \\ (present) in the afternoon");
  EXPECT_EQ(Parsed("\\\\", kAfternoon).code, Code("\\")) << "doubled by an export";
}

TEST(ParseMark, KnowsTheSignsForNoMark) {
  for (const char* text : {"", "  ", "-", "--", "?", "."}) {
    EXPECT_TRUE(Parsed(text).code.is_no_mark()) << '[' << text << ']';
  }
  EXPECT_FALSE(Parsed("#").code.is_no_mark());
}

TEST(ParseMark, RefusesAbolishedCodesAndSaysWhatToUse) {
  EXPECT_EQ(ErrorOf("J", kFirstNew),
            "the code J ended on 18 August 2024: use J1 (which counts as an absence)");
  EXPECT_NE(ErrorOf("h", kFirstNew).find("C where leave was granted"), std::string::npos);
  EXPECT_NE(ErrorOf("F").find("otherwise G"), std::string::npos);
  EXPECT_NE(ErrorOf("Y").find("Y1 to Y7"), std::string::npos);
  for (const char* text : {"H", "J", "Y"}) {
    EXPECT_EQ(Parsed(text, kMorning, kLastOld).note, std::nullopt) << text;
  }
}

TEST(ParseMark, TakesCodesOutsideTheirTimeWithANote) {
  for (const char* text : {"C1", "C2", "J1", "K", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}) {
    EXPECT_EQ(Parsed(text, kMorning, kLastOld).note,
              "the code " + std::string(text) + " is in force from 19 August 2024 only");
    EXPECT_EQ(Parsed(text, kMorning, kFirstNew).note, std::nullopt) << text;
  }
  EXPECT_EQ(Parsed("F", kMorning, Day(2014y / 1 / 7)).note,
            "the code F was in force until 31 August 2013");
}

TEST(ParseMark, FoldsSubCodesInTheirYearsOnly) {
  const Day covid(2021y / 1 / 12);
  EXPECT_EQ(Parsed("I02", kMorning, covid).code, Code("I"));
  EXPECT_EQ(Parsed("i01", kMorning, covid).note, "I01 is read as I");
  EXPECT_EQ(Parsed("X09", kMorning, covid).code, Code("X"));
  for (const char* text : {"I00", "I03", "X00", "X10", "X1", "Z01"}) {
    EXPECT_NE(ErrorOf(text, covid), "accepted") << text;
  }
  EXPECT_NE(ErrorOf("I01", Day(2020y / 2 / 29)), "accepted");
  EXPECT_NE(ErrorOf("I01", Day(2022y / 9 / 1)), "accepted");
  EXPECT_NE(ErrorOf("X05", Day(2022y / 5 / 1)), "accepted");
}

TEST(ParseMark, ReadsMinutesLateInTheSameCell) {
  for (const char* text : {"L 12", "L12", "l  12", " L 12 "}) {
    EXPECT_EQ(Parsed(text).code, Code("L")) << text;
    EXPECT_EQ(Parsed(text).minutes_late, 12) << text;
  }
  EXPECT_EQ(Parsed("U 45").code, Code("U"));
  EXPECT_EQ(Parsed("U 45").minutes_late, 45);
  for (const char* text : {"L 1234", "L -5", "L x", "I 12", "12"}) {
    EXPECT_NE(ErrorOf(text), "accepted") << text;
  }
}

TEST(ParseMark, RefusesWhatIsNoCode) {
  EXPECT_EQ(ErrorOf("A"),
            "the code \"A\" is not an attendance code: use one of the national codes");
  EXPECT_EQ(ErrorOf(std::string("\0", 1)),
            "the code is not an attendance code: use one of the national codes");
  EXPECT_EQ(ErrorOf("C19"),
            "the code \"C19\" is not an attendance code: use one of the national codes");
  EXPECT_LT(ErrorOf(std::string(100'000, 'A')).size(), 100U) << "a huge cell is not repeated";
  for (const char* text : {"Y8", "Y0", "C3", "J2", "//", "///", "1", "\xC3\x28", "=1+1"}) {
    EXPECT_NE(ErrorOf(text), "accepted") << text;
  }
}

TEST(PlainMarksFor, IsParseMarkWithoutNotesForEveryCharacter) {
  for (const Day day :
       {Day(2012y / 1 / 9), Day(2019y / 1 / 7), Day(2021y / 1 / 12), kLastOld, kFirstNew, kToday}) {
    for (const Session session : {kMorning, kAfternoon}) {
      const auto& plain = PlainMarksFor(session, day);
      for (int c = 1; c < 256; ++c) {
        const char byte = plain[static_cast<std::size_t>(c)];
        if (byte == '\0') continue;
        const std::string text(1, static_cast<char>(c));
        const ParsedMark mark = Parsed(text, session, day);
        ASSERT_EQ(mark.code.byte(), byte) << text;
        ASSERT_EQ(mark.note, std::nullopt) << text;
      }
    }
  }
  const auto& plain = PlainMarksFor(kMorning, kToday);
  for (const char c : std::string("/LKVPWBDCEIMRSTGNOUQXZ#-")) {
    EXPECT_EQ(plain[static_cast<std::size_t>(c)], c);
  }
  for (const char c : std::string("\\HFJYcdj1i.")) EXPECT_EQ(plain[static_cast<std::size_t>(c)], 0);
}

TEST(Session, IsMorningOrAfternoon) {
  EXPECT_EQ(*ParseSession("AM"), kMorning);
  EXPECT_EQ(*ParseSession(" pm "), kAfternoon);
  EXPECT_EQ(ToString(kAfternoon), "PM");
  EXPECT_FALSE(ParseSession("").ok());
  EXPECT_FALSE(ParseSession("noon").ok());
}

}  // namespace
}  // namespace pathways::education
