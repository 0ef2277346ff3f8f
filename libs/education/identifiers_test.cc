#include "libs/education/identifiers.h"

#include <set>
#include <thread>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

TEST(Urn, IsSixDigits) {
  EXPECT_EQ(Urn::Parse(" 109543 ")->value(), 109543);
  EXPECT_EQ(Urn::Parse("109543")->ToString(), "109543");
  EXPECT_EQ(*Urn::FromInt(400000), *Urn::Parse("400000"));
  for (const char* bad :
       {"", "10954", "1095431", "012345", "10954x", "-09543", "+109543", "1 0954"}) {
    EXPECT_FALSE(Urn::Parse(bad).ok()) << bad;
  }
  EXPECT_FALSE(Urn::FromInt(-1).ok());
  EXPECT_FALSE(Urn::FromInt(99'999).ok());
  EXPECT_FALSE(Urn::FromInt(1'000'000).ok());
}

TEST(LaCode, KeepsItsThreeDigits) {
  EXPECT_EQ(LaCode::Parse("822")->value(), 822);
  EXPECT_EQ(LaCode::Parse("001")->ToString(), "001");
  EXPECT_EQ(LaCode::FromInt(0)->ToString(), "000");
  for (const char* bad : {"", "82", "8220", "8 2", "E06000055"})
    EXPECT_FALSE(LaCode::Parse(bad).ok()) << bad;
}

TEST(Laestab, TakesEveryWrittenForm) {
  for (const char* text : {"8224012", "822/4012", "822-4012", " 822/4012 "}) {
    const auto laestab = Laestab::Parse(text);
    ASSERT_TRUE(laestab.ok()) << text;
    EXPECT_EQ(laestab->value(), 8224012);
    EXPECT_EQ(laestab->la_code().ToString(), "822");
    EXPECT_EQ(laestab->establishment_number(), 4012);
    EXPECT_EQ(laestab->ToString(), "8224012");
    EXPECT_EQ(laestab->ToSlashed(), "822/4012");
  }
  EXPECT_EQ(Laestab::Parse("001/0002")->ToString(), "0010002");
  EXPECT_EQ(Laestab::Parse("001/0002")->ToSlashed(), "001/0002");
  for (const char* bad :
       {"", "822401", "82240123", "82/24012", "822//012", "822 4012", "822/401x"}) {
    EXPECT_FALSE(Laestab::Parse(bad).ok()) << bad;
  }
}

TEST(Uuid, ReadsEitherCaseAndWritesLowerCase) {
  const auto id = PupilId::Parse("0F8FAD5B-D9CB-469F-A165-70867728950E");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(id->ToString(), "0f8fad5b-d9cb-469f-a165-70867728950e");
  EXPECT_EQ(*PupilId::FromBytes(id->bytes()), *id);
}

TEST(Uuid, RefusesWhatIsNoneAndTheIdNobodySet) {
  for (const char* bad :
       {"", "0f8fad5b", "0f8fad5bd9cb469fa16570867728950e0000",
        "0f8fad5b-d9cb-469f-a165-70867728950g", "0f8fad5bd-9cb-469f-a165-70867728950e",
        "{f8fad5b-d9cb-469f-a165-70867728950}", "00000000-0000-0000-0000-000000000000"}) {
    EXPECT_EQ(PupilId::Parse(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
  EXPECT_FALSE(PupilId::FromBytes(std::vector<std::uint8_t>(15, 1)).ok());
  EXPECT_FALSE(PupilId::FromBytes(UuidBytes{}).ok());
}

TEST(Uuid, OfOneThingIsNotThatOfAnother) {
  EXPECT_FALSE((std::is_convertible_v<PupilId, PersonId>));
  EXPECT_FALSE((std::is_constructible_v<PupilId, EnrolmentId>));
  EXPECT_FALSE((std::is_default_constructible_v<PupilId>));
}

TEST(SequenceIdSource, CountsAndKeepsSeriesApart) {
  SequenceIdSource first;
  SequenceIdSource second(0xAB);
  EXPECT_EQ(PupilId::New(first).ToString(), "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(PupilId::New(first).ToString(), "00000000-0000-4000-8000-000000000002");
  EXPECT_EQ(PupilId::New(second).ToString(), "000000ab-0000-4000-8000-000000000001");
}

TEST(RandomIdSource, MakesVersion4AndNeverTheSameTwiceFromManyThreads) {
  RandomIdSource source;
  std::vector<std::vector<PupilId>> made(4);
  std::vector<std::thread> threads;
  for (auto& ids : made) {
    threads.emplace_back([&source, &ids] {
      for (int i = 0; i < 5'000; ++i) ids.push_back(PupilId::New(source));
    });
  }
  for (auto& thread : threads) thread.join();
  std::unordered_set<PupilId> all;
  for (const auto& ids : made) {
    for (const PupilId& id : ids) {
      all.insert(id);
      ASSERT_EQ(id.bytes()[6] >> 4, 4);
      ASSERT_EQ(id.bytes()[8] >> 6, 2);
    }
  }
  EXPECT_EQ(all.size(), 20'000U);
}

TEST(RandomIdSource, TwoSourcesDiffer) {
  RandomIdSource a;
  RandomIdSource b;
  EXPECT_NE(PupilId::New(a), PupilId::New(b));
}

}  // namespace
}  // namespace pathways::education
