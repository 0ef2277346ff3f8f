// Counters, gauges and histograms for Prometheus. Names and labels are literals or codes: never a
// pupil's id.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pathways::service {

using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  explicit Counter(void* impl) : impl_(impl) {}
  void Add(double amount = 1);  // amount >= 0

 private:
  void* impl_;
};

class Gauge {
 public:
  explicit Gauge(void* impl) : impl_(impl) {}
  void Set(double value);
  void Add(double amount);

 private:
  void* impl_;
};

class Histogram {
 public:
  explicit Histogram(void* impl) : impl_(impl) {}
  void Observe(double value);
  void Observe(std::chrono::nanoseconds value);  // in seconds

 private:
  void* impl_;
};

// Upper bounds in seconds, 0.005 to 10, as OpenTelemetry recommends for calls.
const std::vector<double>& SecondsBuckets();

// A process's metrics. Thread-safe. The handles it gives are small values, cheap to use, good as
// long as it lives; asking twice for one name and labels gives the same.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Prometheus's naming: snake_case with the unit last; counters end in _total.
  Counter GetCounter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge GetGauge(const std::string& name, const std::string& help, const Labels& labels = {});
  Histogram GetHistogram(const std::string& name, const std::string& help,
                         const Labels& labels = {},
                         const std::vector<double>& buckets = SecondsBuckets());

  // Serves GET /metrics. `listen` is "host:port"; port 0: any. Answers the port. UNAVAILABLE when
  // it is taken.
  absl::StatusOr<int> Expose(const std::string& listen);
  // What /metrics answers.
  std::string Text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::service
