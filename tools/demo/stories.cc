#include "tools/demo/stories.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "tools/demo/terms.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::Day;
using education::SenProvision;
using education::Session;

enum class From : std::uint8_t {
  kTermStart,    // so many school days after the first of the term
  kHalfTermEnd,  // before (negative) the first school day after half term
  kTermEnd,      // before (negative) the last of the term
  kStepBefore,   // after the last day of the step before: 1 is the next school day
};

struct Step {
  From from;
  int school_days;
  ExclusionKind kind = ExclusionKind::kSuspension;
  int sessions = 0;
  Session session = Session::kMorning;
  Fate fate = {};
};

struct Story {
  Phase phase;
  std::size_t school;  // which one of that phase
  int year_number;
  std::span<const Step> steps;
  bool looked_after = false;
  bool has_plan = false;
};

constexpr auto kSuspension = ExclusionKind::kSuspension;
constexpr auto kLunchtime = ExclusionKind::kLunchtime;
constexpr auto kPermanent = ExclusionKind::kPermanent;

// Each is longer than the one before; together 14.5 days of the term.
constexpr Step kRising[] = {{From::kTermStart, 6, kSuspension, 2},
                            {From::kTermStart, 14, kSuspension, 4},
                            {From::kTermStart, 22, kSuspension, 6},
                            {From::kTermStart, 30, kSuspension, 7, Session::kAfternoon},
                            {From::kTermStart, 43, kSuspension, 10}};
constexpr Step kExactlyFive[] = {{From::kTermStart, 18, kSuspension, 4},
                                 {From::kTermStart, 40, kSuspension, 6}};
constexpr Step kAcrossHalfTerm[] = {{From::kHalfTermEnd, -3, kSuspension, 6},
                                    {From::kStepBefore, 1, kSuspension, 8}};
constexpr Step kLookedAfter[] = {{From::kTermStart, 33, kSuspension, 3, Session::kAfternoon}};
constexpr Step kWithPlan[] = {{From::kTermStart, 20, kLunchtime, 3},
                              {From::kTermStart, 37, kSuspension, 2}};
constexpr Step kOverFifteen[] = {{From::kTermStart, 15, kSuspension, 10},
                                 {From::kTermStart, 29, kSuspension, 12},
                                 {From::kTermStart,
                                  46,
                                  kSuspension,
                                  10,
                                  Session::kMorning,
                                  {.decided_after = 14, .board_decision = "decline"}}};
constexpr Step kYoung[] = {{From::kTermStart, 24, kSuspension, 2},
                           {From::kTermStart, 44, kSuspension, 3}};
constexpr Step kReviewed[] = {{From::kTermStart, 10, kSuspension, 6},
                              {From::kTermStart,
                               19,
                               kPermanent,
                               0,
                               Session::kMorning,
                               {.decided_after = 13,
                                .board_decision = "decline",
                                .applied_after = 26,
                                .panel_after = 40,
                                .panel_decision = "uphold"}}};
// The governing board was owed a decision long before it came.
constexpr Step kLate[] = {{From::kTermStart, 12, kSuspension, 4},
                          {From::kTermStart,
                           26,
                           kPermanent,
                           0,
                           Session::kMorning,
                           {.decided_after = 40, .board_decision = "decline"}}};
constexpr Step kDueSoon[] = {{From::kTermStart, 16, kSuspension, 4},
                             {From::kTermStart, 31, kSuspension, 10},
                             {From::kTermStart,
                              41,
                              kPermanent,
                              0,
                              Session::kMorning,
                              {.decided_after = 14, .board_decision = "decline"}}};

constexpr Story kEachTerm[] = {
    {Phase::kSecondary, 0, 9, kRising},
    {Phase::kSecondary, 0, 8, kExactlyFive},
    {Phase::kSecondary, 1, 10, kAcrossHalfTerm},
    {Phase::kSecondary, 1, 8, kLookedAfter, true},
    {Phase::kSecondary, 0, 7, kWithPlan, false, true},
    {Phase::kSecondary, 2, 10, kOverFifteen},
    {Phase::kPrimary, 0, 5, kYoung},
    {Phase::kSecondary, 1, 9, kReviewed},
    {Phase::kSecondary, 2, 9, kLate},
    {Phase::kSecondary, 0, 10, kDueSoon},
};

