#include "libs/education/exclusion_reason.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "libs/education/text.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

constexpr Day kAlways(1900y / 1 / 1);
constexpr Day kEver(2199y / 12 / 31);
constexpr Day kSet2020(2020y / 9 / 1);
constexpr Day kSet2026(2026y / 9 / 1);

constexpr std::string_view kFirst = "CBDS, reasons for exclusion, before 2020/21";
constexpr std::string_view kSecond = "CBDS, reasons for exclusion, 2020/21";
constexpr std::string_view kThird = "CBDS May 2026, reasons for exclusion";

constexpr ExclusionReasonRule Always(std::string_view code, std::string_view name) {
  return {code, name, kAlways, kEver, true, kFirst};
}
constexpr ExclusionReasonRule Since2020(std::string_view code, std::string_view name) {
  return {code, name, kSet2020, kEver, true, kSecond};
}
constexpr ExclusionReasonRule Since2026(std::string_view code, std::string_view name) {
  return {code, name, kSet2026, kEver, true, kThird};
}

constexpr std::array kRules = {
    Always("PP", "Physical assault against a pupil"),
    Always("PA", "Physical assault against an adult"),
    Always("VP", "Verbal abuse or threatening behaviour against a pupil"),
    Always("VA", "Verbal abuse or threatening behaviour against an adult"),
    Since2020("OW", "Use or threat of use of a weapon or prohibited item"),
    Since2026("BW", "Bringing a weapon or prohibited item"),
    Always("BU", "Bullying"),
    Since2026("TB", "Cyber-bullying"),
    Always("RA", "Racist abuse"),
    Since2020("LG", "Abuse against sexual orientation or gender identity"),
    Since2020("DS", "Abuse relating to disability"),
    Always("SM", "Sexual misconduct"),
    Since2026("SB", "Harmful sexual behaviour"),
    Since2026("MB", "Misogynistic behaviour"),
    Since2026("AB", "Misandrist behaviour"),
    Since2026("DR", "Drug related"),
    Since2026("AR", "Alcohol related"),
    Since2026("SR", "Smoking related"),
    Since2026("VR", "Vape related"),
    Always("DA", "Drug and alcohol related"),
    Always("DM", "Damage"),
    Always("TH", "Theft"),
    Since2026("LD", "Persistent low-level disruptive behaviour"),
    Since2026("CB", "Persistent challenging behaviour"),
    Always("DB", "Persistent or general disruptive behaviour"),
    Since2020("MT", "Inappropriate use of social media or online technology"),
    Since2026("MP", "Mobile phone"),
    Since2026("OS", "Misbehaviour outside school"),
    Since2020("PH", "Wilful breach of public health measures"),
    ExclusionReasonRule{"OT", "Other", kAlways, kSet2020 - 1, false, kFirst},
};

}  // namespace

std::span<const ExclusionReasonRule> ExclusionReasonRules() { return kRules; }

absl::StatusOr<ExclusionReason> ExclusionReason::Parse(std::string_view text) {
  const std::string code = internal::CodeText(text);
  const auto found = std::ranges::find(kRules, std::string_view(code), &ExclusionReasonRule::code);
  if (found == kRules.end()) {
    return absl::InvalidArgumentError(
        "is not a reason of the national code set: use two letters, such as PP or DB");
  }
  return ExclusionReason(static_cast<std::uint8_t>(found - kRules.begin()));
}

const ExclusionReasonRule& ExclusionReason::rule() const { return kRules[row_]; }

bool ExclusionReason::IsValidOn(Day decided) const {
  return rule().valid_from <= decided && decided <= rule().valid_to;
}

std::vector<const ExclusionReasonRule*> ExclusionReasonsOffered(Day decided) {
  std::vector<const ExclusionReasonRule*> offered;
  for (const ExclusionReasonRule& rule : kRules) {
    const bool valid = rule.valid_from <= decided && decided <= rule.valid_to;
    if (rule.offered && valid) offered.push_back(&rule);
  }
  std::ranges::sort(offered, {}, &ExclusionReasonRule::name);
  return offered;
}

}  // namespace pathways::education
