// Public keys fetched from elsewhere, fetched again when a token names one we do not have.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/access/jose.h"
#include "libs/access/token.h"
#include "libs/education/clock.h"

namespace pathways::access {

// Thread-safe. Who asks for a known key never waits for somebody else's fetch.
class KeyCache {
 public:
  static constexpr std::chrono::seconds kBetweenFetches{10};
  // While there are no keys at all: a service waits for the registry to come up.
  static constexpr std::chrono::seconds kBetweenFirstFetches{1};

  KeyCache(KeySource source, const education::Clock& clock, std::chrono::seconds keep)
      : source_(std::move(source)), clock_(clock), keep_(keep) {}

  // A set that holds the key, if it can be had; otherwise the newest there is. UNAVAILABLE when
  // there is none.
  absl::StatusOr<std::shared_ptr<const jose::KeySet>> For(std::string_view key_id);

  // Fetches unless that was done just now.
  absl::Status Refresh();

 private:
  std::shared_ptr<const jose::KeySet> Fresh(std::string_view key_id);
  bool MayFetch() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const KeySource source_;
  const education::Clock& clock_;
  const std::chrono::seconds keep_;

  absl::Mutex fetching_ ABSL_ACQUIRED_BEFORE(mutex_);
  absl::Mutex mutex_;
  std::shared_ptr<const jose::KeySet> keys_ ABSL_GUARDED_BY(mutex_);
  education::Instant fetched_ ABSL_GUARDED_BY(mutex_){};
  std::optional<education::Instant> tried_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace pathways::access
