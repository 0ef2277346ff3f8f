#include "tools/demo/exclusion_reasons.h"

#include <algorithm>

#include "libs/education/exclusion_reason.h"

namespace pathways::demo {
namespace {

struct Weight {
  std::string_view code;
  int before;     // how often until the code set of 2026, against the others
  int since;      // from it on: it tells apart what was one reason
  int permanent;  // in any year
};
constexpr Weight kWeights[] = {
    {"DB", 64, 30, 36}, {"CB", 0, 18, 0}, {"LD", 0, 16, 0}, {"VA", 17, 17, 8}, {"PP", 13, 13, 16},
    {"PA", 4, 4, 12},   {"VP", 4, 4, 4},  {"DA", 4, 1, 8},  {"DR", 0, 1, 0},   {"VR", 0, 2, 0},
    {"OW", 2, 1, 14},   {"BW", 0, 1, 0},  {"BU", 1, 1, 0},  {"RA", 2, 2, 0},   {"LG", 1, 1, 0},
    {"SM", 1, 1, 2},    {"MB", 0, 1, 0},  {"DM", 2, 2, 2},  {"TH", 1, 1, 0},   {"MT", 1, 1, 0},
    {"MP", 0, 2, 0}};

bool IsValid(std::string_view code, education::Day day) {
  return education::ExclusionReason::Parse(code)->IsValidOn(day);
}

int WeightOf(const Weight& weight, ExclusionKind kind, education::Day day) {
  if (!IsValid(weight.code, day)) return 0;
  if (kind == ExclusionKind::kPermanent) return weight.permanent;
  return IsValid("CB", day) ? weight.since : weight.before;
}

std::string_view DrawReason(Random& random, ExclusionKind kind, education::Day day) {
  int sum = 0;
  for (const Weight& weight : kWeights) sum += WeightOf(weight, kind, day);
  int draw = random.Below(sum);
  for (const Weight& weight : kWeights) {
    if ((draw -= WeightOf(weight, kind, day)) < 0) return weight.code;
  }
  return kWeights[0].code;
}

}  // namespace

std::array<std::string_view, 3> DrawReasons(Random& random, ExclusionKind kind, bool primary,
                                            education::Day decided_on) {
  std::array<std::string_view, 3> reasons = {};
  const double draw = random.Unit();
  const std::size_t count = draw < 0.75 ? 1 : draw < 0.96 ? 2 : 3;
  for (std::size_t at = 0; at < count;) {
    // Younger children hit out more often.
    const bool hit = primary && at == 0 && random.Chance(0.35);
    const std::string_view reason =
        hit ? (random.Chance(0.5) ? "PA" : "PP") : DrawReason(random, kind, decided_on);
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons[at++] = reason;
  }
  return reasons;
}

}  // namespace pathways::demo
