// A connection of one's own, outside any pool: for leases (the relay's lead), setting up databases,
// and tests.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/deadline.h"
#include "libs/storage/rows.h"
#include "libs/storage/sql.h"
#include "libs/storage/value.h"

namespace pathways::storage {

// Every statement is a transaction of its own, unless Run() says begin. One thread at a time. Sees
// no protected rows unless the login may bypass policies. Once broken it stays broken: open
// another.
class Session {
 public:
  static absl::StatusOr<Session> Open(const std::string& uri,
                                      std::string_view application_name = "pathways");
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  // One statement with parameters.
  template <typename... Params>
  absl::StatusOr<Rows> Query(Deadline deadline, Sql sql, const Params&... params) {
    const std::array<Value, sizeof...(Params)> values{Value(params)...};
    return Run(deadline, sql, values);
  }
  absl::StatusOr<Rows> Run(Deadline deadline, Sql sql, std::span<const Value> values);

  // Several statements in one text, as one transaction unless it says otherwise.
  absl::Status RunScript(Deadline deadline, std::string_view script);

  // Tries to take a session-level advisory lock: false when somebody else has it. It is held until
  // Unlock(), or until this session ends for whatever reason; the server notices a dead client
  // after about 15 s.
  absl::StatusOr<bool> TryLock(Deadline deadline, std::int64_t key);
  absl::Status Unlock(Deadline deadline, std::int64_t key);

  // One round trip. OK: the connection lives, hence whatever was locked still is.
  absl::Status Ping(Deadline deadline);

 private:
  class Impl;
  explicit Session(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::storage
