// From a file of suspensions and permanent exclusions to the pupils' records.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "libs/importing/file_dates.h"
#include "libs/importing/importer.h"
#include "libs/importing/row_check.h"
#include "libs/service/call.h"
#include "pathways/common/v1/import.pb.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/pupil_at_school.h"
#include "services/exclusions/api/suspension_applier.h"
#include "services/exclusions/api/suspension_rows.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {

// A row names an exclusion by pupil, kind and first day: it makes it, or changes it to what the row
// says, and the change is history. Empty cells after the reasons say nothing.
class SuspensionImporter : public importing::Importer {
 public:
  // All must outlive it. `visible`: the schools whose exclusions the caller may send.
  SuspensionImporter(const ExclusionsParts& parts, const service::Call& call,
                     common::v1::ImportStart start, rolls::VisibleSchools visible);

  std::string_view kind() const override { return "suspensions"; }
  std::vector<tabular::WantedColumn> columns() const override { return SuspensionColumns(); }
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  struct School {
    std::shared_ptr<const rolls::Roll> roll;
    Calendar calendar;
    std::int64_t calendar_version;
  };
  // A row whose pupil is looked up when its days are known.
  struct Waiting {
    const School* school;
    std::uint64_t upn;
    SuspensionRow row;
  };
  absl::StatusOr<const School*> SchoolOf(importing::RowCheck& check);
  absl::StatusOr<const School*> FindSchool(education::Urn urn);
  std::uint64_t UpnOf(importing::RowCheck& check) const;
  void Settle(const Waiting& waiting, importing::Refusals& refusals);

  const ExclusionsParts& parts_;
  const service::Call& call_;
  const common::v1::ImportStart start_;
  const rolls::VisibleSchools visible_;
  importing::FileDates dates_;
  std::optional<tabular::HeaderMap> header_;
  std::map<education::Urn, School> schools_;
  std::vector<Waiting> waiting_;
  SuspensionRows rows_;
};

}  // namespace pathways::exclusions
