// From a file of published figures to what our own are held against.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/importing/importer.h"
#include "libs/importing/keyed_rows.h"
#include "libs/importing/row_check.h"
#include "pathways/common/v1/import.pb.h"
#include "services/exclusions/domain/published.h"
#include "services/exclusions/store/published_store.h"

namespace pathways::exclusions {

// The national open data by geographic level: its rows of England and of local authorities, of a
// year or a term, not divided by a characteristic. Other rows are left out, with a note of how
// many: a file of the Department is taken as it is.
class PublishedImporter : public importing::Importer {
 public:
  explicit PublishedImporter(common::v1::ImportStart start) : start_(std::move(start)) {}

  std::string_view kind() const override { return "published"; }
  std::vector<tabular::WantedColumn> columns() const override;
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  // Why a row is none of ours; empty: it is.
  std::string WhyLeftOut(const importing::RowCheck& check) const;
  std::optional<std::int32_t> PlaceOf(importing::RowCheck& check) const;
  PublishedFigures FiguresOf(importing::RowCheck& check) const;
  std::string SourceOf(importing::RowCheck& check) const;

  const common::v1::ImportStart start_;
  std::optional<tabular::HeaderMap> header_;
  std::map<std::string, std::int64_t> left_out_;  // by why
  importing::KeyedRows<PublishedKey, PublishedRow> rows_;
};

}  // namespace pathways::exclusions
