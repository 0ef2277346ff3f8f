// The one form in which a file writes its dates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/education/day.h"
#include "libs/importing/refusals.h"
#include "libs/tabular/dates.h"
#include "pathways/common/v1/import.pb.h"

namespace pathways::importing {

// See every date cell, then Decide once, then Read cells. Not thread-safe.
class FileDates {
 public:
  // `asked`: what the sender says; unspecified: found from the file.
  explicit FileDates(common::v1::DateForm asked) : asked_(asked) {}

  void See(std::string_view cell, std::int64_t row, std::string_view column) {
    detector_.See(cell, row, column);
  }

  // Refuses the file when its dates have two forms, or could mean two things and the sender did not
  // say.
  void Decide(Refusals& refusals);

  // The day a cell means; refuses its row otherwise. `raw` is the row as it came.
  std::optional<education::Day> Read(std::string_view cell, std::int64_t row,
                                     std::string_view column, std::string_view raw,
                                     Refusals& refusals) const;

 private:
  common::v1::DateForm asked_;
  tabular::DateFormDetector detector_;
  tabular::DateForm form_ = tabular::DateForm::kIso;
};

}  // namespace pathways::importing
