#include "libs/events/kafka_handle.h"

#include <array>
#include <utility>

namespace pathways::events {
namespace {

using Text = std::array<char, 512>;

absl::Status Set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  Text text{};
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text.data(), text.size()) ==
      RD_KAFKA_CONF_OK) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("Kafka property " + name + ": " + text.data());
}

// Against faults of librdkafka 2.0.2: after a broker was killed, clients sat 30 s in the
// connection's set-up.
const std::map<std::string, std::string>& CommonProperties() {
  static const auto* const kProperties = new std::map<std::string, std::string>{
      {"socket.connection.setup.timeout.ms", "5000"},
      {"socket.keepalive.enable", "true"},
      {"socket.nagle.disable", "true"},
      {"reconnect.backoff.ms", "50"},
      {"reconnect.backoff.max.ms", "2000"},
      {"topic.metadata.refresh.interval.ms", "10000"},
      {"log.connection.close", "false"},
  };
  return *kProperties;
}

}  // namespace

absl::Status KafkaStatus(rd_kafka_resp_err_t error, std::string_view doing) {
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  const std::string words = std::string(doing) + ": " + rd_kafka_err2str(error);
  switch (error) {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
      return absl::InvalidArgumentError(words);
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return absl::PermissionDeniedError(words);
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
      return absl::DeadlineExceededError(words);
    default:
      return absl::UnavailableError(words);
  }
}

absl::StatusOr<KafkaConf> MakeKafkaConf(const KafkaConfig& config,
                                        const std::map<std::string, std::string>& fixed) {
  KafkaConf conf(rd_kafka_conf_new());
  std::map<std::string, std::string> properties = CommonProperties();
  for (const auto& [name, value] : config.properties) properties[name] = value;
  for (const auto& [name, value] : fixed) properties[name] = value;
  properties["bootstrap.servers"] = config.bootstrap_servers;
  properties["client.id"] = config.client_id;
  properties["message.max.bytes"] = std::to_string(config.max_message_bytes);
  for (const auto& [name, value] : properties) {
    if (auto status = Set(conf.get(), name, value); !status.ok()) return status;
  }
  // Its own log lines go to stderr past our log; what matters comes through errors.
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);
  return conf;
}

absl::StatusOr<KafkaHandle> MakeKafkaHandle(rd_kafka_type_t type, KafkaConf conf) {
  Text text{};
  rd_kafka_t* handle = rd_kafka_new(type, conf.get(), text.data(), text.size());
  if (handle == nullptr)
    return absl::InvalidArgumentError(std::string("Kafka client: ") + text.data());
  conf.release();  // now the handle's
  return KafkaHandle(handle);
}

absl::Status FatalError(rd_kafka_t* handle) {
  Text text{};
  const auto error = rd_kafka_fatal_error(handle, text.data(), text.size());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  return absl::UnavailableError(std::string("Kafka client must start anew: ") +
                                rd_kafka_err2name(error));
}

}  // namespace pathways::events
