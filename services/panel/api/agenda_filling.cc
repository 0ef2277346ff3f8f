#include "services/panel/api/agenda_filling.h"

#include "libs/service/log.h"
#include "services/panel/store/agenda_store.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

using storage::Transaction;

constexpr char kName[] = "panel.agenda";

std::string TraceparentOf(const PanelCase& panel_case) {
  service::TraceContext trace = service::TraceContext::New();
  trace.trace_id = panel_case.origin_trace_id;
  return trace.ToTraceparent();
}

absl::Status FillOne(const PanelParts& parts, Transaction& transaction, const SittingId& id) {
  const auto sitting = LockSitting(transaction, id);
  if (!sitting.ok()) return sitting.status();
  return FillSitting(parts, transaction, *sitting, {kName, "", ""}).status();
}

absl::Status FillAll(const PanelParts& parts, Transaction& transaction, education::LaCode la_code,
                     Phase phase) {
  const auto ids = SittingsToFill(transaction, la_code, phase, parts.clock->Today());
  if (!ids.ok()) return ids.status();
  for (const SittingId& id : *ids) {
    if (auto status = FillOne(parts, transaction, id); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TakeOn(const PanelParts& parts, Transaction& transaction, const Sitting& sitting,
                    PanelCase& panel_case, std::string_view added_by,
                    const access::AccessContext& access) {
  const bool late = parts.clock->Today() > sitting.papers_day;
  auto status = AddItem(transaction, sitting, panel_case, added_by, late);
  if (!status.ok()) return status;
  Stamp(panel_case, parts.clock->Now(), transaction.scope().person, access.request_id);
  CaseChange change(transaction, panel_case);
  if (status = change.Do(CaseAction::kSchedule); !status.ok()) return status;
  panel_case.sitting = sitting.id;
  panel_case.sealed = false;
  v1::CaseScheduled message;
  message.set_sitting_id(sitting.id.ToString());
  message.set_day(sitting.day.ToIso());
  change.Publish(std::move(message));
  if (auto entry = change.Tell("case_scheduled", sitting.day.ToIso()); !entry.ok()) {
    return entry.status();
  }
  return change.Write({*parts.outbox, access, TraceparentOf(panel_case)}, "panel case scheduled");
}

absl::StatusOr<int> FillSitting(const PanelParts& parts, Transaction& transaction,
                                const Sitting& sitting, const access::AccessContext& access) {
  auto waiting = WaitingCases(transaction, sitting);
  if (!waiting.ok()) return waiting.status();
  const auto fits = WhatFits(sitting, sitting.cases, *std::move(waiting), parts.clock->Today());
  for (const Candidate& candidate : fits) {
    auto panel_case = LockCase(transaction, candidate.id);
    if (!panel_case.ok()) return panel_case.status();
    auto status = TakeOn(parts, transaction, sitting, *panel_case, "clock", access);
    if (!status.ok()) return status;
  }
  if (!fits.empty() && !sitting.clerk_ordered) {
    auto status = OrderItemsByClock(transaction, sitting.id);
    if (!status.ok()) return status;
  }
  return static_cast<int>(fits.size());
}

void FillSittings(const PanelParts& parts, const service::Call& call, education::LaCode la_code,
                  Phase phase) {
  storage::RowScope scope = storage::RowScope::System(kName);
  scope.trace_id = call.trace().trace_id;
  const auto filled = storage::RunInTransaction(
      *parts.pool, scope, call.deadline(),
      [&](Transaction& transaction) { return FillAll(parts, transaction, la_code, phase); });
  if (filled.ok()) return;
  service::LogWarning("agendas were not filled", {{"error", filled}});
  parts.metrics
      ->GetCounter("panel_agenda_filling_failures_total",
                   "Times coming agendas could not be filled; the next filling takes the cases on")
      .Add();
}

}  // namespace pathways::panel
