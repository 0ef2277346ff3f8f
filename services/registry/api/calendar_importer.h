// Terms, holidays, bank holidays, INSET days and closures.
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
#include "services/registry/domain/calendar.h"
#include "services/registry/store/calendar_store.h"

namespace pathways::registry {

class CalendarImporter : public importing::Importer {
 public:
  CalendarImporter(ImportContext context, SchoolAuthorities schools)
      : context_(std::move(context)),
        schools_(std::move(schools)),
        dates_(context_.start.date_form()) {}

  std::string_view kind() const override { return "calendar"; }
  std::vector<tabular::WantedColumn> columns() const override;
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  // A row whose dates wait until the file's form is known.
  struct Draft {
    std::int64_t row;
    std::string raw;
    CalendarScope scope;
    education::CalendarKind kind;
    std::string name;
    std::string from;
    std::string to;
  };
  using Key = std::tuple<CalendarScope, education::CalendarKind, education::Day>;

  void CheckScope(education::LaCode la_code, std::optional<education::Urn> urn,
                  importing::RowCheck& check);
  void Keep(const Draft& draft, importing::Refusals& refusals);
  Calendars FromFile() const;

  ImportContext context_;
  SchoolAuthorities schools_;
  importing::FileDates dates_;
  std::optional<tabular::HeaderMap> header_;
  std::vector<Draft> drafts_;
  importing::KeyedRows<Key, CalendarDays> rows_;
};

}  // namespace pathways::registry
