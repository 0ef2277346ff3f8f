// One school asked of registry, with token, rights and row-level security; against a bare gRPC
// server that answers the same bytes from memory.
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "pathways/registry/v1/service.pb.h"
#include "tests/bench/bench.h"
#include "tests/bench/stack.h"

namespace pathways::bench {
namespace {

using registry::v1::GetSchoolRequest;
using registry::v1::GetSchoolResponse;
using registry::v1::ListSchoolsRequest;
using registry::v1::ListSchoolsResponse;

constexpr int kClients = 4;
constexpr int kCallsEach = 3000;

// Answers every call with the same message.
class Canned : public grpc::ServerGenericBidiReactor {
 public:
  explicit Canned(const grpc::ByteBuffer& answer) : answer_(answer) { StartRead(&request_); }
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    StartWriteAndFinish(&answer_, grpc::WriteOptions(), grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer request_;
  grpc::ByteBuffer answer_;
};

class CannedService : public grpc::CallbackGenericService {
 public:
  explicit CannedService(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    answer_ = grpc::ByteBuffer(&slice, 1);
  }
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Canned(answer_);  // deletes itself when done, as gRPC's reactors do
  }

 private:
  grpc::ByteBuffer answer_;
};

double CallsPerSecond(const std::function<void()>& one_call) {
  const double seconds = Seconds([&] {
    std::vector<std::thread> clients;
    for (int i = 0; i < kClients; ++i) {
      clients.emplace_back([&] {
        for (int n = 0; n < kCallsEach; ++n) one_call();
      });
    }
    for (std::thread& client : clients) client.join();
  });
  return kClients * kCallsEach / seconds;
}

double Measure(service::Client& client, const GetSchoolRequest& request,
               const std::function<service::CallOptions()>& options) {
  std::atomic<int> failed = 0;
  const auto call = [&] {
    if (!client.Call<GetSchoolRequest, GetSchoolResponse>("GetSchool", request, options()).ok())
      ++failed;
  };
  for (int i = 0; i < 200; ++i) call();
  const double rate = CallsPerSecond(call);
  if (failed > 0) throw std::runtime_error("calls failed");
  return rate;
}

std::vector<Row> Run() {
  Stack stack;
  ListSchoolsRequest first;
  first.set_page_size(1);
  auto schools = Need(stack.registry().Call<ListSchoolsRequest, ListSchoolsResponse>(
      "ListSchools", first, stack.Options()));
  if (schools.schools_size() == 0) {
    stack.Import(stack.registry(), "ImportSchools",
                 "urn,old_la_code,la_name,school_name\n900999,999,Bench,Bench School\n");
    schools = Need(stack.registry().Call<ListSchoolsRequest, ListSchoolsResponse>(
        "ListSchools", first, stack.Options()));
  }
  GetSchoolRequest request;
  request.set_urn(schools.schools(0).urn());
  const auto answer = Need(stack.registry().Call<GetSchoolRequest, GetSchoolResponse>(
      "GetSchool", request, stack.Options()));
  const double ours = Measure(stack.registry(), request, [&] { return stack.Options(); });

  CannedService canned(answer.SerializeAsString());
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(&canned);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  service::ClientConfig config;
  config.address = "127.0.0.1:" + std::to_string(port);
  config.service = "pathways.registry.v1.RegistryService";
  service::Client bare(config);
  const double theirs = Measure(bare, request, [&] { return stack.Options(); });
  return {Rate("read", ours, "calls/s", "a bare gRPC server answering the same bytes", theirs)};
}

}  // namespace

Benchmark ReadPath() {
  return {"read", "one school asked of registry, with rights and row-level security", Run};
}

}  // namespace pathways::bench
