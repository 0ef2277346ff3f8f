// What relay and consumer tell Prometheus and the log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/events/consumer.h"
#include "libs/events/relay.h"
#include "libs/service/metrics.h"

namespace pathways::runtime {

class RelayMetrics : public events::RelayObserver {
 public:
  explicit RelayMetrics(service::Metrics& metrics);
  void OnPublished(std::size_t events) override;
  void OnState(std::chrono::microseconds oldest_unpublished, std::int64_t watermark_lag) override;
  void OnLeading(bool leading) override;
  void OnTrouble(std::string_view where, const absl::Status& status) override;

 private:
  service::Metrics& metrics_;
  service::Counter published_;
  service::Gauge oldest_;
  service::Gauge lag_;
  service::Gauge leading_;
};

class ConsumerMetrics : public events::ConsumerObserver {
 public:
  explicit ConsumerMetrics(service::Metrics& metrics);
  void OnApplied(std::string_view reaction, std::size_t events) override;
  void OnEndToEnd(std::chrono::microseconds since_event_time) override;
  void OnDuplicates(std::string_view reaction, std::size_t events) override;
  void OnSkipped(std::string_view reaction, std::size_t events) override;
  void OnParked(std::string_view reaction, std::size_t events) override;
  void OnDeadLetter(std::string_view reaction, const absl::Status& why) override;
  void OnStartedFromBeginning(std::string_view topic, int partition, bool offset_lost) override;
  void OnLag(std::string_view topic, int partition, std::int64_t offsets) override;
  void OnTrouble(std::string_view where, const absl::Status& status) override;

 private:
  void Count(const std::string& name, const std::string& help, std::string_view reaction,
             std::size_t events);

  service::Metrics& metrics_;
  service::Histogram end_to_end_;
};

}  // namespace pathways::runtime
