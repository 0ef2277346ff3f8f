#include "libs/events/consumer.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <set>
#include <span>
#include <utility>

#include "libs/events/applier.h"
#include "libs/events/crash_point.h"
#include "libs/events/kafka_reader.h"
#include "libs/events/worker_thread.h"

namespace pathways::events {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kIdlePoll{100};
constexpr std::chrono::milliseconds kFirstBackoff{100};
constexpr std::chrono::milliseconds kLongestBackoff{5000};
constexpr std::chrono::milliseconds kDestructorPatience{5000};

ConsumerObserver& NobodyListens() {
  static auto* const kNobody = new ConsumerObserver();
  return *kNobody;
}

std::chrono::milliseconds Left(SteadyClock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - SteadyClock::now());
  return std::max(left, std::chrono::milliseconds(0));
}

}  // namespace

class Consumer::Worker : public WorkerThread {
 public:
  Worker(ConsumerConfig config, storage::Pool& pool, const std::vector<Reaction*>& reactions,
         ConsumerObserver* observer);

  absl::Status Check() const;

 private:
  using Batch = std::vector<Record>;

  void Run() override;
  absl::Status ReadUntilError();
  absl::StatusOr<Batch> NextBatch(KafkaReader& reader);
  absl::Status Process(KafkaReader& reader, const Batch& batch);
  absl::Status ApplyAll(const Batch& batch, int attempt);
  absl::Status WaitBeforeRetry(KafkaReader& reader);
  void ServeWhenDue(KafkaReader& reader);

  const ConsumerConfig config_;
  ConsumerObserver& observer_;
  std::vector<Applier> appliers_;
  std::vector<std::string> topics_;
  KafkaReader::LostOffsets lost_;
  std::deque<Record> early_;  // delivered while paused: next in line
  Backoff backoff_{kFirstBackoff, kLongestBackoff};
  SteadyClock::time_point next_service_{};
};

Consumer::Worker::Worker(ConsumerConfig config, storage::Pool& pool,
                         const std::vector<Reaction*>& reactions, ConsumerObserver* observer)
    : config_(std::move(config)), observer_(observer == nullptr ? NobodyListens() : *observer) {
  std::set<std::string> topics;
  for (Reaction* reaction : reactions) {
    appliers_.emplace_back(*reaction, pool, observer_, config_.max_attempts);
    topics.insert(reaction->spec().topics.begin(), reaction->spec().topics.end());
  }
  topics_.assign(topics.begin(), topics.end());
}

absl::Status Consumer::Worker::Check() const {
  std::set<std::string> names;
  for (const Applier& applier : appliers_) {
    if (applier.spec().name.empty()) return absl::InvalidArgumentError("a reaction has no name");
    if (!names.insert(applier.spec().name).second) {
      return absl::InvalidArgumentError("two reactions are called " + applier.spec().name);
    }
  }
  if (topics_.empty()) return absl::InvalidArgumentError("no topic to read");
  if (config_.group.empty() || config_.instance.empty()) {
    return absl::InvalidArgumentError("a consumer needs a group and an instance name");
  }
  if (config_.max_batch == 0) return absl::InvalidArgumentError("max_batch must be at least 1");
  return absl::OkStatus();
}

void Consumer::Worker::Run() {
  while (!stopping()) {
    const absl::Status status = ReadUntilError();
    if (stopping()) return;
    observer_.OnTrouble("kafka", status);
    Rest(backoff_.Next());
  }
}

absl::Status Consumer::Worker::ReadUntilError() {
  early_.clear();
  auto reader = KafkaReader::Open(config_, topics_, lost_, observer_);
  if (!reader.ok()) return reader.status();
  while (!stopping()) {
    const auto batch = NextBatch(**reader);
    if (!batch.ok()) return batch.status();
    if (!batch->empty()) {
      if (auto status = Process(**reader, *batch); !status.ok()) return status;
    }
    ServeWhenDue(**reader);
  }
  return absl::OkStatus();
}

