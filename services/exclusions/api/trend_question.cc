#include "services/exclusions/api/trend_question.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "libs/access/permission.h"
#include "libs/service/status.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::AcademicYear;
using education::Day;
using education::LaCode;
using education::Urn;
using service::Call;
using service::FieldViolations;
using service::InvalidField;
using storage::Transaction;

constexpr int kUsualYears = 5;
constexpr int kMostYears = 10;

static_assert(static_cast<int>(v1::BREAKDOWN_TOTAL) == static_cast<int>(Breakdown::kTotal) + 1 &&
              static_cast<int>(v1::BREAKDOWN_LOOKED_AFTER) ==
                  static_cast<int>(Breakdown::kLookedAfter) + 1);
static_assert(static_cast<int>(v1::SCHOOL_TERM_SUMMER) == static_cast<int>(SchoolTerm::kSummer));

absl::Status CheckScope(const v1::TrendScope& scope) {
  const int places = (scope.urn() != 0 ? 1 : 0) + (scope.locality().empty() ? 0 : 1) +
                     (scope.phase().empty() ? 0 : 1);
  if (places > 1) {
    return InvalidField("scope", "Choose one school, one locality or one phase, not several");
  }
  return absl::OkStatus();
}

Place PlaceOf(const v1::TrendScope& scope) {
  if (scope.urn() != 0) return {PlaceKind::kSchool, std::to_string(scope.urn())};
  if (!scope.locality().empty()) return {PlaceKind::kLocality, scope.locality()};
  if (!scope.phase().empty()) return {PlaceKind::kPhase, scope.phase()};
  return {};
}

absl::StatusOr<TrendSight> LookAtSchool(Transaction& transaction, const Call& call,
                                        const v1::TrendScope& scope) {
  const auto urn = Urn::FromInt(scope.urn());
  if (!urn.ok()) return FieldViolations().AddIfError("scope.urn", urn.status()).ToStatus();
  const auto schools = FindSchools(transaction, {*urn});
  if (!schools.ok()) return schools.status();
  if (schools->empty() ||
      !call.caller().scope.CoversSchool(*urn, schools->front().school.la_code)) {
    return absl::NotFoundError("there is no such school");
  }
  const LaCode la_code = schools->front().school.la_code;
  if (scope.la_code() != 0 && scope.la_code() != la_code.value()) {
    return InvalidField("scope.la_code", "The school belongs to another authority");
  }
  return TrendSight{la_code,
                    PlaceOf(scope),
                    call.caller().May(Permission::kReadExclusion),
                    {},
                    schools->front().phase};
}

// The authorities the caller may ask about: theirs, and those of their schools.
absl::StatusOr<std::vector<LaCode>> AuthoritiesOf(Transaction& transaction, const Call& call,
                                                  const std::vector<TrendSchool>& own) {
  const access::Scope& scope = call.caller().scope;
  if (scope.everything) return AllAuthorities(transaction);
  std::vector<LaCode> authorities = scope.authorities;
  for (const TrendSchool& school : own) authorities.push_back(school.school.la_code);
  std::ranges::sort(authorities);
  const auto repeated = std::ranges::unique(authorities);
  authorities.erase(repeated.begin(), repeated.end());
  return authorities;
}

absl::StatusOr<LaCode> ChooseAuthority(const v1::TrendScope& scope,
                                       const std::vector<LaCode>& authorities) {
  if (scope.la_code() == 0) {
    if (authorities.size() == 1) return authorities.front();
    return InvalidField("scope.la_code", "Say which authority");
  }
  auto la_code = LaCode::FromInt(scope.la_code());
  if (!la_code.ok()) {
    return FieldViolations().AddIfError("scope.la_code", la_code.status()).ToStatus();
  }
  if (std::ranges::find(authorities, *la_code) == authorities.end()) {
    return absl::NotFoundError("there is no such authority");
  }
  return la_code;
}

// What the caller sees in full anyway, put where it is in the authority's figures.
absl::StatusOr<std::vector<TrendSeries>> KnownSeries(Transaction& transaction,
                                                     const TrendSight& sight,
                                                     const TrendQuestion& question, Day today) {
  std::vector<Breakdown> inside = question.breakdowns;
  std::erase_if(inside, [](Breakdown by) { return !Divides(by, PlaceKind::kSchool); });
  if (std::ranges::find(inside, Breakdown::kTotal) == inside.end()) {
    inside.push_back(Breakdown::kTotal);
  }
  TrendFigures known;
  for (const TrendSchool& school : sight.own) {
    auto figures =
        ReadTrend(transaction, sight.la_code, {PlaceKind::kSchool, school.school.urn.ToString()},
                  question.span, inside);
    if (!figures.ok()) return figures.status();
    const auto add = [&](const auto& from, auto* to) {
      for (auto one : from) {
        to->push_back(one);
        if (one.breakdown != Breakdown::kTotal) continue;
        to->push_back(one);
        to->back().breakdown = Breakdown::kPhase;
        to->back().value = school.phase;
        to->push_back(one);
        to->back().breakdown = Breakdown::kLocality;
        to->back().value = school.locality;
      }
    };
    add(figures->counted, &known.counted);
    add(figures->headcounts, &known.headcounts);
  }
  return MakeSeries(known, question.span, question.breakdowns, today);
}

