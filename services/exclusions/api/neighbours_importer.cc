#include "services/exclusions/api/neighbours_importer.h"

#include "absl/strings/str_cat.h"
#include "libs/education/identifiers.h"

namespace pathways::exclusions {
namespace {

using education::LaCode;
using importing::RowCheck;

enum Column : std::size_t { kLaCode, kNeighbour, kSource };

}  // namespace

std::vector<tabular::WantedColumn> NeighboursImporter::columns() const {
  return {{"la_code", true, {"old_la_code"}},
          {"neighbour_la_code",
           true,
           {"neighbour", "statistical_neighbour", "neighbor_la_code", "neighbour_old_la_code"}},
          {"source", false, {}}};
}

absl::Status NeighboursImporter::OnHeader(const tabular::HeaderMap& header) {
  header_ = header;
  return absl::OkStatus();
}

absl::Status NeighboursImporter::OnRow(const tabular::Record& record,
                                       importing::Refusals& refusals) {
  constexpr std::string_view kAdvice = "Give the authority's three-digit LA code.";
  RowCheck check(record, *header_, refusals);
  const auto la_code = check.Parsed(kLaCode, LaCode::Parse, "bad_la_code", kAdvice);
  const auto neighbour = check.Parsed(kNeighbour, LaCode::Parse, "bad_la_code", kAdvice);
  std::string source = check.OptionalText(kSource);
  if (la_code && !scope_.CoversAuthority(*la_code)) {
    check.Refuse(kLaCode, "You may not set this authority's neighbours.",
                 "Ask its Inclusion team, or take the row out.", "not_yours");
  }
  if (la_code && neighbour && *la_code == *neighbour) {
    check.Refuse(kNeighbour, "An authority is no neighbour of itself.", "Take the row out.",
                 "own_neighbour");
  }
  if (!check.ok()) return absl::OkStatus();
  if (source.empty()) source = absl::StrCat("list of neighbours (", start_.file_name(), ")");
  rows_.Add({la_code->value(), neighbour->value()}, record.row_number, record.raw,
            std::move(source), header_->name(kNeighbour), refusals);
  return absl::OkStatus();
}

absl::Status NeighboursImporter::OnEnd(importing::Refusals&) {
  rows_.Settle();
  return absl::OkStatus();
}

absl::StatusOr<importing::Effect> NeighboursImporter::Apply(storage::Transaction& transaction,
                                                            importing::Refusals&) {
  std::vector<NeighbourRow> rows;
  for (const auto& [key, kept] : rows_.rows()) {
    rows.push_back({key.first, key.second, kept.value, kept.row});
  }
  const auto put = PutNeighbours(transaction, rows, start_.import_id());
  if (!put.ok()) return put.status();
  importing::Effect effect;
  effect.records_new = put->made;
  effect.records_changed = put->changed;
  effect.records_unchanged = static_cast<std::int64_t>(rows.size()) - put->made + rows_.repeated();
  return effect;
}

}  // namespace pathways::exclusions
