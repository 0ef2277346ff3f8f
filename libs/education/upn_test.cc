#include "libs/education/upn.h"

#include <algorithm>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

const std::vector<std::string> kPermanent = {
    "T822401225001", "U822200024017", "V823400119234", "M821203920999", "T826400523000",
    "F873209918456", "K940200024002", "Z941300021077", "Y001234500001", "F999999999999",
    "N822100000000", "R201100018042", "H801200001001", "A123456789012", "R802400013512"};
const std::vector<std::string> kTemporary = {"D82240122500A", "K82320002412Z", "X82120392199T",
                                             "P94020002400X", "E82640052300R", "X82211112601J",
                                             "G80120000101A"};

std::vector<std::string> AllValid() {
  std::vector<std::string> all = kPermanent;
  all.insert(all.end(), kTemporary.begin(), kTemporary.end());
  return all;
}

std::string ErrorOf(std::string_view text) {
  const auto upn = Upn::Parse(text);
  return upn.ok() ? "accepted" : std::string(upn.status().message());
}

std::uint64_t Packed(const std::string& text) { return Upn::ParsePacked(text.data(), text.size()); }

TEST(Upn, AcceptsEveryValidVectorAndSaysWhichAreTemporary) {
  for (const std::string& text : AllValid()) {
    const auto upn = Upn::Parse(text);
    ASSERT_TRUE(upn.ok()) << text << ": " << upn.status();
    EXPECT_EQ(upn->ToString(), text);
    EXPECT_EQ(upn->is_temporary(), std::count(kTemporary.begin(), kTemporary.end(), text) == 1);
  }
}

TEST(Upn, RefusesEveryInvalidVectorWithItsReason) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "empty"},
      {"T82240122500", "12 characters instead of 13: check it for one too few"},
      {"T8224012250010", "14 characters instead of 13: check it for one too many"},
      {"U822401225001", "check letter does not fit"},
      {"I822401225001", "no check letter"},
      {"O822401225001", "no check letter"},
      {"S822401225001", "no check letter"},
      {"1822401225001", "begins with a digit"},
      {"822401225001T", "begins with a digit"},
      {"D82240122500I", "last character"},
      {"D82240122500O", "last character"},
      {"D82240122500B", "check letter does not fit"},
      {"T8224A1225001", "character 6 of the UPN must be a digit"},
      {"T8224012250AB", "character 12 of the UPN must be a digit"},
      {"T822O01225001", "character 5 of the UPN must be a digit"},
      {"T822401235001", "check letter does not fit"},
      {"T282401225001", "check letter does not fit"},
      {"T8224012 5001", "12 characters"},
      {"T82240122500\u0661", "no plain letter or digit"},
      {"A000000000001", "check letter does not fit"},
  };
  for (const auto& [text, reason] : cases) {
    EXPECT_NE(ErrorOf(text).find(reason), std::string::npos) << text << ": " << ErrorOf(text);
    EXPECT_EQ(Packed(text), Upn::kInvalidPacked) << text;
  }
}

TEST(Upn, NormalisesWhatPeopleType) {
  for (const std::string text : {"t822401225001", "  T822401225001 \r\n", "T 822 4012 25 001",
                                 "T-822-4012-25-001", "\u00a0T822401225001\u00a0"}) {
    const auto upn = Upn::Parse(text);
    ASSERT_TRUE(upn.ok()) << text << upn.status();
    EXPECT_EQ(upn->ToString(), "T822401225001");
  }
  EXPECT_EQ(Packed("t822401225001"), Upn::kInvalidPacked) << "the hot path takes stored text only";
}

TEST(Upn, ErrorsDoNotRepeatTheNumber) {
  EXPECT_EQ(ErrorOf("U822401225001").find("822401225001"), std::string::npos);
}

TEST(Upn, ShowsWhereANulByteStands) {
  EXPECT_NE(ErrorOf(std::string("T8224\0001225001", 13)).find("character 6"), std::string::npos);
}

