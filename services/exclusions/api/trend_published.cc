#include "services/exclusions/api/trend_published.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/exclusions/domain/published.h"
#include "services/exclusions/store/published_store.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;

struct Rate {
  PublishedColumn column;
  v1::PublishedRate* (v1::PublishedPoint::*to)();
};
constexpr std::array kRates = {
    Rate{PublishedColumn::kSuspensionRate, &v1::PublishedPoint::mutable_suspensions},
    Rate{PublishedColumn::kPupilRate, &v1::PublishedPoint::mutable_pupils_suspended},
    Rate{PublishedColumn::kPermanentRate, &v1::PublishedPoint::mutable_permanent_exclusions}};

// The line of some places over the periods of a trend.
class PublishedLine {
 public:
  PublishedLine(const PublishedRows& rows, std::string group, std::vector<std::int32_t> places)
      : rows_(rows), group_(std::move(group)), places_(std::move(places)) {}

  void AddPoint(AcademicYear year, SchoolTerm term, v1::PublishedSeries* series) {
    v1::PublishedPoint* point = series->add_points();
    point->set_academic_year(YearCode(year));
    point->set_term(static_cast<std::int32_t>(term));
    std::vector<const PublishedRow*> found;
    for (const std::int32_t place : places_) {
      const auto row = rows_.find({place, group_, year, term});
      if (row == rows_.end()) continue;
      found.push_back(&row->second);
      sources_.insert(row->second.source);
      if (!row->second.phase.empty()) series->set_education_phase(row->second.phase);
    }
    for (const Rate& rate : kRates) Fill(found, rate.column, year, (point->*rate.to)());
  }

  const std::set<std::string>& sources() const { return sources_; }

 private:
  static void Fill(const std::vector<const PublishedRow*>& found, PublishedColumn column,
                   AcademicYear year, v1::PublishedRate* to) {
    std::vector<PublishedValue> values;
    for (const PublishedRow* row : found) values.push_back(row->figures[column]);
    const PublishedMean mean = MeanOf(values, year);
    if (mean.rate.is_applicable()) to->set_rate(mean.rate.ToTwoDecimals());
    to->set_symbol(mean.symbol);
    to->set_authorities(mean.authorities);
  }

  const PublishedRows& rows_;
  const std::string group_;
  const std::vector<std::int32_t> places_;
  std::set<std::string> sources_;
};

// Nothing is added where nothing is published.
void AddLine(PublishedLine line, v1::PublishedPlace place, std::size_t authorities,
             const std::string& list_source, v1::GetTrendResponse* response) {
  v1::PublishedSeries series;
  series.set_place(place);
  series.set_authorities(static_cast<std::int32_t>(authorities));
  for (const v1::TrendPoint& point : response->series(0).points()) {
    const auto year = AcademicYear::FromStartYear(point.academic_year() / 100);
    if (year.ok()) line.AddPoint(*year, static_cast<SchoolTerm>(point.term()), &series);
  }
  if (line.sources().empty()) return;
  for (const std::string& source : line.sources()) series.add_sources(source);
  if (!list_source.empty()) series.add_sources(list_source);
  *response->add_published() = std::move(series);
}

}  // namespace

absl::Status AddPublished(storage::Transaction& transaction, const TrendSight& sight,
                          const TrendSpan& span, v1::GetTrendResponse* response) {
  if (response->series().empty()) return absl::OkStatus();
  const auto neighbours = ReadNeighbours(transaction, sight.la_code);
  if (!neighbours.ok()) return neighbours.status();
  std::vector<std::int32_t> places = neighbours->la_codes;
  places.push_back(kEngland);
  std::string group = PhaseGroup(sight.phase);
  const auto rows = ReadPublished(transaction, places, group, span);
  if (!rows.ok()) return rows.status();
  const bool of_phase = std::ranges::any_of(
      *rows, [&](const auto& row) { return std::get<std::string>(row.first) == group; });
  if (!of_phase) group.clear();
  AddLine({*rows, group, {kEngland}}, v1::PUBLISHED_PLACE_ENGLAND, 1, "", response);
  AddLine({*rows, group, neighbours->la_codes}, v1::PUBLISHED_PLACE_NEIGHBOURS,
          neighbours->la_codes.size(), neighbours->source, response);
  return absl::OkStatus();
}

}  // namespace pathways::exclusions
