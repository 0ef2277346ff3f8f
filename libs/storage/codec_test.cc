#include "libs/storage/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "libs/storage/value.h"

namespace pathways::storage {
namespace {

using education::Day;
using education::Instant;
using namespace std::chrono_literals;

template <typename T>
std::optional<T> ThereAndBack(const T& value) {
  return Codec<T>::Decode(Codec<T>::Encode(value));
}

TEST(Codec, KeepsEveryNumber) {
  EXPECT_EQ(ThereAndBack(std::numeric_limits<std::int64_t>::min()),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ThereAndBack(std::numeric_limits<std::int32_t>::max()),
            std::numeric_limits<std::int32_t>::max());
  EXPECT_EQ(ThereAndBack(0.1), 0.1);
  EXPECT_EQ(ThereAndBack(std::numeric_limits<double>::denorm_min()),
            std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(Codec<double>::Decode("-Infinity"), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(*Codec<double>::Decode("NaN")));
}

TEST(Codec, RefusesNumbersThatDoNotFitOrEndInSomethingElse) {
  EXPECT_EQ(Codec<std::int16_t>::Decode("32768"), std::nullopt);
  EXPECT_EQ(Codec<std::int32_t>::Decode("12a"), std::nullopt);
  EXPECT_EQ(Codec<std::int32_t>::Decode(""), std::nullopt);
  EXPECT_EQ(Codec<bool>::Decode("true"), std::nullopt);
}

TEST(Codec, KeepsEveryOctet) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
  EXPECT_EQ(ThereAndBack(Bytes{all}), Bytes{all});
  EXPECT_EQ(ThereAndBack(Bytes{}), Bytes{});
  EXPECT_EQ(Codec<Bytes>::Decode("\\x0g"), std::nullopt);
  EXPECT_EQ(Codec<Bytes>::Decode("\\x012"), std::nullopt);
  EXPECT_EQ(Codec<Bytes>::Decode("escaped"), std::nullopt);
}

TEST(Codec, ReadsInstantsAsPostgresWritesThem) {
  const Instant instant(std::chrono::sys_days(2026y / 10 / 6) + 8h + 45min);
  EXPECT_EQ(Codec<Instant>::Decode("2026-10-06 08:45:00+00"), instant);
  EXPECT_EQ(Codec<Instant>::Decode("2026-10-06 08:45:00.25+00"), instant + 250ms);
  EXPECT_EQ(Codec<Instant>::Decode("2026-10-06 09:45:00+01"), std::nullopt);
  EXPECT_EQ(Codec<Instant>::Decode("infinity"), std::nullopt);
}

TEST(Codec, ReadsDaysAndSchoolNumbers) {
  EXPECT_EQ(Codec<Day>::Decode("2026-09-01"), Day(2026y / 9 / 1));
  EXPECT_EQ(Codec<Day>::Decode("infinity"), std::nullopt);
  EXPECT_EQ(Codec<education::Urn>::Decode("109678")->value(), 109678);
  EXPECT_EQ(Codec<education::Urn>::Decode("-1"), std::nullopt);
  EXPECT_EQ(Codec<education::LaCode>::Decode("822")->value(), 822);
}

TEST(Value, IsNullOnlyForNothing) {
  EXPECT_TRUE(Value(nullptr).is_null());
  EXPECT_TRUE(Value(std::optional<int>()).is_null());
  EXPECT_TRUE(Value(std::nullopt).is_null());
  EXPECT_FALSE(Value("").is_null());
  EXPECT_EQ(Value(std::optional<int>(7)).data(), "7");
}

TEST(Value, SendsOctetsAsTheyAreAndTheRestAsText) {
  EXPECT_EQ(Value(Bytes{"a\0b"}).format(), Value::Format::kBinary);
  EXPECT_EQ(Value(true).data(), "t");
  EXPECT_EQ(Value(std::uint32_t{4294967295}).data(), "4294967295");
  EXPECT_EQ(Value(std::string_view("text")).data(), "text");
  EXPECT_EQ(Value(Day(2026y / 9 / 1)).data(), "2026-09-01");
}

}  // namespace
}  // namespace pathways::storage
