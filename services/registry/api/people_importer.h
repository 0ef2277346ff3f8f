// People and the roles they hold: one row a role.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/importing/importer.h"
#include "libs/importing/row_check.h"
#include "services/registry/api/import_context.h"
#include "services/registry/store/person_store.h"

namespace pathways::registry {

class PeopleImporter : public importing::Importer {
 public:
  PeopleImporter(ImportContext context, SchoolAuthorities schools)
      : context_(std::move(context)), schools_(std::move(schools)) {}

  std::string_view kind() const override { return "people"; }
  std::vector<tabular::WantedColumn> columns() const override;
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  std::optional<Assignment> ReadAssignment(importing::RowCheck& check) const;

  ImportContext context_;
  SchoolAuthorities schools_;
  std::optional<tabular::HeaderMap> header_;
  std::map<std::string, PersonDraft> drafts_;  // by subject
};

}  // namespace pathways::registry
