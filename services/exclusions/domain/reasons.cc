#include "services/exclusions/domain/reasons.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"

namespace pathways::exclusions {
namespace {

using education::ExclusionReason;

bool IsBlank(const std::string& code) {
  return std::ranges::all_of(
      code, [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); });
}

std::string Outdated(ExclusionReason reason, education::Day decided) {
  const auto& rule = reason.rule();
  const std::string code = std::string(rule.code) + " (" + std::string(rule.name) + ")";
  if (decided < rule.valid_from) {
    return code + " was not in use before " + rule.valid_from.ToUk() +
           ": choose a reason that was in use on the day of the decision";
  }
  return code + " was in use until " + rule.valid_to.ToUk() +
         ": choose a reason that is in use on the day of the decision";
}

}  // namespace

absl::StatusOr<Reasons> Reasons::Parse(std::span<const std::string> codes) {
  if (codes.empty() || codes.size() > kMostReasons) {
    return absl::InvalidArgumentError("must be one to three reasons");
  }
  const auto first = ExclusionReason::Parse(codes.front());
  if (!first.ok()) return first.status();
  Reasons reasons(*first);
  for (const std::string& code : codes) {
    const auto reason = ExclusionReason::Parse(code);
    if (!reason.ok()) return reason.status();
    if (reasons.Contains(*reason)) return absl::InvalidArgumentError("gives a reason twice");
    reasons.reasons_[reasons.count_++] = *reason;
  }
  return reasons;
}

bool Reasons::Contains(ExclusionReason reason) const {
  return std::ranges::find(all(), reason) != all().end();
}

std::vector<std::string> Reasons::ToCodes() const {
  std::vector<std::string> codes;
  for (const ExclusionReason reason : all()) codes.emplace_back(reason.code());
  return codes;
}

std::string Reasons::ToString() const {
  std::string text;
  for (const ExclusionReason reason : all()) {
    if (!text.empty()) text += ' ';
    text += reason.code();
  }
  return text;
}

std::vector<Problem> CheckReasons(std::string_view field, std::span<const std::string> codes,
                                  education::Day decided) {
  std::vector<Problem> problems;
  const auto say = [&](std::string words) {
    problems.push_back({std::string(field), std::move(words)});
  };
  std::vector<ExclusionReason> seen;
  std::size_t given = 0;
  for (const std::string& code : codes) {
    if (IsBlank(code)) continue;
    ++given;
    const auto reason = ExclusionReason::Parse(code);
    if (!reason.ok()) {
      say("'" + code.substr(0, 8) + "' " + std::string(reason.status().message()));
    } else if (std::ranges::find(seen, *reason) != seen.end()) {
      say("Give " + std::string(reason->code()) + " once only");
    } else {
      seen.push_back(*reason);
      if (!reason->IsValidOn(decided)) say(Outdated(*reason, decided));
    }
  }
  if (given == 0) say("Choose at least one reason");
  if (given > kMostReasons) say("Choose no more than three reasons");
  return problems;
}

}  // namespace pathways::exclusions
