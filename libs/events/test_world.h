// What the integration tests of this library share: a database with outbox and inbox, a topic, a
// writer, a reaction that remembers, and an observer that counts. Included by tests only.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/consumer.h"
#include "libs/events/outbox.h"
#include "libs/events/relay.h"
#include "libs/events/topics.h"
#include "libs/storage/migrations.h"
#include "libs/storage/pool.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/kafka.h"
#include "libs/testing/postgres.h"
#include "libs/testing/wait.h"

namespace pathways::events {

inline constexpr char kType[] = "pathways.test.v1.ThingChanged";
inline constexpr std::chrono::seconds kLimit{60};

// thing: the aggregate. effect: what the reaction did, in the order it did it, with nothing to stop
// it from doing it twice.
inline constexpr char kTables[] = R"(
create table thing (id text primary key, version bigint not null);
create table effect (n bigint generated always as identity, reaction text, aggregate text, version bigint, payload text);
do $$ begin
  execute format('grant select, insert, update on thing, effect to %I',
                 app.service_login((select pg_get_userbyid(datdba) from pg_database where datname = current_database())));
end $$;)";

inline std::vector<storage::MigrationSet> Migrations() {
  return {storage::LibraryMigrations("storage"), storage::LibraryMigrations("events")};
}

inline std::unique_ptr<storage::Pool> OpenPool(const std::string& uri, int size = 8) {
  storage::PoolOptions options;
  options.uri = uri;
  options.size = size;
  options.max_wait = std::chrono::seconds(20);
  auto pool = storage::Pool::Open(options);
  EXPECT_TRUE(pool.ok()) << pool.status();
  return *std::move(pool);
}

template <typename Work>
auto InTransaction(storage::Pool& pool, Work work) {
  return storage::RunInTransaction(pool, storage::RowScope::System("test"),
                                   storage::Deadline::After(kLimit), work);
}

// Counts what both sides tell.
class Counts : public RelayObserver, public ConsumerObserver {
 public:
  void OnPublished(std::size_t events) override { published += events; }
  void OnState(std::chrono::microseconds, std::int64_t lag) override { watermark_lag = lag; }
  void OnLeading(bool is_leading) override { leading = is_leading; }
  void OnTrouble(std::string_view where, const absl::Status& status) override {
    ++troubles;
    const std::lock_guard lock(mutex_);
    last_trouble_ = std::string(where) + ": " + status.ToString();
  }
  void OnApplied(std::string_view, std::size_t events) override { applied += events; }
  void OnDuplicates(std::string_view, std::size_t events) override { duplicates += events; }
  void OnSkipped(std::string_view, std::size_t events) override { skipped += events; }
  void OnParked(std::string_view, std::size_t events) override { parked += events; }
  void OnDeadLetter(std::string_view, const absl::Status&) override { ++dead; }
  void OnStartedFromBeginning(std::string_view, int, bool lost) override {
    ++(lost ? restarted : started);
  }

  void OnLag(std::string_view, int partition, std::int64_t offsets) override {
    const std::lock_guard lock(mutex_);
    lag_[partition] = offsets;
  }

  // Over all partitions; -1 until something was told.
  std::int64_t lag() const {
    const std::lock_guard lock(mutex_);
    std::int64_t sum = lag_.empty() ? -1 : 0;
    for (const auto& [partition, offsets] : lag_) sum += offsets;
    return sum;
  }
  std::string last_trouble() const {
    const std::lock_guard lock(mutex_);
    return last_trouble_;
  }

  std::atomic<std::size_t> published = 0, applied = 0, duplicates = 0, skipped = 0, parked = 0,
                           dead = 0;
  std::atomic<int> troubles = 0, started = 0, restarted = 0;
  std::atomic<std::int64_t> watermark_lag = 0;
  std::atomic<bool> leading = false;

 private:
  mutable std::mutex mutex_;
  std::string last_trouble_;
  std::map<int, std::int64_t> lag_;
};

// Writes one row an event; fails as it is told to.
class Remember : public Reaction {
 public:
  explicit Remember(ReactionSpec spec) : Reaction(std::move(spec)) {}

