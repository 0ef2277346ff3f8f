#include "services/exclusions/api/published_importer.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/education/identifiers.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::LaCode;
using importing::Refusals;
using importing::RowCheck;

enum Column : std::size_t {
  kTimePeriod,
  kTimeIdentifier,
  kLevel,
  kLaCode,
  kPhase,
  kHeadcount,  // and the other six, in the order of PublishedColumn
  kTopic = kHeadcount + kPublishedColumns,
  kBreakdown,
  kSource,
};

std::string Lower(std::string_view cell) {
  return absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(absl::string_view(cell.data(), cell.size())));
}

bool IsSum(std::string_view cell) {
  const std::string lower = Lower(cell);
  return lower.empty() || lower == "total" || lower == "all" || lower == "all pupils";
}

std::size_t ColumnOf(PublishedColumn column) {
  return kHeadcount + static_cast<std::size_t>(column);
}

}  // namespace

std::vector<tabular::WantedColumn> PublishedImporter::columns() const {
  return {{"time_period", true, {}},
          {"time_identifier", true, {}},
          {"geographic_level", true, {}},
          {"old_la_code", false, {"la_code"}},
          {"education_phase", false, {"school_type", "phase_type_grouping", "phase"}},
          {"headcount", true, {}},
          {"perm_excl", true, {}},
          {"perm_excl_rate", true, {}},
          {"suspension", true, {"fixed_excl"}},
          {"susp_rate", true, {"fixed_excl_rate"}},
          {"one_plus_susp", false, {"one_plus_fixed"}},
          {"one_plus_susp_rate", false, {"one_plus_fixed_rate"}},
          {"breakdown_topic", false, {"characteristic_group"}},
          {"breakdown", false, {"characteristic"}},
          {"source", false, {}}};
}

absl::Status PublishedImporter::OnHeader(const tabular::HeaderMap& header) {
  header_ = header;
  return absl::OkStatus();
}

std::string PublishedImporter::WhyLeftOut(const RowCheck& check) const {
  const std::string level = Lower(check.Cell(kLevel));
  if (level != "national" && level != "local authority") {
    return level.empty() ? "" : "of other geographic levels than national and local authority";
  }
  if (!IsSum(check.Cell(kTopic)) || !IsSum(check.Cell(kBreakdown))) {
    return "divided by a characteristic of pupils";
  }
  if (!check.Cell(kTimeIdentifier).empty() && !TermFromIdentifier(check.Cell(kTimeIdentifier))) {
    return "of other spans than an academic year or a term";
  }
  const std::string la_code = Lower(check.Cell(kLaCode));
  if (level == "local authority" && (la_code == "x" || la_code == "z")) {
    return "of an authority that is not named";
  }
  return "";
}

std::optional<std::int32_t> PublishedImporter::PlaceOf(RowCheck& check) const {
  if (Lower(check.Cell(kLevel)) == "national") return kEngland;
  const auto la_code =
      check.Parsed(kLaCode, LaCode::Parse, "bad_la_code",
                   "Give the authority's three-digit LA code in old_la_code, as published.");
  if (!la_code) return std::nullopt;
  if (la_code->value() != kEngland) return la_code->value();
  check.Refuse(kLaCode, "000 is no authority.", "Give the authority's three-digit LA code.",
               "bad_la_code");
  return std::nullopt;
}

PublishedFigures PublishedImporter::FiguresOf(RowCheck& check) const {
  PublishedFigures figures;
  for (std::size_t i = 0; i < kPublishedColumns; ++i) {
    const auto value = check.Parsed(
        kHeadcount + i, PublishedValue::Parse, "bad_figure",
        "Write a number without thousands separators or percent sign, or leave the published "
        "symbol (z, x, c, low, k, u).");
    if (value) figures.values[i] = *value;
  }
  if (!check.ok()) return figures;
  for (const PublishedProblem& problem : CheckPublished(figures)) {
    check.Refuse(ColumnOf(problem.column), problem.reason,
                 "Compare the row with the published file: columns may have moved, and rates are "
                 "per 100 pupils.",
                 "contradicts_itself");
  }
  return figures;
}

std::string PublishedImporter::SourceOf(RowCheck& check) const {
  std::string source = check.OptionalText(kSource);
  if (!source.empty()) return source;
  return absl::StrCat("Department for Education, Suspensions and permanent exclusions in England (",
                      start_.file_name(), ")");
}

absl::Status PublishedImporter::OnRow(const tabular::Record& record, Refusals& refusals) {
  RowCheck check(record, *header_, refusals);
  if (const std::string why = WhyLeftOut(check); !why.empty()) {
    ++left_out_[why];
    return absl::OkStatus();
  }
  if (check.Cell(kLevel).empty()) {
    check.Refuse(kLevel, "It is not said whose figures these are.",
                 "Write National or Local authority, as published.", "missing_value");
    return absl::OkStatus();
  }
  const auto year = check.Parsed(kTimePeriod, AcademicYear::Parse, "bad_academic_year",
                                 "Write the academic year as 202324.");
  const auto term = TermFromIdentifier(check.Cell(kTimeIdentifier));
  if (!term) {
    check.Refuse(kTimeIdentifier, "It is not said whether this is a year or a term.",
                 "Write Academic year, Autumn term, Spring term or Summer term.", "missing_value");
  }
  const auto place = PlaceOf(check);
  std::string phase = check.OptionalText(kPhase);
  PublishedFigures figures = FiguresOf(check);
  std::string source = SourceOf(check);
  if (!check.ok()) return absl::OkStatus();
  std::string group = PhaseGroup(phase);
  if (group.empty()) phase.clear();
  rows_.Add({*place, std::move(group), *year, *term}, record.row_number, record.raw,
            {std::move(phase), std::move(figures), std::move(source)}, header_->name(kTimePeriod),
            refusals);
  return absl::OkStatus();
}

absl::Status PublishedImporter::OnEnd(Refusals&) {
  rows_.Settle();
  return absl::OkStatus();
}

absl::StatusOr<importing::Effect> PublishedImporter::Apply(storage::Transaction& transaction,
                                                           Refusals&) {
  std::vector<PublishedToPut> rows;
  for (const auto& [key, kept] : rows_.rows()) rows.push_back({key, &kept.value, kept.row});
  const auto put = PutPublished(transaction, rows, start_.import_id());
  if (!put.ok()) return put.status();
  importing::Effect effect;
  effect.records_new = put->made;
  effect.records_changed = put->changed;
  effect.records_unchanged =
      static_cast<std::int64_t>(rows.size()) - put->made - put->changed + rows_.repeated();
  for (const auto& [why, number] : left_out_) {
    effect.notes.push_back(absl::StrCat(number, number == 1 ? " row " : " rows ", why,
                                        number == 1 ? " was" : " were", " left out."));
  }
  return effect;
}

}  // namespace pathways::exclusions
