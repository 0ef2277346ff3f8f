#include "libs/tabular/utf8.h"

#include <gtest/gtest.h>

namespace pathways::tabular {
namespace {

using std::string_view_literals::operator""sv;

std::string Encode(char32_t point) {
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800)
    return {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))};
  if (point < 0x10000) {
    return {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
            static_cast<char>(0x80 | (point & 0x3F))};
  }
  return {static_cast<char>(0xF0 | point >> 18), static_cast<char>(0x80 | (point >> 12 & 0x3F)),
          static_cast<char>(0x80 | (point >> 6 & 0x3F)), static_cast<char>(0x80 | (point & 0x3F))};
}

TEST(Utf8, AcceptsEveryCharacterButSurrogates) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    const std::string character = Encode(point);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    ASSERT_EQ(Utf8CharacterSize(character), surrogate ? 0 : character.size()) << std::hex << +point;
    ASSERT_EQ(Utf8CharacterSize(character.substr(0, character.size() - 1)), 0u)
        << std::hex << +point;
  }
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  for (const std::string_view bytes :
       {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xF0\x8F\xBF\xBF"sv,
        "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv, "\xC3("sv}) {
    EXPECT_EQ(Utf8CharacterSize(bytes), 0u);
  }
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(FirstInvalidUtf8("plain text of some length"), 25u);
  EXPECT_EQ(FirstInvalidUtf8("Zoë and Zoë"), 13u);
  EXPECT_EQ(FirstInvalidUtf8("0123456789é\xC3"), 12u);
  EXPECT_EQ(FirstNonAscii("0123456789é"), 10u);
}

TEST(Utf8, ScrubsBadBytesAndNul) { EXPECT_EQ(ScrubUtf8("a\xFF\0bé"sv), "a\uFFFDbé"); }

}  // namespace
}  // namespace pathways::tabular
