#include "tools/demo/past_rolls.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "tools/demo/random.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::Day;

constexpr int kLastYear = 11;
constexpr int kLastPrimaryYear = 6;
constexpr int kFirstDays = 3;  // EntryDay's 4 September is among them

AcademicYear YearsBefore(AcademicYear year, int years) {
  return years == 0 ? year : YearsBefore(year.Previous(), years - 1);
}

class Rolls {
 public:
  Rolls(const Borough& borough, std::uint64_t seed) : borough_(borough), seed_(seed) {}

  std::vector<PastEnrolment> Build() && {
    for (int ago = 1; ago <= kPastYears; ++ago) {
      for (std::size_t school = 0; school < borough_.schools.size(); ++school)
        AddSchoolLeavers(school, ago);
      AddPrimaryLeavers(ago);
    }
    return std::move(past_);
  }

 private:
  // As many as are in year 11 now.
  void AddSchoolLeavers(std::size_t index, int ago) {
    const School& school = borough_.schools[index];
    const AcademicYear year = YearsBefore(borough_.year, ago);
    const auto years = YearGroupsOf(school.phase);
    if (YearNumber(years.back()) != kLastYear) return;
    const Day leaving(std::chrono::year(year.start_year() + 1) / std::chrono::June /
                      std::chrono::Friday[std::chrono::last]);
    const int years_here = static_cast<int>(years.size()) - 1;
    for (int left = CountIn(index, kLastYear); left > 0; --left) {
      const int number = kFirstGone + gone_++;
      past_.push_back(
          {MakeChild(seed_, number, school, years.back(), year), static_cast<std::uint64_t>(number),
           index, Entry(index, years_here, static_cast<std::uint64_t>(number), year), leaving});
    }
  }

  void AddPrimaryLeavers(int ago) {
    const AcademicYear year = YearsBefore(borough_.year, ago);
    std::vector<std::size_t> children = ChildrenWhoCameAsYear7(ago);
    auto next = children.begin();
    for (std::size_t index = 0; index < borough_.schools.size(); ++index) {
      if (borough_.schools[index].phase != Phase::kPrimary) continue;
      const Day leaving = *borough_.calendars[index].PreviousSchoolDay(year.last());
      for (int left = CountIn(index, kLastPrimaryYear); left > 0 && next != children.end();
           --left, ++next) {
        Child child = borough_.children[*next];
        child.year_group = YearGroupName(kLastPrimaryYear);
        past_.push_back(
            {child, *next, index, Entry(index, kLastPrimaryYear, *next, year), leaving});
      }
    }
  }

  // Those who were there in the first days of that year, in an order that mixes the schools.
  std::vector<std::size_t> ChildrenWhoCameAsYear7(int ago) const {
    std::vector<std::pair<double, std::size_t>> drawn;
    const Day latest = YearsBefore(borough_.year, ago - 1).first() + kFirstDays;
    for (const Enrolment& enrolment : borough_.enrolments) {
      const bool secondary = borough_.schools[enrolment.school].phase == Phase::kSecondary;
      const int year_number = YearNumber(borough_.children[enrolment.child].year_group);
      if (!secondary || year_number != kLastPrimaryYear + ago || enrolment.entry > latest) continue;
      Random random(seed_, Random::Purpose::kPast, enrolment.child);
      drawn.emplace_back(random.Unit(), enrolment.child);
    }
    std::ranges::sort(drawn);
    std::vector<std::size_t> children;
    for (const auto& [place, child] : drawn) children.push_back(child);
    return children;
  }

  int CountIn(std::size_t school, int year_number) const {
    return static_cast<int>(
        std::ranges::count_if(borough_.enrolments, [&](const Enrolment& enrolment) {
          return enrolment.school == school && enrolment.entry <= FirstDay() &&
                 enrolment.status != education::EnrolmentStatus::kSubsidiary &&
                 YearNumber(borough_.children[enrolment.child].year_group) == year_number;
        }));
  }

  Day FirstDay() const {
    return *borough_.calendars.front().FirstSchoolDayFrom(borough_.year.first());
  }

  Day Entry(std::size_t school, int years_here, std::uint64_t number, AcademicYear year) const {
    return EntryDay(seed_, years_here, number, year,
                    *borough_.calendars[school].FirstSchoolDayFrom(year.first()));
  }

  const Borough& borough_;
  const std::uint64_t seed_;
  int gone_ = 0;
  std::vector<PastEnrolment> past_;
};

}  // namespace

Day EntryDay(std::uint64_t seed, int years_here, std::uint64_t number, AcademicYear year,
             Day first_day) {
  Random random(seed, Random::Purpose::kMoves, number);
  if (years_here > 0 && random.Chance(0.15)) years_here = random.Below(years_here + 1);
  if (years_here == 0) return first_day;
  return Day(std::chrono::year(year.start_year() - years_here) / 9 / 4);
}

std::vector<PastEnrolment> PastRolls(const Borough& borough, std::uint64_t seed) {
  return Rolls(borough, seed).Build();
}

}  // namespace pathways::demo
