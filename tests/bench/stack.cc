#include "tests/bench/stack.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "libs/education/id_source.h"
#include "libs/education/uuid.h"
#include "pathways/registry/v1/service.pb.h"
#include "tests/bench/bench.h"

namespace pathways::bench {
namespace {

using std::chrono::minutes;

constexpr std::size_t kChunk = std::size_t{256} << 10;

std::unique_ptr<service::Client> ClientOf(const char* variable, const std::string& name) {
  service::ClientConfig config;
  config.address = Environment(variable, "where a service answers");
  config.service = name;
  return std::make_unique<service::Client>(config);
}

std::string NewId() {
  static education::RandomIdSource ids;
  return education::UuidToString(ids.NewUuid());
}

std::string Trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read");
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

Stack::Stack()
    : registry_(ClientOf("PATHWAYS_REGISTRY_ADDRESS", "pathways.registry.v1.RegistryService")),
      attendance_(
          ClientOf("PATHWAYS_ATTENDANCE_ADDRESS", "pathways.attendance.v1.AttendanceService")),
      referrals_(ClientOf("PATHWAYS_REFERRALS_ADDRESS", "pathways.referrals.v1.ReferralsService")) {
  registry::v1::ExchangeIdentityRequest request;
  request.set_operator_secret(
      Trimmed(ReadFile(Environment("PATHWAYS_OPERATOR_SECRET_FILE", "the operator's secret"))));
  token_ =
      Need(
          registry_
              ->Call<registry::v1::ExchangeIdentityRequest, registry::v1::ExchangeIdentityResponse>(
                  "ExchangeIdentity", request, service::CallOptions::In(std::chrono::seconds(10))))
          .token();
}

service::CallOptions Stack::Options() {
  service::CallOptions options = service::CallOptions::In(minutes(10));
  options.token = token_;
  options.request_id = NewId();
  return options;
}

common::v1::ImportReport Stack::Import(service::Client& client, std::string_view method,
                                       const std::string& content) {
  using common::v1::ImportChunk;
  std::size_t at = 0;
  bool started = false;
  auto next = [&](ImportChunk* chunk) -> absl::StatusOr<bool> {
    if (!started) {
      started = true;
      chunk->mutable_start()->set_import_id(NewId());
      chunk->mutable_start()->set_file_name("bench.csv");
      return true;
    }
    if (chunk->has_end()) return false;
    if (at >= content.size()) {
      chunk->mutable_end();
    } else {
      chunk->set_data(content.substr(at, kChunk));
      at += kChunk;
    }
    return true;
  };
  auto report =
      Need(client.ClientStream<ImportChunk, common::v1::ImportReport>(method, Options(), next));
  if (report.state() != common::v1::IMPORT_STATE_DONE) {
    throw std::runtime_error(
        std::string(method) + " refused rows: " +
        (report.problems_size() > 0 ? report.problems(0).reason() : "no reason given"));
  }
  return report;
}

}  // namespace pathways::bench
