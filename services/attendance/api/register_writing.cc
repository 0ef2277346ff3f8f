#include "services/attendance/api/register_writing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/access/access_log.h"
#include "libs/education/attendance_code.h"
#include "services/attendance/api/attendance_events.h"

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

std::vector<Day> DaysOf(const SchoolBook& book) {
  std::set<Day> days;
  for (const auto& [day, merged] : book.changed) days.insert(day);
  for (const auto& [day, row] : book.stored) days.insert(day);
  return {days.begin(), days.end()};
}

// Schools whose registers changed, from which day on.
std::vector<UrnDay> FirstChanges(const std::vector<SchoolBook>& books) {
  std::vector<UrnDay> first;
  for (const SchoolBook& book : books) {
    if (!book.changed.empty()) first.emplace_back(book.key.urn, book.first_changed());
  }
  return first;
}

}  // namespace

absl::Status RegisterWriting::Write(std::span<const SchoolDraft* const> drafts) {
  books_.clear();
  using Step = absl::Status (RegisterWriting::*)();
  if (absl::Status status = OpenBooks(drafts); !status.ok()) return status;
  for (const Step step :
       {&RegisterWriting::GiveSlots, &RegisterWriting::Merge, &RegisterWriting::LoadKnown,
        &RegisterWriting::Recompute, &RegisterWriting::Store, &RegisterWriting::StoreAmendments,
        &RegisterWriting::StoreCrossings, &RegisterWriting::AddEvents,
        &RegisterWriting::RecordAccess}) {
    if (absl::Status status = (this->*step)(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status RegisterWriting::OpenBooks(std::span<const SchoolDraft* const> drafts) {
  std::vector<SchoolKey> keys;
  std::vector<education::Urn> urns;
  AcademicYear first = AcademicYear::Of(drafts.front()->days.begin()->first);
  for (const SchoolDraft* draft : drafts) {
    SchoolBook book({draft->roll->la_code(), draft->roll->urn()}, draft);
    keys.push_back(book.key);
    urns.push_back(book.key.urn);
    first = std::min(first, AcademicYear::Of(draft->days.begin()->first));
    for (const auto& [day, marks] : draft->days) book.years[AcademicYear::Of(day)];
    books_.push_back(std::move(book));
  }
  if (absl::Status status = LockBooks(transaction_, keys); !status.ok()) return status;
  // The year before: unauthorised absence is counted over academic years.
  auto rolls = ReadRolls(transaction_, urns, first.Previous());
  if (!rolls.ok()) return rolls.status();
  return LoadSlots(*rolls);
}

absl::Status RegisterWriting::LoadSlots(const std::map<RollKey, std::uint32_t>& rolls) {
  auto slots = ReadSlots(transaction_, cache_, rolls);
  if (!slots.ok()) return slots.status();
  for (auto& [key, known] : *slots) BookOf(key.urn).years[key.year].slots = std::move(known);
  return absl::OkStatus();
}

absl::Status RegisterWriting::GiveSlots() {
  std::vector<NewSlots> rolls;
  std::vector<EnrolmentRow> enrolments;
  for (SchoolBook& book : books_) {
    for (auto& [year, year_book] : book.years) {
      if (year_book.slots == nullptr) year_book.slots = std::make_shared<Slots>();
      if (book.draft->days.lower_bound(year.first()) == book.draft->days.upper_bound(year.last()))
        continue;
      MatchMembers(book, year_book);
      NewSlots added = GrowSlots(book, year, year_book, enrolments);
      if (!added.enrolments.empty()) rolls.push_back(std::move(added));
    }
  }
  if (absl::Status status = AddEnrolments(transaction_, enrolments, recording_.at); !status.ok())
    return status;
  return AppendSlots(transaction_, rolls);
}

void RegisterWriting::MatchMembers(const SchoolBook& book, YearBook& year) {
  const auto& members = book.draft->roll->members();
  year.slot_of.assign(members.size(), kNone);
  year.member_of.assign(year.slots->size(), kNone);
  std::uint32_t expected = 0;
  for (std::uint32_t member = 0; member < members.size(); ++member) {
    const auto slot = year.slots->Find(members[member].enrolment, expected);
    if (!slot) continue;
    year.slot_of[member] = *slot;
    year.member_of[*slot] = member;
    expected = *slot + 1;
  }
}

NewSlots RegisterWriting::GrowSlots(const SchoolBook& book, AcademicYear year, YearBook& year_book,
                                    std::vector<EnrolmentRow>& enrolments) {
  const auto& members = book.draft->roll->members();
  const auto span = SpanOf(*book.draft, year);
  NewSlots added{book.key, year, year_book.slots->size(), {}};
  std::shared_ptr<Slots> grown;
  for (std::uint32_t number = 0; number < members.size(); ++number) {
    const RollMember& member = members[number];
    if (year_book.slot_of[number] != kNone || !Overlaps(member, span)) continue;
    if (grown == nullptr) grown = std::make_shared<Slots>(*year_book.slots);
    year_book.slot_of[number] = grown->Append(member.enrolment);
    year_book.member_of.push_back(number);
    added.enrolments.push_back(member.enrolment);
    enrolments.push_back({book.key, member.enrolment, member.pupil, member.entry, member.leaving});
  }
  if (grown == nullptr) return added;
  year_book.slots = grown;
  transaction_.AfterCommit(
      [&cache = cache_, key = RollKey{book.key.urn, year}, grown] { cache.Put(key, grown); });
  return added;
}

absl::Status RegisterWriting::Merge() {
  std::vector<UrnDay> days;
  for (const SchoolBook& book : books_) {
    for (const auto& [day, draft] : book.draft->days) days.emplace_back(book.key.urn, day);
  }
  auto known = ReadLatestBlocks(transaction_, days);
  if (!known.ok()) return known.status();
  for (SchoolBook& book : books_) MergeSchool(book, *known);
  if (written_.amended == 0 || call_.caller().May(access::Permission::kCorrectRegister))
    return absl::OkStatus();
  return absl::PermissionDeniedError(
      "you may send registers, but not correct marks that were sent before");
}

void RegisterWriting::MergeSchool(SchoolBook& book, const std::map<UrnDay, StoredBlock>& known) {
  static const StoredBlock kNothing;
  const auto& members = book.draft->roll->members();
  for (const auto& [day, draft] : book.draft->days) {
    const YearBook& year = book.years.at(AcademicYear::Of(day));
    std::vector<bool> on_roll(year.slots->size());
    std::vector<char> said(2 * year.slots->size());
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
    book.changed.emplace(day, std::move(merged));
    book.versions[day] = before.version + 1;
  }
}

SchoolBook& RegisterWriting::BookOf(education::Urn urn) {
  return *std::ranges::lower_bound(books_, urn, {},
                                   [](const SchoolBook& book) { return book.key.urn; });
}

absl::Status RegisterWriting::LoadKnown() {
  const std::vector<UrnDay> first = FirstChanges(books_);
  if (first.empty()) return absl::OkStatus();
  auto stored = ReadSumsFrom(transaction_, first);
  if (!stored.ok()) return stored.status();
  for (auto& [key, row] : *stored) BookOf(key.first).stored.emplace(key.second, std::move(row));
  auto crossings = ReadCrossingsFrom(transaction_, first);
  if (!crossings.ok()) return crossings.status();
  for (auto& [urn, known] : *crossings) BookOf(urn).known_crossings = std::move(known);
  return LoadLookbacks();
}

absl::Status RegisterWriting::LoadLookbacks() {
  std::vector<SchoolLookback> wanted;
  std::vector<education::LaCode> authorities;
  for (const SchoolBook& book : books_) {
    if (book.changed.empty()) continue;
    authorities.push_back(book.key.la_code);
    const auto rows = NeededLookbacks(*book.draft->calendar, book.first_changed(), DaysOf(book));
    for (const Lookback& row : rows) wanted.emplace_back(book.key.urn, row);
  }
  auto lookbacks = ReadLookbacks(transaction_, wanted);
  if (!lookbacks.ok()) return lookbacks.status();
  for (auto& [key, row] : *lookbacks)
    BookOf(key.first).lookback.emplace(key.second, std::move(row));
  auto minimums = ReadMinimumSessions(transaction_, authorities);
  if (!minimums.ok()) return minimums.status();
  for (SchoolBook& book : books_) {
    const auto own = minimums->find(book.key.la_code);
    if (own != minimums->end()) book.minimum_possible_sessions = own->second;
  }
  return absl::OkStatus();
}

absl::Status RegisterWriting::Recompute() {
  for (SchoolBook& book : books_) {
    if (book.changed.empty()) continue;
    TimelineInput input;
    input.calendar = book.draft->calendar.get();
    input.minimum_possible_sessions = book.minimum_possible_sessions;
    for (const auto& [year, year_book] : book.years)
      input.slots[year] = &year_book.slots->enrolments();
    for (const auto& [day, merged] : book.changed) input.changed.emplace(day, merged.marks);
    input.stored = std::move(book.stored);
    input.lookback = std::move(book.lookback);
    book.outcome = attendance::Recompute(std::move(input));
    book.crossings = Compare(book.known_crossings, book.outcome.crossings);
  }
  return absl::OkStatus();
}

absl::Status RegisterWriting::Store() {
  std::vector<NewBlock> blocks;
  std::vector<NewSums> sums;
  for (const SchoolBook& book : books_) {
    for (const auto& [day, merged] : book.changed) {
      blocks.push_back({book.key, day, book.versions.at(day), merged.marks});
    }
    for (const Day day : book.outcome.rewritten)
      sums.push_back({book.key, day, &book.outcome.rows.at(day)});
  }
  if (absl::Status status = InsertBlocks(transaction_, recording_, blocks); !status.ok())
    return status;
  for (const NewBlock& block : blocks) {
    const YearBook& year = BookOf(block.school.urn).years.at(AcademicYear::Of(block.day));
    events_.push_back(RegisterEvent(block, year.slots->enrolments(), recording_.import_id));
  }
  return WriteSums(transaction_, sums);
}

absl::Status RegisterWriting::StoreAmendments() {
  std::vector<AmendmentRow> amendments;
  std::vector<NoteRow> notes;
  for (const SchoolBook& book : books_) {
    for (const auto& [day, draft] : book.draft->days) {
      const YearBook& year = book.years.at(AcademicYear::Of(day));
      draft.ForEachNote([&](std::uint32_t member, Session session, const MarkNote& note) {
        if (!note.minutes_late && note.comment.empty()) return;
        notes.push_back({book.key, year.slots->enrolments()[year.slot_of[member]], day, session,
                         note.minutes_late, note.comment});
      });
      const auto merged = book.changed.find(day);
      if (merged == book.changed.end()) continue;
      for (const MarkChange& change : merged->second.amendments) {
        const MarkNote* note = draft.FindNote(year.member_of[change.slot], change.session);
        amendments.push_back({book.key, year.slots->enrolments()[change.slot], day, change.session,
                              MarkText(change.original), MarkText(change.amended),
                              note ? note->reason : "", note ? note->amended_by : ""});
      }
    }
  }
  if (absl::Status status = InsertAmendments(transaction_, recording_, amendments); !status.ok())
    return status;
  return WriteNotes(transaction_, recording_, notes);
}

absl::Status RegisterWriting::StoreCrossings() {
  std::vector<SchoolCrossing> gone, written;
  for (const SchoolBook& book : books_) {
    for (const auto& crossing : book.crossings.withdrawn) gone.push_back({book.key, crossing});
    for (const auto& crossing : book.crossings.added) written.push_back({book.key, crossing});
    for (const auto& crossing : book.crossings.refreshed) written.push_back({book.key, crossing});
  }
  if (absl::Status status = DeleteCrossings(transaction_, gone); !status.ok()) return status;
  return WriteCrossings(transaction_, written);
}

absl::Status RegisterWriting::AddEvents() {
  std::map<education::EnrolmentId, EventCount> counts;
  for (const SchoolBook& book : books_) {
    for (const auto* list : {&book.crossings.withdrawn, &book.crossings.added}) {
      for (const auto& crossing : *list) {
        ++counts.try_emplace(crossing.enrolment, EventCount{book.key, crossing.enrolment, 0})
              .first->second.events;
      }
    }
  }
  std::vector<EventCount> wanted;
  for (const auto& [enrolment, count] : counts) wanted.push_back(count);
  auto versions = TakeVersions(transaction_, wanted);
  if (!versions.ok()) return versions.status();
  const auto subject = [&](const SchoolBook& book, const education::EnrolmentId& enrolment) {
    const EnrolmentVersion& taken = versions->at(enrolment);
    return CrossingSubject{book.key, taken.pupil, taken.last - --counts.at(enrolment).events};
  };
  for (const SchoolBook& book : books_) {
    for (const auto& crossing : book.crossings.withdrawn) {
      const YearBook& year = book.years.at(AcademicYear::Of(crossing.day));
      const auto slot = year.slots->Find(crossing.enrolment);
      const auto sums =
          slot ? SumsAt(book.outcome.rows.at(crossing.day), *slot) : education::SessionSums{};
      events_.push_back(
          WithdrawalEvent(subject(book, crossing.enrolment), crossing, sums, recording_.import_id));
    }
    for (const auto& crossing : book.crossings.added) {
      events_.push_back(CrossingEvent(subject(book, crossing.enrolment), crossing));
    }
  }
  return absl::OkStatus();
}

absl::Status RegisterWriting::RecordAccess() {
  std::vector<access::AccessEntry> entries;
  for (const SchoolBook& book : books_) {
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
