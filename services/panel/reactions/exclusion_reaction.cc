#include "services/panel/reactions/exclusion_reaction.h"

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/service/trace.h"
#include "pathways/exclusions/v1/events.pb.h"
#include "services/panel/reactions/open_case.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/change.h"

namespace pathways::panel {
namespace {

using events::Event;
using exclusions::v1::ExclusionCancelled;
using exclusions::v1::ExclusionChanged;
using exclusions::v1::ExclusionFigures;
using exclusions::v1::ExclusionWithdrawn;
using exclusions::v1::GovernorsDecided;
using exclusions::v1::PermanentExclusionRecorded;

constexpr char kTopic[] = "pathways.exclusions.v1";
constexpr char kName[] = "panel.exclusions";

template <typename Message>
std::string TypeOf() {
  return Message::descriptor()->full_name();
}

enum class What : std::uint8_t { kOpens, kChanges, kCloses, kNothing };

struct Said {
  What what = What::kNothing;
  std::string closed_for = {};
  ExclusionFigures figures = {};
};

template <typename Message>
absl::StatusOr<Said> Read(const Event& event, What what, std::string closed_for = {}) {
  const auto message = events::ParsePayload<Message>(event);
  if (!message.ok()) return message.status();
  return Said{what, std::move(closed_for), message->figures()};
}

absl::StatusOr<Said> ReadSaid(const Event& event) {
  if (event.type == TypeOf<PermanentExclusionRecorded>()) {
    return Read<PermanentExclusionRecorded>(event, What::kOpens);
  }
  if (event.type == TypeOf<ExclusionChanged>()) {
    return Read<ExclusionChanged>(event, What::kChanges);
  }
  if (event.type == TypeOf<ExclusionCancelled>()) {
    return Read<ExclusionCancelled>(event, What::kCloses, "exclusion_cancelled");
  }
  if (event.type == TypeOf<ExclusionWithdrawn>()) {
    return Read<ExclusionWithdrawn>(event, What::kCloses, "exclusion_withdrawn");
  }
  const auto decided = events::ParsePayload<GovernorsDecided>(event);
  if (!decided.ok()) return decided.status();
  const bool reinstated = decided->decision() == "reinstate";
  return Said{reinstated ? What::kCloses : What::kNothing, "reinstated", decided->figures()};
}

// One event applied to one case.
class Act {
 public:
  Act(storage::Transaction& transaction, const Event& event, const std::string& trace_id,
      const Pen& pen, education::Instant now)
      : transaction_(transaction),
        type_(event.type),
        said_at_(event.time),
        trace_id_(trace_id),
        pen_(pen),
        now_(now) {}

  absl::Status Open(const ExclusionFigures& figures, education::IdSource& ids) const {
    const auto exclusion = ExclusionId::Parse(figures.exclusion_id());
    const auto pupil = education::PupilId::Parse(figures.pupil_id());
    const auto urn = education::Urn::FromInt(figures.urn());
    const auto la_code = education::LaCode::FromInt(figures.la_code());
    if (!exclusion.ok() || !pupil.ok() || !urn.ok() || !la_code.ok()) {
      return absl::InvalidArgumentError(type_ + " lacks an id, a school or an authority");
    }
    if (IsHistory(figures)) return absl::OkStatus();
    PanelCase made{.id = CaseId::New(ids),
                   .reference = {},
                   .pupil = *pupil,
                   .urn = *urn,
                   .la_code = *la_code,
                   .origin = Origin::kPermanentExclusion,
                   .exclusion = *exclusion,
                   .state = CaseState::kReferred,
                   .due = DueOf(figures),
                   .origin_trace_id = trace_id_,
                   .created_by = transaction_.scope().person,
                   .created_at = now_,
                   .referred_at = now_,
                   .updated_at = now_,
                   .updated_by = transaction_.scope().person};
    return OpenCase(transaction_, made, pen_, ids);
  }

