#include "libs/events/relay.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "libs/events/crash_point.h"
#include "libs/events/outbox_reader.h"
#include "libs/events/producer.h"
#include "libs/events/watermark.h"
#include "libs/events/worker_thread.h"

namespace pathways::events {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstBackoff{100};
constexpr std::chrono::milliseconds kLongestBackoff{3000};
constexpr std::chrono::milliseconds kLeadPoll{500};
constexpr std::chrono::seconds kPingEvery{2};
constexpr std::chrono::hours kMaintainEvery{1};
constexpr std::chrono::milliseconds kDestructorPatience{5000};

RelayObserver& NobodyListens() {
  static auto* const kNobody = new RelayObserver();
  return *kNobody;
}

}  // namespace

class Relay::Worker : public WorkerThread {
 public:
  Worker(RelayConfig config, RelayObserver* observer)
      : config_(std::move(config)), observer_(observer == nullptr ? NobodyListens() : *observer) {}

 private:
  void Run() override;
  absl::Status ConnectAndLead();
  absl::Status WaitForLead(OutboxReader& reader);
  absl::Status Lead(OutboxReader& reader);
  absl::StatusOr<std::size_t> Step(OutboxReader& reader, Watermark& watermark);
  absl::Status Publish(OutboxReader& reader, Watermark& watermark, Look look,
                       std::int64_t& settled_to);
  absl::StatusOr<Producer::Result> Deliver(OutboxReader& reader,
                                           const std::shared_ptr<const std::vector<Event>>& events);
  absl::Status KeepWaiting(OutboxReader& reader);
  void MaintainWhenDue(OutboxReader& reader);

  const RelayConfig config_;
  RelayObserver& observer_;
  std::unique_ptr<Producer> producer_;
  Backoff backoff_{kFirstBackoff, kLongestBackoff};
  SteadyClock::time_point next_maintenance_{};
  SteadyClock::time_point next_ping_{};
};

void Relay::Worker::Run() {
  while (!stopping()) {
    const absl::Status status = ConnectAndLead();
    if (stopping()) return;
    observer_.OnTrouble("database", status);
    Rest(backoff_.Next());
  }
}

absl::Status Relay::Worker::ConnectAndLead() {
  auto reader = OutboxReader::Connect(config_.database, config_.lead_timeout);
  if (!reader.ok()) return reader.status();
  if (auto status = WaitForLead(*reader); !status.ok() || stopping()) return status;
  observer_.OnLeading(true);
  absl::Status status = Lead(*reader);
  // Whoever leads next must not find our queue still sending; what it holds is sent again from the
  // state row.
  producer_.reset();
  observer_.OnLeading(false);
  return status;
}

absl::Status Relay::Worker::WaitForLead(OutboxReader& reader) {
  while (!stopping()) {
    const auto leads = reader.TryLead();
    if (!leads.ok()) return leads.status();
    if (*leads) return absl::OkStatus();
    Rest(kLeadPoll);
  }
  return absl::OkStatus();
}

absl::Status Relay::Worker::Lead(OutboxReader& reader) {
  auto watermark = reader.BeginEpoch();
  if (!watermark.ok()) return watermark.status();
  auto wait = config_.busy_poll;
  while (!stopping()) {
    MaintainWhenDue(reader);
    const auto published = Step(reader, *watermark);
    if (!published.ok()) return published.status();
    if (*published >= config_.max_batch) continue;
    wait = *published > 0 ? config_.busy_poll : std::min(wait * 2, config_.idle_poll);
    Sleep(wait);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> Relay::Worker::Step(OutboxReader& reader, Watermark& watermark) {
  if (watermark.NeedsHorizon()) {
    const auto xid = reader.FreshTransactionId();
    if (!xid.ok()) return xid.status();
    watermark.SetHorizon(*xid);
  }
  auto look = reader.Read(watermark.Unsettled(), config_.max_batch);
  if (!look.ok()) return look.status();
  observer_.OnState(look->oldest, watermark.highest() - watermark.watermark());
  CrashPoint("relay.after_read");

  const std::size_t found = look->events.size();
  const std::int64_t before = watermark.watermark();
  const std::int64_t xmin = look->snapshot_xmin;
  std::int64_t settled_to = found < config_.max_batch ? Watermark::kEnd : look->seqs.back();
  if (found > 0) {
    auto status = Publish(reader, watermark, *std::move(look), settled_to);
    if (!status.ok()) return status;
  }
  watermark.Looked(xmin, settled_to);
  if (found > 0 || watermark.watermark() != before) {
    if (auto status = reader.Record(watermark); !status.ok()) return status;
    CrashPoint("relay.after_record");
  }
  return found;
}

// Lowers `settled_to` below the first event that was not acknowledged.
absl::Status Relay::Worker::Publish(OutboxReader& reader, Watermark& watermark, Look look,
                                    std::int64_t& settled_to) {
  auto result = Deliver(reader, std::make_shared<const std::vector<Event>>(std::move(look.events)));
  if (!result.ok()) return result.status();
  CrashPoint("relay.after_ack");
  std::vector<std::int64_t> published;
  for (std::size_t i = 0; i < look.seqs.size(); ++i) {
    if (result->acknowledged[i]) {
      published.push_back(look.seqs[i]);
    } else {
      settled_to = std::min(settled_to, look.seqs[i] - 1);
    }
  }
  watermark.Publish(published);
  observer_.OnPublished(published.size());
  if (result->first_failure.ok()) {
    backoff_.Reset();
  } else {
    observer_.OnTrouble("kafka", result->first_failure);
    Rest(backoff_.Next());
  }
  return absl::OkStatus();
}

// Until Kafka has them; with a new producer as often as the old one gives up. Fails when the lead
// is lost or we stop.
absl::StatusOr<Producer::Result> Relay::Worker::Deliver(
    OutboxReader& reader, const std::shared_ptr<const std::vector<Event>>& events) {
  for (;;) {
    if (producer_ == nullptr) {
      auto producer = Producer::Open(config_.kafka);
      if (!producer.ok()) return producer.status();
      producer_ = *std::move(producer);
    }
    absl::Status lead;
    auto result = producer_->Deliver(events, [&] { return lead = KeepWaiting(reader); });
    if (result.ok()) return result;
    producer_.reset();
    if (!lead.ok()) return lead;
    observer_.OnTrouble("kafka", result.status());
    Rest(backoff_.Next());
    if (auto status = KeepWaiting(reader); !status.ok()) return status;
  }
}

// The server ends a session that is silent for too long, and with it the lead.
absl::Status Relay::Worker::KeepWaiting(OutboxReader& reader) {
  if (stopping()) return absl::CancelledError("stopping");
  const auto now = SteadyClock::now();
  if (now < next_ping_) return absl::OkStatus();
  next_ping_ = now + kPingEvery;
  return reader.Ping();
}

void Relay::Worker::MaintainWhenDue(OutboxReader& reader) {
  const auto now = SteadyClock::now();
  if (now < next_maintenance_) return;
  next_maintenance_ = now + kMaintainEvery;
  const auto status = reader.Maintain();
  if (!status.ok()) observer_.OnTrouble("maintenance", status);
}

Relay::Relay(RelayConfig config, RelayObserver* observer)
    : worker_(std::make_shared<Worker>(std::move(config), observer)) {}

Relay::~Relay() { worker_->Stop(kDestructorPatience).IgnoreError(); }

void Relay::Start() { worker_->Start(); }
void Relay::Poke() { worker_->Wake(); }
absl::Status Relay::Stop(std::chrono::milliseconds deadline) { return worker_->Stop(deadline); }

}  // namespace pathways::events
