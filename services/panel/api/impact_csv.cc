// All figures of the panel's impact as one file, a row a figure.
#include <string>

#include "libs/education/percent.h"
#include "libs/tabular/csv_writer.h"
#include "services/panel/api/impact_figures.h"
#include "services/panel/api/messages.h"

namespace pathways::panel {
namespace {

// As the national open data standards write a number that is kept back.
constexpr std::string_view kSuppressed = "c";

template <const auto& kNames>
std::string NameOf(int number) {
  const auto value = FromMessage<kNames>(number);
  return value ? std::string(kNames.Of(*value)) : std::string();
}

std::string_view VerdictName(v1::EffectVerdict verdict) {
  switch (verdict) {
    case v1::EFFECT_VERDICT_TOO_FEW:
      return "cannot_tell_too_few";
    case v1::EFFECT_VERDICT_NO_DIFFERENCE_IN_RANGE:
      return "cannot_tell_range_includes_none";
    case v1::EFFECT_VERDICT_ROSE:
      return "rose";
    case v1::EFFECT_VERDICT_FELL:
      return "fell";
    default:
      return "";
  }
}

std::string KindName(v1::DecisionKind kind, int tier) {
  const std::string name = NameOf<kDecisionKindNames>(kind);
  if (name.empty()) return "Total";
  return tier == 0 ? name : name + "_" + std::to_string(tier);
}

class Csv {
 public:
  explicit Csv(const v1::ImpactSpan& span) : span_(span), csv_(&text_) {
    csv_.WriteRecord({"from", "to", "old_la_code", "figure", "breakdown_topic", "breakdown",
                      "weeks", "pupils", "value", "low", "high", "answer"});
  }

  struct Row {
    std::string_view figure;
    std::string_view topic = "Total";
    std::string breakdown = "Total";
    int weeks = 0;
    std::string pupils = {};
    std::string value = {};
    std::string low = {};
    std::string high = {};
    std::string_view answer = {};
  };
  // Where a number does not apply: z, as in the other files.
  void Write(const Row& row) {
    const auto or_z = [](std::string_view text) {
      return text.empty() ? education::kNotApplicable : text;
    };
    const std::string weeks = row.weeks == 0 ? std::string() : std::to_string(row.weeks);
    const std::string la_code = std::to_string(span_.la_code());
    csv_.WriteRecord({span_.from(), span_.to(), la_code, row.figure, row.topic, row.breakdown,
                      or_z(weeks), or_z(row.pupils), or_z(row.value), or_z(row.low), or_z(row.high),
                      row.answer});
  }
  std::string Take() { return std::move(text_); }

