// Writes the files of a borough: the invented one that `./pathways demo` loads, or one with real
// schools for measurements.
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "libs/education/clock.h"
#include "tools/demo/borough_files.h"
#include "tools/demo/people.h"
#include "tools/files/input_file.h"
#include "tools/files/output_file.h"

namespace pathways::demo {
namespace {

constexpr int kFailed = 2;  // nothing done

struct Arguments {
  std::string out;
  int pupils = 4000;
  int schools = kMostInventedSchools;
  std::string until;
  std::uint64_t seed = 1;
  std::string people;
  std::string borough;
  int la_code = 0;
};

void Describe(CLI::App& app, Arguments& arguments) {
  app.add_option("--out", arguments.out, "Folder to write to; made when it is not there")
      ->required();
  app.add_option("--pupils", arguments.pupils, "How many pupils the schools have together")
      ->check(CLI::Range(100, 1'000'000))
      ->capture_default_str();
  app.add_option("--schools", arguments.schools, "How many schools")
      ->check(CLI::Range(2, kMostInventedSchools))
      ->capture_default_str();
  app.add_option("--until", arguments.until,
                 "Last day with a register, as 2026-11-20; yesterday when not given");
  app.add_option("--seed", arguments.seed, "Another number gives another borough")
      ->capture_default_str();
  app.add_option("--people", arguments.people,
                 "List of people of the development sign-in: also write people.csv");
  auto* borough = app.add_option("--borough", arguments.borough,
                                 "School-level open data (CSV, may be packed): its schools and "
                                 "headcounts, with invented pupils");
  app.add_option("--la", arguments.la_code, "Which authority of it, by LA code")->needs(borough);
  borough->needs("--la");
}

absl::StatusOr<Settings> SettingsOf(const Arguments& arguments) {
  const education::Day today = education::SystemClock().Today();
  if (arguments.until.empty()) return Settings{arguments.seed, today - 1};
  auto until = education::Day::ParseIso(arguments.until);
  if (!until.ok()) return until.status();
  return Settings{arguments.seed, *until};
}

absl::StatusOr<std::vector<School>> SchoolsOf(const Arguments& arguments) {
  if (arguments.borough.empty()) return InventedSchools(arguments.schools, arguments.pupils);
  const auto la_code = education::LaCode::FromInt(arguments.la_code);
  if (!la_code.ok()) return la_code.status();
  auto file = files::InputFile::Open(arguments.borough);
  if (!file.ok()) return file.status();
  return RealSchools(*file, *la_code);
}

absl::Status WritePeople(const Arguments& arguments, const std::vector<School>& schools) {
  auto file = files::InputFile::Open(arguments.people);
  if (!file.ok()) return file.status();
  const auto json = file->Read(std::size_t{1} << 20);
  if (!json.ok()) return json.status();
  const auto csv = PeopleCsv(*json, schools);
  if (!csv.ok()) return csv.status();
  auto output = files::OutputFile::Open(arguments.out + "/people.csv", std::cout);
  if (!output.ok()) return output.status();
  if (absl::Status status = output->Write(*csv); !status.ok()) return status;
  return output->Commit();
}

absl::Status Run(const Arguments& arguments) {
  const auto settings = SettingsOf(arguments);
  if (!settings.ok()) return settings.status();
  auto schools = SchoolsOf(arguments);
  if (!schools.ok()) return schools.status();
  const Borough borough = MakeBorough(*std::move(schools), *settings);
  if (absl::Status status = WriteBorough(borough, *settings, arguments.out); !status.ok())
    return status;
  std::cout << borough.schools.size() << " schools, " << borough.children.size() << " pupils, "
            << borough.days.size() << " school days up to " << settings->until.ToUk() << ", "
            << borough.exclusions.size() << " suspensions and exclusions of three years\n";
  return arguments.people.empty() ? absl::OkStatus() : WritePeople(arguments, borough.schools);
}

}  // namespace
}  // namespace pathways::demo

int main(int argc, char** argv) {
  using namespace pathways::demo;
  CLI::App app(
      "Writes the files of an invented borough: schools, calendar, pupils, suspensions, registers "
      "and what was amended in them.\n"
      "The same options write the same files, byte for byte.",
      "pathways-demo");
  Arguments arguments;
  Describe(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kFailed;
  }
  if (const absl::Status status = Run(arguments); !status.ok()) {
    std::cerr << "error: " << status.message() << "\n";
    return kFailed;
  }
  return 0;
}
