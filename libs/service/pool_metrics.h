// Tells Prometheus how a database pool is doing.
#pragma once

#include <chrono>

#include "libs/service/metrics.h"
#include "libs/storage/pool.h"

namespace pathways::service {

// Give it to PoolOptions::observer. Thread-safe; must outlive the pool, and `metrics` it.
class PoolMetrics : public storage::PoolObserver {
 public:
  explicit PoolMetrics(Metrics& metrics)
      : wait_(metrics.GetHistogram("db_pool_wait_seconds", "Time spent waiting for a connection")),
        exhausted_(metrics.GetCounter("db_pool_exhausted_total",
                                      "Times no connection became free in time")),
        connected_(metrics.GetCounter("db_pool_connects_total", "Connections made")),
        lost_(metrics.GetCounter("db_pool_lost_total", "Connections that broke or failed")) {}

  void OnWait(std::chrono::nanoseconds waited) override { wait_.Observe(waited); }
  void OnExhausted() override { exhausted_.Add(); }
  void OnConnect() override { connected_.Add(); }
  void OnLost() override { lost_.Add(); }

 private:
  Histogram wait_;
  Counter exhausted_;
  Counter connected_;
  Counter lost_;
};

}  // namespace pathways::service