// Records of one assignment: what was read before partitions were taken away is for their next
// owner.
absl::StatusOr<Consumer::Worker::Batch> Consumer::Worker::NextBatch(KafkaReader& reader) {
  Batch batch;
  std::int64_t revocations = reader.revocations();
  SteadyClock::time_point until = SteadyClock::now() + kIdlePoll;
  while (batch.size() < config_.max_batch && !stopping()) {
    if (!early_.empty()) {
      batch.push_back(std::move(early_.front()));
      early_.pop_front();
      until = SteadyClock::now();
      continue;
    }
    const auto left = Left(until);
    auto record = reader.Poll(left);
    if (!record.ok()) return record.status();
    if (reader.revocations() != revocations) {
      revocations = reader.revocations();
      batch.clear();
    }
    if (record->has_value()) {
      if (batch.empty()) until = SteadyClock::now() + config_.max_wait;
      batch.push_back(**std::move(record));
    } else if (left.count() == 0) {
      break;
    }
  }
  if (!batch.empty()) CrashPoint("consumer.after_receive");
  return batch;
}

// Until it is committed, or its partitions are somebody else's.
absl::Status Consumer::Worker::Process(KafkaReader& reader, const Batch& batch) {
  const std::int64_t revocations = reader.revocations();
  for (int attempt = 1;; ++attempt) {
    const absl::Status status = ApplyAll(batch, attempt);
    if (status.ok()) {
      if (attempt > 1) reader.Resume();
      backoff_.Reset();
      reader.Commit(batch);
      CrashPoint("consumer.after_offset");
      return status;
    }
    observer_.OnTrouble("reaction", status);
    if (attempt == 1) reader.Pause();
    if (auto waited = WaitBeforeRetry(reader); !waited.ok()) return waited;
    if (stopping()) return absl::OkStatus();
    if (reader.revocations() != revocations) {
      reader.Resume();
      return absl::OkStatus();
    }
  }
}

absl::Status Consumer::Worker::ApplyAll(const Batch& batch, int attempt) {
  for (Applier& applier : appliers_) {
    const auto& topics = applier.spec().topics;
    Batch mine;
    for (const Record& record : batch) {
      if (std::find(topics.begin(), topics.end(), record.topic) != topics.end())
        mine.push_back(record);
    }
    if (mine.empty()) continue;
    if (auto status = applier.Apply(mine, attempt); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// Stays a live member of the group meanwhile.
absl::Status Consumer::Worker::WaitBeforeRetry(KafkaReader& reader) {
  const auto until = SteadyClock::now() + backoff_.Next();
  const std::int64_t revocations = reader.revocations();
  reader.ReportLag(/*ask=*/true);
  while (!stopping() && SteadyClock::now() < until) {
    auto record = reader.Poll(std::min(Left(until), kIdlePoll));
    if (!record.ok()) return record.status();
    const bool revoked = reader.revocations() != revocations;
    if (revoked) early_.clear();
    if (record->has_value()) early_.push_back(**std::move(record));
    if (revoked) return absl::OkStatus();
  }
  return absl::OkStatus();
}

void Consumer::Worker::ServeWhenDue(KafkaReader& reader) {
  const auto now = SteadyClock::now();
  if (now < next_service_) return;
  next_service_ = now + config_.worker_step;
  reader.ReportLag(/*ask=*/false);
  for (Applier& applier : appliers_) {
    const auto status = applier.ServeRequests();
    if (!status.ok()) observer_.OnTrouble("reaction", status);
  }
}

Consumer::Consumer(ConsumerConfig config, storage::Pool& pool, std::vector<Reaction*> reactions,
                   ConsumerObserver* observer)
    : worker_(std::make_shared<Worker>(std::move(config), pool, reactions, observer)) {}

Consumer::~Consumer() { worker_->Stop(kDestructorPatience).IgnoreError(); }

absl::Status Consumer::Start() {
  if (auto status = worker_->Check(); !status.ok()) return status;
  worker_->Start();
  return absl::OkStatus();
}

absl::Status Consumer::Stop(std::chrono::milliseconds deadline) { return worker_->Stop(deadline); }

}  // namespace pathways::events
