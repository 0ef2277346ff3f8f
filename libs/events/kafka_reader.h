// A member of a consumer group: records one by one, offsets committed when told. Internal to the
// consumer.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/consumer.h"
#include "libs/events/envelope.h"
#include "libs/events/kafka_handle.h"

namespace pathways::events {

// One thread; callbacks run within Poll() and Close().
class KafkaReader {
 public:
  // Partitions whose stored offset cannot be used any more; they start from the beginning. Outlives
  // a reader: it is made anew after such an error.
  using Partition = std::pair<std::string, std::int32_t>;
  using LostOffsets = std::set<Partition>;

  static absl::StatusOr<std::unique_ptr<KafkaReader>> Open(const ConsumerConfig& config,
                                                           const std::vector<std::string>& topics,
                                                           LostOffsets& lost,
                                                           ConsumerObserver& observer);
  ~KafkaReader();
  KafkaReader(const KafkaReader&) = delete;
  KafkaReader& operator=(const KafkaReader&) = delete;

  // The next record, if one comes in time. An error means that this reader is done for.
  absl::StatusOr<std::optional<Record>> Poll(std::chrono::milliseconds timeout);

  // One more with each time that partitions were taken away: what was read before and is not
  // committed belongs to whoever has them now.
  std::int64_t revocations() const { return revocations_; }

  // These records are dealt with. Asynchronous: a lost commit means duplicates, which are dropped.
  void Commit(std::span<const Record> records);

  // Tells the observer how far behind each partition is, as far as is known here. `ask`: asks the
  // broker, which paused partitions need, for they fetch nothing; takes a round trip each.
  void ReportLag(bool ask);

  void Pause() { SetPaused(true); }
  void Resume() { SetPaused(false); }

  // Waits for commits and leaves. May hang (librdkafka 2.0.2): whoever calls it is watched.
  void Close();

 private:
  KafkaReader(LostOffsets& lost, ConsumerObserver& observer) : lost_(lost), observer_(observer) {}

  static void OnRebalance(rd_kafka_t* handle, rd_kafka_resp_err_t error,
                          rd_kafka_topic_partition_list_t* partitions, void* opaque);
  static void OnError(rd_kafka_t* handle, int error, const char* reason, void* opaque);
  void Assign(rd_kafka_t* handle, rd_kafka_topic_partition_list_t* partitions);
  absl::Status Judge(const rd_kafka_message_t& message);
  void SetPaused(bool paused);

  LostOffsets& lost_;
  ConsumerObserver& observer_;
  std::int64_t revocations_ = 0;
  std::map<Partition, std::int64_t> next_;  // offset after the last dealt with, of those it has
  KafkaHandle handle_;
};

}  // namespace pathways::events
