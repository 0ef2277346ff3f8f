// Exclusions as those who may see them read them.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/exclusion_reason.h"
#include "libs/service/paging.h"
#include "services/exclusions/api/answers.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/messages.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/ledger.h"
#include "services/exclusions/store/timeline_store.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

absl::Status Get(const ExclusionsParts& parts, const Call& call,
                 const v1::GetExclusionRequest& request, v1::GetExclusionResponse* response) {
  const auto id = ReadId<ExclusionId>("exclusion_id", request.exclusion_id());
  if (!id.ok()) return id.status();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto found = FindExclusion(transaction, *id);
    if (!found.ok()) return found.status();
    response->Clear();
    auto status = FillWhole(transaction, parts, *found, response->mutable_exclusion());
    if (!status.ok()) return status;
    const auto history = ReadHistory(transaction, *id);
    if (!history.ok()) return history.status();
    for (const TimelineEntry& entry : *history) Fill(entry, response->add_history());
    return RecordReads(transaction, call, {*found}, "exclusion");
  });
}

// By due day, those without a day first, those past the calendar last.
auto OrderOf(const StepDate& date) {
  const int group = date.kind == DueKind::kPastCalendar ? 2 : date.due ? 1 : 0;
  return std::pair(group, date.due);
}

void FillClock(const LedgerEntry& entry, const StatutoryClock& clock,
               const education::SchoolCalendar& calendar, Day today,
               v1::GetClockResponse* response) {
  const Exclusion& exclusion = entry.kept.exclusion;
  std::vector<StepRow> rows = MakeSteps(exclusion, clock, calendar);
  for (StepRow& row : rows) {
    const auto kept = std::ranges::find(entry.steps, row.step, &StepRow::step);
    if (kept == entry.steps.end()) continue;
    row.was_due = kept->was_due;
    row.moved_because = kept->moved_because;
  }
  std::ranges::stable_sort(rows, {}, [](const StepRow& row) { return OrderOf(row.date); });
  for (const StepRow& row : rows) {
    v1::ClockStep* step = response->add_steps();
    Fill(row, exclusion, calendar, today, step);
    FillWorking(row.step, clock, exclusion.urn, calendar, step);
    step->set_owner(std::string(OwnerName(row.owner)));
  }
  for (const Step step : kSteps) {
    if (clock[step].applies()) continue;
    FillWorking(step, clock, exclusion.urn, calendar, response->add_not_applicable());
  }
  response->set_today(today.ToIso());
}

absl::Status GetClock(const ExclusionsParts& parts, const Call& call,
                      const v1::GetClockRequest& request, v1::GetClockResponse* response) {
  const auto id = ReadId<ExclusionId>("exclusion_id", request.exclusion_id());
  if (!id.ok()) return id.status();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto found = FindExclusion(transaction, *id);
    if (!found.ok()) return found.status();
    const auto ledger = Ledger::Read(transaction, {found->exclusion.pupil});
    if (!ledger.ok()) return ledger.status();
    const auto calendars = parts.calendars->Read(transaction, ledger->Schools());
    if (!calendars.ok()) return calendars.status();
    std::vector<const Exclusion*> in_order;
    for (const LedgerEntry* entry : ledger->Of(found->exclusion.pupil)) {
      in_order.push_back(&entry->kept.exclusion);
      if (entry->kept.exclusion.id == *id) break;
    }
    response->Clear();
    FillClock(*ledger->Find(*id), ClockOfLast(in_order, *calendars),
              *calendars->at(found->exclusion.urn), parts.clock->Today(), response);
    return RecordReads(transaction, call, {*found}, "clock of an exclusion");
  });
}

absl::StatusOr<ExclusionFilter> ReadFilter(const v1::ListExclusionsRequest& request) {
  service::FieldViolations wrong;
  ExclusionFilter filter{.urn = request.urn(),
                         .kind = FromMessage(request.kind()),
                         .state = FromMessage(request.state()),
                         .from = ReadDay("from", request.from(), wrong),
                         .to = ReadDay("to", request.to(), wrong),
                         .reason = request.reason(),
                         .owed = request.owed()};
  if (!filter.kind && request.kind() != v1::KIND_UNSPECIFIED)
    wrong.Add("kind", "Choose a kind, or leave it out for all");
  if (!filter.state && request.state() != v1::EXCLUSION_STATE_UNSPECIFIED)
    wrong.Add("state", "Choose a state, or leave it out for all");
  if (!request.reason().empty()) {
    wrong.AddIfError("reason", education::ExclusionReason::Parse(request.reason()).status());
  }
  if (!request.pupil_id().empty()) {
    const auto pupil = education::PupilId::Parse(request.pupil_id());
    wrong.AddIfError("pupil_id", pupil.status());
    if (pupil.ok()) filter.pupil = *pupil;
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return filter;
}

absl::Status List(const ExclusionsParts& parts, const Call& call,
                  const v1::ListExclusionsRequest& request, v1::ListExclusionsResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                              {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  filter->offset = page->offset;
  filter->limit = page->size;
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto found = ListExclusions(transaction, *filter);
    if (!found.ok()) return found.status();
    response->Clear();
    std::vector<v1::Exclusion*> filled;
    for (std::size_t i = 0; i < found->exclusions.size(); ++i) {
      filled.push_back(response->add_exclusions());
    }
    auto status = FillListed(transaction, parts, found->exclusions, filled);
    if (!status.ok()) return status;
    response->set_total(found->total);
    response->set_next_page_token(page->NextToken(found->exclusions.size(), found->total));
    return RecordReads(transaction, call, found->exclusions, "exclusion in a list");
  });
}

absl::Status OfferReasons(const ExclusionsParts& parts, const v1::ListReasonsRequest& request,
                          v1::ListReasonsResponse* response) {
  service::FieldViolations wrong;
  const auto on = ReadDay("on", request.on(), wrong);
  if (!wrong.empty()) return wrong.ToStatus();
  for (const auto* rule : education::ExclusionReasonsOffered(on.value_or(parts.clock->Today()))) {
    v1::Reason* added = response->add_reasons();
    added->set_code(std::string(rule->code));
    added->set_name(std::string(rule->name));
  }
  return absl::OkStatus();
}

}  // namespace

void AddReads(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .Unary<v1::GetExclusionRequest, v1::GetExclusionResponse>(
          "GetExclusion", Permission::kReadExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::GetClockRequest, v1::GetClockResponse>(
          "GetClock", Permission::kReadExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return GetClock(parts, call, q, r); })
      .Unary<v1::ListExclusionsRequest, v1::ListExclusionsResponse>(
          "ListExclusions", Permission::kReadExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::ListReasonsRequest, v1::ListReasonsResponse>(
          "ListReasons", Permission::kReadExclusion,
          [&parts](Call&, const auto& q, auto* r) { return OfferReasons(parts, q, r); });
}

}  // namespace pathways::exclusions
