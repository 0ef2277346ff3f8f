// Pupils with their enrolments and characteristics.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "libs/importing/file_dates.h"
#include "libs/importing/importer.h"
#include "libs/importing/keyed_rows.h"
#include "libs/importing/row_check.h"
#include "services/registry/api/import_context.h"
#include "services/registry/domain/pupil_plan.h"

namespace pathways::registry {

class PupilImporter : public importing::Importer {
 public:
  PupilImporter(ImportContext context, SchoolAuthorities schools)
      : context_(std::move(context)),
        schools_(std::move(schools)),
        dates_(context_.start.date_form()) {}

  std::string_view kind() const override { return "pupils"; }
  std::vector<tabular::WantedColumn> columns() const override;
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  // A good row whose dates wait until the file's form is known; the days in `row` are placeholders
  // until then.
  struct Draft {
    PupilRow row;
    std::string born;
    std::string entry;
    std::string leaving;
  };
  using Key = std::tuple<education::Upn, education::Urn, education::Day>;

  std::optional<education::LaCode> SchoolOfRow(education::Urn urn,
                                               importing::RowCheck& check) const;
  void Keep(Draft draft, importing::Refusals& refusals);
  absl::Status Publish(storage::Transaction& transaction, const PupilPlan& plan) const;
  absl::Status RecordAccess(storage::Transaction& transaction, const PupilPlan& plan) const;

  ImportContext context_;
  SchoolAuthorities schools_;
  importing::FileDates dates_;
  std::optional<tabular::HeaderMap> header_;
  std::vector<Draft> drafts_;
  importing::KeyedRows<Key, PupilRow> rows_;
};

}  // namespace pathways::registry
