// Attendance codes: every code of the 2024 Regulations and those still met in histories, as rows of
// data.
//
// A mark is classified by code and session date, never by code alone. The law has the codes: School
// Attendance (Pupil Registration) (England) Regulations 2024, reg. 10; what each counts as is in
// the statutory guidance "Working together to improve school attendance" (August 2024).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/session.h"
#include "libs/education/session_sums.h"

namespace pathways::education {

enum class AttendanceCategory : std::uint8_t {
  kPresent,
  kApprovedEducationalActivity,  // attending a place other than the school
  kAuthorised,
  kUnauthorised,
  kNotPossible,     // in no denominator
  kAdministrative,  // not collected, in no denominator
  // COVID, March 2020 to April 2022: possible in the national figures of those years, but not an
  // absence.
  kCovidNotAttending,
};
std::string_view ToString(AttendanceCategory category);

// What has to be recorded beside the letter.
enum class CodeNeeds : std::uint8_t {
  kNothing,
  kNature,        // nature of activity, provision or cause; for B and K the provider too
  kOtherSchool,   // the other school of a dual registration
  kLeaveRequest,  // asked or agreed in advance: by whom, when, from and to
  kExclusion,     // the exclusion and its day
  kReplacement,   // the right code within five school days
};

// A code in one byte, the same in every day block for ever: `/`, `\`, `#`, `-` and letters as
// themselves; C1 `c`, C2 `d`, J1 `j`, Y1 to Y7 `1` to `7`. The byte `.` is no code: day blocks use
// it for "not on roll".
class AttendanceCode {
 public:
  static constexpr char kNotOnRollByte = '.';

  // No mark was made: a data-quality flag, in no measure.
  static constexpr AttendanceCode NoMark() { return AttendanceCode('-'); }

  // The official text of a code (`C1`, `/`), in upper case, at any time of its history; nothing for
  // other text.
  static std::optional<AttendanceCode> FromText(std::string_view text);
  // A byte of a day block; nothing for bytes that stand for no code.
  static std::optional<AttendanceCode> FromByte(char byte);

  constexpr char byte() const { return byte_; }
  std::string_view ToString() const;
  constexpr bool is_no_mark() const { return byte_ == '-'; }

  friend auto operator<=>(const AttendanceCode&, const AttendanceCode&) = default;

 private:
  explicit constexpr AttendanceCode(char byte) : byte_(byte) {}
  char byte_;
};

// One code over one span of its history. All days are included.
struct CodeRule {
  std::string_view text;
  char byte;
  std::string_view meaning;
  AttendanceCategory category;
  Day valid_from;
  Day valid_to;
  // Marks outside the days of validity but inside these are taken, with a note: registers were
  // recoded early, old codes lingered. Outside them the code is refused.
  Day accepted_from;
  Day accepted_to;
  CodeNeeds needs;
  std::string_view instead;  // what to use where this is refused
  std::string_view source;
};

// Every row, codes in the order of the statutory list, spans of one code in order of time.
std::span<const CodeRule> CodeRules();

// The row that holds for a mark of that session date; nullptr where the code is not accepted.
const CodeRule* RuleFor(AttendanceCode code, Day date);
std::optional<AttendanceCategory> Classify(AttendanceCode code, Day date);

// One session of that category as counts, ready to add.
constexpr SessionSums CountsOf(AttendanceCategory category) {
  switch (category) {
    case AttendanceCategory::kPresent:
    case AttendanceCategory::kApprovedEducationalActivity:
      return {.possible = 1, .attended = 1};
    case AttendanceCategory::kAuthorised:
      return {.possible = 1, .authorised = 1};
    case AttendanceCategory::kUnauthorised:
      return {.possible = 1, .unauthorised = 1};
    case AttendanceCategory::kCovidNotAttending:
      return {.possible = 1};
    case AttendanceCategory::kNotPossible:
    case AttendanceCategory::kAdministrative:
      return {};
  }
  return {};
}

// For hot loops: indexed by the mark's byte (as unsigned char), what one session on that date
// counts. Bytes that are no accepted code, `.` and `-` among them, count nothing. Take the
// reference once a day, not once a mark; it lives for ever.
const std::array<SessionSums, 256>& CountsFor(Day date);

// For hot loops: indexed by the one character a file gives, the byte to store, or 0 where
// ParseMark() must look (two characters, lower case, corrections, notes, refusals). It lives for
// ever.
const std::array<char, 256>& PlainMarksFor(Session session, Day date);

// What a file's text means in that session.
struct ParsedMark {
  AttendanceCode code;
  // Read, but somebody should look: corrected by session, folded from a sub-code, outside its days
  // of validity.
  std::optional<std::string> note;
  // From "L 12" or "U 45".
  std::optional<int> minutes_late;
};

// Trims and takes either case. Empty, `-`, `--`, `?` and `.` are "no mark". `\` in the morning and
// `/` in the afternoon are read as present, with a note. INVALID_ARGUMENT for unknown codes and for
// abolished ones (H, J, Y, F) on dates after their time; the message says what to use instead.
absl::StatusOr<ParsedMark> ParseMark(std::string_view text, Session session, Day date);

}  // namespace pathways::education
