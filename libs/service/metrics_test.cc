#include "libs/service/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "libs/service/echo_endpoint.h"
#include "libs/service/pool_metrics.h"
#include "libs/service/test_server.h"

namespace pathways::service {
namespace {

using ::testing::HasSubstr;

// Names and labels of all samples, values and histogram bounds left out.
std::set<std::string> SeriesOf(const Metrics& metrics) {
  std::set<std::string> series;
  std::istringstream text(metrics.Text());
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("#")) continue;
    line = line.substr(0, line.rfind(' '));
    if (const auto bound = line.find(",le=\""); bound != line.npos)
      line = line.substr(0, bound) + "}";
    if (const auto bound = line.find("{le=\""); bound != line.npos) line = line.substr(0, bound);
    series.insert(line);
  }
  return series;
}

std::set<std::string> Golden() {
  std::ifstream file(PATHWAYS_SOURCE_DIR "/libs/service/metric_names.golden");
  std::set<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.insert(line);
  return lines;
}

// Dashboards and alerts depend on these names: change them only together.
TEST(Metrics, NamesAreThoseOfTheGoldenFile) {
  TestServer server({MakeEchoEndpoint()});
  PoolMetrics pool(server.metrics());
  Client client(
      {.address = server.address(), .service = kEchoService, .metrics = &server.metrics()});
  EXPECT_FALSE(
      (client.Call<pathways::testing::v1::EchoRequest, pathways::testing::v1::EchoResponse>(
           "Echo", {}, CallOptions::In(std::chrono::seconds(10))))
          .ok());
  server.server().Drain(std::chrono::seconds(10));
  EXPECT_THAT(SeriesOf(server.metrics()), ::testing::ContainerEq(Golden()));
}

TEST(Metrics, TheSameNameAndLabelsAreTheSameSeries) {
  Metrics metrics;
  metrics.GetCounter("rows_total", "Rows", {{"kind", "good"}}).Add(2);
  metrics.GetCounter("rows_total", "Rows", {{"kind", "good"}}).Add();
  metrics.GetGauge("queue_rows", "Waiting").Set(7);
  EXPECT_THAT(metrics.Text(), HasSubstr("rows_total{kind=\"good\"} 3"));
  EXPECT_THAT(metrics.Text(), HasSubstr("queue_rows 7"));
}

TEST(Metrics, ObservesSeconds) {
  Metrics metrics;
  metrics.GetHistogram("took_seconds", "Time").Observe(std::chrono::milliseconds(30));
  EXPECT_THAT(metrics.Text(), HasSubstr("took_seconds_bucket{le=\"0.025\"} 0"));
  EXPECT_THAT(metrics.Text(), HasSubstr("took_seconds_bucket{le=\"0.05\"} 1"));
}

TEST(Metrics, AreServedAndATakenPortIsTold) {
  Metrics first, second;
  const auto port = first.Expose("127.0.0.1:0");
  ASSERT_TRUE(port.ok()) << port.status();
  EXPECT_GT(*port, 0);
  EXPECT_TRUE(absl::IsUnavailable(second.Expose("127.0.0.1:" + std::to_string(*port)).status()));
}

}  // namespace
}  // namespace pathways::service
