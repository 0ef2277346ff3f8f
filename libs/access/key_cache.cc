#include "libs/access/key_cache.h"

namespace pathways::access {

std::shared_ptr<const jose::KeySet> KeyCache::Fresh(std::string_view key_id) {
  absl::MutexLock lock(&mutex_);
  const bool good = keys_ != nullptr && keys_->Has(key_id) && clock_.Now() - fetched_ < keep_;
  return good ? keys_ : nullptr;
}

bool KeyCache::MayFetch() {
  const auto pause = keys_ == nullptr ? kBetweenFirstFetches : kBetweenFetches;
  const auto now = clock_.Now();
  if (tried_.has_value() && now - *tried_ < pause) return false;
  tried_ = now;
  return true;
}

absl::Status KeyCache::Refresh() {
  absl::MutexLock fetching(&fetching_);
  {
    absl::MutexLock lock(&mutex_);
    if (!MayFetch()) return absl::OkStatus();
  }
  auto text = source_();
  if (!text.ok()) return text.status();
  auto keys = jose::KeySet::Parse(*text);
  if (!keys.ok()) return keys.status();
  absl::MutexLock lock(&mutex_);
  keys_ = std::make_shared<const jose::KeySet>(*std::move(keys));
  fetched_ = clock_.Now();
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const jose::KeySet>> KeyCache::For(std::string_view key_id) {
  if (auto keys = Fresh(key_id); keys != nullptr) return keys;
  const absl::Status refreshed = Refresh();
  absl::MutexLock lock(&mutex_);
  // Keys that could not be renewed are still good: an issuer that is down must not lock everybody
  // out.
  if (keys_ != nullptr) return keys_;
  return absl::UnavailableError(refreshed.ok() ? "the signing keys could not be had"
                                               : std::string(refreshed.message()));
}

}  // namespace pathways::access
