#include "libs/storage/conninfo.h"

#include <libpq-fe.h>

#include <cctype>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "libs/storage/provision.h"

namespace pathways::storage {
namespace {

using Keywords = std::map<std::string, std::string>;

constexpr std::pair<const char*, const char*> kDefaults[] = {
    {"connect_timeout", "3"},  {"keepalives_idle", "5"},      {"keepalives_interval", "3"},
    {"keepalives_count", "3"}, {"tcp_user_timeout", "15000"},
};

constexpr std::string_view kSettings =
    " -c timezone=UTC -c datestyle=ISO -c bytea_output=hex -c client_min_messages=warning"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 -c "
    "tcp_user_timeout=15000"
    " -c client_connection_check_interval=5000"
    // A transaction nobody ends pins the cleaning of the whole server, and the outbox with it.
    " -c idle_in_transaction_session_timeout=60000";

absl::StatusOr<Keywords> Parse(const std::string& uri) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(uri.c_str(), &error), &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> owned_error(error, &PQfreemem);
  // libpq's words quote the URI, which may hold a password.
  if (options == nullptr) return absl::InvalidArgumentError("not a PostgreSQL connection URI");
  Keywords keywords;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) keywords[option->keyword] = option->val;
  }
  return keywords;
}

std::string Quoted(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string PercentEncoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.') {
      encoded += c;
    } else {
      encoded += {'%', kHex[static_cast<unsigned char>(c) >> 4], kHex[c & 15]};
    }
  }
  return encoded;
}

std::string ToUri(const Keywords& keywords) {
  std::string uri = "postgresql://";
  char separator = '?';
  for (const auto& [keyword, value] : keywords) {
    uri += separator + keyword + "=" + PercentEncoded(value);
    separator = '&';
  }
  return uri;
}

}  // namespace

absl::StatusOr<std::string> ConnectionString(const std::string& uri,
                                             std::string_view application_name) {
  auto keywords = Parse(uri);
  if (!keywords.ok()) return keywords.status();
  for (const auto& [keyword, value] : kDefaults) keywords->try_emplace(keyword, value);
  keywords->try_emplace("application_name", application_name);
  (*keywords)["client_encoding"] = "UTF8";
  (*keywords)["options"] += kSettings;
  std::string text;
  for (const auto& [keyword, value] : *keywords) text += keyword + "=" + Quoted(value) + " ";
  return text;
}

absl::StatusOr<std::string> WithDatabase(const std::string& uri, std::string_view database) {
  auto keywords = Parse(uri);
  if (!keywords.ok()) return keywords.status();
  (*keywords)["dbname"] = database;
  return ToUri(*keywords);
}

absl::StatusOr<std::string> UriFor(const std::string& uri, std::string_view database,
                                   std::string_view user, std::string_view password) {
  auto keywords = Parse(uri);
  if (!keywords.ok()) return keywords.status();
  (*keywords)["dbname"] = database;
  (*keywords)["user"] = user;
  (*keywords)["password"] = password;
  return ToUri(*keywords);
}

}  // namespace pathways::storage
