// Series of points.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "libs/storage/run_in_transaction.h"
#include "services/exclusions/api/trend_published.h"
#include "services/exclusions/api/trend_question.h"
#include "services/exclusions/api/trends_api.h"
#include "services/exclusions/store/trend_headcounts.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::Day;
using education::Percent;
using service::Call;
using storage::Transaction;

void Fill(std::int64_t count, Percent rate, bool hidden, bool rate_hidden, v1::TrendFigure* to) {
  to->set_suppressed(hidden);
  if (hidden) return;
  to->set_count(count);
  if (!rate_hidden && rate.is_applicable()) to->set_rate(rate.ToTwoDecimals());
}

// A rate of a headcount that is kept back would tell it.
void Fill(const TrendPoint& point, v1::TrendPoint* to) {
  const TrendHidden& hidden = point.hidden;
  to->set_academic_year(YearCode(point.year));
  to->set_term(ToMessage(point.term));
  Fill(point.counts.suspensions, point.suspension_rate(), hidden.suspensions, hidden.headcount,
       to->mutable_suspensions());
  Fill(point.counts.half_days, point.half_day_rate(), hidden.suspensions, hidden.headcount,
       to->mutable_half_days_lost());
  Fill(point.counts.pupils, point.pupil_rate(), hidden.pupils, hidden.headcount,
       to->mutable_pupils_suspended());
  Fill(point.counts.permanent, point.permanent_rate(), hidden.permanent, hidden.headcount,
       to->mutable_permanent_exclusions());
  to->set_headcount_suppressed(hidden.headcount);
  if (!hidden.headcount) to->set_headcount(point.headcount);
  to->set_unfinished(point.unfinished);
}

void Fill(const TrendSeries& series, v1::TrendSeries* to) {
  to->set_by(ToMessage(series.by));
  to->set_value(series.value);
  for (const TrendPoint& point : series.points) Fill(point, to->add_points());
}

void Fill(const std::map<AcademicYear, Day>& days, const TrendSpan& span,
          v1::GetTrendResponse* response) {
  for (AcademicYear year = span.first; year <= span.last; year = year.Next()) {
    v1::YearBasis* basis = response->add_headcounts();
    basis->set_academic_year(YearCode(year));
    const auto day = days.find(year);
    if (day == days.end()) continue;
    basis->set_counted_on(day->second.ToIso());
    basis->set_basis(day->second == SpringCensusDay(year) ? v1::HEADCOUNT_BASIS_SPRING_CENSUS
                                                          : v1::HEADCOUNT_BASIS_TODAY);
  }
}

absl::Status Get(const TrendsParts& parts, Call& call, const v1::GetTrendRequest& request,
                 v1::GetTrendResponse* response) {
  const Day today = parts.clock->Today();
  const auto question = ReadQuestion(request, today);
  if (!question.ok()) return question.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
        response->Clear();
        const auto sight = LookAt(transaction, call, request.scope());
        if (!sight.ok()) return sight.status();
        const auto series = AnswerSeries(transaction, *sight, *question, today);
        if (!series.ok()) return series.status();
        const auto days = ReadRollDays(transaction, sight->la_code, question->span);
        if (!days.ok()) return days.status();
        for (const TrendSeries& one : *series) Fill(one, response->add_series());
        Fill(*days, question->span, response);
        response->set_la_code(sight->la_code.value());
        response->set_suppression_applies(!sight->casework);
        response->set_may_open_cases(sight->casework);
        const auto first = FirstRecordedYear(transaction, sight->la_code);
        if (!first.ok()) return first.status();
        if (*first) response->set_first_recorded_year(YearCode(**first));
        return AddPublished(transaction, *sight, question->span, response);
      });
}

}  // namespace

void AddTrendReads(service::Endpoint& endpoint, const TrendsParts& parts) {
  endpoint.Unary<v1::GetTrendRequest, v1::GetTrendResponse>(
      "GetTrend", access::Permission::kReadAggregates,
      [parts](Call& call, const auto& request, auto* response) {
        return Get(parts, call, request, response);
      });
}

}  // namespace pathways::exclusions
