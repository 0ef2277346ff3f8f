// What register files write for a mark, and what it means.

#include <algorithm>
#include <chrono>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/education/attendance_code.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using internal::ToAbsl;

constexpr std::array<std::string_view, 5> kNoMarkTexts = {"", "-", "--", "?", "."};

// Sub-codes of the pandemic years: two digits after the letter. All days are included.
struct SubCode {
  char letter;
  int first;
  int last;
  Day from;
  Day to;
};
constexpr std::array kSubCodes = {
    SubCode{'I', 1, 2, Day(2020y / 3 / 1), Day(2022y / 8 / 31)},
    SubCode{'X', 1, 9, Day(2020y / 3 / 1), Day(2022y / 4 / 30)},
};

std::string Quoted(std::string_view text) { return absl::StrCat("\"", ToAbsl(text), "\""); }

// At most this much of a cell is repeated to whoever has to correct it.
constexpr std::size_t kShown = 8;

absl::Status UnknownCode(std::string_view code) {
  const bool printable =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= ' ' && c <= '~'; });
  const std::string shown = printable ? absl::StrCat(" ", Quoted(code.substr(0, kShown))) : "";
  return absl::InvalidArgumentError(
      absl::StrCat("the code", shown, " is not an attendance code: use one of the national codes"));
}

absl::Status Abolished(const CodeRule& rule) {
  return absl::InvalidArgumentError(absl::StrCat("the code ", ToAbsl(rule.text), " ended on ",
                                                 rule.accepted_to.ToUk(), ": use ",
                                                 ToAbsl(rule.instead)));
}

// "L 12", "L12", "U 45": splits off the minutes; leaves other text alone.
std::optional<int> TakeMinutesLate(std::string& code) {
  if (code.size() < 2 || (code[0] != 'L' && code[0] != 'U')) return std::nullopt;
  const std::string_view rest = internal::Trim(std::string_view(code).substr(1));
  const auto minutes = internal::ReadDigits(rest);
  if (!minutes || rest.size() > 3) return std::nullopt;
  code.resize(1);
  return minutes;
}

// I02 and X05 in their years become I and X.
std::optional<std::string> FoldSubCode(std::string& code, Day date) {
  if (code.size() != 3) return std::nullopt;
  const auto number = internal::ReadDigits(std::string_view(code).substr(1));
  for (const SubCode& sub : kSubCodes) {
    const bool holds = code[0] == sub.letter && number && *number >= sub.first &&
                       *number <= sub.last && sub.from <= date && date <= sub.to;
    if (!holds) continue;
    std::string note = absl::StrCat(code, " is read as ", code.substr(0, 1));
    code.resize(1);
    return note;
  }
  return std::nullopt;
}

// `/` is the morning's mark and `\` the afternoon's; some exports write one for both, or double the
// `\`.
std::optional<std::string> CorrectPresent(std::string& code, Session session) {
  const bool present = code == "/" || code == "\\" || code == "\\\\";
  const char right = session == Session::kMorning ? '/' : '\\';
  if (!present || code == std::string_view(&right, 1)) return std::nullopt;
  std::string note = absl::StrCat(code, " is read as ", std::string(1, right), " (present) in the ",
                                  session == Session::kMorning ? "morning" : "afternoon");
  code.assign(1, right);
  return note;
}

std::optional<std::string> ValidityNote(const CodeRule& rule, Day date) {
  if (date < rule.valid_from) {
    return absl::StrCat("the code ", ToAbsl(rule.text), " is in force from ",
                        rule.valid_from.ToUk(), " only");
  }
  if (date > rule.valid_to) {
    return absl::StrCat("the code ", ToAbsl(rule.text), " was in force until ",
                        rule.valid_to.ToUk());
  }
  return std::nullopt;
}

const CodeRule* LastRule(AttendanceCode code) {
  const CodeRule* last = nullptr;
  for (const CodeRule& rule : CodeRules()) {
    if (rule.byte == code.byte()) last = &rule;
  }
  return last;
}

}  // namespace

absl::StatusOr<ParsedMark> ParseMark(std::string_view text, Session session, Day date) {
  std::string written = internal::CodeText(text);
  if (std::find(kNoMarkTexts.begin(), kNoMarkTexts.end(), written) != kNoMarkTexts.end()) {
    return ParsedMark{AttendanceCode::NoMark(), std::nullopt, std::nullopt};
  }
  const auto minutes_late = TakeMinutesLate(written);
  std::optional<std::string> note = FoldSubCode(written, date);
  if (!note) note = CorrectPresent(written, session);
  const auto code = AttendanceCode::FromText(written);
  if (!code) return UnknownCode(written);
  const CodeRule* rule = RuleFor(*code, date);
  if (!rule) return Abolished(*LastRule(*code));
  if (!note) note = ValidityNote(*rule, date);
  return ParsedMark{*code, std::move(note), minutes_late};
}

}  // namespace pathways::education
