#include "services/exclusions/domain/trend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "libs/education/id_source.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::AcademicYear;
using education::Day;

const education::LaCode kBedford = *education::LaCode::FromInt(822);
const AcademicYear kYear = *AcademicYear::FromStartYear(2026);

education::SequenceIdSource& Ids() {
  static education::SequenceIdSource ids;
  return ids;
}

TrendCase Case(const education::PupilId& pupil, Kind kind, Day start, int half_days,
               std::vector<std::string> reasons = {"PP"}) {
  return {.id = ExclusionId::New(Ids()),
          .pupil = pupil,
          .la_code = kBedford,
          .urn = *education::Urn::FromInt(900001),
          .phase = "State-funded secondary",
          .locality = "North",
          .kind = kind,
          .start = start,
          .half_days = half_days,
          .reasons = std::move(reasons),
          .then = {.year_group = "8",
                   .sen_provision = "K",
                   .disadvantaged = "Y",
                   .sex = "M",
                   .looked_after = "N"}};
}

TrendCounts At(const TrendCells& cells, Breakdown breakdown, const std::string& value,
               SchoolTerm term = SchoolTerm::kWholeYear, Place place = {}) {
  const auto found = cells.find({kBedford, place, breakdown, kYear, term, value});
  return found == cells.end() ? TrendCounts() : found->second;
}

TEST(SchoolTerm, EndsAtTheTurnOfTheYearAtEasterAndWithTheYear) {
  EXPECT_EQ(SchoolTermOf(Day(2026y / 9 / 1)), SchoolTerm::kAutumn);
  EXPECT_EQ(SchoolTermOf(Day(2026y / 12 / 31)), SchoolTerm::kAutumn);
  EXPECT_EQ(SchoolTermOf(Day(2027y / 1 / 1)), SchoolTerm::kSpring);
  EXPECT_EQ(SchoolTermOf(Day(2027y / 3 / 25)), SchoolTerm::kSpring);
  EXPECT_EQ(SchoolTermOf(Day(2027y / 4 / 13)), SchoolTerm::kSummer);
  EXPECT_EQ(SchoolTermOf(Day(2027y / 8 / 31)), SchoolTerm::kSummer);
}

TEST(SpringCensus, IsTheThirdThursdayInJanuary) {
  EXPECT_EQ(SpringCensusDay(kYear), Day(2027y / 1 / 21));
  EXPECT_EQ(SpringCensusDay(*AcademicYear::FromStartYear(2025)), Day(2026y / 1 / 15));
  EXPECT_EQ(SpringCensusDay(*AcademicYear::FromStartYear(2022)), Day(2023y / 1 / 19));
}

TEST(Contributions, CountAPupilOnceAYearAndOnceATerm) {
  const auto pupil = education::PupilId::New(Ids());
  const std::vector<TrendCase> cases = {Case(pupil, Kind::kSuspension, Day(2026y / 9 / 7), 4),
                                        Case(pupil, Kind::kLunchtime, Day(2026y / 10 / 7), 2),
                                        Case(pupil, Kind::kSuspension, Day(2027y / 2 / 1), 3)};
  const TrendCells cells = Contributions(cases);
  EXPECT_EQ(At(cells, Breakdown::kTotal, ""), (TrendCounts{3, 9, 1, 0}));
  EXPECT_EQ(At(cells, Breakdown::kTotal, "", SchoolTerm::kAutumn), (TrendCounts{2, 6, 1, 0}));
  EXPECT_EQ(At(cells, Breakdown::kTotal, "", SchoolTerm::kSpring), (TrendCounts{1, 3, 1, 0}));
  EXPECT_EQ(At(cells, Breakdown::kTotal, "", SchoolTerm::kSummer), TrendCounts());
}

TEST(Contributions, OfAPermanentExclusionAreNoSuspension) {
  const std::vector<TrendCase> cases = {
      Case(education::PupilId::New(Ids()), Kind::kPermanent, Day(2026y / 9 / 7), 0)};
  EXPECT_EQ(At(Contributions(cases), Breakdown::kSex, "M"), (TrendCounts{0, 0, 0, 1}));
}

