// Weights tried on the past: rehearsals, and the audit of whom they reach. Counts only; the pupils
// behind them are weighed here and told to nobody.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "libs/access/access_log.h"
#include "libs/education/percent.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/domain/risk_fairness.h"
#include "services/exclusions/domain/risk_year.h"
#include "services/exclusions/domain/trend.h"
#include "services/exclusions/store/risk_histories.h"
#include "services/exclusions/store/risk_rows.h"
#include "services/exclusions/store/risk_weights_store.h"
#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::AcademicYear;
using education::Day;
using education::LaCode;
using education::PupilId;
using service::Call;
using storage::Transaction;

// Histories in memory at a time: some megabytes.
constexpr std::size_t kPupilsAtOnce = 2'000;
constexpr int kOutcomeDays = 365;
constexpr int kDraft = -1;

// Every pupil with a main registration in the authority in the span, a portion at a time.
// Answers the first day of which a register is known, ISO; empty when there is none.
template <typename Take>
absl::StatusOr<std::string> ForEachPupil(Transaction& transaction, LaCode la_code, Day from, Day to,
                                         Take take) {
  return WithWholePupil(transaction, [&]() -> absl::StatusOr<std::string> {
    const auto pupils = PupilsOnRoll(transaction, la_code, from, to);
    if (!pupils.ok()) return pupils.status();
    RegisterBook book(AbsenceCountsFrom(from), to);
    for (std::size_t at = 0; at < pupils->size(); at += kPupilsAtOnce) {
      const auto first = pupils->begin() + static_cast<std::ptrdiff_t>(at);
      const std::size_t count = std::min(kPupilsAtOnce, pupils->size() - at);
      const std::vector<PupilId> some(first, first + static_cast<std::ptrdiff_t>(count));
      const auto histories = ReadHistories(transaction, some, book);
      if (!histories.ok()) return histories.status();
      for (const RiskHistory& history : *histories) take(history);
    }
    const auto registers = RegistersFrom(transaction, la_code);
    if (!registers.ok()) return registers.status();
    return *registers ? (*registers)->ToIso() : std::string();
  });
}

absl::StatusOr<NumberedWeights> WeightsOn(Transaction& transaction, LaCode la_code) {
  auto on = ReadWeightsOn(transaction, {la_code});
  if (!on.ok()) return on.status();
  return std::move(on->at(la_code));
}

absl::StatusOr<RiskWeights> DraftOf(Transaction& transaction, LaCode la_code) {
  const auto draft = FindWeightsDraft(transaction, la_code, false);
  if (!draft.ok()) return draft.status();
  if (*draft) return (*draft)->weights;
  return absl::FailedPreconditionError("There is no draft");
}

// Those of the request, or the draft.
absl::StatusOr<RiskWeights> Rehearsed(Transaction& transaction, LaCode la_code,
                                      const v1::RehearseRiskWeightsRequest& request) {
  if (!request.has_weights()) return DraftOf(transaction, la_code);
  if (!FactorsAreKnown(request.weights())) {
    return service::InvalidField("weights.bands", "Choose factors from the list");
  }
  RiskWeights weights = FromMessage(request.weights(), "rehearsed");
  service::FieldViolations wrong;
  wrong.AddAll("weights.", CheckWeights(weights));
  if (!wrong.empty()) return wrong.ToStatus();
  return weights;
}

absl::StatusOr<std::vector<Day>> ReadDays(const v1::RehearseRiskWeightsRequest& request, Day today,
                                          AcademicYear year) {
  std::vector<Day> days = RehearsalDays(year, today);
  if (!days.empty()) return days;
  return service::InvalidField("academic_year", request.academic_year() == 0
                                                    ? "No school year has been recorded yet"
                                                    : "Choose a school year that has begun");
}

void Fill(const RehearsalCounts& counts, v1::RiskRehearsalCounts* to) {
  to->set_before(counts.before);
  to->set_after(counts.after);
  to->set_added(counts.added);
  to->set_removed(counts.removed);
}

