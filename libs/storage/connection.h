// Private to this library: one connection to PostgreSQL, without exceptions.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/cutter.h"
#include "libs/storage/deadline.h"
#include "libs/storage/driver_error.h"
#include "libs/storage/rows.h"
#include "libs/storage/sql.h"
#include "libs/storage/value.h"

namespace pathways::storage {

// One thread at a time. Does not reconnect: a lost connection is told, never papered over in the
// middle of a transaction.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& uri,
                                                          std::string_view application_name);

  // One statement; literals are prepared the first time.
  absl::StatusOr<Rows> Run(Sql sql, std::span<const Value> values);

  // Any number of statements in one round trip, without parameters.
  absl::Status RunScript(const std::string& script);

  // As a literal of SQL. INVALID_ARGUMENT for text with a zero octet.
  absl::StatusOr<std::string> Quote(const std::string& text);

  // Whether it can still be used. Known only as of the last statement.
  bool alive() const { return driver_.is_open(); }

  // Alive, and every statement it has prepared still fits the tables.
  bool reusable() const { return alive() && !stale_; }

  // When to give up on a server that does not answer.
  void CutAt(std::chrono::steady_clock::time_point when) { watch_.CutAt(when); }
  void NeverCut() { watch_.Never(); }

  pqxx::nontransaction& driver() { return work_; }

 private:
  explicit Connection(const std::string& connection_string);

  absl::Status Failure(const std::exception& error);
  const std::string& NameOf(std::string_view sql);

  pqxx::connection driver_;
  // The driver's idea of autocommit: our transactions are our own statements, to have them in fewer
  // round trips.
  pqxx::nontransaction work_;
  Cutter::Watch watch_;
  std::unordered_map<std::string, std::string> prepared_;  // text of a statement: name
  bool stale_ = false;
};

// Time given to the server's own timeout before a connection is cut.
inline constexpr std::chrono::milliseconds kCutGrace(500);

}  // namespace pathways::storage
