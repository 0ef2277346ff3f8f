#include "tools/demo/borough.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "tools/demo/exclusions.h"
#include "tools/demo/past_rolls.h"
#include "tools/demo/random.h"
#include "tools/demo/terms.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::CalendarEntry;
using education::CalendarKind;
using education::Day;
using education::EnrolmentStatus;
using education::SchoolCalendar;

constexpr int kSchoolYearDays = 185;
constexpr double kMoverShare = 0.012;
constexpr std::size_t kDualPerSchool = 2;

SchoolCalendar MakeCalendar(std::optional<education::Urn> urn,
                            std::span<const CalendarEntry> entries) {
  return *SchoolCalendar::Make(urn, entries);
}

class Builder {
 public:
  Builder(std::vector<School> schools, const Settings& settings)
      : settings_(settings),
        borough_{.year = AcademicYear::Of(settings.until), .schools = std::move(schools)} {}

  Borough Build() && {
    AddCalendar();
    for (std::size_t school = 0; school < borough_.schools.size(); ++school) AddRoll(school);
    for (std::size_t school = 0; school < borough_.schools.size(); ++school)
      AddDualRegistrations(school);
    AddMoves();
    std::ranges::stable_sort(borough_.enrolments, {}, &Enrolment::school);
    borough_.past = PastRolls(borough_, settings_.seed);
    AddExclusions(borough_, settings_);
    return std::move(borough_);
  }

 private:
  void AddCalendar() {
    for (AcademicYear year = borough_.year.Previous().Previous(); year <= borough_.year;
         year = year.Next()) {
      std::ranges::move(AuthorityCalendar(year), std::back_inserter(borough_.calendar));
    }
    const SchoolCalendar authority = MakeCalendar(std::nullopt, borough_.calendar);
    for (const Day day : authority.school_days()) {
      if (borough_.year.Contains(day)) year_days_.push_back(day);
    }
    std::ranges::copy_if(year_days_, std::back_inserter(borough_.days),
                         [&](Day day) { return day <= settings_.until; });
    for (const School& school : borough_.schools) {
      AddPastTrainingDays(school, authority);
      AddOwnDays(school);
    }
    for (const School& school : borough_.schools)
      borough_.calendars.push_back(MakeCalendar(school.urn, borough_.calendar));
  }

  void AddPastTrainingDays(const School& school, const SchoolCalendar& authority) {
    for (AcademicYear year = borough_.year.Previous().Previous(); year < borough_.year;
         year = year.Next()) {
      Random random(settings_.seed, Random::Purpose::kPast,
                    static_cast<std::uint64_t>(school.urn.value()) * 10'000 +
                        static_cast<std::uint64_t>(year.start_year()));
      const Day first = *authority.FirstSchoolDayFrom(year.first());
      for (const int later : {0, random.Between(20, kSchoolYearDays - 1)}) {
        const Day day = *authority.AddSchoolDays(first - 1, later + 1);
        borough_.calendar.push_back(
            {school.urn, year, CalendarKind::kInset, "Training day", day, day});
      }
    }
  }

  // Two training days a school, the first for all at the start of the year; and one school whose
  // heating failed.
  void AddOwnDays(const School& school) {
    Random random(settings_.seed, Random::Purpose::kCalendar,
                  static_cast<std::uint64_t>(school.urn.value()));
    AddDay(school, CalendarKind::kInset, "Training day", year_days_.front());
    AddDay(school, CalendarKind::kInset, "Training day",
           DayNumber(random.Between(20, kSchoolYearDays - 1)));
    const Day failed = DayNumber(random.Between(25, 60));
    if (&school == &borough_.schools.back() && failed <= settings_.until) {
      AddDay(school, CalendarKind::kClosure, "Closed: no heating", failed);
    }
  }

  void AddDay(const School& school, CalendarKind kind, std::string name, Day day) {
    borough_.calendar.push_back({school.urn, borough_.year, kind, std::move(name), day, day});
  }

