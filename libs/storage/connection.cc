#include "libs/storage/connection.h"

#include <pqxx/except>
#include <pqxx/result>
#include <utility>

#include "libs/storage/conninfo.h"
#include "libs/storage/result_set.h"

namespace pathways::storage {
namespace {

// The driver's parameter pack, filled by hand: its own ways cannot mix text and octets in a number
// known at run time.
pqxx::internal::params Params(std::span<const Value> values) {
  pqxx::internal::params params;
  for (const Value& value : values) {
    const bool binary = value.format() == Value::Format::kBinary;
    params.lengths.push_back(static_cast<int>(value.data().size()));
    params.nonnulls.push_back(value.is_null() ? 0 : 1);
    params.binaries.push_back(binary ? 1 : 0);
    if (binary) {
      params.bin_strings.emplace_back(value.data());
    } else if (!value.is_null()) {
      params.strings.push_back(value.data());
    }
  }
  return params;
}

bool HasZeroOctet(const Value& value) {
  return value.format() == Value::Format::kText && value.data().find('\0') != std::string::npos;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& uri,
                                                             std::string_view application_name) {
  const auto connection_string = ConnectionString(uri, application_name);
  if (!connection_string.ok()) return connection_string.status();
  try {
    return std::unique_ptr<Connection>(new Connection(*connection_string));
  } catch (const pqxx::broken_connection& error) {
    return ConnectionLost(error.what());
  } catch (const std::exception& error) {
    return FromDriver(error);
  }
}

Connection::Connection(const std::string& connection_string)
    : driver_(connection_string), work_(driver_), watch_(driver_.sock()) {
  driver_.set_verbosity(pqxx::connection_base::verbose);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  // Deprecated because later versions never reconnect by themselves; this one does unless told.
  driver_.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

const std::string& Connection::NameOf(std::string_view sql) {
  const auto [entry, is_new] = prepared_.try_emplace(std::string(sql));
  if (is_new) {
    entry->second = "s" + std::to_string(prepared_.size());
    driver_.prepare(entry->second, entry->first);
  }
  return entry->second;
}

absl::Status Connection::Failure(const std::exception& error) {
  if (!alive()) return ConnectionLost(error.what());
  absl::Status status = FromDriver(error);
  stale_ = stale_ || IsStalePlan(status);
  return status;
}

absl::StatusOr<Rows> Connection::Run(Sql sql, std::span<const Value> values) {
  for (const Value& value : values) {
    if (HasZeroOctet(value))
      return absl::InvalidArgumentError("text must not contain a zero octet");
  }
  try {
    auto result = sql.is_literal() ? work_.exec_prepared(NameOf(sql.text()), Params(values))
                                   : work_.exec_params(std::string(sql.text()), Params(values));
    return Rows(std::make_shared<const ResultSet>(std::move(result)));
  } catch (const std::exception& error) {
    return Failure(error);
  }
}

absl::Status Connection::RunScript(const std::string& script) {
  try {
    work_.exec(script);
    return absl::OkStatus();
  } catch (const std::exception& error) {
    return Failure(error);
  }
}

absl::StatusOr<std::string> Connection::Quote(const std::string& text) {
  if (text.find('\0') != std::string::npos)
    return absl::InvalidArgumentError("text must not contain a zero octet");
  try {
    return driver_.quote(text);
  } catch (const std::exception& error) {
    return FromDriver(error);
  }
}

}  // namespace pathways::storage