 private:
  const v1::ImpactSpan& span_;
  std::string text_;
  tabular::CsvWriter csv_;
};

void WriteShares(const v1::GetFairnessResponse& fairness, Csv& csv) {
  const std::string all = std::to_string(fairness.taken_in());
  csv.Write({.figure = "taken_in",
             .value = fairness.taken_in_suppressed() ? std::string(kSuppressed) : all});
  for (const auto& share : fairness.shares()) {
    const std::string urn = std::to_string(share.urn());
    const std::string headcount = std::to_string(share.headcount());
    csv.Write({.figure = "taken_in",
               .topic = "school_urn",
               .breakdown = urn,
               .pupils = headcount,
               .value = std::to_string(share.taken_in())});
    csv.Write({.figure = "fair_share",
               .topic = "school_urn",
               .breakdown = urn,
               .pupils = headcount,
               .value = share.fair_share()});
  }
}

void WriteDurations(std::string_view figure, std::string_view topic, const std::string& breakdown,
                    const v1::Durations& days, Csv& csv) {
  if (days.suppressed()) {
    csv.Write({.figure = figure,
               .topic = topic,
               .breakdown = breakdown,
               .pupils = std::string(kSuppressed),
               .value = std::string(kSuppressed)});
    return;
  }
  const bool ends = days.longest_days() > 0 || days.shortest_days() > 0;
  csv.Write({.figure = figure,
             .topic = topic,
             .breakdown = breakdown,
             .pupils = std::to_string(days.cases()),
             .value = days.median_days(),
             .low = ends ? std::to_string(days.shortest_days()) : "",
             .high = ends ? std::to_string(days.longest_days()) : ""});
}

void WriteTimes(const v1::CaseTimes& times, Csv& csv) {
  const std::string phase = NameOf<kPhaseNames>(times.phase());
  const std::string kind = NameOf<kDecisionKindNames>(times.kind());
  const std::string_view topic = !phase.empty() ? "panel" : !kind.empty() ? "decision" : "Total";
  const std::string breakdown = !phase.empty() ? phase : !kind.empty() ? kind : "Total";
  WriteDurations("days_to_decision", topic, breakdown, times.to_decision(), csv);
  WriteDurations("days_to_start", topic, breakdown, times.to_start(), csv);
  const auto waiting = [&](std::string_view figure, int number) {
    csv.Write(
        {.figure = figure,
         .topic = topic,
         .breakdown = breakdown,
         .value = times.waiting_suppressed() ? std::string(kSuppressed) : std::to_string(number)});
  };
  if (kind.empty()) waiting("waiting_for_decision", times.waiting_for_decision());
  waiting("waiting_for_start", times.waiting_for_start());
}

void WriteEffect(const v1::Effect& effect, Csv& csv) {
  const bool attendance = effect.measure() == v1::EFFECT_MEASURE_ATTENDANCE;
  const bool total = effect.kind() == v1::DECISION_KIND_UNSPECIFIED;
  const std::string compared = std::to_string(effect.compared());
  const auto write = [&](std::string_view figure, const std::string& value) {
    csv.Write({.figure = figure,
               .topic = total ? "Total" : "decision",
               .breakdown = KindName(effect.kind(), effect.tier()),
               .weeks = effect.weeks(),
               .pupils = compared,
               .value = value});
  };
  write(attendance ? "attendance_before" : "suspensions_before", effect.before());
  write(attendance ? "attendance_after" : "suspensions_after", effect.after());
  write(attendance ? "attendance_alike_before" : "suspensions_alike_before", effect.alike_before());
  write(attendance ? "attendance_alike_after" : "suspensions_alike_after", effect.alike_after());
  csv.Write({.figure = attendance ? "attendance_difference" : "suspensions_difference",
             .topic = total ? "Total" : "decision",
             .breakdown = KindName(effect.kind(), effect.tier()),
             .weeks = effect.weeks(),
             .pupils = compared,
             .value = effect.difference(),
             .low = effect.low(),
             .high = effect.high(),
             .answer = VerdictName(effect.verdict())});
}

void WriteReturns(const v1::GetReturnsResponse& returns, Csv& csv) {
  csv.Write({.figure = "returned", .value = std::to_string(returns.returned())});
  for (const auto& ended : returns.ended_otherwise()) {
    csv.Write({.figure = "ended_otherwise",
               .topic = "reason",
               .breakdown = ended.reason(),
               .value = std::to_string(ended.placements())});
  }
  for (const auto& held : returns.held()) {
    const std::string all = std::to_string(held.returns());
    const auto write = [&](std::string_view figure, int number) {
      csv.Write({.figure = figure,
                 .weeks = held.weeks(),
                 .pupils = all,
                 .value = std::to_string(number)});
    };
    write("returns_held", held.held());
    write("returns_excluded_again", held.excluded_again());
    write("returns_placed_again", held.placed_again());
    write("returns_left_school", held.left_school());
    csv.Write({.figure = "returns_held_percent",
               .weeks = held.weeks(),
               .pupils = all,
               .value = held.held_percent(),
               .low = held.low(),
               .high = held.high(),
               .answer = held.held_percent().empty() ? "cannot_tell_too_few" : ""});
  }
}

}  // namespace

std::string ImpactCsv(const v1::GetFairnessResponse& fairness,
                      const v1::GetEffectsResponse& effects,
                      const v1::GetReturnsResponse& returns) {
  Csv csv(fairness.span());
  WriteShares(fairness, csv);
  for (const auto& times : fairness.times()) WriteTimes(times, csv);
  for (const auto& effect : effects.effects()) WriteEffect(effect, csv);
  if (returns.has_span()) WriteReturns(returns, csv);
  return csv.Take();
}

}  // namespace pathways::panel
