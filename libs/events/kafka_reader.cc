#include "libs/events/kafka_reader.h"

#include <algorithm>
#include <cstddef>

namespace pathways::events {
namespace {

constexpr int kCommittedTimeoutMs = 5000;
constexpr int kWatermarkTimeoutMs = 1000;

std::map<std::string, std::string> FixedProperties(const ConsumerConfig& config) {
  return {
      {"group.id", config.group},
      {"group.instance.id", config.instance},
      {"session.timeout.ms", std::to_string(config.session_timeout.count())},
      {"heartbeat.interval.ms", "1000"},
      // Cooperative assignors lose assignments in librdkafka 2.0.2.
      {"partition.assignment.strategy", "range"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      // Never a silent jump: a partition without a usable offset is an error, which is dealt with
      // below.
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
      {"fetch.error.backoff.ms", "100"},
      {"queued.max.messages.kbytes", "16384"},
  };
}

std::vector<Header> ReadHeaders(const rd_kafka_message_t& message) {
  std::vector<Header> headers;
  rd_kafka_headers_t* list = nullptr;  // the message's
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    headers.emplace_back(name, value == nullptr
                                   ? std::string()
                                   : std::string(static_cast<const char*>(value), size));
  }
  return headers;
}

Record ReadRecord(const rd_kafka_message_t& message) {
  Record record;
  record.topic = rd_kafka_topic_name(message.rkt);
  record.partition = message.partition;
  record.offset = message.offset;
  if (message.key != nullptr)
    record.key.assign(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr) {
    record.value = std::string(static_cast<const char*>(message.payload), message.len);
  }
  record.headers = ReadHeaders(message);
  return record;
}

PartitionList MakeList(std::size_t size) {
  return PartitionList(rd_kafka_topic_partition_list_new(static_cast<int>(size)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaReader>> KafkaReader::Open(
    const ConsumerConfig& config, const std::vector<std::string>& topics, LostOffsets& lost,
    ConsumerObserver& observer) {
  auto conf = MakeKafkaConf(config.kafka, FixedProperties(config));
  if (!conf.ok()) return conf.status();
  std::unique_ptr<KafkaReader> reader(new KafkaReader(lost, observer));
  rd_kafka_conf_set_opaque(conf->get(), reader.get());
  rd_kafka_conf_set_rebalance_cb(conf->get(), &KafkaReader::OnRebalance);
  rd_kafka_conf_set_error_cb(conf->get(), &KafkaReader::OnError);
  auto handle = MakeKafkaHandle(RD_KAFKA_CONSUMER, *std::move(conf));
  if (!handle.ok()) return handle.status();
  reader->handle_ = *std::move(handle);
  rd_kafka_poll_set_consumer(reader->handle_.get());
  const PartitionList wanted = MakeList(topics.size());
  for (const std::string& topic : topics) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  const auto error = rd_kafka_subscribe(reader->handle_.get(), wanted.get());
  if (auto status = KafkaStatus(error, "subscribing"); !status.ok()) return status;
  return reader;
}

KafkaReader::~KafkaReader() { Close(); }

void KafkaReader::Close() {
  if (handle_ == nullptr) return;
  rd_kafka_consumer_close(handle_.get());
  handle_.reset();
}

absl::StatusOr<std::optional<Record>> KafkaReader::Poll(std::chrono::milliseconds timeout) {
  const KafkaMessage message(rd_kafka_consumer_poll(handle_.get(), Milliseconds(timeout)));
  if (message == nullptr) return std::optional<Record>();
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
    return std::optional<Record>(ReadRecord(*message));
  if (auto status = Judge(*message); !status.ok()) return status;
  return std::optional<Record>();
}

absl::Status KafkaReader::Judge(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET && message.rkt != nullptr) {
    lost_.emplace(rd_kafka_topic_name(message.rkt), message.partition);
    return absl::UnavailableError("an offset was lost: the partition starts from its beginning");
  }
  if (auto fatal = FatalError(handle_.get()); !fatal.ok()) return fatal;
  observer_.OnTrouble("kafka", KafkaStatus(message.err, "reading"));
  return absl::OkStatus();
}

void KafkaReader::OnError(rd_kafka_t* /*handle*/, int error, const char* /*reason*/, void* opaque) {
  if (error == RD_KAFKA_RESP_ERR__FATAL) return;  // found by Poll
  auto& self = *static_cast<KafkaReader*>(opaque);
  self.observer_.OnTrouble("kafka",
                           KafkaStatus(static_cast<rd_kafka_resp_err_t>(error), "connecting"));
}

void KafkaReader::OnRebalance(rd_kafka_t* handle, rd_kafka_resp_err_t error,
                              rd_kafka_topic_partition_list_t* partitions, void* opaque) {
  auto& self = *static_cast<KafkaReader*>(opaque);
  if (error == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    self.Assign(handle, partitions);
    return;
  }
  ++self.revocations_;
  for (const auto& [partition, next] : self.next_)
    self.observer_.OnLag(partition.first, partition.second, 0);
  self.next_.clear();
  rd_kafka_assign(handle, nullptr);
}

// A partition the group never committed starts from its beginning, said aloud; so does one whose
// offset was lost.
void KafkaReader::Assign(rd_kafka_t* handle, rd_kafka_topic_partition_list_t* partitions) {
  const PartitionList committed(rd_kafka_topic_partition_list_copy(partitions));
  const auto error = rd_kafka_committed(handle, committed.get(), kCommittedTimeoutMs);
  for (int i = 0; i < committed->cnt; ++i) {
    const auto& known = committed->elems[i];
    const bool was_lost = lost_.erase({known.topic, known.partition}) > 0;
    const bool is_new = error == RD_KAFKA_RESP_ERR_NO_ERROR &&
                        known.err == RD_KAFKA_RESP_ERR_NO_ERROR &&
                        known.offset == RD_KAFKA_OFFSET_INVALID;
    const bool from_beginning = was_lost || is_new;
    next_[{known.topic, known.partition}] =
        from_beginning ? 0 : std::max<std::int64_t>(known.offset, 0);
    if (!from_beginning) continue;
    partitions->elems[i].offset = RD_KAFKA_OFFSET_BEGINNING;
    observer_.OnStartedFromBeginning(known.topic, known.partition, was_lost && !is_new);
  }
  rd_kafka_assign(handle, partitions);
}

void KafkaReader::Commit(std::span<const Record> records) {
  std::map<Partition, std::int64_t> next;
  for (const Record& record : records) {
    std::int64_t& offset = next[{record.topic, record.partition}];
    offset = std::max(offset, record.offset + 1);
  }
  for (const auto& [partition, offset] : next) next_.insert_or_assign(partition, offset);
  const PartitionList offsets = MakeList(next.size());
  for (const auto& [partition, offset] : next) {
    rd_kafka_topic_partition_list_add(offsets.get(), partition.first.c_str(), partition.second)
        ->offset = offset;
  }
  rd_kafka_commit(handle_.get(), offsets.get(), /*async=*/1);
}

void KafkaReader::ReportLag(bool ask) {
  for (const auto& [partition, next] : next_) {
    const auto& [topic, number] = partition;
    std::int64_t low = RD_KAFKA_OFFSET_INVALID, high = RD_KAFKA_OFFSET_INVALID;
    const auto error =
        ask ? rd_kafka_query_watermark_offsets(handle_.get(), topic.c_str(), number, &low, &high,
                                               kWatermarkTimeoutMs)
            : rd_kafka_get_watermark_offsets(handle_.get(), topic.c_str(), number, &low, &high);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return;  // no broker, or a moment too early
    if (high < 0) continue;                           // nothing was fetched yet
    observer_.OnLag(topic, number, std::max<std::int64_t>(high - std::max(next, low), 0));
  }
}

void KafkaReader::SetPaused(bool paused) {
  rd_kafka_topic_partition_list_t* list = nullptr;
  if (rd_kafka_assignment(handle_.get(), &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const PartitionList assigned(list);
  if (paused) {
    rd_kafka_pause_partitions(handle_.get(), assigned.get());
  } else {
    rd_kafka_resume_partitions(handle_.get(), assigned.get());
  }
}

}  // namespace pathways::events
