#include "services/attendance/api/request_span.h"

#include "libs/education/academic_year.h"

namespace pathways::attendance {
namespace {

using education::Day;

// A span longer than this is a typing error, and would sum more than counts of sessions hold.
constexpr int kMaxYears = 20;

Day ReadDay(const char* field, const std::string& text, Day otherwise,
            service::FieldViolations& wrong) {
  if (text.empty()) return otherwise;
  const auto day = Day::ParseIso(text);
  if (day.ok()) return *day;
  wrong.AddIfError(field, day.status());
  return otherwise;
}

}  // namespace

RequestSpan ReadSpan(const std::string& from, const std::string& to, const std::string& as_known,
                     const education::Clock& clock, service::FieldViolations& wrong) {
  const Day today = clock.Today();
  RequestSpan span{ReadDay("from", from, education::AcademicYear::Of(today).first(), wrong),
                   ReadDay("to", to, today, wrong), std::nullopt};
  if (span.to < span.from)
    wrong.Add("to", "The last day must not be before the first, " + span.from.ToIso());
  if (span.to - span.from > kMaxYears * 366) wrong.Add("from", "Ask for 20 years at most");
  if (!as_known.empty()) {
    const auto instant = education::ParseInstant(as_known);
    wrong.AddIfError("as_known", instant.status());
    if (instant.ok()) span.known_at = *instant;
  }
  return span;
}

}  // namespace pathways::attendance
