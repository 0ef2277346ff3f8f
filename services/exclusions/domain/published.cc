#include "services/exclusions/domain/published.h"

#include <algorithm>
#include <cstdlib>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace pathways::exclusions {
namespace {

using education::AcademicYear;

constexpr int kDecimals = 5;
constexpr std::int64_t kUnit = 100'000;
constexpr std::size_t kMostDigits = 9;  // more than England has pupils

// School days of a year: each a suspension at most, lunchtimes apart.
constexpr std::int64_t kMostSuspensionsOfAPupil = 400;

constexpr std::array<std::string_view, 8> kSymbols = {"z", "x", "c", "low", "k", "u", ":", "~"};

bool AllDigits(std::string_view text) { return std::ranges::all_of(text, absl::ascii_isdigit); }

// "9.33" is 933000; nothing for what is no number.
std::optional<std::int64_t> ReadNumber(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const bool bare_point = point != std::string_view::npos && part.empty();
  if (whole.empty() || whole.size() > kMostDigits || bare_point) return std::nullopt;
  if (!AllDigits(whole) || !AllDigits(part)) return std::nullopt;
  std::string digits = absl::StrCat(std::string(whole), std::string(part.substr(0, kDecimals)));
  digits.append(kDecimals - std::min<std::size_t>(part.size(), kDecimals), '0');
  std::int64_t value = 0;
  if (!absl::SimpleAtoi(digits, &value)) return std::nullopt;
  const bool up = part.size() > kDecimals && part[kDecimals] >= '5';
  return value + (up ? 1 : 0);
}

// Whether both are numbers, to be held against each other.
bool Both(const PublishedValue& a, const PublishedValue& b) {
  return a.is_number() && b.is_number();
}

// 5 % and 0.02 apart are a rounding, of the rate or of the headcount; ten times is another unit.
bool Agrees(std::int64_t rate, std::int64_t expected) {
  return std::abs(rate - expected) <= std::max<std::int64_t>(expected / 20, kUnit / 50);
}

struct Pair {
  PublishedColumn count;
  PublishedColumn rate;
};
constexpr std::array kPairs = {
    Pair{PublishedColumn::kPermanent, PublishedColumn::kPermanentRate},
    Pair{PublishedColumn::kSuspensions, PublishedColumn::kSuspensionRate},
    Pair{PublishedColumn::kPupils, PublishedColumn::kPupilRate}};

std::int64_t Whole(const PublishedValue& value) { return value.hundred_thousandths() / kUnit; }

}  // namespace

absl::StatusOr<PublishedValue> PublishedValue::Parse(std::string_view text) {
  PublishedValue value;
  value.text_ =
      std::string(absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size())));
  if (value.text_.empty()) return value;
  if (const auto number = ReadNumber(value.text_)) {
    value.is_number_ = true;
    value.hundred_thousandths_ = *number;
    return value;
  }
  if (std::ranges::find(kSymbols, value.text_) != kSymbols.end()) return value;
  return absl::InvalidArgumentError("It is neither a number nor one of the published symbols.");
}

std::string PublishedValue::SymbolOf(const AcademicYear& year) const {
  if (is_number_) return "";
  if (text_ == "x" && year.start_year() <= 2016) return "c";
  if (text_ == ":") return year.start_year() <= 2018 ? "z" : "x";
  return text_ == "~" ? "low" : text_;
}

std::vector<PublishedProblem> CheckPublished(const PublishedFigures& figures) {
  using enum PublishedColumn;
  std::vector<PublishedProblem> problems;
  for (const PublishedColumn column : {kHeadcount, kPermanent, kSuspensions, kPupils}) {
    if (figures[column].hundred_thousandths() % kUnit != 0) {
      problems.push_back({column, "It counts, and is no whole number."});
    }
  }
  const PublishedValue& headcount = figures[kHeadcount];
  for (const auto& [count, rate] : kPairs) {
    const std::int64_t most = rate == kSuspensionRate ? kMostSuspensionsOfAPupil : 1;
    if (figures[rate].hundred_thousandths() > most * 100 * kUnit) {
      problems.push_back({rate, "It is more than a rate per 100 pupils can be."});
      continue;
    }
    if (!Both(headcount, figures[count]) || !figures[rate].is_number() || Whole(headcount) == 0) {
      continue;
    }
    const std::int64_t expected = Whole(figures[count]) * 100 * kUnit / Whole(headcount);
    if (Agrees(figures[rate].hundred_thousandths(), expected)) continue;
    const education::Percent should_be{Whole(figures[count]), Whole(headcount)};
    problems.push_back({rate, absl::StrCat("It is not number / headcount x 100, which is ",
                                           should_be.ToTwoDecimals(), ".")});
  }
  if (Both(figures[kPupils], figures[kSuspensions]) &&
      Whole(figures[kPupils]) > Whole(figures[kSuspensions])) {
    problems.push_back({kPupils, "More pupils were suspended than there are suspensions."});
  }
  return problems;
}

std::string PhaseGroup(std::string_view phase) {
  const std::string lower = absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(absl::string_view(phase.data(), phase.size())));
  if (lower.empty() || lower == "total" || lower == "all" || lower == "all schools") return "";
  for (const char* word : {"primary", "secondary", "special", "nursery"}) {
    if (absl::StrContains(lower, word)) return word;
  }
  const bool alternative = absl::StrContains(lower, "ap school") ||
                           absl::StrContains(lower, "alternative provision") ||
                           absl::StrContains(lower, "pupil referral");
  return alternative ? "alternative provision" : lower;
}

std::optional<SchoolTerm> TermFromIdentifier(std::string_view identifier) {
  const std::string lower = absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(absl::string_view(identifier.data(), identifier.size())));
  if (lower == "academic year") return SchoolTerm::kWholeYear;
  if (lower == "autumn term") return SchoolTerm::kAutumn;
  if (lower == "spring term") return SchoolTerm::kSpring;
  if (lower == "summer term") return SchoolTerm::kSummer;
  return std::nullopt;
}

PublishedMean MeanOf(std::span<const PublishedValue> rates, const AcademicYear& year) {
  PublishedMean mean;
  std::int64_t sum = 0;
  std::vector<std::string> symbols;
  for (const PublishedValue& rate : rates) {
    if (!rate.is_number()) {
      symbols.push_back(rate.SymbolOf(year));
      continue;
    }
    sum += rate.hundred_thousandths();
    ++mean.authorities;
  }
  if (mean.authorities > 0) {
    // A rate per 100 is a percent: r / 100000 = r / (100 x 100000) x 100.
    mean.rate = {sum, mean.authorities * 100 * kUnit};
  } else if (!symbols.empty() && std::ranges::count(symbols, symbols.front()) ==
                                     static_cast<std::ptrdiff_t>(symbols.size())) {
    mean.symbol = symbols.front();
  }
  return mean;
}

}  // namespace pathways::exclusions
