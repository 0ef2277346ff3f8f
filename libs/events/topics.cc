#include "libs/events/topics.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "libs/events/kafka_handle.h"

namespace pathways::events {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kOneRequest{10'000};

using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, Freer<rd_kafka_AdminOptions_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Freer<rd_kafka_NewTopic_destroy>>;
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, Freer<rd_kafka_ConfigResource_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Freer<rd_kafka_queue_destroy>>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, Freer<rd_kafka_event_destroy>>;

struct FreeMetadata {
  void operator()(const rd_kafka_metadata_t* metadata) const {
    rd_kafka_metadata_destroy(metadata);
  }
};
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, FreeMetadata>;

const char* CleanupPolicy(const TopicSpec& topic) { return topic.compacted ? "compact" : "delete"; }

std::chrono::milliseconds Left(SteadyClock::time_point until) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(until - SteadyClock::now());
  return std::clamp(left, std::chrono::milliseconds(1), kOneRequest);
}

AdminOptions MakeOptions(rd_kafka_t* client, rd_kafka_admin_op_t operation,
                         SteadyClock::time_point until) {
  AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 128> text{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), Milliseconds(Left(until)), text.data(),
                                            text.size());
  return options;
}

absl::StatusOr<NewTopic> MakeNewTopic(const TopicSpec& topic) {
  std::array<char, 512> text{};
  NewTopic made(rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, topic.replication,
                                      text.data(), text.size()));
  if (made == nullptr)
    return absl::InvalidArgumentError("topic " + topic.name + ": " + text.data());
  std::map<std::string, std::string> config = {{"cleanup.policy", CleanupPolicy(topic)}};
  const auto kept = topic.retention.has_value()
                        ? std::to_string(std::chrono::milliseconds(*topic.retention).count())
                        : std::string();
  if (!topic.compacted) {
    config["retention.ms"] = kept.empty() ? "-1" : kept;
  } else if (!kept.empty()) {
    config["delete.retention.ms"] = kept;
  }
  for (const auto& [name, value] : config)
    rd_kafka_NewTopic_set_config(made.get(), name.c_str(), value.c_str());
  return made;
}

// The answer to the one request made on the queue.
absl::StatusOr<KafkaEvent> Answer(rd_kafka_queue_t* queue, SteadyClock::time_point until,
                                  std::string_view doing) {
  KafkaEvent event(rd_kafka_queue_poll(queue, Milliseconds(Left(until)) + 1000));
  if (event == nullptr) return absl::DeadlineExceededError(std::string(doing) + ": no answer");
  if (auto status = KafkaStatus(rd_kafka_event_error(event.get()), doing); !status.ok())
    return status;
  return event;
}

