// Schools from the Department's school-level open data, or from Get Information About Schools.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "libs/importing/importer.h"
#include "libs/importing/keyed_rows.h"
#include "services/registry/api/import_context.h"
#include "services/registry/domain/school.h"

namespace pathways::registry {

class SchoolImporter : public importing::Importer {
 public:
  explicit SchoolImporter(ImportContext context) : context_(std::move(context)) {}

  std::string_view kind() const override { return "schools"; }
  std::vector<tabular::WantedColumn> columns() const override;
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  ImportContext context_;
  std::optional<tabular::HeaderMap> header_;
  importing::KeyedRows<education::Urn, School> rows_;
};

}  // namespace pathways::registry
