#include "libs/service/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/rpc/status.pb.h"
#include "libs/service/rpc.h"

namespace pathways::service {
namespace {

TEST(FieldViolations, AreCollectedAndSurviveTheWire) {
  FieldViolations wrong;
  EXPECT_TRUE(wrong.ToStatus().ok());
  wrong.Add("urn", "Enter the school's URN");
  wrong.AddIfError("upn", absl::InvalidArgumentError("The check letter does not fit"));
  wrong.AddIfError("day", absl::OkStatus());
  const absl::Status status = FromGrpc(ToGrpc(wrong.ToStatus()));
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(ViolationsOf(status),
              ::testing::ElementsAre(FieldViolation{"urn", "Enter the school's URN"},
                                     FieldViolation{"upn", "The check letter does not fit"}));
}

TEST(Status, EveryCodeSurvivesTheWire) {
  for (int code = 0; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), code == 0 ? "" : "why");
    EXPECT_EQ(FromGrpc(ToGrpc(status)), status);
  }
}

TEST(Status, PayloadsForUsAloneStayHere) {
  absl::Status status = absl::InternalError("oh");
  status.SetPayload("pathways/sqlstate", absl::Cord("23505"));
  EXPECT_TRUE(ToRpcStatus(status).details().empty());
  EXPECT_EQ(ToGrpc(status).error_details(), "");
}

TEST(Status, DetailsThatAreRubbishAreIgnored) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff rubbish"));
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_TRUE(ViolationsOf(status).empty());
}

}  // namespace
}  // namespace pathways::service
