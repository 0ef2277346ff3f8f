#include "libs/runtime/runtime.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/access/access_seal.h"
#include "libs/events/consumer.h"
#include "libs/events/relay.h"
#include "libs/events/topics.h"
#include "libs/runtime/event_metrics.h"
#include "libs/service/log.h"
#include "libs/service/pool_metrics.h"
#include "libs/storage/migrations.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr service::Variable kPoolSize{"POOL_SIZE", "connections to the database", "8"};
constexpr milliseconds kStopTime{3000};

events::KafkaConfig KafkaOf(const RuntimeConfig& config, const ServiceTraits& traits) {
  events::KafkaConfig kafka;
  kafka.bootstrap_servers = config.kafka_brokers;
  kafka.client_id = "pathways-" + traits.name;
  return kafka;
}

absl::Status Migrate(const RuntimeConfig& config, const ServiceTraits& traits) {
  std::vector<storage::MigrationSet> sets = {storage::LibraryMigrations("storage"),
                                             storage::LibraryMigrations("events"),
                                             storage::LibraryMigrations("access")};
  for (const std::string& library : traits.libraries)
    sets.push_back(storage::LibraryMigrations(library));
  sets.push_back(storage::ServiceMigrations(traits.name));
  auto migrated = storage::Migrate({.owner_uri = config.migration_url}, sets,
                                   storage::Deadline::After(minutes(5)));
  if (!migrated.ok()) return migrated.status();
  service::LogInfo("the database is up to date", {{"applied", migrated->applied.size()}});
  return absl::OkStatus();
}

events::RelayConfig RelayConfigOf(const RuntimeConfig& config, const ServiceTraits& traits) {
  events::RelayConfig relay;
  relay.kafka = KafkaOf(config, traits);
  relay.database = config.database_url;
  return relay;
}

storage::PoolOptions PoolOptionsOf(const RuntimeConfig& config, const ServiceTraits& traits,
                                   storage::PoolObserver* observer) {
  storage::PoolOptions options;
  options.uri = config.database_url;
  options.size = config.pool_size;
  options.application_name = "pathways-" + traits.name;
  options.observer = observer;
  return options;
}

}  // namespace

RuntimeConfig RuntimeConfig::Read(service::ConfigReader& env) {
  RuntimeConfig config;
  config.database_url = env.Text(service::variables::kDatabaseUrl);
  config.migration_url = env.Text(service::variables::kMigrationDatabaseUrl);
  config.kafka_brokers = env.Text(service::variables::kKafkaBrokers);
  config.pool_size = static_cast<int>(env.IntegerOr(kPoolSize, 1, 200, 8));
  return config;
}

struct Runtime::Parts {
  Parts(service::Process& running, const RuntimeConfig& configuration, ServiceTraits service_traits)
      : process(running),
        config(configuration),
        traits(std::move(service_traits)),
        pool_metrics(process.metrics()),
        relay_metrics(process.metrics()),
        consumer_metrics(process.metrics()) {}

  // Kafka may be away: asked for again until it is there, while everything else already runs.
  absl::Status EnsureTopic() {
    if (topic_ready) return absl::OkStatus();
    events::TopicSpec topic;
    topic.name = absl::StrCat("pathways.", traits.name, ".v1");
    topic.compacted = traits.compacted_topic;
    absl::Status status =
        events::EnsureTopics(KafkaOf(config, traits), std::span(&topic, 1), milliseconds(5000));
    topic_ready = status.ok();
    return status;
  }

  absl::Status SealAccess() {
    return storage::RunInTransaction(
        *pool, storage::RowScope::System("seal"), storage::Deadline::After(seconds(30)),
        [](storage::Transaction& transaction) -> absl::Status {
          auto seals = access::SealAccessLog(transaction);
          if (!seals.ok()) return seals.status();
          for (const access::Seal& seal : *seals) {
            service::LogInfo("access log sealed", {{"day", seal.day.ToIso()},
                                                   {"number", seal.number},
                                                   {"rows", seal.rows},
                                                   {"digest", seal.digest}});
          }
          return absl::OkStatus();
        });
  }

  service::Process& process;
  RuntimeConfig config;
  ServiceTraits traits;
  service::PoolMetrics pool_metrics;
  RelayMetrics relay_metrics;
  ConsumerMetrics consumer_metrics;
  education::SystemClock clock;
  education::RandomIdSource ids;
  std::unique_ptr<storage::Pool> pool;
  std::unique_ptr<events::Relay> relay;
  std::unique_ptr<events::Outbox> outbox;
  std::unique_ptr<events::Consumer> consumer;
  bool topic_ready = false;
  std::unique_ptr<service::Periodic> topic_worker;
  std::unique_ptr<service::Periodic> seal_worker;
};

Runtime::Runtime(service::Process& process, const RuntimeConfig& config, ServiceTraits traits)
    : parts_(std::make_unique<Parts>(process, config, std::move(traits))) {
  Parts& p = *parts_;
  process.Need("migrations", Migrate(p.config, p.traits));
  p.pool = process.Need("database pool",
                        storage::Pool::Open(PoolOptionsOf(p.config, p.traits, &p.pool_metrics)));
  p.relay = std::make_unique<events::Relay>(RelayConfigOf(p.config, p.traits), &p.relay_metrics);
  p.outbox = std::make_unique<events::Outbox>(p.ids, p.clock, "/pathways/" + p.traits.name,
                                              [&p] { p.relay->Poke(); });
  p.topic_worker = std::make_unique<service::Periodic>(
      "topic", seconds(2), [&p] { return p.EnsureTopic(); }, process.metrics());
  p.seal_worker = std::make_unique<service::Periodic>(
      "seal", seconds(10), [&p] { return p.SealAccess(); }, process.metrics());
  p.relay->Start();
  process.OnStop("relay", [&p] { (void)p.relay->Stop(kStopTime); });
  process.OnStop("workers", [&p] {
    p.topic_worker.reset();
    p.seal_worker.reset();
  });
}

Runtime::~Runtime() = default;

storage::Pool& Runtime::pool() { return *parts_->pool; }
events::Outbox& Runtime::outbox() { return *parts_->outbox; }
const education::Clock& Runtime::clock() { return parts_->clock; }
education::IdSource& Runtime::ids() { return parts_->ids; }

void Runtime::Consume(std::vector<events::Reaction*> reactions) {
  Parts& p = *parts_;
  events::ConsumerConfig config;
  config.kafka = KafkaOf(p.config, p.traits);
  config.group = "pathways-" + p.traits.name;
  // A replica's name in the group; it must stay the same over a restart.
  config.instance = config.group + "-0";
  p.consumer = std::make_unique<events::Consumer>(std::move(config), *p.pool, std::move(reactions),
                                                  &p.consumer_metrics);
  p.process.Need("consumer", p.consumer->Start());
  p.process.OnStop("consumer", [&p] { (void)p.consumer->Stop(kStopTime); });
}

}  // namespace pathways::runtime
