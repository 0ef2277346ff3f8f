#include "services/exclusions/domain/risk_history.h"

#include <algorithm>
#include <map>
#include <set>

#include "libs/education/pupil_characteristics.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::YearGroup;

constexpr int kPrimaryYears = 6;
// Years in which pupils usually begin at a school: reception, juniors, secondary, studio schools
// and university technical colleges, sixth form.
constexpr int kUsualStarts[] = {3, 7, 10, 12};

// As statistics count suspensions: not what never was, nor what was taken back before it began.
bool Counts(const PastExclusion& exclusion) {
  return exclusion.state != State::kWithdrawn &&
         (exclusion.state != State::kCancelled || exclusion.start <= exclusion.ended_on);
}

bool InRollingYear(Day then, Day day) { return day - kRollingDays < then && then <= day; }

std::vector<const PastExclusion*> SuspensionsInYear(const RiskHistory& history, Day day) {
  std::vector<const PastExclusion*> suspensions;
  for (const PastExclusion& exclusion : history.exclusions) {
    if (exclusion.kind == Kind::kPermanent || !Counts(exclusion)) continue;
    if (InRollingYear(exclusion.start, day)) suspensions.push_back(&exclusion);
  }
  return suspensions;
}

bool RisingLength(const std::vector<const PastExclusion*>& suspensions) {
  if (suspensions.size() < 3) return false;
  const auto* const* last = suspensions.data() + suspensions.size() - 3;
  return last[0]->half_days < last[1]->half_days && last[1]->half_days < last[2]->half_days;
}

int CommonestReason(const std::vector<const PastExclusion*>& suspensions) {
  std::map<std::string, int> times;
  int most = 0;
  for (const PastExclusion* suspension : suspensions) {
    for (const std::string& reason : suspension->reasons) most = std::max(most, ++times[reason]);
  }
  return most;
}

void AddSuspensions(const RiskHistory& history, Day day, RiskFacts* facts) {
  const auto suspensions = SuspensionsInYear(history, day);
  facts->suspensions = static_cast<int>(suspensions.size());
  for (const PastExclusion* one : suspensions) facts->half_days_suspended += one->half_days;
  facts->rising_length = RisingLength(suspensions);
  facts->repeat_reason = CommonestReason(suspensions);
}

// Days of a stay after `after`, up to `to`.
struct Span {
  Day after;
  Day to;
};
std::optional<Span> Within(const Stay& stay, Day after, Day to) {
  const Span span{std::max(after, stay.entry - 1), stay.leaving ? std::min(to, *stay.leaving) : to};
  if (span.after < span.to) return span;
  return std::nullopt;
}

template <typename Take>
void ForEachMissed(const Stay& stay, const Span& span, Take take) {
  auto missed = std::ranges::upper_bound(stay.missed, span.after, {}, &DayMissed::day);
  for (; missed != stay.missed.end() && missed->day <= span.to; ++missed) take(*missed);
}

int AbsencePercent(const RiskHistory& history, Day day) {
  int possible = 0;
  int absent = 0;
  for (const Stay& stay : history.stays) {
    const auto span = Within(stay, day - kRollingDays, day);
    if (!span || stay.registers == nullptr) continue;
    possible += stay.registers->Sessions(span->after, span->to);
    ForEachMissed(stay, *span, [&](const DayMissed& missed) {
      absent += missed.absent;
      possible -= missed.not_possible;
    });
  }
  return possible > 0 ? std::min(100, 100 * absent / possible) : 0;
}

int Unauthorised(const RiskHistory& history, Day after, Day to) {
  int sessions = 0;
  for (const Stay& stay : history.stays) {
    const auto span = Within(stay, after, to);
    if (!span) continue;
    ForEachMissed(stay, *span, [&](const DayMissed& missed) { sessions += missed.unauthorised; });
  }
  return sessions;
}

