#include "libs/education/attendance_code.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"

namespace pathways::education {
namespace {

std::size_t Index(char byte) { return static_cast<unsigned char>(byte); }

// For each byte the first row of its code: its text is the same in all of them.
const std::array<const CodeRule*, 256>& FirstRules() {
  static const std::array<const CodeRule*, 256> first = [] {
    std::array<const CodeRule*, 256> rows{};
    for (const CodeRule& rule : CodeRules()) {
      if (!rows[Index(rule.byte)]) rows[Index(rule.byte)] = &rule;
    }
    return rows;
  }();
  return first;
}

bool IsAccepted(const CodeRule& rule, Day date) {
  return rule.accepted_from <= date && date <= rule.accepted_to;
}

// One-character texts that may be stored as they stand.
std::array<char, 256> PlainMarks(Session session, Day date) {
  const char other_session = session == Session::kMorning ? '\\' : '/';
  std::array<char, 256> plain{};
  for (const CodeRule& rule : CodeRules()) {
    const bool in_force = rule.valid_from <= date && date <= rule.valid_to;
    if (in_force && rule.text.size() == 1 && rule.byte != other_session) {
      plain[Index(rule.byte)] = rule.byte;
    }
  }
  return plain;
}

std::array<SessionSums, 256> Counts(Day date) {
  std::array<SessionSums, 256> counts{};
  for (const CodeRule& rule : CodeRules()) {
    if (IsAccepted(rule, date)) counts[Index(rule.byte)] = CountsOf(rule.category);
  }
  return counts;
}

// A span of days over which no rule changes, with its tables.
struct Era {
  Day first;
  std::array<SessionSums, 256> counts;
  std::array<char, 256> plain[2];  // by session
};

std::vector<Era> MakeEras() {
  std::vector<Day> firsts;
  for (const CodeRule& rule : CodeRules()) {
    firsts.insert(firsts.end(),
                  {rule.valid_from, rule.valid_to + 1, rule.accepted_from, rule.accepted_to + 1});
  }
  std::sort(firsts.begin(), firsts.end());
  firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
  std::vector<Era> eras;
  for (const Day first : firsts) {
    eras.push_back(
        {first,
         Counts(first),
         {PlainMarks(Session::kMorning, first), PlainMarks(Session::kAfternoon, first)}});
  }
  return eras;
}

const Era& EraOf(Day date) {
  static const std::vector<Era> eras = MakeEras();
  const auto after = std::upper_bound(eras.begin(), eras.end(), date,
                                      [](Day day, const Era& era) { return day < era.first; });
  return after == eras.begin() ? eras.front() : *(after - 1);
}

}  // namespace

std::string_view ToString(AttendanceCategory category) {
  switch (category) {
    case AttendanceCategory::kPresent:
      return "present";
    case AttendanceCategory::kApprovedEducationalActivity:
      return "approved educational activity";
    case AttendanceCategory::kAuthorised:
      return "authorised absence";
    case AttendanceCategory::kUnauthorised:
      return "unauthorised absence";
    case AttendanceCategory::kNotPossible:
      return "not a possible attendance";
    case AttendanceCategory::kAdministrative:
      return "administrative";
    case AttendanceCategory::kCovidNotAttending:
      return "not attending (coronavirus)";
  }
  return "";
}

std::optional<AttendanceCode> AttendanceCode::FromText(std::string_view text) {
  const auto rules = CodeRules();
  const auto rule = std::find_if(rules.begin(), rules.end(),
                                 [text](const CodeRule& r) { return r.text == text; });
  if (rule == rules.end()) return std::nullopt;
  return AttendanceCode(rule->byte);
}

std::optional<AttendanceCode> AttendanceCode::FromByte(char byte) {
  if (!FirstRules()[Index(byte)]) return std::nullopt;
  return AttendanceCode(byte);
}

std::string_view AttendanceCode::ToString() const { return FirstRules()[Index(byte_)]->text; }

const CodeRule* RuleFor(AttendanceCode code, Day date) {
  for (const CodeRule& rule : CodeRules()) {
    if (rule.byte == code.byte() && IsAccepted(rule, date)) return &rule;
  }
  return nullptr;
}

std::optional<AttendanceCategory> Classify(AttendanceCode code, Day date) {
  const CodeRule* rule = RuleFor(code, date);
  if (!rule) return std::nullopt;
  return rule->category;
}

const std::array<SessionSums, 256>& CountsFor(Day date) { return EraOf(date).counts; }

const std::array<char, 256>& PlainMarksFor(Session session, Day date) {
  return EraOf(date).plain[static_cast<std::size_t>(session)];
}

}  // namespace pathways::education
