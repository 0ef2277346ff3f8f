#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "libs/education/identifiers.h"
#include "tools/demo/people.h"
#include "tools/demo/school.h"

namespace pathways::demo {
namespace {

using education::LaCode;

class RealSchoolsTest : public ::testing::Test {
 protected:
  RealSchoolsTest() {
    std::string name = (std::filesystem::temp_directory_path() / "pathways-demo-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~RealSchoolsTest() override { std::filesystem::remove_all(folder_); }

  absl::StatusOr<std::vector<School>> Read(const std::string& text, int la_code) {
    const std::string path = (folder_ / "schools.csv").string();
    std::ofstream(path) << text;
    auto file = files::InputFile::Open(path);
    EXPECT_TRUE(file.ok()) << file.status();
    return RealSchools(*file, *LaCode::FromInt(la_code));
  }

  std::filesystem::path folder_;
};

constexpr char kSchools[] =
    "time_period,urn,old_la_code,la_name,school_name,laestab,phase_type_grouping,"
    "typeofestablishment_name,school_postcode,"
    "headcount of pupils\n"
    "202223,109500,822,Bedford,\"Priory, Lower\",8222001,State-funded primary,Community "
    "school,MK40 1AA,210\n"
    "202223,109414,822,Bedford,Grange,8227001,State-funded special school,Community special "
    "school,MK40 1AB,136\n"
    "202223,109415,822,Bedford,Closing,8224001,State-funded secondary,Academy,MK40 1AC,z\n"
    "202223,109416,822,Bedford,Paid for,8226001,Independent school,Other independent school,MK40 "
    "1AD,300\n"
    "202223,109600,823,Central Bedfordshire,Elsewhere,8232001,State-funded primary,Community "
    "school,MK45 1AA,90\n";

TEST_F(RealSchoolsTest, AreThoseOfTheAuthorityThatKeepRegisters) {
  const auto schools = Read(kSchools, 822);
  ASSERT_TRUE(schools.ok()) << schools.status();
  ASSERT_EQ(schools->size(), 2U);
  EXPECT_EQ(schools->front().name, "Grange");
  EXPECT_EQ(schools->front().phase, Phase::kSpecial);
  EXPECT_EQ(schools->back().name, "Priory, Lower");
  EXPECT_EQ(schools->back().headcount, 210);
}

TEST_F(RealSchoolsTest, SayWhatIsWrong) {
  EXPECT_TRUE(absl::IsNotFound(Read(kSchools, 301).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Read("name,age\nx,1\n", 822).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Read("", 822).status()));
}

TEST(InventedSchools, ShareAllPupils) {
  for (const int pupils : {100, 3999, 4000, 50'000}) {
    int sum = 0;
    for (const School& school : InventedSchools(kMostInventedSchools, pupils))
      sum += school.headcount;
    EXPECT_EQ(sum, pupils);
  }
}

std::string PeopleList() {
  std::ifstream file(PATHWAYS_SOURCE_DIR "/services/web/dev-idp/people.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(People, AreThoseWhoCanSignInAtSchoolsThatExist) {
  const auto schools = InventedSchools(kMostInventedSchools, 4000);
  const auto csv = PeopleCsv(PeopleList(), schools);
  ASSERT_TRUE(csv.ok()) << csv.status();
  EXPECT_THAT(*csv, testing::StartsWith("subject,name,email,title,role,urn,la_code\n"));
  EXPECT_THAT(*csv, testing::HasSubstr(",school,900001,\n"));
  EXPECT_THAT(*csv, testing::HasSubstr(",inclusion_officer,,999\n"));
  EXPECT_EQ(schools[0].urn.value(), 900001);
  EXPECT_EQ(schools[0].la_code().value(), 999);
  EXPECT_THAT(PeopleList(), testing::HasSubstr("School: " + schools[0].name));
  EXPECT_THAT(PeopleList(), testing::HasSubstr("School: " + schools[1].name));
}

TEST(People, AListThatIsNoneIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(PeopleCsv("", {}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(PeopleCsv("{\"people\":[{\"sub\":1}]}", {}).status()));
}

}  // namespace
}  // namespace pathways::demo
