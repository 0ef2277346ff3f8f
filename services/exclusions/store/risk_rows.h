// Facts and weights as they are kept and told: one message each.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "libs/storage/codec.h"
#include "pathways/exclusions/v1/risk.pb.h"
#include "services/exclusions/domain/risk.h"

namespace pathways::exclusions {

v1::RiskFacts ToMessage(const RiskFacts& facts);
RiskFacts FromMessage(const v1::RiskFacts& message);

v1::RiskFactor ToMessage(Factor factor);

v1::RiskWeights ToMessage(const RiskWeights& weights);
// Every factor must be known (FactorsAreKnown). `version`: as the weights shall be called.
RiskWeights FromMessage(const v1::RiskWeights& message, std::string version);
bool FactorsAreKnown(const v1::RiskWeights& message);

template <typename Value>
storage::Bytes ToBytes(const Value& value) {
  return {ToMessage(value).SerializeAsString()};
}
// DATA_LOSS when the bytes are no such message.
absl::StatusOr<RiskFacts> FactsFrom(const storage::Bytes& bytes);
absl::StatusOr<RiskWeights> WeightsFrom(const storage::Bytes& bytes, std::string version);

}  // namespace pathways::exclusions