absl::Status CreateMissing(rd_kafka_t* client, std::span<const TopicSpec> topics,
                           SteadyClock::time_point until) {
  std::vector<NewTopic> made;
  std::vector<rd_kafka_NewTopic_t*> pointers;
  for (const TopicSpec& topic : topics) {
    auto one = MakeNewTopic(topic);
    if (!one.ok()) return one.status();
    pointers.push_back(one->get());
    made.push_back(*std::move(one));
  }
  const Queue queue(rd_kafka_queue_new(client));
  const auto options = MakeOptions(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, until);
  rd_kafka_CreateTopics(client, pointers.data(), pointers.size(), options.get(), queue.get());
  const auto event = Answer(queue.get(), until, "creating topics");
  if (!event.ok()) return event.status();
  std::size_t count = 0;
  const auto* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto error = rd_kafka_topic_result_error(results[i]);
    if (error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    const std::string doing =
        std::string("creating topic ") + rd_kafka_topic_result_name(results[i]);
    if (auto status = KafkaStatus(error, doing); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// UNAVAILABLE while it is not everywhere yet.
absl::Status CheckPartitions(rd_kafka_t* client, const TopicSpec& topic,
                             SteadyClock::time_point until) {
  const std::unique_ptr<rd_kafka_topic_t, Freer<rd_kafka_topic_destroy>> handle(
      rd_kafka_topic_new(client, topic.name.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  const auto error = rd_kafka_metadata(client, 0, handle.get(), &raw, Milliseconds(Left(until)));
  const Metadata metadata(raw);
  if (auto status = KafkaStatus(error, "asking for topic " + topic.name); !status.ok())
    return status;
  if (metadata->topic_cnt != 1)
    return absl::UnavailableError("topic " + topic.name + " is not there");
  const auto& found = metadata->topics[0];
  if (auto status = KafkaStatus(found.err, "asking for topic " + topic.name); !status.ok())
    return status;
  for (int i = 0; i < found.partition_cnt; ++i) {
    if (found.partitions[i].leader < 0)
      return absl::UnavailableError("topic " + topic.name + " has no leader");
  }
  if (found.partition_cnt == topic.partitions) return absl::OkStatus();
  return absl::FailedPreconditionError("topic " + topic.name + " has " +
                                       std::to_string(found.partition_cnt) + " partitions, not " +
                                       std::to_string(topic.partitions));
}

absl::Status CheckPolicy(rd_kafka_t* client, const TopicSpec& topic,
                         SteadyClock::time_point until) {
  const Resource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.name.c_str()));
  rd_kafka_ConfigResource_t* asked = resource.get();
  const Queue queue(rd_kafka_queue_new(client));
  const auto options = MakeOptions(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, until);
  rd_kafka_DescribeConfigs(client, &asked, 1, options.get(), queue.get());
  const auto event = Answer(queue.get(), until, "describing topic " + topic.name);
  if (!event.ok()) return event.status();
  std::size_t count = 0;
  const auto* resources = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(event->get()), &count);
  if (count != 1) return absl::UnavailableError("topic " + topic.name + " was not described");
  std::size_t entries = 0;
  const auto* configs = rd_kafka_ConfigResource_configs(resources[0], &entries);
  for (std::size_t i = 0; i < entries; ++i) {
    if (std::string_view(rd_kafka_ConfigEntry_name(configs[i])) != "cleanup.policy") continue;
    const char* value = rd_kafka_ConfigEntry_value(configs[i]);
    if (value != nullptr && std::string_view(value) == CleanupPolicy(topic))
      return absl::OkStatus();
    return absl::FailedPreconditionError("topic " + topic.name + ": cleanup.policy must be " +
                                         CleanupPolicy(topic));
  }
  return absl::UnavailableError("topic " + topic.name + " was not described");
}

absl::Status CheckTopic(rd_kafka_t* client, const TopicSpec& topic, SteadyClock::time_point until) {
  if (auto status = CheckPartitions(client, topic, until); !status.ok()) return status;
  return CheckPolicy(client, topic, until);
}

bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

absl::Status UntilSettled(SteadyClock::time_point until, rd_kafka_t* client,
                          const std::function<absl::Status()>& step) {
  for (;;) {
    absl::Status status = step();
    if (!MayPass(status) || SteadyClock::now() >= until) return status;
    rd_kafka_poll(client, 50);  // serves the client while we wait
  }
}

}  // namespace

absl::Status EnsureTopics(const KafkaConfig& kafka, std::span<const TopicSpec> topics,
                          std::chrono::milliseconds timeout) {
  if (topics.empty()) return absl::OkStatus();
  const auto until = SteadyClock::now() + timeout;
  auto conf = MakeKafkaConf(kafka, {{"allow.auto.create.topics", "false"}});
  if (!conf.ok()) return conf.status();
  const auto client = MakeKafkaHandle(RD_KAFKA_PRODUCER, *std::move(conf));
  if (!client.ok()) return client.status();
  const auto created = UntilSettled(until, client->get(),
                                    [&] { return CreateMissing(client->get(), topics, until); });
  if (!created.ok()) return created;
  for (const TopicSpec& topic : topics) {
    const auto usable =
        UntilSettled(until, client->get(), [&] { return CheckTopic(client->get(), topic, until); });
    if (!usable.ok()) return usable;
  }
  return absl::OkStatus();
}

}  // namespace pathways::events