TEST(Contributions, CountUnderEachReasonAndEveryPlace) {
  const std::vector<TrendCase> cases = {
      Case(education::PupilId::New(Ids()), Kind::kSuspension, Day(2026y / 9 / 7), 4, {"DB", "PP"})};
  const TrendCells cells = Contributions(cases);
  const TrendCounts one{1, 4, 1, 0};
  EXPECT_EQ(At(cells, Breakdown::kReason, "DB"), one);
  EXPECT_EQ(At(cells, Breakdown::kReason, "PP"), one);
  EXPECT_EQ(At(cells, Breakdown::kTotal, ""), one);
  EXPECT_EQ(At(cells, Breakdown::kSchool, "900001"), one);
  for (const Place& place :
       {Place{PlaceKind::kSchool, "900001"}, Place{PlaceKind::kLocality, "North"},
        Place{PlaceKind::kPhase, "State-funded secondary"}}) {
    EXPECT_EQ(At(cells, Breakdown::kYearGroup, "8", SchoolTerm::kAutumn, place), one);
  }
}

TEST(Contributions, FollowThePupilsValuesOnEachFirstDay) {
  const auto pupil = education::PupilId::New(Ids());
  std::vector<TrendCase> cases = {Case(pupil, Kind::kSuspension, Day(2026y / 9 / 7), 1),
                                  Case(pupil, Kind::kSuspension, Day(2026y / 11 / 9), 1)};
  cases[1].then.sen_provision = "E";
  const TrendCells cells = Contributions(cases);
  EXPECT_EQ(At(cells, Breakdown::kSenProvision, "K").pupils, 1);
  EXPECT_EQ(At(cells, Breakdown::kSenProvision, "E").pupils, 1);
  EXPECT_EQ(At(cells, Breakdown::kTotal, "").pupils, 1);
}

TEST(Difference, TakesBackWhatWasRecordedByMistake) {
  const auto pupil = education::PupilId::New(Ids());
  const std::vector<TrendCase> both = {Case(pupil, Kind::kSuspension, Day(2026y / 9 / 7), 4),
                                       Case(pupil, Kind::kSuspension, Day(2026y / 9 / 21), 2)};
  const std::vector<TrendCase> first = {both[0]};
  TrendCells cells;
  AddDifference(both, first, &cells);
  EXPECT_EQ(At(cells, Breakdown::kTotal, ""), (TrendCounts{-1, -2, 0, 0}));
  TrendCells none;
  AddDifference(first, {}, &none);
  EXPECT_EQ(At(none, Breakdown::kTotal, ""), (TrendCounts{-1, -4, -1, 0}));
}

TEST(Difference, OfNothingIsNothing) {
  const std::vector<TrendCase> cases = {
      Case(education::PupilId::New(Ids()), Kind::kSuspension, Day(2026y / 9 / 7), 4)};
  TrendCells cells;
  AddDifference(cases, cases, &cells);
  EXPECT_TRUE(cells.empty());
}

// Random exclusions of a small authority, changed one pupil at a time.
class RandomAuthority {
 public:
  RandomAuthority() {
    for (int i = 0; i < 12; ++i) pupils_.push_back(education::PupilId::New(Ids()));
    cases_.resize(pupils_.size());
  }

  void ChangeOnePupil() {
    const std::size_t pupil = Pick(static_cast<int>(pupils_.size()));
    const std::vector<TrendCase> before = cases_[pupil];
    if (!before.empty() && Pick(3) == 0) {
      cases_[pupil].erase(cases_[pupil].begin() +
                          static_cast<std::ptrdiff_t>(Pick(static_cast<int>(before.size()))));
    } else if (!before.empty() && Pick(3) == 0) {
      cases_[pupil][Pick(static_cast<int>(before.size()))] = Random(pupils_[pupil]);
    } else {
      cases_[pupil].push_back(Random(pupils_[pupil]));
    }
    AddDifference(before, cases_[pupil], &kept_);
  }

  std::vector<TrendCase> All() const {
    std::vector<TrendCase> all;
    for (const auto& cases : cases_) all.insert(all.end(), cases.begin(), cases.end());
    return all;
  }
  const TrendCells& kept() const { return kept_; }

 private:
  std::size_t Pick(int below) {
    return static_cast<std::size_t>(random_() % static_cast<unsigned>(below));
  }
  TrendCase Random(const education::PupilId& pupil) {
    static const std::vector<std::string> kReasons = {"PP", "DB", "VA"};
    const bool permanent = Pick(8) == 0;
    TrendCase made = Case(pupil, permanent ? Kind::kPermanent : Kind::kSuspension,
                          Day(2025y / 9 / 1) + static_cast<int>(Pick(700)),
                          permanent ? 0 : 1 + static_cast<int>(Pick(10)));
    made.urn = *education::Urn::FromInt(900001 + static_cast<int>(Pick(3)));
    made.locality = Pick(2) == 0 ? "North" : "";
    made.reasons.assign(kReasons.begin(),
                        kReasons.begin() + 1 + static_cast<std::ptrdiff_t>(Pick(3)));
    made.then.sex = Pick(2) == 0 ? "M" : "F";
    made.then.year_group = std::to_string(1 + Pick(11));
    return made;
  }

