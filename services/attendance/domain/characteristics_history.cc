#include "services/attendance/domain/characteristics_history.h"

namespace pathways::attendance {

using education::Day;
using education::PupilCharacteristics;

void CharacteristicsHistory::Add(std::optional<Day> valid_from,
                                 const PupilCharacteristics& values) {
  if (!entries_.empty() && entries_.back().valid_from == valid_from) {
    entries_.back().values = values;
  } else {
    entries_.push_back({valid_from, values});
  }
}

PupilCharacteristics CharacteristicsHistory::On(Day day) const {
  if (entries_.empty()) return {};
  const Entry* holds = &entries_.front();
  for (const Entry& entry : entries_) {
    if (!entry.valid_from || *entry.valid_from <= day) holds = &entry;
  }
  return holds->values;
}

}  // namespace pathways::attendance
