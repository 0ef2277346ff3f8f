#include "services/registry/api/calendar_importer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/education/year_code.h"
#include "pathways/registry/v1/events.pb.h"

namespace pathways::registry {
namespace {

using education::AcademicYear;
using education::LaCode;
using education::Urn;

enum Column : std::size_t { kLaCode, kUrn, kYear, kKind, kName, kFrom, kTo };

std::string AggregateOf(const CalendarScope& scope) {
  return absl::StrCat("calendar/", scope.la_code.ToString(), "/", scope.urn, "/",
                      scope.year.ToCode());
}

v1::CalendarChanged ToEvent(const CalendarScope& scope, const std::vector<CalendarDays>& days) {
  v1::CalendarChanged event;
  event.set_la_code(scope.la_code.value());
  event.set_urn(scope.urn);
  event.set_academic_year(education::YearCode(scope.year));
  for (const CalendarDays& entry : days) {
    v1::CalendarDays* added = event.add_days();
    added->set_kind(std::string(education::ToString(entry.kind)));
    added->set_name(entry.name);
    added->set_first_day(entry.first_day.ToIso());
    added->set_last_day(entry.last_day.ToIso());
  }
  return event;
}

}  // namespace

std::vector<tabular::WantedColumn> CalendarImporter::columns() const {
  return {{"la_code", true, {"old_la_code"}},
          {"urn", false, {}},
          {"academic_year", true, {"year"}},
          {"kind", true, {"type"}},
          {"name", false, {}},
          {"from", true, {"first_day", "start", "start_date"}},
          {"to", false, {"last_day", "end", "end_date"}}};
}

absl::Status CalendarImporter::OnHeader(const tabular::HeaderMap& header) {
  header_ = header;
  return absl::OkStatus();
}

void CalendarImporter::CheckScope(LaCode la_code, std::optional<Urn> urn,
                                  importing::RowCheck& check) {
  const access::Scope& scope = context_.call->caller().scope;
  if (!urn) {
    if (!scope.CoversAuthority(la_code)) {
      check.Refuse(kLaCode, "You may not set this authority's calendar.", "Ask its Inclusion team.",
                   "not_yours");
    }
    return;
  }
  const auto school = schools_.find(*urn);
  if (school == schools_.end() || school->second != la_code) {
    check.Refuse(kUrn, "There is no such school in this authority.",
                 "Check the URN, or import the schools first.", "unknown_school");
  } else if (!scope.CoversSchool(*urn, la_code)) {
    check.Refuse(kUrn, "You may not set this school's calendar.",
                 "Ask the school or its authority.", "not_yours");
  }
}

absl::Status CalendarImporter::OnRow(const tabular::Record& record, importing::Refusals& refusals) {
  importing::RowCheck check(record, *header_, refusals);
  const auto la_code = check.Parsed(kLaCode, LaCode::Parse, "bad_la_code",
                                    "Give the authority's three-digit LA code.");
  std::optional<Urn> urn;
  if (!check.Cell(kUrn).empty())
    urn = check.Parsed(kUrn, Urn::Parse, "bad_urn", "Give the six-digit URN, or leave it empty.");
  const auto year =
      check.Parsed(kYear, AcademicYear::Parse, "bad_academic_year", "Write it as 202627.");
  const auto kind = check.Parsed(kKind, education::ParseCalendarKind, "bad_kind",
                                 "Use term, holiday, bank_holiday, inset or closure.");
  std::string name = check.OptionalText(kName);
  if (la_code && check.ok()) CheckScope(*la_code, urn, check);
  if (!check.ok()) return absl::OkStatus();
  const std::string from(check.Cell(kFrom));
  const std::string to(check.Cell(kTo));
  dates_.See(from, record.row_number, header_->name(kFrom));
  dates_.See(to, record.row_number, header_->name(kTo));
  drafts_.push_back({record.row_number, std::string(record.raw),
                     CalendarScope{*la_code, urn ? urn->value() : 0, *year}, *kind, std::move(name),
                     from, to});
  return absl::OkStatus();
}

void CalendarImporter::Keep(const Draft& draft, importing::Refusals& refusals) {
  const auto from = dates_.Read(draft.from, draft.row, header_->name(kFrom), draft.raw, refusals);
  const auto to = draft.to.empty()
                      ? from
                      : dates_.Read(draft.to, draft.row, header_->name(kTo), draft.raw, refusals);
  if (!from || !to) return;
  const absl::Status good = education::CheckCalendarEntry({.urn = std::nullopt,
                                                           .academic_year = draft.scope.year,
                                                           .kind = draft.kind,
                                                           .name = draft.name,
                                                           .from = *from,
                                                           .to = *to});
  if (!good.ok()) {
    refusals.Add({.row = draft.row,
                  .column = header_->name(kFrom),
                  .value = tabular::Excerpt(draft.from),
                  .reason = std::string(good.message()),
                  .advice = "Correct the days or the academic year.",
                  .code = "bad_days"},
                 draft.raw);
    return;
  }
  rows_.Add({draft.scope, draft.kind, *from}, draft.row, draft.raw,
            {draft.kind, draft.name, *from, *to}, header_->name(kFrom), refusals);
}

absl::Status CalendarImporter::OnEnd(importing::Refusals& refusals) {
  dates_.Decide(refusals);
  if (refusals.whole_file()) return absl::OkStatus();
  for (const Draft& draft : drafts_) Keep(draft, refusals);
  rows_.Settle();
  return absl::OkStatus();
}

Calendars CalendarImporter::FromFile() const {
  Calendars calendars;
  for (const auto& [key, kept] : rows_.rows())
    calendars[std::get<CalendarScope>(key)].push_back(kept.value);
  return calendars;
}

absl::StatusOr<importing::Effect> CalendarImporter::Apply(storage::Transaction& transaction,
                                                          importing::Refusals&) {
  const Calendars file = FromFile();
  std::vector<CalendarScope> scopes;
  for (const auto& [scope, days] : file) scopes.push_back(scope);
  auto stored = LockCalendars(transaction, scopes);
  if (!stored.ok()) return stored.status();

  importing::Effect effect;
  Calendars changed;
  for (const auto& [scope, days] : file) {
    std::vector<CalendarDays> before = MergeCalendar(stored->at(scope), {});
    std::vector<CalendarDays> after = MergeCalendar(before, days);
    for (const CalendarDays& entry : days) {
      ++(std::ranges::count(before, entry) > 0 ? effect.records_unchanged : effect.records_new);
    }
    if (before != after) changed.emplace(scope, std::move(after));
  }
  effect.records_unchanged += rows_.repeated();
  auto versions = ReplaceCalendars(transaction, changed);
  if (!versions.ok()) return versions.status();

  std::vector<events::NewEvent> events;
  for (const auto& [scope, days] : changed) {
    const std::string key = scope.urn == 0 ? scope.la_code.ToString() : std::to_string(scope.urn);
    events.push_back(
        events::MakeEvent(ToEvent(scope, days), AggregateOf(scope), versions->at(scope), key));
    events.back().compaction_key = events.back().aggregate;
  }
  absl::Status status =
      context_.outbox->Append(transaction, events, context_.call->trace().ToTraceparent());
  if (!status.ok()) return status;
  return effect;
}

}  // namespace pathways::registry
