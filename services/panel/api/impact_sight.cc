// Who sees which figures.
#include <array>
#include <charconv>
#include <cmath>

#include "libs/education/academic_year.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/panel/api/impact_figures.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::AcademicYear;
using education::Day;
using education::LaCode;
using service::Call;
using service::FieldViolations;

absl::StatusOr<LaCode> AuthorityOfSchools(const ImpactParts& parts, const Call& call) {
  const auto found = storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](storage::Transaction& transaction) {
        return FindAuthorityOf(transaction, call.caller().scope.schools);
      });
  if (!found.ok()) return found.status();
  if (!*found) return service::InvalidField("scope.la_code", "Say which authority");
  return **found;
}

absl::StatusOr<LaCode> Authority(const ImpactParts& parts, const Call& call, std::int32_t asked) {
  const access::Scope& scope = call.caller().scope;
  if (asked == 0 && scope.authorities.size() == 1) return scope.authorities.front();
  if (asked == 0 && (scope.everything || (scope.authorities.empty() && !scope.schools.empty()))) {
    return AuthorityOfSchools(parts, call);
  }
  if (asked == 0) return service::InvalidField("scope.la_code", "Say which authority");
  auto la_code = LaCode::FromInt(asked);
  if (!la_code.ok()) {
    return FieldViolations().AddIfError("scope.la_code", la_code.status()).ToStatus();
  }
  if (scope.CoversAuthority(*la_code)) return *la_code;
  if (!scope.schools.empty()) {
    const auto own = AuthorityOfSchools(parts, call);
    if (own.ok() && *own == *la_code) return *la_code;
  }
  return absl::NotFoundError("There is no such authority");
}

std::optional<Day> ReadDay(const std::string& text, std::string_view field, Day otherwise,
                           FieldViolations& wrong) {
  if (text.empty()) return otherwise;
  const auto day = Day::ParseIso(text);
  wrong.AddIfError(field, day.status());
  if (!day.ok()) return std::nullopt;
  return *day;
}

absl::StatusOr<std::pair<Day, Day>> Days(const v1::ImpactScope& scope, Day today) {
  FieldViolations wrong;
  const Day usual = AcademicYear::Of(today).Previous().first();
  const auto from = ReadDay(scope.from(), "scope.from", usual, wrong);
  const auto to = ReadDay(scope.to(), "scope.to", today, wrong);
  if (from && to && *to < *from) wrong.Add("scope.to", "The last day is before the first");
  if (!wrong.empty()) return wrong.ToStatus();
  return std::pair(*from, *to);
}

}  // namespace

absl::StatusOr<ImpactSight> LookAtImpact(const ImpactParts& parts, const Call& call,
                                         const v1::ImpactScope& scope) {
  const access::Caller& caller = call.caller();
  if (!caller.May(Permission::kReadPanel)) {
    return absl::PermissionDeniedError("Figures of the panel are not for this role");
  }
  const auto days = Days(scope, parts.clock->Today());
  if (!days.ok()) return days.status();
  const auto la_code = Authority(parts, call, scope.la_code());
  if (!la_code.ok()) return la_code.status();
  const bool casework = caller.scope.CoversAuthority(*la_code);
  // A school's own rows do not make the authority's figures; it gets sums of all, and none that is
  // small.
  return ImpactSight{
      .span = {*la_code, days->first, days->second},
      .casework = casework,
      .scope = casework ? call.RowScope() : storage::RowScope::System("panel.impact")};
}

absl::StatusOr<ImpactSight> LookAtCasework(const ImpactParts& parts, const Call& call,
                                           const v1::ImpactScope& scope) {
  auto sight = LookAtImpact(parts, call, scope);
  if (sight.ok() && !sight->casework) {
    return absl::PermissionDeniedError("These figures are for those who work with the cases");
  }
  return sight;
}

void Fill(const ImpactSpan& span, v1::ImpactSpan* to) {
  to->set_la_code(span.la_code.value());
  to->set_from(span.from.ToIso());
  to->set_to(span.to.ToIso());
}

std::string Decimals(double value, int places) {
  const double scale = std::pow(10.0, places);
  // Half-way cases come from means of whole numbers: a little is added so that what is written
  // as .5 in decimals is not just below it in binary. No minus nought.
  const double rounded = std::round(value * scale + std::copysign(1e-9, value)) / scale + 0.0;
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), rounded,
                                 std::chars_format::fixed, places);
  return {text.data(), end.ptr};
}

}  // namespace pathways::panel
