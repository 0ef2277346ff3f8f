#include "tests/bench/bench.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace pathways::bench {

Row Rate(std::string name, double ours, std::string unit, std::string against, double theirs) {
  return {std::move(name),    ours,   std::move(unit),
          std::move(against), theirs, theirs > 0 ? ours / theirs : 0};
}

Row Time(std::string name, double ours, std::string unit, std::string against, double theirs) {
  return {std::move(name),    ours,   std::move(unit),
          std::move(against), theirs, ours > 0 ? theirs / ours : 0};
}

const std::vector<Benchmark>& AllBenchmarks() {
  static const std::vector<Benchmark> all = {MarksImport(),     OutboxRelay(), EventLatency(),
                                             ReadPath(),        CommandPath(), PanelFlow(),
                                             ExclusionsTrend(), Clock()};
  return all;
}

double Percentile(std::vector<double>& sample, double share) {
  if (sample.empty()) throw std::runtime_error("nothing was measured");
  std::ranges::sort(sample);
  return sample[static_cast<std::size_t>(share * static_cast<double>(sample.size() - 1))];
}

std::string Environment(const char* name, const char* meaning) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') {
    throw std::runtime_error(std::string(name) + " is not set (" + meaning +
                             "); run it by ./pathways bench");
  }
  return value;
}

}  // namespace pathways::bench