void AddUnauthorised(const RiskHistory& history, Day day, RiskFacts* facts) {
  const Stay* stay = StayOn(history, day);
  if (stay == nullptr || stay->registers == nullptr) return;
  const auto start = stay->registers->WeeksBack(day, kUnauthorisedWeeks);
  if (!start) return;
  facts->unauthorised_sessions = Unauthorised(history, *start - 1, day);
  // Without as many weeks to compare with, nothing rises.
  if (stay->registers->Weeks(*start - 1) < kUnauthorisedWeeks) return;
  const auto before = stay->registers->WeeksBack(*start - 1, kUnauthorisedWeeks);
  facts->unauthorised_rising =
      facts->unauthorised_sessions > Unauthorised(history, *before - 1, *start - 1);
}

// 1 to 14; 0 for nursery, reception, not followed and not known.
int YearNumber(const RecordedFrom* recorded) {
  if (recorded == nullptr) return 0;
  const auto year = YearGroup::Parse(recorded->year_group);
  return year.ok() ? year->number().value_or(0) : 0;
}

bool IsPrimary(const RecordedFrom* recorded, const Stay* stay) {
  if (recorded != nullptr && !recorded->year_group.empty() && recorded->year_group != "X") {
    return YearNumber(recorded) <= kPrimaryYears;
  }
  return stay != nullptr && stay->phase.find("rimary") != std::string::npos;
}

bool BeginsASchoolYear(Day day) {
  const auto month = static_cast<unsigned>(day.date().month());
  return month == 8 || month == 9;
}

// A start in August or September at a school of another phase, or in a year in which pupils usually
// begin.
bool IsUsualChange(const RiskHistory& history, const Stay& from, const Stay& to) {
  if (!BeginsASchoolYear(to.entry)) return false;
  if (from.phase != to.phase) return true;
  const RecordedFrom* recorded = RecordedOn(history, to.entry);
  const int year = YearNumber(recorded);
  return std::ranges::find(kUsualStarts, year) != std::end(kUsualStarts) ||
         (recorded != nullptr && recorded->year_group == "R");
}

int SchoolMoves(const RiskHistory& history, Day day) {
  const Day since = day - kMovesDays;
  const Stay* from = nullptr;
  int moves = 0;
  for (const Stay& stay : history.stays) {
    if (!stay.main || day < stay.entry) continue;
    const bool moved = from != nullptr && from->urn != stay.urn && since < stay.entry;
    if (moved && !IsUsualChange(history, *from, stay)) ++moves;
    from = &stay;
  }
  return moves;
}

bool SocialCare(const RiskHistory& history, Day day, const RecordedFrom* recorded) {
  if (recorded != nullptr && recorded->looked_after) return true;
  return std::ranges::any_of(history.exclusions, [&](const PastExclusion& exclusion) {
    return exclusion.has_social_worker && exclusion.state != State::kWithdrawn &&
           InRollingYear(exclusion.start, day);
  });
}

int SupportUnderWay(const RiskHistory& history, Day day) {
  std::set<std::string_view> kinds;
  for (const SupportSpell& spell : history.support) {
    const Day last = spell.to.value_or(spell.from + kSupportDays);
    if (spell.from <= day && day <= last) kinds.insert(spell.kind);
  }
  return static_cast<int>(kinds.size());
}

bool HasAnythingIn(const RiskHistory& history, Day day) {
  const auto missed = [&](const Stay& stay) {
    return !stay.missed.empty() && InRollingYear(stay.missed.back().day, day);
  };
  return std::ranges::any_of(history.stays, missed) || !history.support.empty() ||
         SchoolMoves(history, day) > 0;
}

}  // namespace

Registers::Registers(const std::vector<Held>& held) {
  int sum = 0;
  for (const Held& one : held) {
    if (one.sessions == 0) continue;
    sum += one.sessions;
    days_.push_back(one.day);
    sums_.push_back(sum);
    const Day monday = one.day.Monday();
    if (mondays_.empty() || mondays_.back() != monday) mondays_.push_back(monday);
  }
}

