#include "services/attendance/api/register_writing.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/access/access_log.h"
#include "libs/education/attendance_code.h"
#include "libs/rolls/calendar_copies.h"
#include "services/attendance/store/attendance_events.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::Day;
using education::Session;

constexpr std::uint32_t kNone = Roll::kNone;

std::string MarkText(char byte) {
  const auto code = education::AttendanceCode::FromByte(byte);
  return code ? std::string(code->ToString()) : std::string(1, byte);
}

// First and last day of the draft in that year.
std::pair<Day, Day> SpanOf(const SchoolDraft& draft, AcademicYear year) {
  const auto first = draft.days.lower_bound(year.first());
  const auto last = std::prev(draft.days.upper_bound(year.last()));
  return {first->first, last->first};
}

bool Overlaps(const RollMember& member, const std::pair<Day, Day>& span) {
  return member.entry <= span.second && (!member.leaving || span.first <= *member.leaving);
}

}  // namespace

absl::Status RegisterWriting::Write(std::span<const SchoolDraft* const> drafts) {
  books_.clear();
  if (absl::Status status = OpenBooks(drafts); !status.ok()) return status;
  if (absl::Status status = GiveSlots(); !status.ok()) return status;
  if (absl::Status status = Merge(); !status.ok()) return status;
  if (absl::Status status = StoreBlocks(); !status.ok()) return status;
  if (absl::Status status = StoreAmendments(); !status.ok()) return status;
  if (absl::Status status = WorkOut(transaction_, Books()); !status.ok()) return status;
  if (absl::Status status = KeepCalendarsSeen(); !status.ok()) return status;
  if (absl::Status status = AddEvents(); !status.ok()) return status;
  return RecordAccess();
}

absl::Status RegisterWriting::OpenBooks(std::span<const SchoolDraft* const> drafts) {
  std::vector<SchoolKey> keys;
  AcademicYear first = AcademicYear::Of(drafts.front()->days.begin()->first);
  for (const SchoolDraft* draft : drafts) {
    DraftBook book(*draft);
    keys.push_back(book.key);
    first = std::min(first, AcademicYear::Of(draft->days.begin()->first));
    for (const auto& [day, marks] : draft->days) book.years[AcademicYear::Of(day)];
    books_.push_back(std::move(book));
  }
  if (absl::Status status = LockBooks(transaction_, keys); !status.ok()) return status;
  // The year before: unauthorised absence is counted over academic years.
  return ReadSlotsOf(transaction_, cache_, Books(), first.Previous());
}

SchoolBooks RegisterWriting::Books() {
  SchoolBooks books;
  for (DraftBook& book : books_) books.push_back(&book);
  return books;
}

absl::Status RegisterWriting::GiveSlots() {
  std::vector<NewSlots> rolls;
  std::vector<EnrolmentRow> enrolments;
  for (DraftBook& book : books_) {
    for (auto& [year, year_book] : book.years) {
      auto& slots = book.slots[year];
      if (slots == nullptr) slots = std::make_shared<Slots>();
      MatchMembers(book, *slots, year_book);
      NewSlots added = GrowSlots(book, year, enrolments);
      if (!added.enrolments.empty()) rolls.push_back(std::move(added));
    }
  }
  if (absl::Status status = AddEnrolments(transaction_, enrolments, recording_.at); !status.ok())
    return status;
  return AppendSlots(transaction_, rolls);
}

void RegisterWriting::MatchMembers(const DraftBook& book, const Slots& slots, YearBook& year) {
  const auto& members = book.draft->roll->members();
  year.slot_of.assign(members.size(), kNone);
  year.member_of.assign(slots.size(), kNone);
  std::uint32_t expected = 0;
  for (std::uint32_t member = 0; member < members.size(); ++member) {
    const auto slot = slots.Find(members[member].enrolment, expected);
    if (!slot) continue;
    year.slot_of[member] = *slot;
    year.member_of[*slot] = member;
    expected = *slot + 1;
  }
}

NewSlots RegisterWriting::GrowSlots(DraftBook& book, AcademicYear year,
                                    std::vector<EnrolmentRow>& enrolments) {
  const auto& members = book.draft->roll->members();
  const auto span = SpanOf(*book.draft, year);
  YearBook& year_book = book.years.at(year);
  auto& slots = book.slots.at(year);
  NewSlots added{book.key, year, slots->size(), {}};
  std::shared_ptr<Slots> grown;
  for (std::uint32_t number = 0; number < members.size(); ++number) {
    const RollMember& member = members[number];
    if (year_book.slot_of[number] != kNone || !Overlaps(member, span)) continue;
    if (grown == nullptr) grown = std::make_shared<Slots>(*slots);
    year_book.slot_of[number] = grown->Append(member.enrolment);
    year_book.member_of.push_back(number);
    added.enrolments.push_back(member.enrolment);
    enrolments.push_back({book.key, member.enrolment, member.pupil, member.entry, member.leaving});
  }
  if (grown == nullptr) return added;
  slots = grown;
  transaction_.AfterCommit(
      [&cache = cache_, key = RollKey{book.key.urn, year}, grown] { cache.Put(key, grown); });
  return added;
}

