// One writing of registers, step by step. Used by RegisterWriter only.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/attendance/api/register_writer.h"
#include "services/attendance/domain/day_marks.h"
#include "services/attendance/store/crossing_rework.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {

// A school's roll of one academic year that the draft has days in.
struct YearBook {
  std::vector<std::uint32_t> slot_of;  // by roll member; kNone where it has none
  std::vector<std::uint32_t>
      member_of;  // by slot; kNone for an enrolment that the roll names no more
};

// A school and its draft during the writing.
struct DraftBook : SchoolBook {
  explicit DraftBook(const SchoolDraft& school)
      : SchoolBook{.key = {school.roll->urn(), school.roll->la_code()},
                   .calendar = school.calendar.get()},
        draft(&school) {}

  const SchoolDraft* draft;
  std::map<education::AcademicYear, YearBook> years;
  std::map<education::Day, MergedDay> merged;       // where a register changed
  std::map<education::Day, std::int32_t> versions;  // of the changed days' new registers
};

class RegisterWriting {
 public:
  RegisterWriting(storage::Transaction& transaction, const service::Call& call, SlotCache& slots,
                  Recording recording)
      : transaction_(transaction), call_(call), cache_(slots), recording_(std::move(recording)) {}

  // For some schools: everything up to the events, which are left in events().
  absl::Status Write(std::span<const SchoolDraft* const> drafts);

  const Written& written() const { return written_; }
  const std::vector<events::NewEvent>& events() const { return events_; }

 private:
  absl::Status OpenBooks(std::span<const SchoolDraft* const> drafts);
  absl::Status GiveSlots();
  static void MatchMembers(const DraftBook& book, const Slots& slots, YearBook& year);
  // Appends who has no slot yet.
  NewSlots GrowSlots(DraftBook& book, education::AcademicYear year,
                     std::vector<EnrolmentRow>& enrolments);
  absl::Status Merge();
  void MergeSchool(DraftBook& book, const std::map<UrnDay, StoredBlock>& known);
  absl::Status StoreBlocks();
  absl::Status StoreAmendments();
  absl::Status KeepCalendarsSeen();
  absl::Status AddEvents();
  absl::Status RecordAccess();
  SchoolBooks Books();

  storage::Transaction& transaction_;
  const service::Call& call_;
  SlotCache& cache_;
  const Recording recording_;
  std::vector<DraftBook> books_;
  Written written_;
  std::vector<events::NewEvent> events_;
};

}  // namespace pathways::attendance
