#include "libs/runtime/event_metrics.h"

#include "libs/service/log.h"

namespace pathways::runtime {
namespace {

double Seconds(std::chrono::microseconds time) {
  return std::chrono::duration<double>(time).count();
}

void CountTrouble(service::Metrics& metrics, std::string_view part, std::string_view where) {
  metrics
      .GetCounter("event_trouble_total", "Failures that are tried again",
                  {{"part", std::string(part)}, {"where", std::string(where)}})
      .Add();
}

}  // namespace

RelayMetrics::RelayMetrics(service::Metrics& metrics)
    : metrics_(metrics),
      published_(
          metrics.GetCounter("relay_published_total", "Events carried from the outbox to Kafka")),
      oldest_(metrics.GetGauge("outbox_oldest_unpublished_seconds",
                               "Age of the oldest event that waits in the outbox")),
      lag_(metrics.GetGauge(
          "outbox_watermark_lag",
          "Sequence numbers between the relay's watermark and the newest published")),
      leading_(metrics.GetGauge("relay_leading", "1 when this process is the one that publishes")) {
}

void RelayMetrics::OnPublished(std::size_t events) { published_.Add(static_cast<double>(events)); }

void RelayMetrics::OnState(std::chrono::microseconds oldest_unpublished,
                           std::int64_t watermark_lag) {
  oldest_.Set(Seconds(oldest_unpublished));
  lag_.Set(static_cast<double>(watermark_lag));
}

void RelayMetrics::OnLeading(bool leading) { leading_.Set(leading ? 1 : 0); }

void RelayMetrics::OnTrouble(std::string_view where, const absl::Status& status) {
  CountTrouble(metrics_, "relay", where);
  service::LogWarning("the relay is in trouble and tries again",
                      {{"where", where}, {"status", status}});
}

ConsumerMetrics::ConsumerMetrics(service::Metrics& metrics)
    : metrics_(metrics),
      end_to_end_(metrics.GetHistogram("event_end_to_end_seconds",
                                       "From an event's making to its effect's commit")) {}

void ConsumerMetrics::Count(const std::string& name, const std::string& help,
                            std::string_view reaction, std::size_t events) {
  metrics_.GetCounter(name, help, {{"reaction", std::string(reaction)}})
      .Add(static_cast<double>(events));
}

void ConsumerMetrics::OnApplied(std::string_view reaction, std::size_t events) {
  Count("events_applied_total", "Events applied", reaction, events);
}

void ConsumerMetrics::OnEndToEnd(std::chrono::microseconds since_event_time) {
  end_to_end_.Observe(std::chrono::nanoseconds(since_event_time));
}

void ConsumerMetrics::OnDuplicates(std::string_view reaction, std::size_t events) {
  Count("inbox_duplicates_total", "Events seen before", reaction, events);
}

void ConsumerMetrics::OnSkipped(std::string_view reaction, std::size_t events) {
  Count("events_skipped_total", "Events of a type the reaction does not know", reaction, events);
}

void ConsumerMetrics::OnParked(std::string_view reaction, std::size_t events) {
  Count("events_parked_total", "Events that wait for an earlier one", reaction, events);
}

void ConsumerMetrics::OnDeadLetter(std::string_view reaction, const absl::Status& why) {
  Count("dead_letters_total", "Events set aside", reaction, 1);
  service::LogError("an event was set aside", {{"reaction", reaction}, {"status", why}});
}

void ConsumerMetrics::OnStartedFromBeginning(std::string_view topic, int partition,
                                             bool offset_lost) {
  if (offset_lost) {
    service::LogError("an offset was lost; reading from the beginning",
                      {{"topic", topic}, {"partition", partition}});
    return;
  }
  service::LogInfo("reading a partition from its beginning",
                   {{"topic", topic}, {"partition", partition}});
}

void ConsumerMetrics::OnLag(std::string_view topic, int partition, std::int64_t offsets) {
  metrics_
      .GetGauge("consumer_lag", "Offsets of a partition that are not dealt with yet",
                {{"topic", std::string(topic)}, {"partition", std::to_string(partition)}})
      .Set(static_cast<double>(offsets));
}

void ConsumerMetrics::OnTrouble(std::string_view where, const absl::Status& status) {
  CountTrouble(metrics_, "consumer", where);
  service::LogWarning("the consumer is in trouble and tries again",
                      {{"where", where}, {"status", status}});
}

}  // namespace pathways::runtime
