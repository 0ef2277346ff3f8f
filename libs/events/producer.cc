#include "libs/events/producer.h"

#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "libs/events/crash_point.h"

namespace pathways::events {
namespace {

constexpr int kPollMs = 100;

const std::map<std::string, std::string>& FixedProperties() {
  static const auto* const kProperties = new std::map<std::string, std::string>{
      {"enable.idempotence", "true"},  {"acks", "all"},
      {"message.timeout.ms", "0"},  // the outbox is the time-out
      {"compression.codec", "lz4"},    {"linger.ms", "1"},
      {"batch.num.messages", "10000"},
  };
  return *kProperties;
}

// By the partition key, which on compacted topics is not the record's key. murmur2, as Java's
// clients do it.
std::int32_t ChoosePartition(const rd_kafka_topic_t* topic, const void* /*record_key*/,
                             std::size_t /*size*/, std::int32_t partitions, void* topic_opaque,
                             void* message_opaque) {
  const std::string& key = static_cast<const Event*>(message_opaque)->key;
  return rd_kafka_msg_partitioner_murmur2_random(topic, key.data(), key.size(), partitions,
                                                 topic_opaque, message_opaque);
}

KafkaHeaders MakeHeaders(const Event& event) {
  const auto encoded = EncodeHeaders(event);
  KafkaHeaders headers(rd_kafka_headers_new(encoded.size()));
  for (const auto& [name, value] : encoded) {
    rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return headers;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Producer>> Producer::Open(const KafkaConfig& config) {
  auto conf = MakeKafkaConf(config, FixedProperties());
  if (!conf.ok()) return conf.status();
  std::unique_ptr<Producer> producer(new Producer());
  rd_kafka_conf_set_opaque(conf->get(), producer.get());
  rd_kafka_conf_set_dr_msg_cb(conf->get(), &Producer::OnDelivered);
  // The one that acks and time-out went into: setting another would lose them.
  rd_kafka_topic_conf_set_partitioner_cb(rd_kafka_conf_get_default_topic_conf(conf->get()),
                                         &ChoosePartition);
  auto handle = MakeKafkaHandle(RD_KAFKA_PRODUCER, *std::move(conf));
  if (!handle.ok()) return handle.status();
  producer->handle_ = *std::move(handle);
  return producer;
}

Producer::~Producer() {
  if (handle_ != nullptr && waiting_ > 0) {
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  }
  handle_.reset();
}

void Producer::OnDelivered(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message,
                           void* opaque) {
  auto& self = *static_cast<Producer*>(opaque);
  const auto* event = static_cast<const Event*>(message->_private);
  const auto index = static_cast<std::size_t>(event - self.batch_->data());
  --self.waiting_;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    self.result_.acknowledged[index] = true;
  } else if (self.result_.first_failure.ok()) {
    self.result_.first_failure = KafkaStatus(message->err, "publishing to " + event->topic);
  }
}

absl::StatusOr<Producer::Result> Producer::Deliver(
    std::shared_ptr<const std::vector<Event>> events,
    const std::function<absl::Status()>& keep_waiting) {
  batch_ = std::move(events);
  result_ = Result{std::vector<bool>(batch_->size(), false), absl::OkStatus()};
  for (const Event& event : *batch_) {
    if (auto status = Send(event, keep_waiting); !status.ok()) return status;
  }
  CrashPoint("relay.after_send");
  while (waiting_ > 0) {
    if (auto status = Poll(keep_waiting); !status.ok()) return status;
  }
  return std::move(result_);
}

absl::Status Producer::Send(const Event& event, const std::function<absl::Status()>& keep_waiting) {
  const std::string& key = RecordKey(event);
  // Neither copied nor changed by librdkafka. A null value is a tombstone, an empty one an empty
  // message.
  void* value = event.tombstone ? nullptr : const_cast<char*>(event.payload.data());
  for (;;) {
    KafkaHeaders headers = MakeHeaders(event);
    const auto error = rd_kafka_producev(
        handle_.get(), RD_KAFKA_V_TOPIC(event.topic.c_str()),
        RD_KAFKA_V_KEY(key.data(), key.size()), RD_KAFKA_V_VALUE(value, event.payload.size()),
        RD_KAFKA_V_HEADERS(headers.get()), RD_KAFKA_V_OPAQUE(const_cast<Event*>(&event)),
        RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      headers.release();  // now the message's
      ++waiting_;
      return absl::OkStatus();
    }
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      if (auto fatal = FatalError(handle_.get()); !fatal.ok()) return fatal;
      if (result_.first_failure.ok())
        result_.first_failure = KafkaStatus(error, "publishing to " + event.topic);
      return absl::OkStatus();
    }
    if (auto status = Poll(keep_waiting); !status.ok()) return status;
  }
}

absl::Status Producer::Poll(const std::function<absl::Status()>& keep_waiting) {
  if (rd_kafka_poll(handle_.get(), kPollMs) > 0) return absl::OkStatus();
  if (auto status = FatalError(handle_.get()); !status.ok()) return status;
  return keep_waiting();
}

}  // namespace pathways::events
