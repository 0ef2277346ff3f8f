// What a benchmark is: ours and the bare tool, measured in one run on one machine.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace pathways::bench {

// One line of the result. Figures are rates or times in `unit`; ratio > 1 means ours is better.
struct Row {
  std::string name;
  double ours;
  std::string unit;
  std::string against;  // what the other figure is
  double theirs;
  double ratio;
};

// More is better.
Row Rate(std::string name, double ours, std::string unit, std::string against, double theirs);
// Less is better.
Row Time(std::string name, double ours, std::string unit, std::string against, double theirs);

struct Benchmark {
  std::string name;
  std::string what;                       // one sentence
  std::function<std::vector<Row>()> run;  // throws std::runtime_error when it cannot be measured
};

const std::vector<Benchmark>& AllBenchmarks();

// Seconds that `work` takes.
template <typename Work>
double Seconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The value at this share (0 to 1) of the sorted sample; the sample is sorted by it.
double Percentile(std::vector<double>& sample, double share);

// Environment variable, or std::runtime_error saying what it is for.
std::string Environment(const char* name, const char* meaning);

// Each in its own file.
Benchmark MarksImport();
Benchmark OutboxRelay();
Benchmark EventLatency();
Benchmark ReadPath();
Benchmark CommandPath();
Benchmark PanelFlow();
Benchmark ExclusionsTrend();
Benchmark Clock();

}  // namespace pathways::bench
