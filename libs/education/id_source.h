// Where new identifiers come from. Injected, so that a test knows which ids it will see.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <random>

namespace pathways::education {

using UuidBytes = std::array<std::uint8_t, 16>;

class IdSource {
 public:
  virtual ~IdSource() = default;
  // Never all zero, never the same twice from one source.
  virtual UuidBytes NewUuid() = 0;
};

// Random UUIDs (version 4). Ids are opaque, not secret: never use one as a token or a password.
// Thread-safe. A forked child must make its own source, or it repeats its parent's ids.
class RandomIdSource : public IdSource {
 public:
  RandomIdSource();
  UuidBytes NewUuid() override;

 private:
  std::mutex mutex_;
  std::mt19937_64 generator_;
};

// For tests: 00000000-0000-4000-8000-000000000001 and on; `series` (the first four bytes) keeps
// several apart. Not thread-safe.
class SequenceIdSource : public IdSource {
 public:
  explicit SequenceIdSource(std::uint32_t series = 0) : series_(series) {}
  UuidBytes NewUuid() override;

 private:
  std::uint32_t series_;
  std::uint64_t next_ = 1;
};

}  // namespace pathways::education
