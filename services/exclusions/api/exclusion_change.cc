#include "services/exclusions/api/exclusion_change.h"

#include "libs/service/seen_version.h"
#include "services/exclusions/api/answers.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/store/exclusion_store.h"

namespace pathways::exclusions {
namespace {

using service::Call;
using storage::Transaction;

void Sign(const ExclusionsParts& parts, const Call& call, const std::string& person,
          LedgerEntry& entry) {
  ++entry.kept.version;
  entry.kept.updated_at = parts.clock->Now();
  entry.kept.updated_by = person;
  entry.kept.last_call = call.request_id();
  entry.touched = true;
}

absl::Status Save(const ExclusionsParts& parts, const Call& call, Transaction& transaction,
                  Ledger& ledger, CalendarsBySchool calendars, CalendarVersions versions,
                  std::string_view detail) {
  return ledger.Save(transaction, {.outbox = parts.outbox,
                                   .now = parts.clock->Now(),
                                   .today = parts.clock->Today(),
                                   .calendars = std::move(calendars),
                                   .versions = std::move(versions),
                                   .access = call.AccessContext(),
                                   .access_detail = std::string(detail),
                                   .trace_id = call.trace().trace_id,
                                   .traceparent = call.trace().ToTraceparent()});
}

}  // namespace

StatutoryClock ExclusionChange::Clock() const {
  std::vector<const Exclusion*> in_order;
  for (const LedgerEntry* other : ledger.Of(entry.kept.exclusion.pupil)) {
    in_order.push_back(&other->kept.exclusion);
    if (other == &entry) break;
  }
  return ClockOfLast(in_order, calendars);
}

absl::Status ChangeExclusion(const ExclusionsParts& parts, Call& call, const SeenVersion& seen,
                             const std::optional<PupilAtSchool>& pupil, std::string_view detail,
                             const ChangeWork& work, v1::Exclusion* answer) {
  const auto id = ReadId<ExclusionId>("exclusion_id", seen.exclusion_id);
  if (!id.ok()) return id.status();
  return Writing(parts, call, [&](Transaction& transaction) -> absl::Status {
    // Under the caller's own scope: whether they may see it at all.
    const auto found = FindExclusion(transaction, *id);
    if (!found.ok()) return found.status();
    auto ledger = Ledger::Open(transaction, {found->exclusion.pupil});
    if (!ledger.ok()) return ledger.status();
    LedgerEntry& entry = *ledger->Find(*id);
    const std::string& person = transaction.scope().person;
    const auto compared =
        service::CompareVersion(entry.kept, seen.version, call, person, "The exclusion");
    if (!compared.ok()) return compared.status();
    if (*compared == service::Seen::kRepeated) {
      return FillWhole(transaction, parts, entry.kept, answer);
    }
    auto calendars = parts.calendars->Read(transaction, ledger->Schools());
    if (!calendars.ok()) return calendars.status();
    CalendarVersions versions;
    if (pupil) {
      (*calendars)[pupil->school.urn] = pupil->calendar;
      versions[pupil->school] = pupil->calendar_version;
    }
    Sign(parts, call, person, entry);
    ExclusionChange change{transaction, *ledger, entry, *calendars, parts.clock->Today()};
    if (auto status = work(change); !status.ok()) return status;
    auto status =
        Save(parts, call, transaction, *ledger, *std::move(calendars), std::move(versions), detail);
    if (!status.ok()) return status;
    return FillWhole(transaction, parts, entry.kept, answer);
  });
}

}  // namespace pathways::exclusions
