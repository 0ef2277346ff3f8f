// librdkafka's objects as values that free themselves. Internal to this library. A leaked list or
// message makes rd_kafka_destroy() hang for ever, hence no raw pointer is ever kept.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/kafka_config.h"

namespace pathways::events {

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using KafkaConf = std::unique_ptr<rd_kafka_conf_t, Freer<rd_kafka_conf_destroy>>;
using KafkaHandle = std::unique_ptr<rd_kafka_t, Freer<rd_kafka_destroy>>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, Freer<rd_kafka_message_destroy>>;
using KafkaHeaders = std::unique_ptr<rd_kafka_headers_t, Freer<rd_kafka_headers_destroy>>;
using PartitionList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Freer<rd_kafka_topic_partition_list_destroy>>;

// INVALID_ARGUMENT, MESSAGE_TOO_LARGE and such as what they are; everything that may pass as
// UNAVAILABLE.
absl::Status KafkaStatus(rd_kafka_resp_err_t error, std::string_view doing);

// What every client of ours has, then the user's properties, then `fixed`, which nobody may
// override. INVALID_ARGUMENT names the property librdkafka does not take.
absl::StatusOr<KafkaConf> MakeKafkaConf(const KafkaConfig& config,
                                        const std::map<std::string, std::string>& fixed);

// Takes the configuration over.
absl::StatusOr<KafkaHandle> MakeKafkaHandle(rd_kafka_type_t type, KafkaConf conf);

// The first fatal error of an idempotent producer or a fenced consumer, else OK. After it the
// handle must be made anew.
absl::Status FatalError(rd_kafka_t* handle);

inline int Milliseconds(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

}  // namespace pathways::events
