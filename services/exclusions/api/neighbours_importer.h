// From a file of statistical neighbours to the lists of authorities.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/access/caller.h"
#include "libs/importing/importer.h"
#include "libs/importing/keyed_rows.h"
#include "libs/importing/row_check.h"
#include "pathways/common/v1/import.pb.h"
#include "services/exclusions/store/published_store.h"

namespace pathways::exclusions {

// One row a neighbour. The list of each authority in the file takes the place of its earlier one.
class NeighboursImporter : public importing::Importer {
 public:
  // `scope` must outlive it: only lists of the sender's own authorities are taken.
  NeighboursImporter(common::v1::ImportStart start, const access::Scope& scope)
      : start_(std::move(start)), scope_(scope) {}

  std::string_view kind() const override { return "neighbours"; }
  std::vector<tabular::WantedColumn> columns() const override;
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  using Key = std::pair<std::int32_t, std::int32_t>;  // authority, neighbour

  const common::v1::ImportStart start_;
  const access::Scope& scope_;
  std::optional<tabular::HeaderMap> header_;
  importing::KeyedRows<Key, std::string> rows_;  // where the list comes from
};

}  // namespace pathways::exclusions
