// Returns to school, and whether they held.
#include "libs/service/log.h"
#include "libs/storage/run_in_transaction.h"
#include "services/panel/api/impact_figures.h"

namespace pathways::panel {
namespace {

using service::Call;
using storage::Transaction;

constexpr int kWeek = 7;

struct Known {
  std::vector<ReturnRow> returns;
  std::map<std::string, int> ended_otherwise;
};

absl::StatusOr<Known> Read(const ImpactParts& parts, const Call& call, const ImpactSight& sight) {
  return ReadingImpact(parts, call, sight, [&](Transaction& transaction) -> absl::StatusOr<Known> {
    auto returns = ReadReturns(transaction, sight.span);
    if (!returns.ok()) return returns.status();
    auto ended = ReadEndedOtherwise(transaction, sight.span);
    if (!ended.ok()) return ended.status();
    return Known{*std::move(returns), *std::move(ended)};
  });
}

// Judges all returns at one length. Without an answer of a service its part counts as kept.
class Judge {
 public:
  Judge(const ImpactParts& parts, const Call& call, v1::GetReturnsResponse* response)
      : parts_(parts), call_(call), response_(response) {}

  std::vector<ReturnOutcome> At(int weeks, const std::vector<ReturnRow>& returns) {
    std::vector<ReturnOutcome> outcomes(returns.size());
    const auto counts = Excluded(weeks, returns);
    const auto on_roll = OnRoll(weeks, returns);
    for (std::size_t i = 0; i < returns.size(); ++i) {
      const Return& back = returns[i].back;
      const auto found = counts.find({back.pupil, back.day});
      outcomes[i] = {
          .excluded_again = found != counts.end() && found->second[0].permanent_after > 0,
          .placed_again =
              returns[i].placed_again && *returns[i].placed_again < back.day + kWeek * weeks,
          .on_roll = on_roll.empty() || on_roll[i]};
    }
    return outcomes;
  }

 private:
  ComparisonSource::CountsByPupil Excluded(int weeks, const std::vector<ReturnRow>& returns) {
    ComparisonSource::WithAlike nobody_alike;
    for (const ReturnRow& row : returns) nobody_alike[{row.back.pupil, row.back.day}] = {};
    auto counts = parts_.comparisons->Exclusions(call_, nobody_alike, {weeks});
    if (counts.ok()) return *std::move(counts);
    Miss("exclusions", counts.status());
    return {};
  }

  std::vector<bool> OnRoll(int weeks, const std::vector<ReturnRow>& returns) {
    std::vector<Return> questions;
    for (const ReturnRow& row : returns) {
      questions.push_back(row.back);
      questions.back().day = row.back.day + (kWeek * weeks - 1);
    }
    auto answers = parts_.comparisons->OnRoll(call_, questions);
    if (answers.ok() && answers->size() == questions.size()) return *std::move(answers);
    Miss("attendance", answers.status());
    return {};
  }

  void Miss(const std::string& service, const absl::Status& status) {
    service::LogWarning("returns are judged without a service",
                        {{"service", service}, {"error", status}});
    const auto& missing = response_->missing();
    if (std::find(missing.begin(), missing.end(), service) == missing.end()) {
      response_->add_missing(service);
    }
  }

  const ImpactParts& parts_;
  const Call& call_;
  v1::GetReturnsResponse* response_;
};

void Fill(int weeks, const std::vector<ReturnOutcome>& outcomes, v1::ReturnsHeld* to) {
  int held = 0, excluded = 0, placed = 0, left = 0;
  for (const ReturnOutcome& outcome : outcomes) {
    held += outcome.held();
    excluded += outcome.excluded_again;
    placed += outcome.placed_again;
    left += !outcome.on_roll;
  }
  to->set_weeks(weeks);
  to->set_returns(static_cast<std::int32_t>(outcomes.size()));
  to->set_held(held);
  to->set_excluded_again(excluded);
  to->set_placed_again(placed);
  to->set_left_school(left);
  if (to->returns() < kFewestCompared) return;
  const Range range = ShareRange(held, to->returns());
  to->set_held_percent(Decimals(range.middle, 1));
  to->set_low(Decimals(range.low, 1));
  to->set_high(Decimals(range.high, 1));
}

}  // namespace

absl::Status FillReturns(const ImpactParts& parts, const Call& call, const ImpactSight& sight,
                         v1::GetReturnsResponse* response) {
  const auto known = Read(parts, call, sight);
  if (!known.ok()) return known.status();
  Fill(sight.span, response->mutable_span());
  response->set_returned(static_cast<std::int32_t>(known->returns.size()));
  for (const auto& [reason, placements] : known->ended_otherwise) {
    v1::EndedOtherwise* ended = response->add_ended_otherwise();
    ended->set_reason(reason);
    ended->set_placements(placements);
  }
  Judge judge(parts, call, response);
  const education::Day today = parts.clock->Today();
  for (const int weeks : kReturnWeeks) {
    std::vector<ReturnRow> over = known->returns;
    std::erase_if(over,
                  [&](const ReturnRow& row) { return !WeeksAreOver(row.back.day, weeks, today); });
    const auto outcomes = over.empty() ? std::vector<ReturnOutcome>() : judge.At(weeks, over);
    Fill(weeks, outcomes, response->add_held());
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