void Fill(const YearRehearsal& rehearsal, const std::vector<Day>& days,
          v1::RehearseRiskWeightsResponse* to) {
  to->set_pupils(rehearsal.pupils());
  Fill(rehearsal.total(), to->mutable_total());
  Fill(rehearsal.primary(), to->mutable_primary());
  for (const RehearsedSchool& school : rehearsal.Schools()) {
    v1::RiskRehearsalSchool* one = to->add_schools();
    one->set_urn(school.urn.value());
    one->set_phase(school.phase);
    Fill(school.counts, one->mutable_counts());
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    v1::RiskRehearsalMonth* month = to->add_months();
    month->set_day(days[i].ToIso());
    month->set_before(rehearsal.months()[i].first);
    month->set_after(rehearsal.months()[i].second);
  }
}

absl::StatusOr<AcademicYear> ReadYear(const v1::RehearseRiskWeightsRequest& request, Day today) {
  if (request.academic_year() == 0) return AcademicYear::Of(today).Previous();
  const auto year = AcademicYear::Parse(std::to_string(request.academic_year()));
  if (year.ok()) return *year;
  return service::FieldViolations().AddIfError("academic_year", year.status()).ToStatus();
}

absl::Status Rehearse(const RiskParts& parts, Call& call,
                      const v1::RehearseRiskWeightsRequest& request,
                      v1::RehearseRiskWeightsResponse* response) {
  const Day today = parts.clock->Today();
  const auto la_code = ChooseAuthority(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const auto year = ReadYear(request, today);
  if (!year.ok()) return year.status();
  const auto days = ReadDays(request, today, *year);
  if (!days.ok()) return days.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto before = WeightsOn(transaction, *la_code);
        if (!before.ok()) return before.status();
        const auto after = Rehearsed(transaction, *la_code, request);
        if (!after.ok()) return after.status();
        YearRehearsal rehearsal(*days, *la_code, before->weights, *after);
        const auto registers =
            ForEachPupil(transaction, *la_code, days->front(), days->back(),
                         [&](const RiskHistory& history) { rehearsal.Add(history); });
        if (!registers.ok()) return registers.status();
        response->set_registers_from(*registers);
        Fill(rehearsal, *days, response);
        response->set_la_code(la_code->value());
        response->set_academic_year(YearCode(*year));
        return absl::OkStatus();
      });
}

void Fill(std::int64_t count, std::int64_t of_all, bool hidden, bool share_hidden,
          v1::RiskFigure* to) {
  to->set_suppressed(hidden);
  if (hidden) return;
  to->set_count(count);
  const education::Percent share{count, of_all};
  if (!share_hidden && share.is_applicable()) to->set_share(share.ToOneDecimal());
}

void Fill(const FairnessGroup& group, const FairnessGroup& all, v1::RiskFairnessGroup* to) {
  const FairnessCounts& counts = group.counts;
  const FairnessCounts& totals = all.counts;
  const FairnessHidden& hidden = group.hidden;
  Fill(counts.pupils(), totals.pupils(), hidden.pupils, all.hidden.pupils, to->mutable_pupils());
  Fill(counts.proposed(), totals.proposed(), hidden.proposed, all.hidden.proposed,
       to->mutable_proposed());
  Fill(counts.excluded_later(), totals.excluded_later(), hidden.excluded_later,
       all.hidden.excluded_later, to->mutable_excluded_later());
  Fill(counts.permanently_excluded_later(), totals.permanently_excluded_later(),
       hidden.permanently_excluded_later, all.hidden.permanently_excluded_later,
       to->mutable_permanently_excluded_later());
  Fill(counts.proposed_and_excluded(), totals.proposed_and_excluded(), hidden.proposed_and_excluded,
       all.hidden.proposed_and_excluded, to->mutable_proposed_and_excluded());
}

