#include "libs/education/school_calendar.h"

#include <algorithm>
#include <array>
#include <bit>

#include "absl/strings/str_cat.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

using internal::ToAbsl;

constexpr int kDaysInWeek = 7;
constexpr std::size_t kBitsInWord = 64;

struct KindName {
  CalendarKind kind;
  std::string_view code;     // in files
  std::string_view meaning;  // for people
};
// In the order in which a day's reason is told: what nobody can change first.
constexpr std::array kKinds = {
    KindName{CalendarKind::kBankHoliday, "bank_holiday", "Bank holiday"},
    KindName{CalendarKind::kHoliday, "holiday", "School holiday"},
    KindName{CalendarKind::kInset, "inset", "INSET day"},
    KindName{CalendarKind::kClosure, "closure", "School closed"},
    KindName{CalendarKind::kTerm, "term", "Term"},
};

const KindName& NameOf(CalendarKind kind) {
  return *std::find_if(kKinds.begin(), kKinds.end(),
                       [kind](const KindName& name) { return name.kind == kind; });
}

bool Covers(const CalendarEntry& entry, Day day) { return entry.from <= day && day <= entry.to; }

bool IsTerm(const CalendarEntry& entry) { return entry.kind == CalendarKind::kTerm; }

// What applies to one school: its own entries and the authority's, without the authority's terms of
// the years in which the school has terms of its own.
std::vector<CalendarEntry> EntriesOf(std::optional<Urn> school,
                                     std::span<const CalendarEntry> entries) {
  const auto has_own_terms = [&](AcademicYear year) {
    return school && std::any_of(entries.begin(), entries.end(), [&](const CalendarEntry& entry) {
             return IsTerm(entry) && entry.urn == school && entry.academic_year == year;
           });
  };
  std::vector<CalendarEntry> applying;
  for (const CalendarEntry& entry : entries) {
    const bool own = entry.urn == school;
    const bool authority = !entry.urn;
    const bool replaced = !own && IsTerm(entry) && has_own_terms(entry.academic_year);
    if ((own || authority) && !replaced) applying.push_back(entry);
  }
  return applying;
}

}  // namespace

absl::StatusOr<CalendarKind> ParseCalendarKind(std::string_view text) {
  const std::string code = internal::CodeText(text);
  for (const KindName& name : kKinds) {
    if (internal::CodeText(name.code) == code) return name.kind;
  }
  return absl::InvalidArgumentError(
      "the kind must be term, holiday, bank_holiday, inset or closure");
}

std::string_view ToString(CalendarKind kind) { return NameOf(kind).code; }

absl::Status CheckCalendarEntry(const CalendarEntry& entry) {
  const AcademicYear year = entry.academic_year;
  if (entry.to < entry.from) {
    return absl::InvalidArgumentError(absl::StrCat("the last day, ", entry.to.ToUk(),
                                                   ", is before the first, ", entry.from.ToUk()));
  }
  const bool inside = year.Contains(entry.from) && year.Contains(entry.to);
  const bool overlaps = entry.from <= year.last() && entry.to >= year.first();
  if (IsTerm(entry) ? inside : overlaps) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      entry.from.ToUk(), " to ", entry.to.ToUk(), " is not in the academic year ", year.ToString(),
      ", which runs from ", year.first().ToUk(), " to ", year.last().ToUk()));
}

absl::StatusOr<SchoolCalendar> SchoolCalendar::Make(std::optional<Urn> school,
                                                    std::span<const CalendarEntry> entries) {
  std::vector<CalendarEntry> applying = EntriesOf(school, entries);
  for (const CalendarEntry& entry : applying) {
    const absl::Status status = CheckCalendarEntry(entry);
    if (!status.ok()) return status;
  }
  return SchoolCalendar(std::move(applying));
}

SchoolCalendar::SchoolCalendar(std::vector<CalendarEntry> entries)
    : entries_(std::move(entries)), first_(Day::FromEpochDays(0).Monday()) {
  std::optional<Day> first;
  std::optional<Day> last;
  for (const CalendarEntry& entry : entries_) {
    if (!IsTerm(entry)) continue;
    first = std::min(first.value_or(entry.from), entry.from);
    last = std::max(last.value_or(entry.to), entry.to);
  }
  if (first) Index(*first, *last);
}

