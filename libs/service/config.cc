#include "libs/service/config.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>

namespace pathways::service {
namespace {

constexpr std::string_view kPrefix = "PATHWAYS_";

std::optional<std::string> FromEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

std::optional<std::int64_t> ReadInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool IsAddress(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return false;
  const auto port = ReadInteger(text.substr(colon + 1));
  return port.has_value() && *port >= 0 && *port <= 65535;
}

std::string Join(const std::vector<std::string_view>& words) {
  std::string joined;
  for (std::string_view word : words) joined.append(joined.empty() ? "" : ", ").append(word);
  return joined;
}

}  // namespace

ConfigReader::ConfigReader() : lookup_(FromEnvironment) {}

void ConfigReader::Reject(const Variable& variable, std::string_view reason) {
  std::string line = std::string(kPrefix) + std::string(variable.name);
  line.append(" ").append(reason).append(": ").append(variable.meaning);
  line.append(", e.g. ").append(variable.example);
  wrong_.push_back(std::move(line));
}

std::optional<std::string> ConfigReader::Find(const Variable& variable) {
  auto value = lookup_(std::string(kPrefix) + std::string(variable.name));
  if (value.has_value() && value->empty()) return std::nullopt;
  return value;
}

std::optional<std::string> ConfigReader::Required(const Variable& variable) {
  auto value = Find(variable);
  if (!value.has_value()) Reject(variable, "is missing");
  return value;
}

std::string ConfigReader::Text(const Variable& variable) { return Required(variable).value_or(""); }

std::string ConfigReader::TextOr(const Variable& variable, std::string_view otherwise) {
  return Find(variable).value_or(std::string(otherwise));
}

std::int64_t ConfigReader::IntegerOr(const Variable& variable, std::int64_t least,
                                     std::int64_t most, std::int64_t otherwise) {
  const auto text = Find(variable);
  if (!text.has_value()) return otherwise;
  const auto value = ReadInteger(*text);
  if (value.has_value() && *value >= least && *value <= most) return *value;
  Reject(variable,
         "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return otherwise;
}

std::string ConfigReader::Address(const Variable& variable) {
  const auto text = Required(variable);
  return text.has_value() ? CheckedAddress(variable, *text) : "";
}

std::string ConfigReader::AddressOr(const Variable& variable, std::string_view otherwise) {
  const auto text = Find(variable);
  return text.has_value() ? CheckedAddress(variable, *text) : std::string(otherwise);
}

std::string ConfigReader::CheckedAddress(const Variable& variable, const std::string& text) {
  if (!IsAddress(text)) Reject(variable, "must be host:port");
  return text;
}

std::string ConfigReader::OneOf(const Variable& variable,
                                const std::vector<std::string_view>& words,
                                std::string_view otherwise) {
  const std::string text = TextOr(variable, otherwise);
  if (std::find(words.begin(), words.end(), text) == words.end()) {
    Reject(variable, "must be one of " + Join(words));
  }
  return text;
}

std::string ConfigReader::SecretFromFile(const Variable& variable) {
  const auto path = Required(variable);
  if (!path.has_value()) return "";
  std::ifstream file(*path);
  std::string secret;
  if (!std::getline(file, secret) || secret.empty()) {
    Reject(variable, "names a file that cannot be read or is empty");
  }
  return secret;
}

absl::Status ConfigReader::Finish() const {
  if (wrong_.empty()) return absl::OkStatus();
  std::string message = "the configuration is not complete:";
  for (const std::string& line : wrong_) message += "\n  " + line;
  return absl::InvalidArgumentError(message);
}

}  // namespace pathways::service
