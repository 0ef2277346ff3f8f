#include "services/attendance/api/comparison.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/attendance/domain/pupils_alike.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/figures_store.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::LaCode;
using education::PupilId;
using education::SessionSums;
using education::Urn;
using storage::Transaction;

constexpr int kWeek = 7;

bool OnRoll(const EnrolmentRow& row, Day day) {
  return row.entry <= day && (!row.leaving || *row.leaving >= day);
}

// Everybody the caller may see, over the whole time asked about.
class World {
 public:
  static absl::StatusOr<World> Read(Transaction& transaction, SlotCache& cache,
                                    const ComparisonQuestion& question) {
    World world(transaction, cache);
    const auto schools = ReadSchools(transaction, std::nullopt);
    if (!schools.ok()) return schools.status();
    for (const SchoolKey& school : *schools) world.urns_.push_back(school.urn);
    const auto [first, last] = std::ranges::minmax(question.changed, {}, &Changed::day);
    const int reach = kWeek * std::max(kMatchingWeeks, std::ranges::max(question.weeks));
    const EnrolmentQuery who{world.urns_, first.day - reach, last.day + reach, {}};
    auto enrolments = ReadEnrolments(transaction, who);
    if (!enrolments.ok()) return enrolments.status();
    auto histories = ReadCharacteristics(transaction, who);
    if (!histories.ok()) return histories.status();
    world.enrolments_ = *std::move(enrolments);
    world.histories_ = *std::move(histories);
    for (const EnrolmentRow& row : world.enrolments_) world.of_[row.pupil].push_back(&row);
    return world;
  }

  // Null when the caller may not see the pupil.
  const std::vector<const EnrolmentRow*>* Of(const PupilId& pupil) const {
    const auto found = of_.find(pupil);
    return found == of_.end() ? nullptr : &found->second;
  }

  // Sums of `weeks` weeks before the day, or from it on.
  absl::StatusOr<SumsByEnrolment> Before(Day day, int weeks) const {
    return ReadSums(transaction_, cache_, {urns_, day - kWeek * weeks, day - 1, {}});
  }
  absl::StatusOr<SumsByEnrolment> After(Day day, int weeks) const {
    return ReadSums(transaction_, cache_, {urns_, day, day + (kWeek * weeks - 1), {}});
  }

  SessionSums SumsOf(const PupilId& pupil, const SumsByEnrolment& sums) const {
    SessionSums total;
    for (const EnrolmentRow* row : of_.at(pupil)) {
      if (const auto found = sums.find(row->enrolment); found != sums.end()) total += found->second;
    }
    return total;
  }

  MatchedPupil Match(const PupilId& pupil, Day day, const SumsByEnrolment& before) const {
    MatchedPupil matched{.pupil = pupil, .characteristics = {}, .before = SumsOf(pupil, before)};
    if (const auto history = histories_.find(pupil); history != histories_.end()) {
      matched.characteristics = history->second.On(day);
    }
    return matched;
  }

  // By authority: on roll there that day.
  std::map<LaCode, std::vector<MatchedPupil>> Pools(Day day, const SumsByEnrolment& before,
                                                    const std::set<PupilId>& set_apart) const {
    std::map<LaCode, std::vector<MatchedPupil>> pools;
    for (const auto& [pupil, rows] : of_) {
      if (set_apart.contains(pupil)) continue;
      const auto row = std::ranges::find_if(rows, [&](const auto* r) { return OnRoll(*r, day); });
      if (row == rows.end()) continue;
      pools[(*row)->school.la_code].push_back(Match(pupil, day, before));
    }
    return pools;
  }

 private:
  World(Transaction& transaction, SlotCache& cache) : transaction_(transaction), cache_(cache) {}

  Transaction& transaction_;
  SlotCache& cache_;
  std::vector<Urn> urns_;
  std::vector<EnrolmentRow> enrolments_;
  absl::flat_hash_map<PupilId, CharacteristicsHistory> histories_;
  absl::flat_hash_map<PupilId, std::vector<const EnrolmentRow*>> of_;
};

// The latest school that began before the day.
SchoolKey SchoolBefore(const std::vector<const EnrolmentRow*>& rows, Day day) {
  const auto later = [&](const EnrolmentRow* a, const EnrolmentRow* b) {
    return std::pair(a->entry < day, a->entry) < std::pair(b->entry < day, b->entry);
  };
  return (*std::ranges::max_element(rows, later))->school;
}

// All pupils of one day.
absl::Status CompareDay(const World& world, const ComparisonQuestion& question, Day day,
                        std::span<Comparison* const> comparisons) {
  const auto matching = world.Before(day, kMatchingWeeks);
  if (!matching.ok()) return matching.status();
  const auto pools = world.Pools(day, *matching, question.set_apart);
  for (Comparison* one : comparisons) {
    const auto pool = pools.find(one->school.la_code);
    if (pool == pools.end()) continue;
    const Alike alike = FindAlike(world.Match(one->changed.pupil, day, *matching), pool->second);
    one->found_alike = alike.found;
    for (const PupilId& pupil : alike.nearest) one->alike.push_back({pupil, {}});
  }
  for (const int weeks : question.weeks) {
    const auto before = world.Before(day, weeks);
    if (!before.ok()) return before.status();
    const auto after = world.After(day, weeks);
    if (!after.ok()) return after.status();
    const auto spans_of = [&](const PupilId& pupil) {
      return BeforeAndAfter{world.SumsOf(pupil, *before), world.SumsOf(pupil, *after)};
    };
    for (Comparison* one : comparisons) {
      one->spans.push_back(spans_of(one->changed.pupil));
      for (PupilSpans& alike : one->alike) alike.spans.push_back(spans_of(alike.pupil));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Comparison>> Compare(Transaction& transaction, SlotCache& cache,
                                                const ComparisonQuestion& question) {
  const auto world = World::Read(transaction, cache, question);
  if (!world.ok()) return world.status();
  std::vector<Comparison> comparisons;
  for (const Changed& changed : question.changed) {
    const auto* rows = world->Of(changed.pupil);
    if (rows == nullptr) continue;
    comparisons.push_back({.changed = changed,
                           .school = SchoolBefore(*rows, changed.day),
                           .spans = {},
                           .alike = {},
                           .found_alike = 0});
  }
  std::map<Day, std::vector<Comparison*>> by_day;
  for (Comparison& one : comparisons) by_day[one.changed.day].push_back(&one);
  for (const auto& [day, of_day] : by_day) {
    auto status = CompareDay(*world, question, day, of_day);
    if (!status.ok()) return status;
  }
  return comparisons;
}

}  // namespace pathways::attendance
