#include "services/exclusions/store/kept_exclusion.h"

#include "libs/education/pupil_characteristics.h"

namespace pathways::exclusions {
namespace {

constexpr std::string_view kLastPrimaryYear = "6";

bool IsPrimary(const std::string& year_group) {
  const auto year = education::YearGroup::Parse(year_group);
  return year.ok() && *year <= *education::YearGroup::Parse(kLastPrimaryYear);
}

}  // namespace

void SetThen(KeptExclusion& kept, const RecordedThen& then) {
  PupilThen& rules = kept.exclusion.pupil_then;
  kept.then = then;
  rules.looked_after = then.looked_after;
  rules.has_ehcp = then.sen_provision == "E";
  rules.sen_support = then.sen_provision == "K";
  rules.primary = IsPrimary(then.year_group);
}

}  // namespace pathways::exclusions