std::size_t Registers::CountUpTo(Day day) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(days_, day) - days_.begin());
}

int Registers::Sessions(Day after, Day to) const {
  const auto sum = [&](Day day) {
    const std::size_t count = CountUpTo(day);
    return count == 0 ? 0 : sums_[count - 1];
  };
  return after < to ? sum(to) - sum(after) : 0;
}

int Registers::Weeks(Day day) const {
  return static_cast<int>(std::ranges::upper_bound(mondays_, day) - mondays_.begin());
}

std::optional<Day> Registers::WeeksBack(Day day, int weeks) const {
  const auto end = std::ranges::upper_bound(mondays_, day);
  const auto known = end - mondays_.begin();
  if (known == 0) return std::nullopt;
  return *(end - std::min<std::ptrdiff_t>(known, weeks));
}

const Stay* StayOn(const RiskHistory& history, Day day) {
  const Stay* on = nullptr;
  for (const Stay& stay : history.stays) {
    if (stay.main && stay.entry <= day && (!stay.leaving || day <= *stay.leaving)) on = &stay;
  }
  return on;
}

const RecordedFrom* RecordedOn(const RiskHistory& history, Day day) {
  if (history.recorded.empty()) return nullptr;
  const RecordedFrom* on = &history.recorded.front();
  for (const RecordedFrom& recorded : history.recorded) {
    if (!recorded.from || *recorded.from <= day) on = &recorded;
  }
  return on;
}

bool PermanentlyExcludedOn(const RiskHistory& history, Day day) {
  const Stay* stay = StayOn(history, day);
  return std::ranges::any_of(history.exclusions, [&](const PastExclusion& exclusion) {
    // Who has entered another school since is a pupil like others.
    return exclusion.kind == Kind::kPermanent && exclusion.state == State::kRecorded &&
           exclusion.start <= day && (stay == nullptr || stay->entry <= exclusion.start);
  });
}

bool CanBeProposed(const RiskHistory& history, Day day) {
  return StayOn(history, day) != nullptr && !PermanentlyExcludedOn(history, day);
}

RiskFacts FactsOn(const RiskHistory& history, Day day) {
  const RecordedFrom* recorded = RecordedOn(history, day);
  RiskFacts facts;
  AddSuspensions(history, day, &facts);
  facts.absence_percent = AbsencePercent(history, day);
  AddUnauthorised(history, day, &facts);
  facts.sen_support = recorded != nullptr && recorded->sen_provision == "K";
  if (const int year = YearNumber(recorded); year > 0) facts.year = year;
  facts.primary = IsPrimary(recorded, StayOn(history, day));
  facts.school_moves = SchoolMoves(history, day);
  facts.social_care = SocialCare(history, day, recorded);
  facts.support_in_place = SupportUnderWay(history, day);
  return facts;
}

Outcome OutcomeBetween(const RiskHistory& history, Day after, Day to) {
  Outcome outcome = Outcome::kNone;
  for (const PastExclusion& exclusion : history.exclusions) {
    if (exclusion.start <= after || to < exclusion.start) continue;
    if (exclusion.kind == Kind::kPermanent) {
      if (exclusion.state == State::kRecorded) return Outcome::kPermanentlyExcluded;
    } else if (Counts(exclusion)) {
      outcome = Outcome::kSuspended;
    }
  }
  return outcome;
}

std::optional<Day> LookAgainOn(const RiskHistory& history, Day day) {
  std::optional<Day> again;
  if (HasAnythingIn(history, day)) again = day.Monday() + 7;
  for (const PastExclusion& exclusion : history.exclusions) {
    const Day leaves = exclusion.start + kRollingDays;
    if (day < leaves && (!again || leaves < *again)) again = leaves;
  }
  return again;
}

}  // namespace pathways::exclusions