// Of the year before: over 31 December; an examination missed; and a permanent exclusion at the end
// of summer, which the review panel quashed in November.
constexpr Step kOverNewYear[] = {{From::kTermEnd, -4, kSuspension, 18}};
constexpr Step kMissedExamination[] = {
    {From::kTermStart,
     25,
     kSuspension,
     4,
     Session::kMorning,
     {.examined_after = 1, .decided_after = 1, .board_decision = "decline"}}};
constexpr Step kQuashed[] = {{From::kTermEnd,
                              -2,
                              kPermanent,
                              0,
                              Session::kMorning,
                              {.decided_after = 15,
                               .board_decision = "decline",
                               .applied_after = 29,
                               .panel_after = 48,
                               .panel_decision = "quash"}}};
constexpr Story kAutumnBefore[] = {{Phase::kSecondary, 1, 9, kOverNewYear}};
constexpr Story kSummerBefore[] = {{Phase::kSecondary, 1, 11, kMissedExamination},
                                   {Phase::kSecondary, 2, 9, kQuashed}};

class Teller {
 public:
  Teller(const Borough& borough, std::span<const Stay> stays, std::set<std::uint64_t>& taken,
         ExclusionBook& book)
      : borough_(borough), stays_(stays), taken_(taken), book_(book) {}

  void Tell(std::span<const Story> stories, AcademicYear year, const TermDays& term) {
    for (const Story& story : stories) {
      const Stay* stay = Pick(story, year, term);
      if (stay == nullptr) continue;
      taken_.insert(stay->number);
      Enter(story, *stay, term);
    }
  }

 private:
  const Stay* Pick(const Story& story, AcademicYear year, const TermDays& term) const {
    const auto school = SchoolOf(story);
    const auto found = std::ranges::find_if(stays_, [&](const Stay& stay) {
      const Child& child = *stay.child;
      const bool has_plan = child.sen_provision == SenProvision::kEducationHealthAndCarePlan;
      return stay.school == school && stay.is_settled && stay.first <= term.first &&
             stay.last >= term.last - kLeaversGoBefore &&
             stay.YearNumberIn(year) == story.year_number &&
             child.looked_after == story.looked_after && has_plan == story.has_plan &&
             !taken_.contains(stay.number);
    });
    return found == stays_.end() ? nullptr : &*found;
  }

  std::optional<std::size_t> SchoolOf(const Story& story) const {
    std::size_t before = 0;
    for (std::size_t at = 0; at < borough_.schools.size(); ++at) {
      if (borough_.schools[at].phase == story.phase && before++ == story.school) return at;
    }
    return std::nullopt;
  }

  void Enter(const Story& story, const Stay& stay, const TermDays& term) {
    std::optional<Day> last;
    for (const Step& step : story.steps) {
      const auto start = StartOf(step, borough_.calendars[stay.school], term, last);
      if (!start) return;
      last = book_.Enter(stay, {step.kind, *start, step.session, step.sessions, step.fate});
    }
  }

  static std::optional<Day> StartOf(const Step& step, const education::SchoolCalendar& calendar,
                                    const TermDays& term, std::optional<Day> last) {
    switch (step.from) {
      case From::kTermStart:
        return calendar.AddSchoolDays(term.first - 1, step.school_days + 1);
      case From::kHalfTermEnd:
        return GoBack(calendar, term.after_half_term, -step.school_days);
      case From::kTermEnd:
        return GoBack(calendar, term.last + 1, 1 - step.school_days);
      case From::kStepBefore:
        return last ? calendar.AddSchoolDays(*last, step.school_days) : std::nullopt;
    }
    return std::nullopt;
  }

  static std::optional<Day> GoBack(const education::SchoolCalendar& calendar, Day day,
                                   int school_days) {
    std::optional<Day> found = day;
    for (; school_days > 0 && found; --school_days) found = calendar.PreviousSchoolDay(*found);
    return found;
  }

  // Year 11 leaves in June, before the summer term ends.
  static constexpr int kLeaversGoBefore = 35;

  const Borough& borough_;
  const std::span<const Stay> stays_;
  std::set<std::uint64_t>& taken_;
  ExclusionBook& book_;
};

}  // namespace

void EnterStories(const Borough& borough, std::span<const Stay> stays,
                  std::set<std::uint64_t>& taken, ExclusionBook& book) {
  Teller teller(borough, stays, taken, book);
  const auto before = TermsOf(borough.year.Previous());
  teller.Tell(kAutumnBefore, borough.year.Previous(), before.front());
  teller.Tell(kSummerBefore, borough.year.Previous(), before.back());
  for (const TermDays& term : TermsOf(borough.year)) teller.Tell(kEachTerm, borough.year, term);
}

}  // namespace pathways::demo
