#include "tests/bench/event_world.h"

#include <chrono>
#include <stdexcept>

#include "libs/events/topics.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/testing/builders.h"
#include "libs/testing/kafka.h"
#include "pathways/attendance/v1/events.pb.h"

namespace pathways::bench {
namespace {

using std::chrono::seconds;

void Check(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(std::string(status.message()));
}

}  // namespace

EventWorld::EventWorld(int partitions)
    : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events")}),
      topic_(testing::UniqueTopic("bench")),
      outbox_(ids_, clock_, "/pathways/bench", [this] {
        if (relay_ != nullptr) relay_->Poke();
      }) {
  kafka_.bootstrap_servers = testing::SharedKafka();
  events::TopicSpec topic;
  topic.name = topic_;
  topic.partitions = partitions;
  Check(events::EnsureTopics(kafka_, std::span(&topic, 1), seconds(30)));
  auto pool = storage::Pool::Open({.uri = database_.app_uri(), .size = 4});
  Check(pool.status());
  pool_ = *std::move(pool);
}

void EventWorld::StartRelay(events::RelayObserver* observer) {
  events::RelayConfig config;
  config.kafka = kafka_;
  config.database = database_.app_uri();
  relay_ = std::make_unique<events::Relay>(std::move(config), observer);
  relay_->Start();
}

void EventWorld::StopRelay() {
  Check(relay_->Stop(seconds(10)));
  relay_.reset();
}

events::NewEvent EventWorld::MakeEvent(int aggregate, std::int64_t version) const {
  attendance::v1::AbsenceBecamePersistent message;
  attendance::v1::AbsenceFigures* figures = message.mutable_figures();
  const std::string id = testing::MakePupilId(aggregate).ToString();
  figures->set_pupil_id(id);
  figures->set_enrolment_id(id);
  figures->set_urn(900001);
  figures->set_la_code(822);
  figures->set_day("2026-11-23");
  figures->set_sessions_possible(110);
  figures->set_sessions_absent(11);
  figures->set_academic_year(202627);
  events::NewEvent event = events::MakeEvent(message, "absence/" + id, version, id);
  event.topic = topic_;
  return event;
}

void EventWorld::Write(const std::vector<events::NewEvent>& events) {
  Check(storage::RunInTransaction(
      *pool_, storage::RowScope::System("bench"), storage::Deadline::After(seconds(60)),
      [&](storage::Transaction& transaction) { return outbox_.Append(transaction, events); }));
}

}  // namespace pathways::bench
