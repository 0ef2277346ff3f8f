// One pupil's sums and what happened with their exclusions.
#include <optional>
#include <string>
#include <vector>

#include "libs/service/timeline.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/messages.h"
#include "services/exclusions/domain/totals.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/ledger.h"
#include "services/exclusions/store/timeline_store.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::Day;
using education::PupilId;
using service::Call;
using storage::Transaction;

constexpr int kMostPupils = 500;

// Sums over all schools; days and states only of what the caller may see.
void FillTotals(const std::vector<LedgerEntry*>& entries, const std::set<ExclusionId>& seen,
                const CalendarsBySchool& calendars, education::Urn urn, Day on,
                v1::PupilTotals* to) {
  std::vector<Spell> spells;
  int suspensions = 0;
  std::optional<Day> last;
  for (const LedgerEntry* entry : entries) {
    const Exclusion& e = entry->kept.exclusion;
    if (e.start > on) continue;
    spells.push_back(Spell::Of(e, *calendars.at(e.urn)));
    const bool counts = CountsInStatistics(e) && e.kind != Kind::kPermanent;
    suspensions += counts && SchoolYearOf(on).Contains(e.start);
    if (!seen.contains(e.id) || e.state == State::kWithdrawn) continue;
    last = last ? std::max(*last, e.start) : e.start;
    if (e.kind == Kind::kPermanent && e.state == State::kRecorded) {
      to->set_permanently_excluded(true);
    }
  }
  Fill(TotalsOn(on, urn, spells), to->mutable_totals());
  to->set_suspensions_in_year(suspensions);
  to->set_last_start(Iso(last));
}

absl::StatusOr<std::vector<PupilId>> ReadPupils(const v1::GetPupilTotalsRequest& request) {
  service::FieldViolations wrong;
  if (request.pupil_ids_size() > kMostPupils) {
    wrong.Add("pupil_ids", "Ask for at most " + std::to_string(kMostPupils) + " pupils");
  }
  std::vector<PupilId> pupils;
  for (const std::string& text : request.pupil_ids()) {
    const auto pupil = PupilId::Parse(text);
    wrong.AddIfError("pupil_ids", pupil.status());
    if (pupil.ok()) pupils.push_back(*pupil);
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return pupils;
}

absl::Status WriteTotals(Transaction& transaction, const ExclusionsParts& parts, const Call& call,
                         const std::vector<PupilId>& wanted, Day on,
                         v1::GetPupilTotalsResponse* response) {
  const auto visible = VisiblePupils(transaction, wanted);
  if (!visible.ok()) return visible.status();
  std::vector<PupilId> pupils;
  for (const auto& [pupil, urn] : *visible) pupils.push_back(pupil);
  const auto own = ReadExclusionsOf(transaction, pupils);
  if (!own.ok()) return own.status();
  std::set<ExclusionId> seen;
  for (const KeptExclusion& kept : *own) seen.insert(kept.exclusion.id);
  const auto ledger = Ledger::Read(transaction, pupils);
  if (!ledger.ok()) return ledger.status();
  const auto calendars = parts.calendars->Read(transaction, ledger->Schools());
  if (!calendars.ok()) return calendars.status();
  std::vector<access::AccessEntry> entries;
  response->Clear();
  for (const auto& [pupil, unused] : ledger->pupils()) {
    const education::Urn urn = visible->at(pupil);
    v1::PupilTotals* totals = response->add_totals();
    totals->set_pupil_id(pupil.ToString());
    FillTotals(ledger->Of(pupil), seen, *calendars, urn, on, totals);
    entries.push_back({access::Action::kRead, access::SubjectKind::kPupil, pupil.ToString(), urn,
                       std::nullopt, "sums of exclusions"});
  }
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::Status GetTotals(const ExclusionsParts& parts, const Call& call,
                       const v1::GetPupilTotalsRequest& request,
                       v1::GetPupilTotalsResponse* response) {
  const auto pupils = ReadPupils(request);
  if (!pupils.ok()) return pupils.status();
  service::FieldViolations wrong;
  const auto on = ReadDay("on", request.on(), wrong);
  if (!wrong.empty()) return wrong.ToStatus();
  return Reading(parts, call, [&](Transaction& transaction) {
    return WriteTotals(transaction, parts, call, *pupils, on.value_or(parts.clock->Today()),
                       response);
  });
}

}  // namespace

void AddPupils(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .Unary<v1::GetPupilTotalsRequest, v1::GetPupilTotalsResponse>(
          "GetPupilTotals", Permission::kReadExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return GetTotals(parts, call, q, r); })
      .Unary<v1::ListTimelineRequest, v1::ListTimelineResponse>(
          "ListTimeline", Permission::kReadExclusion,
          [&parts](Call& call, const auto& request, auto* response) {
            return service::ListTimeline(
                *parts.pool, ReadingScope(call), call, request, response, "timeline of exclusions",
                ReadTimeline, [](const TimelineEntry& entry, auto* to) { Fill(entry, to); });
          });
}

}  // namespace pathways::exclusions