  // The day education must be provided by may have moved.
  absl::Status Change(const ExclusionFigures& figures) const {
    return WithOpenCase(figures, [&](CaseChange& change) -> absl::Status {
      const auto due = DueOf(figures);
      if (due == change.panel_case().due) return absl::OkStatus();
      change.panel_case().due = due;
      if (auto entry = change.Tell("due_moved", due ? due->ToIso() : ""); !entry.ok()) {
        return entry.status();
      }
      return change.Write(pen_, "panel case due day");
    });
  }

  absl::Status Close(const ExclusionFigures& figures, const std::string& reason) const {
    return WithOpenCase(figures, [&](CaseChange& change) {
      return CloseCase(change, pen_, CaseAction::kClose, reason, "");
    });
  }

 private:
  static std::optional<education::Day> DueOf(const ExclusionFigures& figures) {
    const auto day = education::Day::ParseIso(figures.provision_from());
    if (!day.ok()) return std::nullopt;
    return *day;
  }

  // By the event's own time, so that a replay years later decides the same.
  bool IsHistory(const ExclusionFigures& figures) const {
    const auto start = education::Day::ParseIso(figures.start_date());
    const auto due = DueOf(figures);
    if (!due && !start.ok()) return false;
    return !OpensCase(due ? *due : *start, education::LondonDay(said_at_));
  }

  template <typename Work>
  absl::Status WithOpenCase(const ExclusionFigures& figures, Work&& work) const {
    const auto exclusion = ExclusionId::Parse(figures.exclusion_id());
    if (!exclusion.ok()) return exclusion.status();
    auto found = LockCaseOfExclusion(transaction_, *exclusion);
    if (!found.ok()) return found.status();
    if (!*found) return absl::OkStatus();
    PanelCase& panel_case = **found;
    if (panel_case.state == CaseState::kClosed || panel_case.state == CaseState::kWithdrawn) {
      return absl::OkStatus();
    }
    Stamp(panel_case, now_, transaction_.scope().person, "");
    CaseChange change(transaction_, panel_case);
    return work(change);
  }

  storage::Transaction& transaction_;
  const std::string& type_;
  const education::Instant said_at_;
  const std::string& trace_id_;
  const Pen& pen_;
  education::Instant now_;
};

}  // namespace

ExclusionReaction::ExclusionReaction(events::Outbox& outbox, education::IdSource& ids,
                                     const education::Clock& clock)
    : Reaction({.name = kName,
                .topics = {kTopic},
                .types = {TypeOf<PermanentExclusionRecorded>(), TypeOf<ExclusionChanged>(),
                          TypeOf<ExclusionCancelled>(), TypeOf<ExclusionWithdrawn>(),
                          TypeOf<GovernorsDecided>()},
                .ordering = events::Ordering::kEveryVersion}),
      outbox_(outbox),
      ids_(ids),
      clock_(clock) {}

// One by one: permanent exclusions are few (about one a school and year).
absl::Status ExclusionReaction::Apply(storage::Transaction& transaction,
                                      std::span<const Event> events) {
  for (const Event& event : events) {
    const auto said = ReadSaid(event);
    if (!said.ok()) return said.status();
    // An event without a trace begins one.
    const service::TraceContext trace =
        service::TraceContext::Parse(event.traceparent).value_or(service::TraceContext::New());
    if (auto bound = access::BindTrace(transaction, trace.trace_id); !bound.ok()) return bound;
    const Pen pen{outbox_, {kName, "", ""}, trace.ToTraceparent()};
    const Act act(transaction, event, trace.trace_id, pen, clock_.Now());
    absl::Status status;
    switch (said->what) {
      case What::kOpens:
        status = act.Open(said->figures, ids_);
        break;
      case What::kChanges:
        status = act.Change(said->figures);
        break;
      case What::kCloses:
        status = act.Close(said->figures, said->closed_for);
        break;
      case What::kNothing:
        break;
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
