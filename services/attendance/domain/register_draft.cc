#include "services/attendance/domain/register_draft.h"

#include <algorithm>

namespace pathways::attendance {
namespace {

bool IsMark(char byte) { return byte != 0 && byte != DayDraft::kContradicted; }

}  // namespace

DayDraft::Placed DayDraft::Place(const RowMarks& row) {
  Placed placed;
  if (Contradicts(row, placed)) {
    Withdraw(row, placed);
    return placed;
  }
  for (const std::size_t session : {0U, 1U}) {
    const char mark = row.marks[session];
    if (mark == 0) continue;
    const std::size_t cell = Cell(row.member, session);
    if (marks_[cell] == mark) {
      repeats_[cell].push_back(static_cast<std::uint32_t>(row.row));
    } else {
      marks_[cell] = mark;
      rows_[cell] = static_cast<std::uint32_t>(row.row);
    }
  }
  return placed;
}

bool DayDraft::Contradicts(const RowMarks& row, Placed& placed) const {
  for (const std::size_t session : {0U, 1U}) {
    const std::size_t cell = Cell(row.member, session);
    if (row.marks[session] == 0 || marks_[cell] == 0 || marks_[cell] == row.marks[session])
      continue;
    placed.kept = false;
    if (placed.other_row == 0) placed.other_row = rows_[cell];
  }
  return !placed.kept;
}

void DayDraft::Withdraw(const RowMarks& row, Placed& placed) {
  // Rows that stand against this one, each with all it said for this member and day.
  std::map<std::uint32_t, RowMarks> against;
  std::array<std::vector<std::uint32_t>, 2> said;
  for (const std::size_t session : {0U, 1U}) {
    const std::size_t cell = Cell(row.member, session);
    if (!IsMark(marks_[cell])) continue;
    said[session].push_back(rows_[cell]);
    if (const auto repeats = repeats_.find(cell); repeats != repeats_.end()) {
      said[session].insert(said[session].end(), repeats->second.begin(), repeats->second.end());
    }
    if (row.marks[session] == 0 || row.marks[session] == marks_[cell]) continue;
    for (const std::uint32_t number : said[session]) {
      against.emplace(number, RowMarks{number, row.member, {}});
    }
  }
  for (const std::size_t session : {0U, 1U}) {
    const std::size_t cell = Cell(row.member, session);
    const char mark = marks_[cell];
    if (!IsMark(mark)) continue;
    std::vector<std::uint32_t> left;
    for (const std::uint32_t number : said[session]) {
      if (const auto found = against.find(number); found != against.end()) {
        found->second.marks[session] = mark;
      } else {
        left.push_back(number);
      }
    }
    const bool contradicted = row.marks[session] != 0 && row.marks[session] != mark;
    if (contradicted) {
      marks_[cell] = kContradicted;  // rows_ keeps the number, so that a third row can be told
    } else if (left.empty()) {
      marks_[cell] = 0;
    } else {
      rows_[cell] = left.front();
      left.erase(left.begin());
    }
    if (left.empty() || contradicted) {
      repeats_.erase(cell);
    } else {
      repeats_[cell] = std::move(left);
    }
  }
  for (auto& [number, marks] : against) placed.withdrawn.push_back(marks);
}

void DayDraft::SetNote(std::uint32_t member, education::Session session, MarkNote note) {
  notes_[Cell(member, static_cast<std::size_t>(session))] = std::move(note);
}

const MarkNote* DayDraft::FindNote(std::uint32_t member, education::Session session) const {
  if (notes_.empty()) return nullptr;
  const auto note = notes_.find(Cell(member, static_cast<std::size_t>(session)));
  return note == notes_.end() ? nullptr : &note->second;
}

char DayDraft::MarkOf(std::uint32_t member, education::Session session) const {
  const char mark = marks_[Cell(member, static_cast<std::size_t>(session))];
  return IsMark(mark) ? mark : '\0';
}

bool DayDraft::empty() const { return std::none_of(marks_.begin(), marks_.end(), IsMark); }

}  // namespace pathways::attendance
