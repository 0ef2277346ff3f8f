#include "libs/storage/migration_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace pathways::storage {
namespace {

using ::testing::HasSubstr;

class MigrationFilesTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(directory_); }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& name, const std::string& text = "select 1") const {
    std::ofstream(directory_ / name) << text;
  }

  auto Read() const { return ReadMigrations({"test", directory_}); }

  const std::filesystem::path directory_ =
      std::filesystem::path(::testing::TempDir()) /
      ("migrations-" +
       std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(MigrationFilesTest, AreReadInOrderOfTheirNumbers) {
  Write("0002_second.sql", "-- pathways: no-transaction\ncreate index concurrently");
  Write("0001_first.sql", "create table a ();\n");
  Write("README.md");
  const auto files = Read();
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ((*files)[0].name, "0001_first");
  EXPECT_EQ((*files)[0].text, "create table a ();\n");
  EXPECT_TRUE((*files)[0].in_transaction());
  EXPECT_EQ((*files)[1].version, 2);
  EXPECT_FALSE((*files)[1].in_transaction());
}

TEST_F(MigrationFilesTest, MustNotSkipANumber) {
  Write("0001_first.sql");
  Write("0003_third.sql");
  EXPECT_EQ(Read().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(Read().status().message()), HasSubstr("migration 2 is missing"));
}

TEST_F(MigrationFilesTest, MustNotUseANumberTwice) {
  Write("0001_first.sql");
  Write("0001_other.sql");
  EXPECT_EQ(Read().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(MigrationFilesTest, MustBeNamedNumberUnderscoreName) {
  for (const char* name : {"1_first.sql", "0001-first.sql", "0001_First.sql", "first.sql"}) {
    Write(name);
    EXPECT_EQ(Read().status().code(), absl::StatusCode::kFailedPrecondition) << name;
    std::filesystem::remove(directory_ / name);
  }
}

TEST_F(MigrationFilesTest, MustHaveAFolder) {
  EXPECT_EQ(ReadMigrations({"test", directory_ / "absent"}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(MigrationFilesTest, OfThisLibraryCanBeRead) {
  const auto files = ReadMigrations(LibraryMigrations("storage"));
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_FALSE(files->empty());
}

}  // namespace
}  // namespace pathways::storage
