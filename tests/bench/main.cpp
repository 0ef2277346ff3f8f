// Runs the benchmarks named on the command line, or all of them.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/bench/bench.h"

namespace pathways::bench {
namespace {

void Print(const Row& row) {
  std::printf("%-28s %12.1f %-10s %12.1f  %6.2f x   against %s\n", row.name.c_str(), row.ours,
              row.unit.c_str(), row.theirs, row.ratio, row.against.c_str());
  std::fflush(stdout);
}

void WriteJson(const std::string& file, const std::vector<Row>& rows) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    json.push_back({{"name", row.name},
                    {"ours", row.ours},
                    {"unit", row.unit},
                    {"against", row.against},
                    {"theirs", row.theirs},
                    {"ratio", row.ratio}});
  }
  std::ofstream(file) << json.dump(2) << '\n';
}

int Run(const std::vector<std::string>& names, const std::string& json_file) {
  std::printf("%-28s %12s %-10s %12s  %8s\n", "name", "ours", "unit", "theirs", "ratio");
  std::vector<Row> rows;
  bool failed = false;
  for (const Benchmark& benchmark : AllBenchmarks()) {
    if (!names.empty() && std::ranges::count(names, benchmark.name) == 0) continue;
    try {
      for (const Row& row : benchmark.run()) {
        Print(row);
        rows.push_back(row);
      }
    } catch (const std::exception& error) {
      std::cerr << benchmark.name << ": " << error.what() << '\n';
      failed = true;
    }
  }
  if (!json_file.empty()) WriteJson(json_file, rows);
  return failed || rows.empty() ? 1 : 0;
}

int Main(int argc, char** argv) {
  std::vector<std::string> names;
  std::string json_file;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--json" && i + 1 < argc) {
      json_file = argv[++i];
    } else if (std::ranges::any_of(AllBenchmarks(),
                                   [&](const auto& known) { return known.name == argument; })) {
      names.push_back(argument);
    } else {
      std::cerr << "There is no benchmark '" << argument << "'. There are:\n";
      for (const Benchmark& known : AllBenchmarks())
        std::cerr << "  " << known.name << ": " << known.what << '\n';
      return 2;
    }
  }
  return Run(names, json_file);
}

}  // namespace
}  // namespace pathways::bench

int main(int argc, char** argv) { return pathways::bench::Main(argc, argv); }
