#include "services/exclusions/domain/spell.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

using education::Day;
using education::SchoolCalendar;
using education::Session;

bool KnowsYearOf(Day day, const SchoolCalendar& calendar) {
  const DaySpan year = SchoolYearOf(day);
  return calendar.SchoolDaysBetween(year.first, year.last) > 0;
}

// Morning, lunch and afternoon of all days, numbered in order of time.
constexpr std::int64_t kPartsOfDay = 3;
std::int64_t PartOf(Day day, Session session) {
  return kPartsOfDay * day.epoch_days() + (session == Session::kMorning ? 0 : 2);
}
std::int64_t LunchOf(Day day) { return kPartsOfDay * day.epoch_days() + 1; }

}  // namespace

Spell Spell::Of(Kind kind, education::Urn urn, Day start, Session start_session, HalfDays length,
                const SchoolCalendar& calendar) {
  Spell spell(kind, urn, start, calendar);
  if (kind != Kind::kPermanent && !length.is_zero()) spell.Lay(start_session, length);
  return spell;
}

Spell Spell::Of(const Exclusion& exclusion, const SchoolCalendar& calendar) {
  const bool counts = exclusion.state != State::kWithdrawn;
  Spell spell = Of(exclusion.kind, exclusion.urn, exclusion.start, exclusion.start_session,
                   counts ? exclusion.half_days : HalfDays(), calendar);
  if (exclusion.state == State::kCancelled && exclusion.ended_on) {
    spell.CutBefore(*exclusion.ended_on + 1);
  }
  if (exclusion.state == State::kReinstated && exclusion.decisions.reinstated_from) {
    spell.CutBefore(*exclusion.decisions.reinstated_from);
  }
  return spell;
}

void Spell::Lay(Session start_session, HalfDays length) {
  length_ = length;
  const auto first = calendar_->FirstSchoolDayFrom(first_);
  if (!first || !KnowsYearOf(first_, *calendar_)) {
    complete_ = placed_ = false;
    return;
  }
  const bool lunch = kind_ == Kind::kLunchtime;
  const bool afternoon = !lunch && *first == first_ && start_session == Session::kAfternoon;
  const int halves = length.count() + (afternoon ? 1 : 0);
  const auto last = calendar_->AddSchoolDays(*first - 1, lunch ? length.count() : (halves + 1) / 2);
  first_ = *first;
  first_session_ = afternoon ? Session::kAfternoon : Session::kMorning;
  last_ = last.value_or(calendar_->school_days().back());
  last_session_ = last && !lunch && halves % 2 == 1 ? Session::kMorning : Session::kAfternoon;
  complete_ = last.has_value();
  if (!complete_) length_ = HalfDaysFromStartTo(last_);
  FindWayBack();
}

void Spell::FindWayBack() {
  if (!complete_) return;
  const bool whole_day = last_session_ == Session::kAfternoon;
  back_on_ = whole_day ? calendar_->NextSchoolDay(last_) : last_;
  back_session_ = whole_day ? Session::kMorning : Session::kAfternoon;
}

void Spell::CutBefore(Day day) {
  if (day > last_ || is_empty()) return;
  const HalfDays served = placed_ ? HalfDaysFromStartTo(day - 1) : HalfDays();
  length_ = served;
  last_session_ = Session::kAfternoon;
  last_ = served.is_zero() ? first_ : calendar_->PreviousSchoolDay(day).value_or(first_);
  complete_ = placed_ = true;
  back_on_ = served.is_zero() ? std::nullopt : calendar_->FirstSchoolDayFrom(day);
  back_session_ = Session::kMorning;
}

HalfDays Spell::HalfDaysFromStartTo(Day day) const {
  if (day < first_) return {};
  const int days = calendar_->SchoolDaysBetween(first_, std::min(day, last_));
  if (kind_ == Kind::kLunchtime) return HalfDays::Of(days);
  const int not_out = (first_session_ == Session::kAfternoon ? 1 : 0) +
                      (day >= last_ && last_session_ == Session::kMorning ? 1 : 0);
  return HalfDays::Of(2 * days - not_out);
}

HalfDays Spell::In(const DaySpan& span) const {
  if (is_empty() || span.last < first_ || last_ < span.first) return {};
  if (!placed_ || (span.first <= first_ && last_ <= span.last)) {
    return span.Contains(first_) ? length_ : HalfDays();
  }
  return HalfDaysFromStartTo(span.last) - HalfDaysFromStartTo(span.first - 1);
}

bool Spell::MeetsLunchtimes(const Spell& lunchtimes) const {
  const Day from = std::max(first_, lunchtimes.first_);
  const Day to = std::min(last_, lunchtimes.last_);
  for (Day day = from; day <= to; ++day) {
    const bool out = PartOf(first_, first_session_) <= LunchOf(day) &&
                     LunchOf(day) <= PartOf(last_, last_session_);
    if (out && calendar_->IsSchoolDay(day)) return true;
  }
  return false;
}

bool Spell::Overlaps(const Spell& other) const {
  if (is_empty() || other.is_empty()) return false;
  const bool lunch = kind_ == Kind::kLunchtime;
  const bool other_lunch = other.kind_ == Kind::kLunchtime;
  if (lunch && other_lunch) return first_ <= other.last_ && other.first_ <= last_;
  if (other_lunch) return MeetsLunchtimes(other);
  if (lunch) return other.MeetsLunchtimes(*this);
  return PartOf(first_, first_session_) <= PartOf(other.last_, other.last_session_) &&
         PartOf(other.first_, other.first_session_) <= PartOf(last_, last_session_);
}

}  // namespace pathways::exclusions