TEST(Upn, BodyGetsTheCheckLetterOfTheOfficialWorking) {
  EXPECT_EQ(Upn::FromBody("201100018042")->ToString(), "R201100018042");
  EXPECT_EQ(Upn::FromBody("000000000001")->ToString(), "P000000000001");
  EXPECT_EQ(Upn::FromBody("82240122500A")->ToString(), "D82240122500A");
  for (const char* bad : {"", "20110001804", "2011000180421", "20110001804I", "2011A0018042"}) {
    EXPECT_FALSE(Upn::FromBody(bad).ok()) << bad;
  }
}

TEST(Upn, PackedFormReturnsAndKeepsTheOrderOfText) {
  std::vector<std::string> texts = AllValid();
  std::sort(texts.begin(), texts.end());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::uint64_t packed = Packed(texts[i]);
    EXPECT_LT(packed, std::uint64_t{1} << 48);
    EXPECT_EQ(Upn::FromPacked(packed)->ToString(), texts[i]);
    if (i > 0) {
      EXPECT_LT(Packed(texts[i - 1]), packed) << texts[i];
    }
  }
}

TEST(Upn, RefusesIntegersThatAreNoPackedUpn) {
  const std::uint64_t good = Packed("T822401225001");
  constexpr std::uint64_t kBit = 1;
  for (const std::uint64_t bad :
       {std::uint64_t{0}, ~std::uint64_t{0}, good + 1, good ^ (kBit << 43), good | (kBit << 60),
        good & ~std::uint64_t{63}}) {
    EXPECT_FALSE(Upn::FromPacked(bad).ok()) << bad;
  }
}

TEST(Upn, DetectsEverySingleErrorAndEverySwapOfNeighbours) {
  for (const std::string& good : AllValid()) {
    for (std::size_t i = 1; i < 12; ++i) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string text = good;
        text[i] = digit;
        EXPECT_EQ(Packed(text) != Upn::kInvalidPacked, text == good) << text;
      }
      std::string swapped = good;
      std::swap(swapped[i], swapped[i + 1]);
      if (swapped[i + 1] <= '9' && swapped[i] <= '9') {
        EXPECT_EQ(Packed(swapped) != Upn::kInvalidPacked, swapped == good) << swapped;
      }
    }
  }
}

// The naive model: position by position, as the definition reads.
bool NaiveIsValid(const std::string& text) {
  const std::string alphabet = "ABCDEFGHJKLMNPQRTUVWXYZ";
  if (text.size() != 13 || alphabet.find(text[0]) == std::string::npos) return false;
  std::size_t sum = 0;
  for (std::size_t i = 1; i < 13; ++i) {
    std::size_t value = alphabet.find(text[i]);
    if (text[i] >= '0' && text[i] <= '9')
      value = static_cast<std::size_t>(text[i] - '0');
    else if (i < 12 || value == std::string::npos)
      return false;
    sum += value * (i + 1);
  }
  return alphabet[sum % 23] == text[0];
}

TEST(Upn, HotPathAgreesWithTheDefinitionAndWithParseOnRandomText) {
  std::mt19937 random(20260901);
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  int valid = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text = "A00000000000";
    text[0] = letters[random() % 26];
    for (std::size_t i = 1; i < 12; ++i) text[i] = static_cast<char>('0' + random() % 10);
    text += random() % 2 ? static_cast<char>('0' + random() % 10) : letters[random() % 26];
    if (random() % 8 == 0) text[random() % 13] = static_cast<char>(random() % 256);
    const bool expected = NaiveIsValid(text);
    valid += expected;
    ASSERT_EQ(Packed(text) != Upn::kInvalidPacked, expected) << text;
    if (expected) {
      ASSERT_EQ(Upn::FromPacked(Packed(text))->ToString(), text);
      ASSERT_EQ(Upn::Parse(text)->packed(), Packed(text));
    }
  }
  EXPECT_GT(valid, 5'000);
}

TEST(Upn, HashesAndCompares) {
  std::unordered_set<Upn> set;
  for (const std::string& text : AllValid()) set.insert(*Upn::Parse(text));
  EXPECT_EQ(set.size(), AllValid().size());
  EXPECT_EQ(*Upn::Parse("t822401225001"), *Upn::Parse("T822401225001"));
}

}  // namespace
}  // namespace pathways::education
