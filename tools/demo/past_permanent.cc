#include "tools/demo/past_permanent.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "tools/demo/exclusion_book.h"
#include "tools/demo/random.h"
#include "tools/demo/terms.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::Day;
using education::SchoolCalendar;

constexpr int kEachTerm = 2;
constexpr int kReviewed = 1;  // which of them in order
constexpr int kReinstated = 5;
constexpr int kOldEnough = 9;  // year group now of whoever was at a secondary school two years ago
constexpr int kDaysToApply = 15;

constexpr Fate kDeclined = {.decided_after = 13, .board_decision = "decline"};
constexpr Fate kUpheld = {.decided_after = 13,
                          .board_decision = "decline",
                          .applied_after = 24,
                          .panel_after = 38,
                          .panel_decision = "uphold"};
constexpr Fate kTakenBack = {.decided_after = 12, .board_decision = "reinstate"};

class Placer {
 public:
  Placer(Borough& borough, std::uint64_t seed) : borough_(borough), seed_(seed) {
    for (std::size_t school = 0; school < borough.schools.size(); ++school) {
      if (borough.schools[school].phase == Phase::kSecondary) secondaries_.push_back(school);
    }
  }

  std::vector<PastPermanent> Place() && {
    if (secondaries_.empty()) return {};
    AcademicYear year = borough_.year.Previous().Previous();
    for (; year < borough_.year; year = year.Next()) {
      for (const TermDays& term : TermsOf(year)) {
        for (int n = 0; n < kEachTerm; ++n) AddOne(year, term);
      }
    }
    return std::move(placed_);
  }

 private:
  void AddOne(AcademicYear year, const TermDays& term) {
    const int number = next_++;
    const std::size_t school = secondaries_[static_cast<std::size_t>(number) % secondaries_.size()];
    Enrolment* now = number == kReinstated ? WhoIsStillAt(school, year) : NextInAlternative();
    if (now == nullptr) return;
    const SchoolCalendar& calendar = borough_.calendars[school];
    Random random(seed_, Random::Purpose::kPermanent, static_cast<std::uint64_t>(number));
    const auto day = [&](int after) { return *calendar.AddSchoolDays(term.first - 1, after + 1); };
    const Fate fate = number == kReviewed     ? kUpheld
                      : number == kReinstated ? kTakenBack
                                              : kDeclined;
    placed_.push_back({now->child, school, {day(2), day(6)}, day(random.Between(10, 14)), fate});
    if (number != kReinstated) Move(*now, school, year, placed_.back());
  }

  // Off the roll when nobody can apply for a review any more, or the panel upheld the decision.
  void Move(Enrolment& now, std::size_t school, AcademicYear year, const PastPermanent& permanent) {
    const SchoolCalendar& calendar = borough_.calendars[school];
    const Fate& fate = permanent.fate;
    const int days = fate.panel_after > 0 ? fate.panel_after : fate.decided_after + kDaysToApply;
    const Day leaving = *calendar.AddSchoolDays(permanent.start, days);
    Child child = borough_.children[now.child];
    const int year_number = YearNumber(child.year_group);
    const int years_ago = borough_.year.start_year() - year.start_year();
    child.year_group = YearGroupName(year_number - years_ago);
    const Day entry(std::chrono::year(borough_.year.start_year() - (year_number - 7)) / 9 / 4);
    borough_.past.push_back({child, now.child, school, entry, leaving});
    now.entry = *borough_.calendars[now.school].FirstSchoolDayFrom(leaving + 1);
  }

  Enrolment* NextInAlternative() {
    for (; at_ < borough_.enrolments.size(); ++at_) {
      Enrolment& enrolment = borough_.enrolments[at_];
      if (borough_.schools[enrolment.school].phase != Phase::kAlternative) continue;
      if (IsFree(enrolment)) return &borough_.enrolments[at_++];
    }
    return nullptr;
  }

  Enrolment* WhoIsStillAt(std::size_t school, AcademicYear year) {
    const auto found = std::ranges::find_if(borough_.enrolments, [&](const Enrolment& enrolment) {
      return enrolment.school == school && IsFree(enrolment) && enrolment.entry <= year.first() + 3;
    });
    return found == borough_.enrolments.end() ? nullptr : &*found;
  }

  bool IsFree(const Enrolment& enrolment) const {
    return enrolment.status == education::EnrolmentStatus::kSingle &&
           !borough_.moving.contains(enrolment.child) &&
           YearNumber(borough_.children[enrolment.child].year_group) >= kOldEnough;
  }

  Borough& borough_;
  const std::uint64_t seed_;
  std::vector<std::size_t> secondaries_;
  std::vector<PastPermanent> placed_;
  int next_ = 0;
  std::size_t at_ = 0;  // the next enrolment to look at
};

}  // namespace

std::vector<PastPermanent> PlacePermanentlyExcluded(Borough& borough, std::uint64_t seed) {
  return Placer(borough, seed).Place();
}

}  // namespace pathways::demo
