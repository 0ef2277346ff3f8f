// For tests: the echo service, as any service would register it.
#pragma once

#include <string>

#include "libs/service/endpoint.h"
#include "pathways/testing/v1/echo.pb.h"

namespace pathways::service {

inline constexpr char kEchoService[] = "pathways.testing.v1.EchoService";

inline absl::Status EchoText(Call& call, const ::pathways::testing::v1::EchoRequest& request,
                             ::pathways::testing::v1::EchoResponse* response) {
  response->set_text(request.text());
  if (call.caller().person) response->set_person_id(call.caller().person->ToString());
  return absl::OkStatus();
}

inline absl::Status CountUp(Call&, const ::pathways::testing::v1::CountRequest& request,
                            Writer<::pathways::testing::v1::CountResponse>& out) {
  ::pathways::testing::v1::CountResponse item;
  item.set_padding(std::string(static_cast<std::size_t>(request.padding()), '\0'));
  for (std::int64_t i = 1; i <= request.to(); ++i) {
    item.set_number(i);
    if (absl::Status status = out.Write(item); !status.ok()) return status;
  }
  return absl::OkStatus();
}

inline absl::Status SumUp(Call&, Reader<::pathways::testing::v1::SumRequest>& in,
                          ::pathways::testing::v1::SumResponse* response) {
  ::pathways::testing::v1::SumRequest chunk;
  for (;;) {
    auto more = in.Read(&chunk);
    if (!more.ok()) return more.status();
    if (!*more) return absl::AbortedError("the numbers were cut off");
    response->set_sum(response->sum() + chunk.number());
    if (chunk.last()) return absl::OkStatus();
  }
}

template <typename Echo, typename Count, typename Sum>
Endpoint MakeEchoEndpoint(Echo echo, Count count, Sum sum) {
  using access::Permission;
  namespace pb = ::pathways::testing::v1;
  Endpoint endpoint(kEchoService);
  endpoint.Unary<pb::EchoRequest, pb::EchoResponse>("Echo", Permission::kReadPupil,
                                                    std::move(echo));
  endpoint.Unary<pb::GetPublicRequest, pb::GetPublicResponse>(
      "GetPublic", Permission::kAnyone,
      [](Call&, const pb::GetPublicRequest&, pb::GetPublicResponse* response) {
        response->set_text("public");
        return absl::OkStatus();
      });
  endpoint.ServerStream<pb::CountRequest, pb::CountResponse>("Count", Permission::kExportFigures,
                                                             std::move(count));
  endpoint.ClientStream<pb::SumRequest, pb::SumResponse>("Sum", Permission::kImportRegister,
                                                         std::move(sum));
  return endpoint;
}

inline Endpoint MakeEchoEndpoint() { return MakeEchoEndpoint(EchoText, CountUp, SumUp); }

}  // namespace pathways::service
