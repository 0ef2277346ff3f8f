#include "libs/storage/array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pathways::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(Array, WritesNumbersBareAndTheRestQuoted) {
  EXPECT_EQ(EncodeArray(std::vector<std::int64_t>{1, -2}), "{1,-2}");
  EXPECT_EQ(EncodeArray(std::vector<bool>{true, false}), "{t,f}");
  EXPECT_EQ(EncodeArray(std::vector<std::string>{"a", ""}), R"({"a",""})");
  EXPECT_EQ(EncodeArray(std::vector<std::string>{}), "{}");
  EXPECT_EQ(EncodeArray(std::vector<std::optional<std::int32_t>>{1, std::nullopt}), "{1,NULL}");
}

TEST(Array, KeepsWhateverAnElementContains) {
  const std::vector<std::string> nasty = {R"(a"b)", R"(a\b)", "a,b", "{a}",
                                          "NULL",   " a ",    "",    "línea\n"};
  EXPECT_THAT(Codec<std::vector<std::string>>::Decode(EncodeArray(nasty)), Optional(nasty));
}

TEST(Array, ReadsWhatPostgresWrites) {
  EXPECT_THAT(Codec<std::vector<std::int32_t>>::Decode("{1,2,3}"), Optional(ElementsAre(1, 2, 3)));
  EXPECT_THAT(ParseArray(R"({NULL,"NULL",x y})"),
              Optional(ElementsAre(std::nullopt, "NULL", "x y")));
  EXPECT_THAT(ParseArray("{}"), Optional(ElementsAre()));
}

TEST(Array, RefusesWhatIsNoFlatArray) {
  for (const char* text : {"", "{", "}", "1,2", "{1,2", "1,2}", "{1,,2}", "{1,}", "{{1,2},{3,4}}",
                           "{\"a}", "{\"a\"b}", "{\"a\\", "[0:1]={1,2}", "{1}x", "{1}}"}) {
    EXPECT_EQ(ParseArray(text), std::nullopt) << text;
  }
  EXPECT_EQ(Codec<std::vector<std::int32_t>>::Decode("{1,NULL}"), std::nullopt);
}

}  // namespace
}  // namespace pathways::storage
