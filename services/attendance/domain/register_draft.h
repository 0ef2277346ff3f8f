// What a file says about one school's registers, before anything is compared with what is known:
// marks by day, in the order of the roll's members, and which row said which.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/education/day.h"
#include "libs/education/session.h"

namespace pathways::attendance {

// What may stand beside a mark in a file.
struct MarkNote {
  std::optional<int> minutes_late;
  std::string comment;
  std::string reason;      // of an amendment
  std::string amended_by;  // of an amendment: who made it, as the file says
};

// One row's marks for one member and day; 0 where it says nothing.
struct RowMarks {
  std::int64_t row;
  std::uint32_t member;
  std::array<char, 2> marks;  // morning, afternoon: bytes of education::AttendanceCode, never '-'

  friend bool operator==(const RowMarks&, const RowMarks&) = default;
};

class DayDraft {
 public:
  // The byte that marks() has where rows contradicted each other.
  static constexpr char kContradicted = '\x01';

  explicit DayDraft(std::size_t members) : marks_(2 * members), rows_(2 * members) {}

  struct Placed {
    bool kept = true;
    // Rows taken until now that must be refused with this one, because they say something else
    // about the same session; and what they said. Empty also when all of them were refused before.
    std::vector<RowMarks> withdrawn;
    std::int64_t other_row = 0;  // the first row this one contradicts
  };
  // The same mark again is fine; another one for the same session refuses both rows, wholly.
  Placed Place(const RowMarks& row);

  // Beside the mark of that session.
  void SetNote(std::uint32_t member, education::Session session, MarkNote note);
  const MarkNote* FindNote(std::uint32_t member, education::Session session) const;
  // visit(member, session, note) for each note beside a mark that stands, in no fixed order.
  template <typename Visit>
  void ForEachNote(Visit visit) const {
    for (const auto& [cell, note] : notes_) {
      const auto member = static_cast<std::uint32_t>(cell / 2);
      const auto session = static_cast<education::Session>(cell % 2);
      if (MarkOf(member, session) != 0) visit(member, session, note);
    }
  }

  // Two a member: a mark, 0 for none, kContradicted.
  const std::vector<char>& marks() const { return marks_; }
  // The mark that stands, or 0.
  char MarkOf(std::uint32_t member, education::Session session) const;
  bool empty() const;

 private:
  static std::size_t Cell(std::uint32_t member, std::size_t session) {
    return 2 * std::size_t{member} + session;
  }
  bool Contradicts(const RowMarks& row, Placed& placed) const;
  void Withdraw(const RowMarks& row, Placed& placed);

  std::vector<char> marks_;
  std::vector<std::uint32_t> rows_;  // the first row that said it
  // Later rows that said the same, by cell. Few files have any.
  absl::flat_hash_map<std::size_t, std::vector<std::uint32_t>> repeats_;
  absl::flat_hash_map<std::size_t, MarkNote> notes_;
};

}  // namespace pathways::attendance
