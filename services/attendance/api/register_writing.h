// One writing of registers, step by step. Used by RegisterWriter only.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/attendance/api/register_writer.h"
#include "services/attendance/domain/crossing_changes.h"
#include "services/attendance/domain/day_marks.h"
#include "services/attendance/store/crossing_store.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {

// A school's roll of one academic year during the writing.
struct YearBook {
  std::shared_ptr<const Slots> slots;
  // Of years the draft has days in:
  std::vector<std::uint32_t> slot_of;  // by roll member; kNone where it has none
  std::vector<std::uint32_t>
      member_of;  // by slot; kNone for an enrolment that the roll names no more
};

// A school during the writing.
struct SchoolBook {
  SchoolBook(const SchoolKey& school, const SchoolDraft* school_draft)
      : key(school), draft(school_draft) {}

  SchoolKey key;
  const SchoolDraft* draft;
  std::map<education::AcademicYear, YearBook> years;
  std::map<education::Day, MergedDay> changed;
  std::map<education::Day, std::int32_t> versions;  // of the changed days' new registers
  // What is stored from the first changed day on, and the rows before it that count.
  int minimum_possible_sessions = education::kDefaultMinimumPossibleSessions;
  std::map<education::Day, SumsRow> stored;
  std::map<Lookback, SumsRow> lookback;
  std::vector<EnrolmentCrossing> known_crossings;
  // What follows from the changes.
  TimelineOutcome outcome;
  CrossingChanges crossings;

  education::Day first_changed() const { return changed.begin()->first; }
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
  absl::Status LoadSlots(const std::map<RollKey, std::uint32_t>& rolls);
  absl::Status GiveSlots();
  static void MatchMembers(const SchoolBook& book, YearBook& year);
  // Appends who has no slot yet.
  NewSlots GrowSlots(const SchoolBook& book, education::AcademicYear year, YearBook& year_book,
                     std::vector<EnrolmentRow>& enrolments);
  absl::Status Merge();
  void MergeSchool(SchoolBook& book, const std::map<UrnDay, StoredBlock>& known);
  absl::Status LoadKnown();
  absl::Status LoadLookbacks();
  absl::Status Recompute();
  SchoolBook& BookOf(education::Urn urn);
  absl::Status Store();
  absl::Status StoreAmendments();
  absl::Status StoreCrossings();
  absl::Status AddEvents();
  absl::Status RecordAccess();

  storage::Transaction& transaction_;
  const service::Call& call_;
  SlotCache& cache_;
  const Recording recording_;
  std::vector<SchoolBook> books_;
  Written written_;
  std::vector<events::NewEvent> events_;
};

}  // namespace pathways::attendance
