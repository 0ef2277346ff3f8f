#include "tools/demo/registers.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "libs/education/attendance_code.h"
#include "libs/education/session.h"
#include "libs/tabular/csv_writer.h"
#include "tools/demo/excluded_marks.h"

namespace pathways::demo {
namespace {

using education::AttendanceCode;
using education::Day;
using education::EnrolmentStatus;

std::string_view TextOf(char byte) { return AttendanceCode::FromByte(byte)->ToString(); }

// The session belongs to the other school.
constexpr SessionMark kElsewhere = {'D', 'D', 0};

// At which of two schools a dually registered child is due.
bool IsDueHere(EnrolmentStatus status, Day day) {
  switch (status) {
    case EnrolmentStatus::kMain:
      return !IsSubsidiaryDay(day);
    case EnrolmentStatus::kSubsidiary:
      return IsSubsidiaryDay(day);
    case EnrolmentStatus::kSingle:
      break;
  }
  return true;
}

std::vector<const Exclusion*> ExclusionsOf(const Borough& borough, const Enrolment& enrolment) {
  std::vector<const Exclusion*> found;
  for (const Exclusion& exclusion :
       std::ranges::equal_range(borough.exclusions, enrolment.child, {}, &Exclusion::child)) {
    if (exclusion.school == enrolment.school) found.push_back(&exclusion);
  }
  return found;
}

std::string_view WhyAmended(char code) {
  switch (code) {
    case 'I':
      return "The parent has since told us that the child was ill";
    case 'M':
      return "Appointment card seen";
    default:
      return "No reason given within five school days";
  }
}

// One school's register under way.
class SchoolRegister {
 public:
  SchoolRegister(const Borough& borough, std::size_t school)
      : borough_(borough), urn_(borough.schools[school].urn.ToString()) {}

  void Add(const Child& child, const std::vector<DayMarks>& marks) {
    for (const DayMarks& day : marks) rows_[day.day].push_back({&child, day});
  }

  std::string Wide() const {
    std::string text;
    tabular::CsvWriter csv(&text);
    csv.WriteRecord({"urn", "upn", "date", "am", "pm"});
    for (const auto& [day, rows] : rows_) {
      const std::string date = day.ToIso();
      for (const Row& row : rows) {
        csv.WriteRecord({urn_, row.child->upn.ToString(), date, TextOf(row.marks.sessions[0].first),
                         TextOf(row.marks.sessions[1].first)});
      }
    }
    return text;
  }

  void WriteAmendments(tabular::CsvWriter& csv) const {
    for (const auto& [day, rows] : rows_) {
      for (const Row& row : rows) {
        for (const auto session : {education::Session::kMorning, education::Session::kAfternoon}) {
          WriteAmendment(row, day, session, csv);
        }
      }
    }
  }

 private:
  struct Row {
    const Child* child;
    DayMarks marks;
  };

  void WriteAmendment(const Row& row, Day day, education::Session session,
                      tabular::CsvWriter& csv) const {
    const SessionMark& mark = row.marks.sessions[static_cast<std::size_t>(session)];
    if (mark.first == mark.final || !IsKnown(day, mark.amended_after)) return;
    csv.WriteRecord({urn_, row.child->upn.ToString(), day.ToIso(), ToString(session),
                     TextOf(mark.final), WhyAmended(mark.final), "School office"});
  }

  // Whether the borough's days reach so many school days past `day`.
  bool IsKnown(Day day, int school_days) const {
    const auto at = std::ranges::lower_bound(borough_.days, day);
    return borough_.days.end() - at > school_days;
  }

  const Borough& borough_;
  const std::string urn_;
  std::map<Day, std::vector<Row>> rows_;
};

}  // namespace

std::vector<DayMarks> MarksAtSchool(const Borough& borough, const Settings& settings,
                                    const Enrolment& enrolment) {
  const School& school = borough.schools[enrolment.school];
  const education::SchoolCalendar& calendar = borough.calendars[enrolment.school];
  std::vector<DayMarks> marks = MarksOf(settings.seed, borough.children[enrolment.child],
                                        enrolment.child, school, borough.days);
  std::erase_if(marks, [&](const DayMarks& day) {
    return !calendar.IsSchoolDay(day.day) || day.day < enrolment.entry ||
           (enrolment.leaving && day.day > *enrolment.leaving);
  });
  for (DayMarks& day : marks) {
    if (!IsDueHere(enrolment.status, day.day)) day.sessions = {kElsewhere, kElsewhere};
  }
  MarkExclusions(ExclusionsOf(borough, enrolment), calendar, marks);
  return marks;
}

Registers RegisterCsvs(const Borough& borough, const Settings& settings) {
  std::vector<SchoolRegister> schools;
  for (std::size_t school = 0; school < borough.schools.size(); ++school)
    schools.emplace_back(borough, school);
  for (const Enrolment& enrolment : borough.enrolments) {
    schools[enrolment.school].Add(borough.children[enrolment.child],
                                  MarksAtSchool(borough, settings, enrolment));
  }
  Registers registers;
  tabular::CsvWriter amendments(&registers.amendments);
  amendments.WriteRecord({"urn", "upn", "date", "session", "code", "reason", "amended_by"});
  for (const SchoolRegister& school : schools) {
    registers.wide.push_back(school.Wide());
    school.WriteAmendments(amendments);
  }
  return registers;
}

}  // namespace pathways::demo