// Figures a caller cannot have who does not work with the cases: by school, and terms divided
// further. Both would make one table with answers they already have.
absl::Status CheckOpen(const TrendSight& sight, const TrendQuestion& question) {
  FieldViolations wrong;
  for (const Breakdown by : question.breakdowns) {
    const std::string name(BreakdownName(by));
    if (!Divides(by, sight.place.kind)) {
      wrong.Add("by", "Figures of this place are not divided by " + name);
    } else if (!sight.casework && by == Breakdown::kSchool) {
      wrong.Add("by", "Figures of other schools are for those who work with their cases");
    } else if (!sight.casework && question.span.by_term && by != Breakdown::kTotal) {
      wrong.Add("by", "Terms are divided further only for those who work with the cases");
    }
  }
  return wrong.ToStatus();
}

}  // namespace

absl::StatusOr<TrendSight> LookAt(Transaction& transaction, const Call& call,
                                  const v1::TrendScope& scope) {
  if (auto status = CheckScope(scope); !status.ok()) return status;
  if (scope.urn() != 0) return LookAtSchool(transaction, call, scope);
  auto own = FindSchools(transaction, call.caller().scope.schools);
  if (!own.ok()) return own.status();
  const auto authorities = AuthoritiesOf(transaction, call, *own);
  if (!authorities.ok()) return authorities.status();
  const auto la_code = ChooseAuthority(scope, *authorities);
  if (!la_code.ok()) return la_code.status();
  TrendSight sight{*la_code, PlaceOf(scope), false, {}, scope.phase()};
  if (call.caller().scope.CoversAuthority(*la_code)) {
    sight.casework = call.caller().May(Permission::kReadExclusion);
  }
  if (sight.casework) return sight;
  if (sight.place.kind != PlaceKind::kAuthority) {
    return absl::PermissionDeniedError(
        "a part of an authority is for those who work with its cases; ask for the whole");
  }
  std::erase_if(*own, [&](const TrendSchool& school) { return school.school.la_code != *la_code; });
  sight.own = *std::move(own);
  return sight;
}

absl::StatusOr<TrendQuestion> ReadQuestion(const v1::GetTrendRequest& request, Day today) {
  FieldViolations wrong;
  const auto year_of = [&](std::string_view field, std::int32_t code, AcademicYear otherwise) {
    if (code == 0) return otherwise;
    const auto year = AcademicYear::Parse(std::to_string(code));
    wrong.AddIfError(field, year.status());
    return year.ok() ? *year : otherwise;
  };
  const AcademicYear last = year_of("to_year", request.to_year(), AcademicYear::Of(today));
  const AcademicYear first =
      year_of("from_year", request.from_year(),
              *AcademicYear::FromStartYear(last.start_year() - kUsualYears + 1));
  const int years = last.start_year() - first.start_year() + 1;
  if (years < 1) wrong.Add("from_year", "Choose a first year that is not after the last");
  if (years > kMostYears) wrong.Add("from_year", "Choose at most ten years");
  TrendQuestion question{{first, last, request.by_term()}, {}};
  for (const int by : request.by()) {
    const auto breakdown = FromMessage(static_cast<v1::Breakdown>(by));
    if (!breakdown) {
      wrong.Add("by", "Choose breakdowns from the list");
    } else if (std::ranges::find(question.breakdowns, *breakdown) == question.breakdowns.end()) {
      question.breakdowns.push_back(*breakdown);
    }
  }
  if (!wrong.empty()) return wrong.ToStatus();
  if (question.breakdowns.empty()) question.breakdowns.push_back(Breakdown::kTotal);
  return question;
}

absl::StatusOr<std::vector<TrendSeries>> AnswerSeries(Transaction& transaction,
                                                      const TrendSight& sight,
                                                      const TrendQuestion& question, Day today) {
  if (auto status = CheckOpen(sight, question); !status.ok()) return status;
  // The undivided figures say how many pupils there are in all.
  std::vector<Breakdown> read = question.breakdowns;
  if (std::ranges::find(read, Breakdown::kTotal) == read.end()) read.push_back(Breakdown::kTotal);
  const auto figures = ReadTrend(transaction, sight.la_code, sight.place, question.span, read);
  if (!figures.ok()) return figures.status();
  std::vector<TrendSeries> series = MakeSeries(*figures, question.span, question.breakdowns, today);
  if (sight.casework) return series;
  const auto known = KnownSeries(transaction, sight, question, today);
  if (!known.ok()) return known.status();
  HideSmall(*known, &series);
  return series;
}

v1::Breakdown ToMessage(Breakdown breakdown) {
  return static_cast<v1::Breakdown>(static_cast<int>(breakdown) + 1);
}

v1::SchoolTerm ToMessage(SchoolTerm term) {
  return static_cast<v1::SchoolTerm>(static_cast<int>(term));
}

std::optional<Breakdown> FromMessage(v1::Breakdown breakdown) {
  if (!v1::Breakdown_IsValid(breakdown) || breakdown == v1::BREAKDOWN_UNSPECIFIED) {
    return std::nullopt;
  }
  return kBreakdowns[static_cast<std::size_t>(breakdown) - 1];
}

}  // namespace pathways::exclusions
