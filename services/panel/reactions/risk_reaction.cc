#include "services/panel/reactions/risk_reaction.h"

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "libs/service/trace.h"
#include "pathways/exclusions/v1/events.pb.h"
#include "services/panel/reactions/open_case.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/change.h"

namespace pathways::panel {
namespace {

using events::Event;
using exclusions::v1::ExclusionRiskDecided;

constexpr char kName[] = "panel.risk";
constexpr char kRefer[] = "refer_to_panel";
constexpr char kDecidedOtherwise[] = "risk_decided_otherwise";

struct Decided {
  SourceId proposal;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::string person;
  bool refer = false;
};

absl::StatusOr<Decided> Read(const Event& event) {
  const auto message = events::ParsePayload<ExclusionRiskDecided>(event);
  if (!message.ok()) return message.status();
  const auto& figures = message->figures();
  const auto proposal = SourceId::Parse(figures.proposal_id());
  const auto pupil = education::PupilId::Parse(figures.pupil_id());
  const auto urn = education::Urn::FromInt(figures.urn());
  const auto la_code = education::LaCode::FromInt(figures.la_code());
  if (!proposal.ok() || !pupil.ok() || !urn.ok() || !la_code.ok()) {
    return absl::InvalidArgumentError(event.type + " lacks an id, a school or an authority");
  }
  return Decided{.proposal = *proposal,
                 .pupil = *pupil,
                 .urn = *urn,
                 .la_code = *la_code,
                 .person = message->person_id(),
                 .refer = message->decision() == kRefer};
}

absl::Status Open(storage::Transaction& transaction, const Decided& decided,
                  const service::TraceContext& trace, const Pen& pen, education::Instant now,
                  education::IdSource& ids) {
  const auto open = HasOpenCase(transaction, decided.pupil);
  if (!open.ok()) return open.status();
  if (*open) return absl::OkStatus();
  const std::string& system = transaction.scope().person;
  PanelCase made{.id = CaseId::New(ids),
                 .reference = {},
                 .pupil = decided.pupil,
                 .urn = decided.urn,
                 .la_code = decided.la_code,
                 .origin = Origin::kRiskOfExclusion,
                 .source = decided.proposal,
                 .state = CaseState::kReferred,
                 .origin_trace_id = trace.trace_id,
                 .created_by = decided.person.empty() ? system : decided.person,
                 .created_at = now,
                 .referred_at = now,
                 .updated_at = now,
                 .updated_by = system};
  return OpenCase(transaction, made, pen, ids);
}

// What the panel has decided stays.
absl::Status Close(PanelCase& panel_case, storage::Transaction& transaction, const Pen& pen,
                   education::Instant now) {
  if (panel_case.decision) return absl::OkStatus();
  Stamp(panel_case, now, transaction.scope().person, "");
  CaseChange change(transaction, panel_case);
  return CloseCase(change, pen, CaseAction::kClose, kDecidedOtherwise, "");
}

}  // namespace

RiskReaction::RiskReaction(events::Outbox& outbox, education::IdSource& ids,
                           const education::Clock& clock)
    : Reaction({.name = kName,
                .topics = {"pathways.exclusions.v1"},
                .types = {ExclusionRiskDecided::descriptor()->full_name()},
                .ordering = events::Ordering::kEveryVersion}),
      outbox_(outbox),
      ids_(ids),
      clock_(clock) {}

// One by one: people decide them one by one.
absl::Status RiskReaction::Apply(storage::Transaction& transaction, std::span<const Event> events) {
  for (const Event& event : events) {
    const auto decided = Read(event);
    if (!decided.ok()) return decided.status();
    const service::TraceContext trace =
        service::TraceContext::Parse(event.traceparent).value_or(service::TraceContext::New());
    if (auto bound = BindTrace(transaction, trace.trace_id); !bound.ok()) return bound;
    const Pen pen{outbox_, {kName, "", ""}, trace.ToTraceparent()};
    auto known = LockOpenCaseOfSource(transaction, Origin::kRiskOfExclusion, decided->proposal);
    if (!known.ok()) return known.status();
    absl::Status status;
    if (!*known && decided->refer) {
      status = Open(transaction, *decided, trace, pen, clock_.Now(), ids_);
    } else if (*known && !decided->refer) {
      status = Close(**known, transaction, pen, clock_.Now());
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
