#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tools/files/input_file.h"
#include "tools/files/output_file.h"

namespace pathways::files {
namespace {

namespace fs = std::filesystem;

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    std::string name = (fs::temp_directory_path() / "pathways-files-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~FilesTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Put(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  static std::string Contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string PutPacked(const std::string& name, const std::string& bytes) const {
    gzFile file = gzopen(Path(name).c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return Path(name);
  }
  static absl::StatusOr<std::string> ReadAll(InputFile& file) {
    std::string all;
    while (true) {
      auto bytes = file.Read(1000);
      if (!bytes.ok()) return bytes.status();
      if (bytes->empty()) return all;
      all += *bytes;
    }
  }

  fs::path folder_;
};

std::string ManyBytes() {
  std::string bytes;
  for (int i = 0; i < 50'000; ++i) bytes += std::to_string(i * 7919);
  return bytes;
}

TEST_F(FilesTest, AFileIsReadInPiecesAndKnowsItsNameAndSize) {
  auto file = InputFile::Open(Put("marks.csv", ManyBytes()));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->name(), "marks.csv");
  EXPECT_EQ(file->size(), static_cast<std::int64_t>(ManyBytes().size()));
  EXPECT_EQ(*ReadAll(*file), ManyBytes());
}

TEST_F(FilesTest, APackedFileIsUnpackedWhateverItsName) {
  auto file = InputFile::Open(PutPacked("schools.csv", ManyBytes()));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->size(), 0) << "how much there is shows only at the end";
  EXPECT_EQ(*ReadAll(*file), ManyBytes());
}

TEST_F(FilesTest, APackedFileCutShortIsAnError) {
  PutPacked("whole.gz", ManyBytes());
  const std::string whole = Contents(Path("whole.gz"));
  auto file = InputFile::Open(Put("half.gz", whole.substr(0, whole.size() / 2)));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE(absl::IsDataLoss(ReadAll(*file).status()));
}

TEST_F(FilesTest, ADamagedPackedFileIsAnError) {
  std::string bytes = Contents(PutPacked("whole.gz", ManyBytes()));
  for (std::size_t i = 20; i < 400; ++i) bytes[i] = static_cast<char>(~bytes[i]);
  auto file = InputFile::Open(Put("bad.gz", bytes));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE(absl::IsDataLoss(ReadAll(*file).status()));
}

TEST_F(FilesTest, WhatIsNoFileIsSaid) {
  EXPECT_TRUE(absl::IsNotFound(InputFile::Open(Path("none.csv")).status()));
  EXPECT_THAT(std::string(InputFile::Open(folder_.string()).status().message()),
              ::testing::HasSubstr("directory"));
}

TEST_F(FilesTest, AnEmptyFileIsReadAsNothing) {
  auto file = InputFile::Open(Put("empty.csv", ""));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(*ReadAll(*file), "");
}

TEST_F(FilesTest, AnOutputFileAppearsWhenItIsComplete) {
  std::ostringstream out;
  auto file = OutputFile::Open(Path("figures.csv"), out);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE(file->Write("a,b\n").ok());
  EXPECT_FALSE(fs::exists(Path("figures.csv")));
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(Contents(Path("figures.csv")), "a,b\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  EXPECT_EQ(out.str(), "");
}

TEST_F(FilesTest, WithoutCommitNothingIsLeft) {
  std::ostringstream out;
  {
    auto file = OutputFile::Open(Path("figures.csv"), out);
    ASSERT_TRUE(file->Write("a,b\n").ok());
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(FilesTest, StandardOutputIsWrittenAtOnce) {
  std::ostringstream out;
  auto file = OutputFile::Open("-", out);
  ASSERT_TRUE(file->Write("a,b\n").ok());
  EXPECT_EQ(out.str(), "a,b\n");
  EXPECT_TRUE(file->Commit().ok());
}

TEST_F(FilesTest, WhatCannotBeWrittenIsSaid) {
  std::ostringstream out;
  EXPECT_THAT(std::string(OutputFile::Open(Path("no/such/folder.csv"), out).status().message()),
              ::testing::HasSubstr("No such file or directory"));
  EXPECT_FALSE(OutputFile::Open(folder_.string(), out).ok());
  out.setstate(std::ios::badbit);
  auto file = OutputFile::Open("", out);
  EXPECT_TRUE(absl::IsResourceExhausted(file->Write("x")));
}

}  // namespace
}  // namespace pathways::files
