#include "tests/bench/bare_kafka.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace pathways::bench {
namespace {

using Setting = std::pair<const char*, const char*>;

template <std::size_t N>
KafkaHandle Make(rd_kafka_type_t type, const std::string& brokers,
                 const std::array<Setting, N>& settings) {
  std::array<char, 512> error{};
  rd_kafka_conf_t* config = rd_kafka_conf_new();
  rd_kafka_conf_set(config, "bootstrap.servers", brokers.c_str(), error.data(), error.size());
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(config, name, value, error.data(), error.size()) != RD_KAFKA_CONF_OK) {
      throw std::runtime_error(error.data());
    }
  }
  rd_kafka_t* kafka = rd_kafka_new(type, config, error.data(), error.size());
  if (kafka == nullptr) throw std::runtime_error(error.data());
  return KafkaHandle(kafka);
}

}  // namespace

KafkaHandle BareProducer(const std::string& brokers) {
  return Make(RD_KAFKA_PRODUCER, brokers,
              std::array<Setting, 4>{{{"enable.idempotence", "true"},
                                      {"acks", "all"},
                                      {"compression.type", "lz4"},
                                      {"linger.ms", "1"}}});
}

KafkaHandle BareConsumer(const std::string& brokers, const std::string& topic) {
  KafkaHandle consumer = Make(RD_KAFKA_CONSUMER, brokers,
                              std::array<Setting, 4>{{{"group.id", "bare"},
                                                      {"enable.auto.commit", "false"},
                                                      {"auto.offset.reset", "earliest"},
                                                      {"fetch.wait.max.ms", "10"}}});
  rd_kafka_poll_set_consumer(consumer.get());
  const std::unique_ptr<rd_kafka_topic_partition_list_t,
                        decltype(&rd_kafka_topic_partition_list_destroy)>
      partitions(rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
  rd_kafka_topic_partition_list_add(partitions.get(), topic.c_str(), 0)->offset =
      RD_KAFKA_OFFSET_BEGINNING;
  if (rd_kafka_assign(consumer.get(), partitions.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("the bare consumer could not be assigned");
  }
  return consumer;
}

void Produce(rd_kafka_t* producer, const std::string& topic, std::string_view key,
             std::string_view value) {
  for (int attempt = 0; attempt < 10'000; ++attempt) {
    // RD_KAFKA_MSG_F_COPY: the library copies the value, so the cast away from const writes
    // nothing.
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) throw std::runtime_error(rd_kafka_err2str(error));
    rd_kafka_poll(producer, 10);
  }
  throw std::runtime_error("the bare producer's queue stays full");
}

std::string ConsumeOne(rd_kafka_t* consumer) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const std::unique_ptr<rd_kafka_message_t, decltype(&rd_kafka_message_destroy)> message(
        rd_kafka_consumer_poll(consumer, 10), rd_kafka_message_destroy);
    if (message == nullptr || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    return {static_cast<const char*>(message->payload), message->len};
  }
  throw std::runtime_error("nothing arrived within 10 s");
}

}  // namespace pathways::bench
