// librdkafka as it comes: what the event benchmarks are measured against.
#pragma once

#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pathways::bench {

struct KafkaDestroy {
  void operator()(rd_kafka_t* kafka) const { rd_kafka_destroy(kafka); }
};
using KafkaHandle = std::unique_ptr<rd_kafka_t, KafkaDestroy>;

// Idempotent, acks=all, lz4: the same guarantees as the relay's producer.
KafkaHandle BareProducer(const std::string& brokers);

// Assigned to partition 0 of the topic, from now on.
KafkaHandle BareConsumer(const std::string& brokers, const std::string& topic);

// Throws std::runtime_error when the queue stays full.
void Produce(rd_kafka_t* producer, const std::string& topic, std::string_view key,
             std::string_view value);

// The next record's payload, waiting up to 10 s; throws std::runtime_error.
std::string ConsumeOne(rd_kafka_t* consumer);

}  // namespace pathways::bench
