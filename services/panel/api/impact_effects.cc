// Before and after, against pupils alike.
#include <set>
#include <utility>

#include "libs/service/log.h"
#include "libs/storage/run_in_transaction.h"
#include "services/panel/api/impact_figures.h"
#include "services/panel/api/messages.h"

namespace pathways::panel {
namespace {

using service::Call;
using storage::Transaction;

struct Known {
  std::vector<StartedForPupil> started;
  std::set<education::PupilId> helped;
};

absl::StatusOr<Known> Read(const ImpactParts& parts, const Call& call, const ImpactSight& sight) {
  return ReadingImpact(parts, call, sight, [&](Transaction& transaction) -> absl::StatusOr<Known> {
    auto started = ReadStarted(transaction, sight.span);
    if (!started.ok()) return started.status();
    auto helped = ReadHelped(transaction, sight.span.la_code);
    if (!helped.ok()) return helped.status();
    return Known{*std::move(started), *std::move(helped)};
  });
}

// What attendance and exclusions know of all who started something, and of those alike.
class Around {
 public:
  static absl::StatusOr<Around> Ask(const ImpactParts& parts, const Call& call, const Known& known,
                                    v1::GetEffectsResponse* response) {
    std::set<PupilDay> days;
    for (const StartedForPupil& one : known.started) days.insert({one.pupil, one.day});
    Around around;
    auto attendance = parts.comparisons->Attendance(call, {days.begin(), days.end()},
                                                    {known.helped.begin(), known.helped.end()});
    if (!attendance.ok()) return attendance.status();
    around.attendance_ = *std::move(attendance);
    ComparisonSource::WithAlike with_alike;
    for (const auto& [key, one] : around.attendance_) with_alike[key] = one.alike;
    auto counts =
        parts.comparisons->Exclusions(call, with_alike, {kEffectWeeks.begin(), kEffectWeeks.end()});
    if (counts.ok()) {
      around.counts_ = *std::move(counts);
    } else {
      around.knows_suspensions_ = false;
      response->add_missing("exclusions");
      service::LogWarning("effects are told without suspensions", {{"error", counts.status()}});
    }
    return around;
  }

  PupilChange Attendance(const PupilDay& key, std::size_t length) const {
    PupilChange change;
    const auto found = attendance_.find(key);
    if (found == attendance_.end()) return change;
    const AttendanceAround& around = found->second;
    change.own = AttendanceOf(around.own[length].before, around.own[length].after);
    for (const auto& alike : around.of_alike) {
      const auto one = AttendanceOf(alike[length].before, alike[length].after);
      if (one) change.alike.push_back(*one);
    }
    return change;
  }

  PupilChange Suspensions(const PupilDay& key, std::size_t length) const {
    PupilChange change;
    const auto found = attendance_.find(key);
    if (found == attendance_.end()) return change;
    change.own = SuspensionsOf(key, length);
    for (const education::PupilId& alike : found->second.alike) {
      change.alike.push_back(SuspensionsOf({alike, key.second}, length));
    }
    return change;
  }

  bool knows_suspensions() const { return knows_suspensions_; }

 private:
  // Who is not in the answer has none.
  BeforeAfter SuspensionsOf(const PupilDay& key, std::size_t length) const {
    const auto found = counts_.find(key);
    if (found == counts_.end()) return {};
    const CountsAround& counts = found->second[length];
    return {static_cast<double>(counts.suspensions_before),
            static_cast<double>(counts.suspensions_after)};
  }

  ComparisonSource::AttendanceByPupil attendance_;
  ComparisonSource::CountsByPupil counts_;
  bool knows_suspensions_ = true;
};

void Fill(const Effect& from, v1::Effect* to) {
  to->set_pupils(from.pupils);
  to->set_compared(from.compared);
  to->set_without_marks(from.without_marks);
  to->set_without_alike(from.without_alike);
  to->set_verdict(ToMessage<v1::EffectVerdict>(from.verdict));
  if (from.compared > 0) {
    to->set_before(Decimals(from.own.before, 2));
    to->set_after(Decimals(from.own.after, 2));
    to->set_alike_before(Decimals(from.alike.before, 2));
    to->set_alike_after(Decimals(from.alike.after, 2));
  }
  if (!from.difference) return;
  to->set_difference(Decimals(from.difference->middle, 2));
  to->set_low(Decimals(from.difference->low, 2));
  to->set_high(Decimals(from.difference->high, 2));
}

// Of one kind and tier, or of all.
struct Group {
  std::optional<DecisionKind> kind = {};
  int tier = 0;

  bool Has(const StartedForPupil& one) const {
    return !kind || (one.kind == *kind && one.tier == tier);
  }
};

void FillGroup(const Group& group, const std::vector<StartedForPupil>& started,
               const Around& around, education::Day today, v1::GetEffectsResponse* response) {
  for (const v1::EffectMeasure measure :
       {v1::EFFECT_MEASURE_ATTENDANCE, v1::EFFECT_MEASURE_SUSPENSIONS}) {
    const bool attendance = measure == v1::EFFECT_MEASURE_ATTENDANCE;
    if (!attendance && !around.knows_suspensions()) continue;
    for (std::size_t length = 0; length < kEffectWeeks.size(); ++length) {
      std::vector<PupilChange> changes;
      for (const StartedForPupil& one : started) {
        if (!group.Has(one) || !WeeksAreOver(one.day, kEffectWeeks[length], today)) continue;
        const PupilDay key(one.pupil, one.day);
        changes.push_back(attendance ? around.Attendance(key, length)
                                     : around.Suspensions(key, length));
      }
      v1::Effect* effect = response->add_effects();
      if (group.kind) effect->set_kind(ToMessage<v1::DecisionKind>(*group.kind));
      effect->set_tier(group.tier);
      effect->set_weeks(kEffectWeeks[length]);
      effect->set_measure(measure);
      Fill(Compare(changes), effect);
    }
  }
}

}  // namespace

absl::Status FillEffects(const ImpactParts& parts, const Call& call, const ImpactSight& sight,
                         v1::GetEffectsResponse* response) {
  const auto known = Read(parts, call, sight);
  if (!known.ok()) return known.status();
  Fill(sight.span, response->mutable_span());
  response->set_started(static_cast<std::int32_t>(known->started.size()));
  if (known->started.empty()) return absl::OkStatus();
  const auto around = Around::Ask(parts, call, *known, response);
  if (!around.ok()) return around.status();
  std::set<std::pair<DecisionKind, int>> kinds;
  for (const StartedForPupil& one : known->started) kinds.insert({one.kind, one.tier});
  const education::Day today = parts.clock->Today();
  FillGroup({}, known->started, *around, today, response);
  for (const auto& [kind, tier] : kinds) {
    FillGroup({kind, tier}, known->started, *around, today, response);
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