void Fill(const Fairness& fairness, v1::GetRiskFairnessResponse* to) {
  Fill(fairness.all, fairness.all, to->mutable_all());
  for (const FairnessTable& table : fairness.tables) {
    for (const FairnessGroup& group : table.groups) {
      v1::RiskFairnessGroup* one = to->add_groups();
      one->set_grouping(static_cast<v1::RiskGrouping>(static_cast<int>(table.grouping) + 1));
      one->set_value(group.value);
      Fill(group, fairness.all, one);
    }
  }
}

absl::StatusOr<Day> ReadOn(const v1::GetRiskFairnessRequest& request, Day today) {
  if (request.on().empty()) return today - kOutcomeDays;
  const auto on = Day::ParseIso(request.on());
  if (!on.ok()) return service::FieldViolations().AddIfError("on", on.status()).ToStatus();
  if (today < *on) return service::InvalidField("on", "Choose a day that is not in the future");
  return *on;
}

// Who works with the cases of the whole authority.
bool WorksWithCases(const Call& call, LaCode la_code) {
  return call.caller().May(Permission::kReadRisk) && call.caller().scope.CoversAuthority(la_code);
}

absl::StatusOr<NumberedWeights> Audited(Transaction& transaction, const Call& call, LaCode la_code,
                                        bool draft) {
  if (!draft) return WeightsOn(transaction, la_code);
  if (!call.caller().May(Permission::kSetRiskWeights)) {
    return absl::PermissionDeniedError("A draft is for those who set weights");
  }
  auto weights = DraftOf(transaction, la_code);
  if (!weights.ok()) return weights.status();
  return NumberedWeights{.number = kDraft, .weights = *std::move(weights)};
}

absl::Status GetFairness(const RiskParts& parts, Call& call,
                         const v1::GetRiskFairnessRequest& request,
                         v1::GetRiskFairnessResponse* response) {
  const Day today = parts.clock->Today();
  const auto la_code = ChooseAuthority(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const auto on = ReadOn(request, today);
  if (!on.ok()) return on.status();
  const auto setter = call.caller().RoleFor(Permission::kSetRiskWeights);
  const auto scope = setter ? call.caller().ToRowScope(*setter) : call.RowScope();
  return storage::RunInTransaction(
      *parts.pool, scope, call.deadline(), [&](Transaction& transaction) -> absl::Status {
        response->Clear();
        const auto weights = Audited(transaction, call, *la_code, request.draft());
        if (!weights.ok()) return weights.status();
        const Day until = std::min(*on + kOutcomeDays, today);
        FairnessAudit audit(*la_code, *on, until, weights->weights);
        const auto registers =
            ForEachPupil(transaction, *la_code, *on, *on,
                         [&](const RiskHistory& history) { audit.Add(history); });
        if (!registers.ok()) return registers.status();
        response->set_registers_from(*registers);
        const bool casework = WorksWithCases(call, *la_code);
        Fill(MakeFairness(audit, casework), response);
        response->set_la_code(la_code->value());
        response->set_on(on->ToIso());
        response->set_until(until.ToIso());
        response->set_weights_number(weights->number);
        response->set_suppression_applies(!casework);
        return absl::OkStatus();
      });
}

}  // namespace

void AddRiskTrials(service::Endpoint& endpoint, const RiskParts& parts) {
  endpoint.Unary<v1::RehearseRiskWeightsRequest, v1::RehearseRiskWeightsResponse>(
      "RehearseRiskWeights", Permission::kSetRiskWeights,
      [parts](Call& call, const auto& request, auto* response) {
        return Rehearse(parts, call, request, response);
      });
  endpoint.Unary<v1::GetRiskFairnessRequest, v1::GetRiskFairnessResponse>(
      "GetRiskFairness", Permission::kAuditRisk,
      [parts](Call& call, const auto& request, auto* response) {
        return GetFairness(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
