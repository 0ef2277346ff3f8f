#include "services/attendance/api/register_importer.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/education/attendance_code.h"
#include "libs/tabular/csv_writer.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::Session;
using importing::Refusals;
using importing::RowCheck;
using tabular::DateForm;
using tabular::Record;

// Rows whose dates could mean two days are held until one decides. A file with more of them is
// asked about.
constexpr std::size_t kMaxHeldBytes = std::size_t{32} << 20;
// An authority's schools, not a nation's.
constexpr std::size_t kMaxWarmed = 300;

std::optional<DateForm> Asked(common::v1::DateForm form) {
  switch (form) {
    case common::v1::DATE_FORM_ISO:
      return DateForm::kIso;
    case common::v1::DATE_FORM_DAY_MONTH_YEAR:
      return DateForm::kDayFirst;
    default:
      return std::nullopt;
  }
}

std::optional<Day> ToDay(const std::optional<std::chrono::year_month_day>& date) {
  if (!date) return std::nullopt;
  const auto day =
      Day::FromYearMonthDay(int(date->year()), static_cast<int>(unsigned(date->month())),
                            static_cast<int>(unsigned(date->day())));
  return day.ok() ? std::optional(*day) : std::nullopt;
}

char DelimiterOf(const Record& record) {
  for (const char delimiter : {',', ';', '\t'}) {
    const auto found = std::count(record.raw.begin(), record.raw.end(), delimiter);
    if (found + 1 >= std::ssize(record.fields)) return delimiter;
  }
  return ',';
}

std::string MarkText(char byte) {
  const auto code = education::AttendanceCode::FromByte(byte);
  return code ? std::string(code->ToString()) : std::string();
}

}  // namespace

RegisterImporter::RegisterImporter(const service::Call& call, RollSource& rolls,
                                   RegisterWriter& writer, common::v1::ImportStart start,
                                   VisibleSchools visible, Day today)
    : call_(call),
      rolls_(rolls),
      writer_(writer),
      start_(std::move(start)),
      visible_(std::move(visible)),
      today_(today),
      date_form_(Asked(start_.date_form())) {}

absl::Status RegisterImporter::OnHeader(const tabular::HeaderMap& header) {
  if (absl::Status status = CheckRegisterHeader(header, start_.urn() != 0); !status.ok())
    return status;
  header_ = header;
  marks_.emplace(*header_, today_);
  return absl::OkStatus();
}

absl::Status RegisterImporter::OnRow(const Record& record, Refusals& refusals) {
  if (!date_form_) {
    date_form_ = SeeDate(record);
    if (!date_form_) return Hold(record, refusals);
    if (absl::Status status = ReleaseHeld(refusals); !status.ok()) return status;
  }
  return TakeRow(record, refusals);
}

std::optional<DateForm> RegisterImporter::SeeDate(const Record& record) {
  dates_.See(header_->Cell(record.fields, kDateColumn), record.row_number,
             header_->name(kDateColumn));
  return dates_.form();
}

absl::Status RegisterImporter::Hold(const Record& record, Refusals& refusals) {
  held_bytes_ += 2 * record.raw.size() + sizeof(HeldRow);
  if (held_bytes_ > kMaxHeldBytes) {
    if (auto problem = dates_.problem()) {
      problem->row = 0;
      refusals.Add(*std::move(problem));
    }
    return absl::InvalidArgumentError("The file's dates cannot be read.");
  }
  HeldRow held{record.row_number, std::string(record.raw), {}};
  for (const std::string_view field : record.fields) held.fields.emplace_back(field);
  held_.push_back(std::move(held));
  return absl::OkStatus();
}

