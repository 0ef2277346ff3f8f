// Places taken in against shares, and times.
#include <algorithm>

#include "libs/storage/run_in_transaction.h"
#include "services/panel/api/impact_figures.h"
#include "services/panel/api/messages.h"

namespace pathways::panel {
namespace {

using service::Call;
using storage::Transaction;

struct Known {
  std::map<education::Urn, int> taken_in;
  std::vector<CaseCourse> courses;
};

absl::StatusOr<Known> Read(const ImpactParts& parts, const Call& call, const ImpactSight& sight) {
  return ReadingImpact(parts, call, sight, [&](Transaction& transaction) -> absl::StatusOr<Known> {
    auto taken_in = ReadTakenIn(transaction, sight.span);
    if (!taken_in.ok()) return taken_in.status();
    auto courses = ReadCourses(transaction, sight.span);
    if (!courses.ok()) return courses.status();
    return Known{*std::move(taken_in), *std::move(courses)};
  });
}

// Small numbers say nothing to those who do not work with the cases. Only undivided figures are
// told, so that no subtraction brings one back.
bool IsSmall(int number, const ImpactSight& sight) {
  return !sight.casework && number > 0 && number < kFewestShown;
}

void FillShares(const std::vector<SchoolShare>& shares, const ImpactSight& sight,
                v1::GetFairnessResponse* response) {
  for (const SchoolShare& share : shares) {
    v1::SchoolShare* to = response->add_shares();
    to->set_urn(share.urn.value());
    if (share.phase) to->set_phase(ToMessage<v1::Phase>(*share.phase));
    to->set_headcount(share.headcount);
    to->set_taken_in(share.taken_in);
    // A school sees too few of the others to say what a share would be.
    if (sight.casework) to->set_fair_share(Decimals(share.fair_share, 1));
  }
}

void Fill(const Durations& from, const ImpactSight& sight, v1::Durations* to) {
  to->set_suppressed(IsSmall(from.cases, sight));
  if (to->suppressed()) return;
  to->set_cases(from.cases);
  if (from.cases == 0) return;
  to->set_median_days(Decimals(from.median, 1));
  // The two ends are single cases.
  if (!sight.casework) return;
  to->set_shortest_days(from.shortest);
  to->set_longest_days(from.longest);
}

void Fill(const CaseTimes& from, const ImpactSight& sight, v1::CaseTimes* to) {
  if (from.phase) to->set_phase(ToMessage<v1::Phase>(*from.phase));
  if (from.kind) to->set_kind(ToMessage<v1::DecisionKind>(*from.kind));
  Fill(from.to_decision, sight, to->mutable_to_decision());
  Fill(from.to_start, sight, to->mutable_to_start());
  to->set_waiting_suppressed(IsSmall(from.waiting_for_decision, sight) ||
                             IsSmall(from.waiting_for_start, sight));
  if (to->waiting_suppressed()) return;
  to->set_waiting_for_decision(from.waiting_for_decision);
  to->set_waiting_for_start(from.waiting_for_start);
  if (sight.casework) to->set_longest_wait_days(from.longest_wait);
}

}  // namespace

absl::Status FillFairness(const ImpactParts& parts, const Call& call, const ImpactSight& sight,
                          v1::GetFairnessResponse* response) {
  auto known = Read(parts, call, sight);
  if (!known.ok()) return known.status();
  const auto schools = parts.facts->Schools(call, sight.span.la_code);
  if (!schools.ok()) return schools.status();
  Fill(sight.span, response->mutable_span());
  response->set_casework(sight.casework);
  int all = 0;
  for (const auto& [urn, pupils] : known->taken_in) all += pupils;
  response->set_taken_in_suppressed(IsSmall(all, sight));
  if (!response->taken_in_suppressed()) response->set_taken_in(all);
  FillShares(SharesOf(*schools, known->taken_in), sight, response);
  const auto times = TimesOf(known->courses, parts.clock->Today());
  const std::size_t told = sight.casework ? times.size() : 1;
  for (std::size_t i = 0; i < told; ++i) Fill(times[i], sight, response->add_times());
  return absl::OkStatus();
}

}  // namespace pathways::panel
