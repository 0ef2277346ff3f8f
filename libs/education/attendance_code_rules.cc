// The rows: what each code means, when, and on whose word. Change the law here and nowhere else.

#include <chrono>

#include "libs/education/attendance_code.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using Category = AttendanceCategory;
using enum AttendanceCategory;
using enum CodeNeeds;

constexpr Day kAlways(1900y / 1 / 1);
constexpr Day kEver(2199y / 12 / 31);
constexpr Day kNewCodes(2024y / 8 / 19);     // the 2024 Regulations come into force
constexpr Day kOldCodesEnd(2024y / 8 / 18);  // last day of H, J and Y
constexpr Day kExtendedHolidayEnd(2013y / 8 / 31);
constexpr Day kCovidStart(2020y / 3 / 1);
constexpr Day kCovidEnd(2022y / 4 / 30);

constexpr std::string_view kRegulations = "SI 2024/208 reg. 10; Working together, August 2024";
constexpr std::string_view kRegulations2006 =
    "SI 2006/1751 reg. 6 as amended, until 18 August 2024";
constexpr std::string_view kCensusNotes = "Pupil absence in schools in England, footnotes";
constexpr std::string_view kLocal = "Practice of school information systems";

// In force throughout: the letter and its class are the same before and after 19 August 2024.
constexpr CodeRule Lasting(std::string_view text, Category category, std::string_view meaning,
                           CodeNeeds needs = kNothing, std::string_view source = kRegulations) {
  return {.text = text,
          .byte = text[0],
          .meaning = meaning,
          .category = category,
          .valid_from = kAlways,
          .valid_to = kEver,
          .accepted_from = kAlways,
          .accepted_to = kEver,
          .needs = needs,
          .instead = "",
          .source = source};
}

// New in 2024. Accepted on earlier dates, with a note: schools recoded early.
constexpr CodeRule Since2024(std::string_view text, char byte, Category category,
                             std::string_view meaning, CodeNeeds needs = kNothing) {
  CodeRule rule = Lasting(text, category, meaning, needs);
  rule.byte = byte;
  rule.valid_from = kNewCodes;
  return rule;
}

// Abolished in 2024: refused from 19 August 2024.
constexpr CodeRule Until2024(std::string_view text, Category category, std::string_view meaning,
                             Day valid_to, std::string_view instead) {
  CodeRule rule = Lasting(text, category, meaning, kNothing, kRegulations2006);
  rule.valid_to = valid_to;
  rule.accepted_to = kOldCodesEnd;
  rule.instead = instead;
  return rule;
}

// One span of a code whose meaning or class changed.
constexpr CodeRule Span(CodeRule rule, Day from, Day to) {
  rule.valid_from = rule.accepted_from = from;
  rule.valid_to = rule.accepted_to = to;
  return rule;
}

constexpr std::array kRules = {
    Lasting("/", kPresent, "Present, morning session"),
    Lasting("\\", kPresent, "Present, afternoon session"),
    Lasting("L", kPresent, "Late, before the register closed"),
    Since2024("K", 'K', kApprovedEducationalActivity,
              "Attending education provision arranged by the local authority", kNature),
    Lasting("V", kApprovedEducationalActivity, "Attending an educational visit or trip"),
    Lasting("P", kApprovedEducationalActivity, "Participating in a sporting activity"),
    Lasting("W", kApprovedEducationalActivity, "Attending work experience"),
    Span(Lasting("B", kApprovedEducationalActivity,
                 "Educated off site, also where the local authority arranged it", kNature,
                 kRegulations2006),
         kAlways, kOldCodesEnd),
    Span(Lasting("B", kApprovedEducationalActivity,
                 "Attending any other approved educational activity", kNature),
         kNewCodes, kEver),
    Lasting("D", kNotPossible, "Dual registered at another school", kOtherSchool),
    Span(Lasting("C", kAuthorised,
                 "Other authorised circumstances, also performances and part-time timetables",
                 kLeaveRequest, kRegulations2006),
         kAlways, kOldCodesEnd),
    Span(Lasting("C", kAuthorised, "Leave of absence for exceptional circumstance", kLeaveRequest),
         kNewCodes, kEver),
    Since2024("C1", 'c', kAuthorised,
              "Leave of absence for a regulated performance or regulated employment abroad",
              kLeaveRequest),
    Since2024("C2", 'd', kAuthorised, "Leave of absence for a part-time timetable", kLeaveRequest),
    Lasting("E", kAuthorised, "Suspended or permanently excluded and no alternative provision made",
            kExclusion),
    Lasting("I", kAuthorised, "Illness (not medical or dental appointment)"),
    Since2024("J1", 'j', kAuthorised,
              "Leave of absence for an interview for employment or admission elsewhere",
              kLeaveRequest),
    Lasting("M", kAuthorised, "Leave of absence for a medical or dental appointment"),
    Lasting("R", kAuthorised, "Religious observance"),
    Lasting("S", kAuthorised, "Leave of absence to study for a public examination", kLeaveRequest),
    Lasting("T", kAuthorised, "Parent travelling for occupational purposes"),
    Lasting("G", kUnauthorised, "Holiday not granted by the school"),
    Lasting("N", kUnauthorised, "Reason for absence not yet established", kReplacement),
    Lasting("O", kUnauthorised, "Absent in other or unknown circumstances"),
    Lasting("U", kUnauthorised, "Arrived after registration closed"),
    Since2024("Q", 'Q', kNotPossible, "Unable to attend: lack of access arrangements"),
    Span(Lasting("X", kNotPossible, "Not of compulsory school age, not required to attend",
                 kNothing, kRegulations2006),
         kAlways, kCovidStart - 1),
    Span(Lasting("X", kCovidNotAttending, "Not attending in circumstances related to coronavirus",
                 kNothing, kCensusNotes),
         kCovidStart, kCovidEnd),
    Span(Lasting("X", kNotPossible, "Not of compulsory school age, not required to attend"),
         kCovidEnd + 1, kEver),
    Since2024("Y1", '1', kNotPossible,
              "Unable to attend: transport normally provided not available"),
    Since2024("Y2", '2', kNotPossible, "Unable to attend: widespread disruption to travel"),
    Since2024("Y3", '3', kNotPossible, "Unable to attend: part of the school premises closed"),
    Since2024("Y4", '4', kNotPossible, "Unable to attend: whole school site unexpectedly closed"),
    Since2024("Y5", '5', kNotPossible, "Unable to attend: in criminal justice detention"),
    Since2024("Y6", '6', kNotPossible, "Unable to attend: public health guidance or law"),
    Since2024("Y7", '7', kNotPossible, "Unable to attend: any other unavoidable cause", kNature),
    Lasting("Z", kAdministrative, "Prospective pupil not on admission register"),
    Lasting("#", kAdministrative, "Planned whole or partial school closure"),
    Lasting("-", kAdministrative, "No mark recorded", kNothing, kLocal),
    Until2024("H", kAuthorised, "Agreed family holiday", kOldCodesEnd,
              "C where leave was granted for exceptional circumstances, otherwise G"),
    Until2024("F", kAuthorised, "Agreed extended family holiday", kExtendedHolidayEnd,
              "C where leave was granted for exceptional circumstances, otherwise G"),
    Until2024("J", kApprovedEducationalActivity, "Interview", kOldCodesEnd,
              "J1 (which counts as an absence)"),
    Until2024("Y", kNotPossible, "Unable to attend due to exceptional circumstances", kOldCodesEnd,
              "the one of Y1 to Y7 that says why, or Q"),
};

}  // namespace

std::span<const CodeRule> CodeRules() { return kRules; }

}  // namespace pathways::education
