#include "services/exclusions/store/risk_rows.h"

#include <algorithm>
#include <utility>

namespace pathways::exclusions {

v1::RiskFacts ToMessage(const RiskFacts& facts) {
  v1::RiskFacts message;
  message.set_suspensions(facts.suspensions);
  message.set_half_days_suspended(facts.half_days_suspended);
  message.set_rising_length(facts.rising_length);
  message.set_repeat_reason(facts.repeat_reason);
  message.set_absence_percent(facts.absence_percent);
  message.set_unauthorised_sessions(facts.unauthorised_sessions);
  message.set_unauthorised_rising(facts.unauthorised_rising);
  message.set_sen_support(facts.sen_support);
  message.set_year(facts.year.value_or(0));
  message.set_primary(facts.primary);
  message.set_school_moves(facts.school_moves);
  message.set_social_care(facts.social_care);
  message.set_support_in_place(facts.support_in_place);
  return message;
}

RiskFacts FromMessage(const v1::RiskFacts& message) {
  RiskFacts facts = {.suspensions = message.suspensions(),
                     .half_days_suspended = message.half_days_suspended(),
                     .rising_length = message.rising_length(),
                     .repeat_reason = message.repeat_reason(),
                     .absence_percent = message.absence_percent(),
                     .unauthorised_sessions = message.unauthorised_sessions(),
                     .unauthorised_rising = message.unauthorised_rising(),
                     .sen_support = message.sen_support(),
                     .year = {},
                     .primary = message.primary(),
                     .school_moves = message.school_moves(),
                     .social_care = message.social_care(),
                     .support_in_place = message.support_in_place()};
  if (message.year() > 0) facts.year = message.year();
  return facts;
}

v1::RiskFactor ToMessage(Factor factor) {
  return static_cast<v1::RiskFactor>(static_cast<int>(factor) + 1);
}

v1::RiskWeights ToMessage(const RiskWeights& weights) {
  v1::RiskWeights message;
  for (const Band& band : weights.bands) {
    v1::RiskBand* to = message.add_bands();
    to->set_factor(ToMessage(band.factor));
    to->set_at_least(band.at_least);
    to->set_points(band.points);
  }
  message.set_primary_first_year(weights.primary_years.first);
  message.set_primary_last_year(weights.primary_years.last);
  message.set_secondary_first_year(weights.secondary_years.first);
  message.set_secondary_last_year(weights.secondary_years.last);
  message.set_primary_threshold(weights.primary_threshold);
  message.set_secondary_threshold(weights.secondary_threshold);
  return message;
}

RiskWeights FromMessage(const v1::RiskWeights& message, std::string version) {
  RiskWeights weights = {
      .version = std::move(version),
      .bands = {},
      .primary_years = {message.primary_first_year(), message.primary_last_year()},
      .secondary_years = {message.secondary_first_year(), message.secondary_last_year()},
      .primary_threshold = message.primary_threshold(),
      .secondary_threshold = message.secondary_threshold()};
  for (const v1::RiskBand& band : message.bands()) {
    weights.bands.push_back(
        {static_cast<Factor>(static_cast<int>(band.factor()) - 1), band.at_least(), band.points()});
  }
  return weights;
}

bool FactorsAreKnown(const v1::RiskWeights& message) {
  return std::ranges::all_of(message.bands(), [](const v1::RiskBand& band) {
    return v1::RiskFactor_IsValid(band.factor()) && band.factor() != v1::RISK_FACTOR_UNSPECIFIED;
  });
}

absl::StatusOr<RiskFacts> FactsFrom(const storage::Bytes& bytes) {
  v1::RiskFacts message;
  if (!message.ParseFromString(bytes.data)) {
    return absl::DataLossError("what is kept of a pupil's facts cannot be read");
  }
  return FromMessage(message);
}

absl::StatusOr<RiskWeights> WeightsFrom(const storage::Bytes& bytes, std::string version) {
  v1::RiskWeights message;
  if (!message.ParseFromString(bytes.data) || !FactorsAreKnown(message)) {
    return absl::DataLossError("what is kept of an authority's weights cannot be read");
  }
  return FromMessage(message, std::move(version));
}

}  // namespace pathways::exclusions