absl::Status RegisterWriting::Merge() {
  std::vector<UrnDay> days;
  for (const DraftBook& book : books_) {
    for (const auto& [day, draft] : book.draft->days) days.emplace_back(book.key.urn, day);
  }
  auto known = ReadLatestBlocks(transaction_, days);
  if (!known.ok()) return known.status();
  for (DraftBook& book : books_) MergeSchool(book, *known);
  if (written_.amended == 0 || call_.caller().May(access::Permission::kCorrectRegister))
    return absl::OkStatus();
  return absl::PermissionDeniedError(
      "you may send registers, but not correct marks that were sent before");
}

void RegisterWriting::MergeSchool(DraftBook& book, const std::map<UrnDay, StoredBlock>& known) {
  static const StoredBlock kNothing;
  const auto& members = book.draft->roll->members();
  for (const auto& [day, draft] : book.draft->days) {
    const YearBook& year = book.years.at(AcademicYear::Of(day));
    std::vector<bool> on_roll(year.member_of.size());
    std::vector<char> said(2 * year.member_of.size());
    for (std::uint32_t slot = 0; slot < year.member_of.size(); ++slot) {
      const std::uint32_t member = year.member_of[slot];
      if (member == kNone) continue;
      on_roll[slot] = members[member].IsOnRoll(day);
      said[2 * slot] = draft.MarkOf(member, Session::kMorning);
      said[2 * slot + 1] = draft.MarkOf(member, Session::kAfternoon);
    }
    const auto stored = known.find({book.key.urn, day});
    const StoredBlock& before = stored == known.end() ? kNothing : stored->second;
    MergedDay merged = MergeDay(before.marks, on_roll, said);
    written_.added += merged.added;
    written_.amended += std::ssize(merged.amendments);
    written_.unchanged += merged.unchanged;
    if (!merged.changed()) continue;
    book.changed.emplace(day, merged.marks);
    book.merged.emplace(day, std::move(merged));
    book.versions[day] = before.version + 1;
  }
  if (!book.changed.empty()) book.first = book.changed.begin()->first;
}

absl::Status RegisterWriting::StoreBlocks() {
  std::vector<NewBlock> blocks;
  for (const DraftBook& book : books_) {
    for (const auto& [day, merged] : book.merged) {
      blocks.push_back({book.key, day, book.versions.at(day), merged.marks});
      events_.push_back(RegisterEvent(
          blocks.back(), book.slots.at(AcademicYear::Of(day))->enrolments(), recording_.import_id));
    }
  }
  return InsertBlocks(transaction_, recording_, blocks);
}

absl::Status RegisterWriting::StoreAmendments() {
  std::vector<AmendmentRow> amendments;
  std::vector<NoteRow> notes;
  for (const DraftBook& book : books_) {
    for (const auto& [day, draft] : book.draft->days) {
      const YearBook& year = book.years.at(AcademicYear::Of(day));
      const auto& by_slot = book.slots.at(AcademicYear::Of(day))->enrolments();
      draft.ForEachNote([&](std::uint32_t member, Session session, const MarkNote& note) {
        if (!note.minutes_late && note.comment.empty()) return;
        notes.push_back({book.key, by_slot[year.slot_of[member]], day, session, note.minutes_late,
                         note.comment});
      });
      const auto merged = book.merged.find(day);
      if (merged == book.merged.end()) continue;
      for (const MarkChange& change : merged->second.amendments) {
        const MarkNote* note = draft.FindNote(year.member_of[change.slot], change.session);
        amendments.push_back({book.key, by_slot[change.slot], day, change.session,
                              MarkText(change.original), MarkText(change.amended),
                              note ? note->reason : "", note ? note->amended_by : ""});
      }
    }
  }
  if (absl::Status status = InsertAmendments(transaction_, recording_, amendments); !status.ok())
    return status;
  return WriteNotes(transaction_, recording_, notes);
}

// A calendar's own events may still be on their way here.
absl::Status RegisterWriting::KeepCalendarsSeen() {
  rolls::CalendarVersions seen;
  for (const DraftBook& book : books_) {
    if (book.first) seen.emplace(book.key, book.draft->calendar_version);
  }
  return rolls::KeepSeen(transaction_, seen);
}

absl::Status RegisterWriting::AddEvents() {
  auto events = CrossingEvents(transaction_, Books(), recording_.import_id);
  if (!events.ok()) return events.status();
  std::ranges::move(*events, std::back_inserter(events_));
  return absl::OkStatus();
}

absl::Status RegisterWriting::RecordAccess() {
  std::vector<access::AccessEntry> entries;
  for (const DraftBook& book : books_) {
    const auto& days = book.draft->days;
    std::string detail = absl::StrCat("registers, ", days.begin()->first.ToIso());
    if (days.size() > 1) absl::StrAppend(&detail, " to ", days.rbegin()->first.ToIso());
    entries.push_back({.action = access::Action::kWrite,
                       .subject_kind = access::SubjectKind::kSchool,
                       .subject_id = book.key.urn.ToString(),
                       .urn = book.key.urn,
                       .authority = book.key.la_code,
                       .detail = std::move(detail)});
  }
  return access::RecordAccess(transaction_, call_.AccessContext(), entries);
}

}  // namespace pathways::attendance