  void AddRoll(std::size_t index) {
    const School& school = borough_.schools[index];
    const auto years = YearGroupsOf(school.phase);
    for (int place = 0; place < school.headcount; ++place) {
      const std::size_t position = static_cast<std::size_t>(place) % years.size();
      const int number = static_cast<int>(borough_.children.size());
      borough_.children.push_back(
          MakeChild(settings_.seed, number, school, years[position], borough_.year));
      borough_.enrolments.push_back(
          {borough_.children.size() - 1, index,
           EntryDay(settings_.seed, static_cast<int>(position), static_cast<std::uint64_t>(number),
                    borough_.year, year_days_.front()),
           std::nullopt});
    }
  }

  // Children of the first secondary school who spend part of the week at a special school or in
  // alternative provision.
  void AddDualRegistrations(std::size_t index) {
    const Phase phase = borough_.schools[index].phase;
    const auto main_school = std::ranges::find(borough_.schools, Phase::kSecondary, &School::phase);
    if ((phase != Phase::kSpecial && phase != Phase::kAlternative) ||
        main_school == borough_.schools.end())
      return;
    const auto main_index = static_cast<std::size_t>(main_school - borough_.schools.begin());
    std::size_t added = 0;
    for (std::size_t at = 0; at < borough_.enrolments.size() && added < kDualPerSchool; ++at) {
      Enrolment& enrolment = borough_.enrolments[at];
      if (enrolment.school != main_index || enrolment.status != EnrolmentStatus::kSingle) continue;
      enrolment.status = EnrolmentStatus::kMain;
      const std::size_t child = enrolment.child;  // push_back may move what the reference means
      borough_.enrolments.push_back(
          {child, index, year_days_.front(), std::nullopt, EnrolmentStatus::kSubsidiary});
      ++added;
    }
  }

  void AddMoves() {
    const std::size_t before = borough_.enrolments.size();
    for (std::size_t at = 0; at < before; ++at) {
      if (borough_.enrolments[at].status != EnrolmentStatus::kSingle) continue;
      Random random(settings_.seed, Random::Purpose::kMoves,
                    ~static_cast<std::uint64_t>(borough_.enrolments[at].child));
      if (!random.Chance(kMoverShare)) continue;
      const auto next_school = OtherSchool(borough_.enrolments[at].school, random);
      const auto number = static_cast<std::size_t>(random.Between(12, kSchoolYearDays - 1));
      if (!next_school) continue;
      borough_.moving.insert(borough_.enrolments[at].child);
      if (number < borough_.days.size()) Move(at, *next_school, number);
    }
  }

  void Move(std::size_t enrolment, std::size_t school, std::size_t day) {
    borough_.enrolments[enrolment].leaving = borough_.days[day - 1];
    const std::size_t child = borough_.enrolments[enrolment].child;
    borough_.enrolments.push_back({child, school, borough_.days[day], std::nullopt});
  }

  std::optional<std::size_t> OtherSchool(std::size_t school, Random& random) const {
    std::vector<std::size_t> others;
    for (std::size_t other = 0; other < borough_.schools.size(); ++other) {
      if (other != school && borough_.schools[other].phase == borough_.schools[school].phase)
        others.push_back(other);
    }
    if (others.empty()) return std::nullopt;
    return random.Pick(std::span(std::as_const(others)));
  }

  Day DayNumber(int number) const {
    return year_days_[std::min(static_cast<std::size_t>(number), year_days_.size() - 1)];
  }

  const Settings settings_;
  Borough borough_;
  std::vector<Day> year_days_;
};

}  // namespace

bool IsSubsidiaryDay(Day day) {
  return day.weekday() == std::chrono::Thursday || day.weekday() == std::chrono::Friday;
}

Borough MakeBorough(std::vector<School> schools, const Settings& settings) {
  return Builder(std::move(schools), settings).Build();
}

}  // namespace pathways::demo