bool SchoolCalendar::InTerm(Day day) const {
  return std::any_of(entries_.begin(), entries_.end(), [day](const CalendarEntry& entry) {
    return IsTerm(entry) && Covers(entry, day);
  });
}

const CalendarEntry* SchoolCalendar::Exception(Day day) const {
  for (const KindName& name : kKinds) {
    for (const CalendarEntry& entry : entries_) {
      if (entry.kind == name.kind && !IsTerm(entry) && Covers(entry, day)) return &entry;
    }
  }
  return nullptr;
}

void SchoolCalendar::Index(Day first, Day last) {
  first_ = first.Monday();
  const std::size_t days = static_cast<std::size_t>(last - first_ + 1);
  bits_.assign(days / kBitsInWord + 1, 0);
  week_number_.assign(days / kDaysInWeek + 1, 0);
  for (Day day = first; day <= last; ++day) {
    if (day.is_weekend() || !InTerm(day) || Exception(day)) continue;
    const std::size_t at = static_cast<std::size_t>(day - first_);
    bits_[at / kBitsInWord] |= std::uint64_t{1} << (at % kBitsInWord);
    school_days_.push_back(day);
    std::int32_t& number = week_number_[at / kDaysInWeek];
    if (number != 0) continue;
    week_mondays_.push_back(day.Monday());
    number = school_weeks();
  }
  for (std::uint32_t before = 0; const std::uint64_t word : bits_) {
    rank_.push_back(before);
    before += static_cast<std::uint32_t>(std::popcount(word));
  }
}

std::size_t SchoolCalendar::Rank(Day day) const {
  if (day <= first_) return 0;
  const std::size_t at = static_cast<std::size_t>(day - first_);
  if (at / kBitsInWord >= bits_.size()) return school_days_.size();
  const std::uint64_t earlier = (std::uint64_t{1} << (at % kBitsInWord)) - 1;
  return rank_[at / kBitsInWord] +
         static_cast<std::size_t>(std::popcount(bits_[at / kBitsInWord] & earlier));
}

bool SchoolCalendar::IsSchoolDay(Day day) const {
  if (day < first_) return false;
  const std::size_t at = static_cast<std::size_t>(day - first_);
  return at / kBitsInWord < bits_.size() &&
         ((bits_[at / kBitsInWord] >> (at % kBitsInWord)) & 1) != 0;
}

std::optional<std::string> SchoolCalendar::WhyNot(Day day) const {
  if (IsSchoolDay(day)) return std::nullopt;
  if (day.is_weekend()) return day.WeekdayName();
  const CalendarEntry* exception = Exception(day);
  if (!exception) return "Outside term";
  const absl::string_view meaning = ToAbsl(NameOf(exception->kind).meaning);
  return exception->name.empty() ? std::string(meaning)
                                 : absl::StrCat(meaning, ": ", exception->name);
}

int SchoolCalendar::SchoolDaysBetween(Day from, Day to) const {
  if (to < from) return 0;
  return static_cast<int>(Rank(to + 1) - Rank(from));
}

std::optional<Day> SchoolCalendar::PreviousSchoolDay(Day day) const {
  const std::size_t rank = Rank(day);
  if (rank == 0) return std::nullopt;
  return school_days_[rank - 1];
}

std::optional<Day> SchoolCalendar::FirstSchoolDayFrom(Day day) const {
  return AddSchoolDays(day - 1, 1);
}

std::optional<Day> SchoolCalendar::AddSchoolDays(Day day, int n) const {
  if (n < 1) return std::nullopt;
  const std::size_t index = Rank(day + 1) + static_cast<std::size_t>(n) - 1;
  if (index >= school_days_.size()) return std::nullopt;
  return school_days_[index];
}

std::optional<int> SchoolCalendar::SchoolWeekNumber(Day day) const {
  if (day < first_) return std::nullopt;
  const std::size_t week = static_cast<std::size_t>((day - first_) / kDaysInWeek);
  if (week >= week_number_.size() || week_number_[week] == 0) return std::nullopt;
  return week_number_[week];
}

std::optional<Day> SchoolCalendar::FirstDayOfSchoolWeek(int n) const {
  if (n < 1 || n > school_weeks()) return std::nullopt;
  return week_mondays_[static_cast<std::size_t>(n - 1)];
}

}  // namespace pathways::education
