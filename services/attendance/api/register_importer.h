// From a register file to drafts of each school's registers, and into the database.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/importing/importer.h"
#include "libs/importing/row_check.h"
#include "libs/service/call.h"
#include "libs/tabular/dates.h"
#include "pathways/common/v1/import.pb.h"
#include "services/attendance/api/mark_reader.h"
#include "services/attendance/api/register_columns.h"
#include "services/attendance/api/register_writer.h"
#include "services/attendance/api/roll_source.h"
#include "services/attendance/domain/school_draft.h"

namespace pathways::attendance {

// Rows are checked and placed while they arrive. What is held is one mark and one row number for
// each pupil and session the file speaks of, not the file.
class RegisterImporter : public importing::Importer {
 public:
  // All must outlive it. `visible`: the schools whose registers the caller may send.
  RegisterImporter(const service::Call& call, RollSource& rolls, RegisterWriter& writer,
                   common::v1::ImportStart start, VisibleSchools visible, education::Day today);

  std::string_view kind() const override { return "register"; }
  std::vector<tabular::WantedColumn> columns() const override { return RegisterColumns(); }
  absl::Status OnHeader(const tabular::HeaderMap& header) override;
  absl::Status OnRow(const tabular::Record& record, importing::Refusals& refusals) override;
  absl::Status OnEnd(importing::Refusals& refusals) override;
  absl::StatusOr<importing::Effect> Apply(storage::Transaction& transaction,
                                          importing::Refusals& refusals) override;

 private:
  // What the cells of one row say, as far as they can be read.
  struct RowFacts {
    SchoolDraft* school = nullptr;
    std::uint64_t upn = 0;
    std::optional<education::Day> day;
  };
  // A row that waits until the file's form of dates is known.
  struct HeldRow {
    std::int64_t number;
    std::string raw;
    std::vector<std::string> fields;
  };

  std::optional<tabular::DateForm> SeeDate(const tabular::Record& record);
  absl::Status Hold(const tabular::Record& record, importing::Refusals& refusals);
  absl::Status ReleaseHeld(importing::Refusals& refusals);
  absl::Status TakeRow(const tabular::Record& record, importing::Refusals& refusals);

  absl::StatusOr<SchoolDraft*> SchoolOf(importing::RowCheck& check);
  absl::StatusOr<SchoolDraft*> FindSchool(education::Urn urn);
  std::uint64_t UpnOf(importing::RowCheck& check) const;
  std::optional<education::Day> DayOf(importing::RowCheck& check);
  // Checks that need more than one cell: on roll that day, a school day.
  std::optional<std::uint32_t> MemberOf(const RowFacts& facts, importing::RowCheck& check) const;

  void Place(SchoolDraft& school, education::Day day, const RowMarks& marks,
             std::array<MarkNote, 2>& notes, importing::RowCheck& check,
             importing::Refusals& refusals);
  std::string RawOf(const RowMarks& marks, const tabular::Record& like) const;

  const service::Call& call_;
  RollSource& rolls_;
  RegisterWriter& writer_;
  const common::v1::ImportStart start_;
  const VisibleSchools visible_;
  const education::Day today_;

  std::optional<tabular::HeaderMap> header_;
  std::optional<MarkReader> marks_;
  std::map<education::Urn, SchoolDraft> schools_;

  tabular::DateFormDetector dates_;
  std::optional<tabular::DateForm> date_form_;
  std::vector<HeldRow> held_;
  std::size_t held_bytes_ = 0;

  // The last row's school and date: mostly the next row's as well.
  std::string last_urn_;
  SchoolDraft* last_school_ = nullptr;
  std::string last_date_;
  std::optional<education::Day> last_day_;
};

}  // namespace pathways::attendance
