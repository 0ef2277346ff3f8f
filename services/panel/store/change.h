// A change of a case or a placement, written as a whole: the row, its events, its timeline and the
// access log in one transaction.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "libs/access/access_log.h"
#include "libs/events/envelope.h"
#include "libs/events/outbox.h"
#include "libs/storage/transaction.h"
#include "pathways/panel/v1/events.pb.h"
#include "services/panel/domain/placement.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {

// How a change is written.
struct Pen {
  events::Outbox& outbox;
  access::AccessContext access;
  std::string traceparent = {};  // W3C, of what caused it
};

// A child's record was touched. `detail`: a few words of ours.
template <typename Record>
access::AccessEntry Touched(access::Action action, const Record& record, std::string_view detail) {
  return {action,         access::SubjectKind::kPupil, record.pupil.ToString(), record.urn,
          record.la_code, std::string(detail)};
}

// Who, when, one version more.
template <typename Record>
void Stamp(Record& record, education::Instant now, const std::string& person,
           const std::string& call) {
  ++record.version;
  record.updated_at = now;
  record.updated_by = person;
  record.last_call = call;
}

// The case is locked and stamped; what changes in it is for the caller to set.
class CaseChange {
 public:
  CaseChange(storage::Transaction& transaction, PanelCase& locked)
      : transaction_(transaction), case_(locked) {}

  storage::Transaction& transaction() { return transaction_; }
  PanelCase& panel_case() { return case_; }
  education::Instant now() const { return case_.updated_at; }

  // Moves on; FAILED_PRECONDITION as Next says.
  absl::Status Do(CaseAction action);
  // Adds to the timeline; the id of its words, if it has any.
  absl::StatusOr<std::optional<std::int64_t>> Tell(std::string kind, std::string code = {},
                                                   std::string note = {});
  // Publishes with the change.
  template <typename Message>
  void Publish(Message message) {
    FillFacts(message.mutable_facts());
    events_.push_back(events::MakeEvent(message, "case/" + case_.id.ToString(),
                                        ++case_.event_version, case_.pupil.ToString()));
  }
  // Writes the row, the events and the access log.
  absl::Status Write(const Pen& pen, std::string_view detail);
  // The same for a row that was inserted with everything in it, `event_version` too.
  absl::Status WriteInserted(const Pen& pen, std::string_view detail);

 private:
  void FillFacts(v1::CaseFacts* facts) const;

  storage::Transaction& transaction_;
  PanelCase& case_;
  std::vector<events::NewEvent> events_;
};

// The same for a placement.
class PlacementChange {
 public:
  PlacementChange(storage::Transaction& transaction, Placement& locked)
      : transaction_(transaction), placement_(locked) {}

  storage::Transaction& transaction() { return transaction_; }
  Placement& placement() { return placement_; }
  education::Instant now() const { return placement_.updated_at; }

  absl::Status Do(PlacementAction action);
  absl::Status Tell(std::string kind, std::string code = {}, std::string note = {});
  template <typename Message>
  void Publish(Message message) {
    FillFacts(message.mutable_facts());
    events_.push_back(events::MakeEvent(message, "placement/" + placement_.id.ToString(),
                                        ++placement_.event_version, placement_.pupil.ToString()));
  }
  // Frees the places of one that no longer holds any, too.
  absl::Status Write(const Pen& pen, std::string_view detail);

 private:
  void FillFacts(v1::PlacementFacts* facts) const;

  storage::Transaction& transaction_;
  Placement& placement_;
  std::vector<events::NewEvent> events_;
};

using access::BindTrace;

// Closes a case for that reason: off every agenda, its offers taken back. Stamped and locked as
// above; `words` may be empty.
absl::Status CloseCase(CaseChange& change, const Pen& pen, CaseAction action,
                       std::string_view reason, const std::string& words);

}  // namespace pathways::panel
