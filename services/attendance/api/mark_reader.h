// Reads the marks of a register's row, and what stands beside them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/session.h"
#include "libs/importing/row_check.h"
#include "libs/tabular/header.h"
#include "services/attendance/api/register_columns.h"
#include "services/attendance/domain/register_draft.h"
#include "services/attendance/domain/roll.h"

namespace pathways::attendance {

// One for a file. Refuses what cannot be read through the row's check; counts what is only worth a
// remark.
class MarkReader {
 public:
  // `header`, checked by CheckRegisterHeader, must outlive it.
  MarkReader(const tabular::HeaderMap& header, education::Day today);

  RegisterShape shape() const { return shape_; }

  // Which codes are in force depends on the day; without one those of today are meant, to find what
  // else is wrong. `notes`: by session.
  void Read(importing::RowCheck& check, std::optional<education::Day> day, RowMarks& marks,
            std::array<MarkNote, 2>& notes);

  // Codes that do not fit the pupil's age are remarked upon, never refused.
  void CheckAge(const RollMember& member, education::Day day, const RowMarks& marks);

  // The remarks, each once, with how often it was made.
  std::vector<std::string> Notes() const;

 private:
  char ReadMark(std::size_t column, education::Session session, education::Day day,
                importing::RowCheck& check, MarkNote& note);
  void ReadBeside(importing::RowCheck& check, MarkNote& note) const;
  void Note(std::string text);

  const tabular::HeaderMap& header_;
  const education::Day today_;
  const RegisterShape shape_;
  const bool has_beside_;  // any column for what stands beside a mark
  std::map<std::string, std::int64_t> notes_;
};

}  // namespace pathways::attendance
