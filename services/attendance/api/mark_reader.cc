#include "services/attendance/api/mark_reader.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/education/attendance_code.h"
#include "libs/education/compulsory_school_age.h"
#include "libs/tabular/formula.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::Session;
using importing::RowCheck;

constexpr std::size_t kMaxNotes = 50;
constexpr std::size_t kMaxTextBytes = 2000;
constexpr int kMaxMinutesLate = 600;

bool HasBeside(const tabular::HeaderMap& header) {
  for (const std::size_t column :
       {kMinutesLateColumn, kCommentColumn, kReasonColumn, kAmendedByColumn}) {
    if (header.index(column)) return true;
  }
  return false;
}

std::string ReadText(RowCheck& check, std::size_t column) {
  std::string text = check.OptionalText(column);
  if (text.size() > kMaxTextBytes) {
    check.Refuse(column, "It is too long.", "Shorten it to 2,000 characters at most.", "too_long");
  }
  return text;
}

}  // namespace

MarkReader::MarkReader(const tabular::HeaderMap& header, Day today)
    : header_(header), today_(today), shape_(ShapeOf(header)), has_beside_(HasBeside(header)) {}

void MarkReader::Read(RowCheck& check, std::optional<Day> known_day, RowMarks& marks,
                      std::array<MarkNote, 2>& notes) {
  const Day day = known_day.value_or(today_);
  if (shape_ == RegisterShape::kWide) {
    marks.marks[0] = ReadMark(kAmColumn, Session::kMorning, day, check, notes[0]);
    marks.marks[1] = ReadMark(kPmColumn, Session::kAfternoon, day, check, notes[1]);
    for (const std::size_t session : {0U, 1U}) {
      if (has_beside_ && marks.marks[session] != 0) ReadBeside(check, notes[session]);
    }
    return;
  }
  const auto session =
      check.Parsed(kSessionColumn, education::ParseSession, "bad_session", "Write AM or PM.");
  if (!session) return;
  const auto at = static_cast<std::size_t>(*session);
  marks.marks[at] = ReadMark(kCodeColumn, *session, day, check, notes[at]);
  if (has_beside_) ReadBeside(check, notes[at]);
}

char MarkReader::ReadMark(std::size_t column, Session session, Day day, RowCheck& check,
                          MarkNote& note) {
  const std::string_view text = header_.Cell(check.record().fields, column);
  if (text.size() == 1) {
    const char plain = education::PlainMarksFor(session, day)[static_cast<unsigned char>(text[0])];
    if (plain != 0 && plain != 'Z' && plain != '-') return plain;
  }
  const auto mark = education::ParseMark(tabular::StripFormulaGuard(text), session, day);
  if (!mark.ok()) {
    const bool formula = tabular::LooksLikeFormula(text);
    check.Refuse(column, formula ? "It is a formula." : absl::StrCat(mark.status().message(), "."),
                 formula ? "Put the code there instead of a formula."
                         : "Use one of the codes in force on that day.",
                 formula ? "formula" : "unknown_code");
    return 0;
  }
  if (mark->code.byte() == 'Z') {
    check.Refuse(column, "Z is for pupils who are not on roll yet, and this pupil is.",
                 "Use the code for what happened.", "unknown_code");
    return 0;
  }
  if (mark->note) Note(*mark->note);
  note.minutes_late = mark->minutes_late;
  return mark->code.is_no_mark() ? '\0' : mark->code.byte();
}

void MarkReader::ReadBeside(RowCheck& check, MarkNote& note) const {
  if (const std::string_view text = check.Cell(kMinutesLateColumn); !text.empty()) {
    int minutes = 0;
    const bool number = absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &minutes);
    if (!number || minutes < 0 || minutes > kMaxMinutesLate) {
      check.Refuse(kMinutesLateColumn, "It is not a number of minutes.",
                   "Write whole minutes, or leave it empty.", "bad_minutes");
    } else if (minutes > 0) {
      note.minutes_late = minutes;
    }
  }
  note.comment = ReadText(check, kCommentColumn);
  note.reason = ReadText(check, kReasonColumn);
  note.amended_by = ReadText(check, kAmendedByColumn);
}

void MarkReader::CheckAge(const RollMember& member, Day day, const RowMarks& marks) {
  for (const char byte : marks.marks) {
    if (byte != 'X' && byte != 'd') continue;  // C2
    if (!member.date_of_birth) return;
    const auto code = education::AttendanceCode::FromByte(byte);
    if (const auto warning = education::AgeWarning(*code, *member.date_of_birth, day))
      Note(std::string(*warning));
  }
}

void MarkReader::Note(std::string text) {
  if (notes_.size() < kMaxNotes || notes_.contains(text)) ++notes_[std::move(text)];
}

std::vector<std::string> MarkReader::Notes() const {
  std::vector<std::string> notes;
  for (const auto& [text, count] : notes_) {
    notes.push_back(count == 1 ? text : absl::StrCat(text, " (", count, " times)"));
  }
  return notes;
}

}  // namespace pathways::attendance