  std::mt19937 random_{20261124};
  std::vector<education::PupilId> pupils_;
  std::vector<std::vector<TrendCase>> cases_;
  TrendCells kept_;
};

// One cell counted as a person would, with a filter over all exclusions.
template <typename Belongs>
TrendCounts Naive(const std::vector<TrendCase>& all, Belongs belongs) {
  TrendCounts counts;
  std::set<education::PupilId> suspended;
  for (const TrendCase& c : all) {
    if (!belongs(c)) continue;
    if (c.kind == Kind::kPermanent) {
      ++counts.permanent;
      continue;
    }
    ++counts.suspensions;
    counts.half_days += c.half_days;
    suspended.insert(c.pupil);
  }
  counts.pupils = static_cast<std::int64_t>(suspended.size());
  return counts;
}

bool InCell(const TrendCell& cell, const TrendCase& c) {
  const bool in_place =
      cell.place.kind == PlaceKind::kAuthority ||
      (cell.place.kind == PlaceKind::kSchool && cell.place.name == c.urn.ToString()) ||
      (cell.place.kind == PlaceKind::kLocality && cell.place.name == c.locality) ||
      (cell.place.kind == PlaceKind::kPhase && cell.place.name == c.phase);
  const bool in_time = cell.year.Contains(c.start) &&
                       (cell.term == SchoolTerm::kWholeYear || cell.term == SchoolTermOf(c.start));
  const auto has_value = [&] {
    switch (cell.breakdown) {
      case Breakdown::kSex:
        return cell.value == c.then.sex;
      case Breakdown::kYearGroup:
        return cell.value == c.then.year_group;
      case Breakdown::kSchool:
        return cell.value == c.urn.ToString();
      case Breakdown::kLocality:
        return cell.value == c.locality;
      case Breakdown::kReason:
        return std::ranges::count(c.reasons, cell.value) > 0;
      case Breakdown::kTotal:
      case Breakdown::kPhase:
      case Breakdown::kSenProvision:
      case Breakdown::kDisadvantaged:
      case Breakdown::kLookedAfter:
        return true;  // the same for all of them here
    }
    return false;
  };
  return in_place && in_time && has_value();
}

TEST(Trend, KeptByDifferencesEqualsCountingAll) {
  RandomAuthority authority;
  for (int change = 0; change < 300; ++change) {
    authority.ChangeOnePupil();
    if (change % 20 != 19) continue;
    const std::vector<TrendCase> all = authority.All();
    for (const auto& [cell, counts] : authority.kept()) {
      EXPECT_EQ(counts, Naive(all, [&](const TrendCase& c) { return InCell(cell, c); }))
          << PlaceKindName(cell.place.kind) << " " << BreakdownName(cell.breakdown) << " "
          << cell.value;
    }
    // And no cell is missing.
    for (const TrendCase& c : all) {
      for (const auto& [cell, counts] : Contributions(std::vector<TrendCase>{c})) {
        EXPECT_TRUE(authority.kept().contains(cell));
      }
    }
  }
}

TEST(BreakdownValue, IsInTheOrderPeopleExpect) {
  EXPECT_TRUE(ValueBefore(Breakdown::kYearGroup, "R", "1"));
  EXPECT_TRUE(ValueBefore(Breakdown::kYearGroup, "9", "10"));
  EXPECT_TRUE(ValueBefore(Breakdown::kYearGroup, "13", "X"));
  EXPECT_TRUE(ValueBefore(Breakdown::kYearGroup, "X", ""));
  EXPECT_TRUE(ValueBefore(Breakdown::kSenProvision, "N", "K"));
  EXPECT_TRUE(ValueBefore(Breakdown::kSenProvision, "K", "E"));
  EXPECT_TRUE(ValueBefore(Breakdown::kLocality, "North", ""));
}

TEST(Breakdown, NamesComeBack) {
  for (const Breakdown breakdown : kBreakdowns) {
    EXPECT_EQ(BreakdownFromName(BreakdownName(breakdown)), breakdown);
  }
  EXPECT_EQ(BreakdownFromName("colour"), std::nullopt);
}

}  // namespace
}  // namespace pathways::exclusions