  absl::Status Apply(storage::Transaction& transaction, std::span<const Event> events) override {
    std::vector<std::string> aggregates, payloads;
    std::vector<std::int64_t> versions;
    for (const Event& event : events) {
      if (fail) {
        if (auto status = fail(event); !status.ok()) return status;
      }
      aggregates.push_back(event.aggregate);
      versions.push_back(event.version);
      payloads.push_back(event.payload);
    }
    return transaction
        .Execute(
            "insert into effect (reaction, aggregate, version, payload) select $1, e.* from "
            "unnest($2::text[], $3::bigint[], $4::text[]) as e",
            spec().name, aggregates, versions, payloads)
        .status();
  }

  std::function<absl::Status(const Event&)> fail;  // set before the consumer starts
};

class World {
 public:
  explicit World(std::string servers = testing::SharedKafka(), int partitions = 4,
                 bool compacted = false)
      : database_(Migrations()), topic_(testing::UniqueTopic("events")) {
    database_.RunScript(kTables);
    pool_ = OpenPool(database_.app_uri());
    kafka_.bootstrap_servers = std::move(servers);
    spec_ = {.name = topic_, .partitions = partitions, .compacted = compacted};
    outbox_ = std::make_unique<Outbox>(ids_, clock_, "/pathways/test");
  }

  absl::Status MakeTopic() { return EnsureTopics(kafka_, {&spec_, 1}, kLimit); }

  const testing::TestDatabase& database() const { return database_; }
  storage::Pool& pool() { return *pool_; }
  Outbox& outbox() { return *outbox_; }
  const KafkaConfig& kafka() const { return kafka_; }
  const std::string& topic() const { return topic_; }

  NewEvent MakeNew(const std::string& aggregate, std::int64_t version) const {
    NewEvent event;
    event.type = kType;
    event.aggregate = aggregate;
    event.version = version;
    event.key = aggregate;
    event.payload = aggregate + "@" + std::to_string(version);
    event.topic = topic_;
    return event;
  }

  absl::Status Append(const std::vector<NewEvent>& events) {
    return InTransaction(pool(), [&](storage::Transaction& transaction) {
      return outbox().Append(transaction, events);
    });
  }

  RelayConfig relay_config() const { return {.kafka = kafka_, .database = database_.app_uri()}; }

  ConsumerConfig consumer_config(const std::string& instance = "one") const {
    ConsumerConfig config;
    config.kafka = kafka_;
    config.group = topic_ + ".group";
    config.instance = instance;
    config.worker_step = std::chrono::milliseconds(50);
    config.session_timeout = std::chrono::milliseconds(6000);
    return config;
  }

  ReactionSpec reaction(Ordering ordering = Ordering::kEveryVersion) const {
    return {.name = "test.remember", .topics = {topic_}, .types = {kType}, .ordering = ordering};
  }

  // As superuser.
  std::int64_t Count(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    EXPECT_TRUE(session.ok()) << session.status();
    const auto rows = session->Query(storage::Deadline::After(kLimit), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? rows->front().Get<std::int64_t>(0) : -1;
  }
  std::int64_t effects() { return Count("select count(*) from effect"); }

  // Versions as applied, in order, by aggregate.
  std::map<std::string, std::vector<std::int64_t>> Applied() {
    std::map<std::string, std::vector<std::int64_t>> applied;
    auto session = storage::Session::Open(database_.admin_uri());
    const auto rows = session->Query(storage::Deadline::After(kLimit),
                                     "select aggregate, version from effect order by n");
    EXPECT_TRUE(rows.ok()) << rows.status();
    for (const auto& row : *rows)
      applied[row.Get<std::string>(0)].push_back(row.Get<std::int64_t>(1));
    return applied;
  }

 private:
  testing::TestDatabase database_;
  std::string topic_;
  KafkaConfig kafka_;
  TopicSpec spec_;
  education::RandomIdSource ids_;
  education::SystemClock clock_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<Outbox> outbox_;
};

inline std::vector<std::int64_t> UpTo(std::int64_t last) {
  std::vector<std::int64_t> numbers;
  for (std::int64_t number = 1; number <= last; ++number) numbers.push_back(number);
  return numbers;
}

// One change of one aggregate as a service makes it: the version from the row, under its lock, then
// the event.
inline absl::Status Change(World& world, storage::Transaction& transaction,
                           const std::string& aggregate) {
  const auto row = transaction.QueryOne(
      "insert into thing values ($1, 1) on conflict (id) do update set version = thing.version + 1 "
      "returning version",
      aggregate);
  if (!row.ok()) return row.status();
  const NewEvent event = world.MakeNew(aggregate, row->Get<std::int64_t>(0));
  return world.outbox().Append(transaction, {&event, 1});
}

}  // namespace pathways::events