absl::Status RegisterImporter::ReleaseHeld(Refusals& refusals) {
  const std::vector<HeldRow> held = std::exchange(held_, {});
  for (const HeldRow& row : held) {
    const std::vector<std::string_view> fields(row.fields.begin(), row.fields.end());
    const Record record{.fields = fields, .row_number = row.number, .raw = row.raw};
    if (absl::Status status = TakeRow(record, refusals); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status RegisterImporter::OnEnd(Refusals& refusals) {
  if (start_.date_form() == common::v1::DATE_FORM_UNSPECIFIED) {
    if (auto problem = dates_.problem()) {
      problem->row = 0;
      refusals.Add(*std::move(problem));
      return absl::OkStatus();
    }
  }
  // Rows without any readable date: each is refused for its own reason.
  date_form_ = date_form_.value_or(DateForm::kIso);
  return ReleaseHeld(refusals);
}

absl::Status RegisterImporter::TakeRow(const Record& record, Refusals& refusals) {
  RowCheck check(record, *header_, refusals);
  auto school = SchoolOf(check);
  if (!school.ok()) return school.status();
  const RowFacts facts{.school = *school, .upn = UpnOf(check), .day = DayOf(check)};
  const auto member = MemberOf(facts, check);
  RowMarks marks{record.row_number, member.value_or(0), {}};
  std::array<MarkNote, 2> notes;
  marks_->Read(check, facts.day, marks, notes);
  if (!check.ok() || !member) return absl::OkStatus();
  marks_->CheckAge(facts.school->roll->members()[*member], *facts.day, marks);
  Place(*facts.school, *facts.day, marks, notes, check, refusals);
  return absl::OkStatus();
}

absl::StatusOr<SchoolDraft*> RegisterImporter::SchoolOf(RowCheck& check) {
  std::string_view text = check.Cell(kUrnColumn);
  const std::string given = start_.urn() == 0 ? std::string() : absl::StrCat(start_.urn());
  if (!given.empty() && !text.empty() && text != given) {
    check.Refuse(
        kUrnColumn,
        absl::StrCat("This row is for another school than the file, which is for ", given, "."),
        "Take the row out, or send the file without choosing a school.", "other_school");
    return nullptr;
  }
  if (!given.empty()) text = given;
  if (last_school_ != nullptr && text == last_urn_) return last_school_;
  const auto urn = education::Urn::Parse(text);
  if (!urn.ok()) {
    check.Refuse(kUrnColumn, std::string(urn.status().message()),
                 "Give the school's URN: six digits.", "bad_urn");
    return nullptr;
  }
  auto school = FindSchool(*urn);
  if (absl::IsNotFound(school.status())) {
    check.Refuse(kUrnColumn, "This school is not known here, or not one of yours.",
                 "Check the URN. Schools are loaded before their registers.", "unknown_school");
    return nullptr;
  }
  if (!school.ok()) return school.status();
  last_urn_ = text;
  last_school_ = *school;
  return *school;
}

absl::StatusOr<SchoolDraft*> RegisterImporter::FindSchool(education::Urn urn) {
  if (const auto known = schools_.find(urn); known != schools_.end()) return &known->second;
  const auto versions = visible_.find(urn);
  if (versions == visible_.end()) return absl::NotFoundError("no such school");
  // A second school: the file is an area's, so the rest of the caller's schools will be wanted too.
  if (schools_.size() == 1 && visible_.size() <= kMaxWarmed) rolls_.Warm(call_, visible_);
  auto roll = rolls_.GetRoll(call_, urn, versions->second);
  if (!roll.ok()) return roll.status();
  auto calendar = rolls_.GetCalendar(call_, urn, versions->second);
  if (!calendar.ok()) return calendar.status();
  (*roll)->Prefetch();
  return &schools_
              .emplace(urn,
                       SchoolDraft{
                           *std::move(roll), *std::move(calendar), versions->second.calendar, {}})
              .first->second;
}

std::uint64_t RegisterImporter::UpnOf(RowCheck& check) const {
  const std::string_view text = check.Cell(kUpnColumn);
  if (text.size() == education::Upn::kLength) {
    const std::uint64_t packed = education::Upn::ParsePacked(text.data(), text.size());
    if (packed != education::Upn::kInvalidPacked) return packed;
  }
  const auto upn = education::Upn::Parse(text);
  if (upn.ok()) return upn->packed();
  check.Refuse(kUpnColumn, std::string(upn.status().message()),
               "Check the number in your school's system.", "bad_upn");
  return education::Upn::kInvalidPacked;
}

std::optional<Day> RegisterImporter::DayOf(RowCheck& check) {
  const std::string_view text = check.Cell(kDateColumn);
  if (last_day_ && text == last_date_) return last_day_;
  dates_.See(text, check.record().row_number, header_->name(kDateColumn));
  const auto day = ToDay(tabular::ParseDate(text, *date_form_));
  if (!day) {
    const tabular::Problem problem = tabular::ExplainDate(text, *date_form_);
    check.Refuse(kDateColumn, problem.reason, problem.advice, problem.code);
    return std::nullopt;
  }
  if (*day > today_) {
    check.Refuse(kDateColumn, absl::StrCat(day->ToUk(), " is after today."), "Correct the date.",
                 "future_date");
    return std::nullopt;
  }
  last_date_ = text;
  last_day_ = day;
  return day;
}

std::optional<std::uint32_t> RegisterImporter::MemberOf(const RowFacts& facts,
                                                        RowCheck& check) const {
  if (facts.school == nullptr || !facts.day) return std::nullopt;
  if (!facts.school->calendar->IsSchoolDay(*facts.day)) {
    const bool no_terms = facts.school->calendar->SchoolDaysBetween(
                              education::AcademicYear::Of(*facts.day).first(),
                              education::AcademicYear::Of(*facts.day).last()) == 0;
    check.Refuse(
        kDateColumn,
        no_terms ? absl::StrCat("No term dates are loaded for this school in ",
                                education::AcademicYear::Of(*facts.day).ToString(), ".")
                 : absl::StrCat(facts.day->ToUk(), " is not a school day of this school: ",
                                facts.school->calendar->WhyNot(*facts.day).value_or("closed"), "."),
        no_terms ? "Load the calendar first." : "Correct the date, or the school's calendar.",
        no_terms ? "no_term_dates" : "not_a_school_day");
  }
  if (facts.upn == education::Upn::kInvalidPacked) return std::nullopt;
  const std::uint32_t member = facts.school->roll->Find(facts.upn, *facts.day);
  if (member != Roll::kNone) return member;
  const Roll::WhyNot why = facts.school->roll->Explain(facts.upn, *facts.day);
  check.Refuse(kUpnColumn, why.reason,
               why.absence == Roll::Absence::kNotOnRoll
                   ? "Check the UPN, or load the school's pupils first."
                   : "Correct the date, or the pupil's enrolment.",
               why.absence == Roll::Absence::kNotOnRoll ? "not_on_roll" : "outside_enrolment");
  return std::nullopt;
}

void RegisterImporter::Place(SchoolDraft& school, Day day, const RowMarks& marks,
                             std::array<MarkNote, 2>& notes, RowCheck& check, Refusals& refusals) {
  DayDraft& draft = school.At(day);
  const DayDraft::Placed placed = draft.Place(marks);
  if (placed.kept) {
    for (const Session session : {Session::kMorning, Session::kAfternoon}) {
      MarkNote& note = notes[static_cast<std::size_t>(session)];
      const bool empty = !note.minutes_late && note.comment.empty() && note.reason.empty() &&
                         note.amended_by.empty();
      if (!empty) draft.SetNote(marks.member, session, std::move(note));
    }
    return;
  }
  const std::size_t column = marks_->shape() == RegisterShape::kLong ? kCodeColumn
                             : header_->index(kAmColumn)             ? kAmColumn
                                                                     : kPmColumn;
  const std::string advice = "Keep the row that is right and take the other out.";
  check.Refuse(column,
               absl::StrCat("Row ", placed.other_row,
                            " says something else for the same pupil, day and session."),
               advice, "same_key_twice");
  for (const RowMarks& row : placed.withdrawn) {
    refusals.Add(
        {.row = row.row,
         .column = header_->name(column),
         .value = MarkText(row.marks[0] != 0 ? row.marks[0] : row.marks[1]),
         .reason = absl::StrCat("Row ", marks.row,
                                " says something else for the same pupil, day and session."),
         .advice = advice,
         .code = "same_key_twice"},
        RawOf(row, check.record()));
  }
}

// An earlier row as it was, from the later one about the same pupil and day: rows that were good
// are not kept.
std::string RegisterImporter::RawOf(const RowMarks& marks, const Record& like) const {
  const std::string morning = MarkText(marks.marks[0]);
  const std::string afternoon = MarkText(marks.marks[1]);
  std::vector<std::string_view> cells(like.fields.begin(), like.fields.end());
  const auto set = [&](std::size_t column, std::string_view value) {
    if (const auto index = header_->index(column)) cells[*index] = value;
  };
  if (marks_->shape() == RegisterShape::kLong) {
    set(kSessionColumn, marks.marks[0] != 0 ? "AM" : "PM");
    set(kCodeColumn, marks.marks[0] != 0 ? morning : afternoon);
  } else {
    set(kAmColumn, morning);
    set(kPmColumn, afternoon);
  }
  std::string raw;
  tabular::CsvWriter(&raw, {.delimiter = DelimiterOf(like)}).WriteRecord(cells);
  if (!raw.empty() && raw.back() == '\n') raw.pop_back();
  return raw;
}

absl::StatusOr<importing::Effect> RegisterImporter::Apply(storage::Transaction& transaction,
                                                          Refusals&) {
  std::vector<const SchoolDraft*> drafts;
  importing::Effect effect;
  for (const auto& [urn, school] : schools_) {
    if (school.days.empty()) continue;
    drafts.push_back(&school);
    effect.first_day =
        std::min(effect.first_day.value_or(school.days.begin()->first), school.days.begin()->first);
    effect.last_day = std::max(effect.last_day.value_or(school.days.rbegin()->first),
                               school.days.rbegin()->first);
  }
  auto written = writer_.Write(transaction, call_, start_.import_id(), drafts);
  if (!written.ok()) return written.status();
  effect.records_new = written->added;
  effect.records_changed = written->amended;
  effect.records_unchanged = written->unchanged;
  effect.notes = marks_->Notes();
  return effect;
}

}  // namespace pathways::attendance
