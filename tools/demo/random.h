// Chance that is the same on every machine and in every year.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace pathways::demo {

// The standard's engine is the same everywhere; its distributions are not, so ours are written out.
// Not thread-safe.
class Random {
 public:
  // What is drawn for one thing must not depend on how much was drawn for another: each has a
  // stream of its own, named by what it is for and a number.
  enum class Purpose : std::uint32_t {
    kSchool = 1,
    kChild,
    kMoves,
    kHabit,
    kMarks,
    kTrips,
    kCalendar,
    kPast,
    kProneness,
    kSuspensions,
    kReasons,
    kPermanent
  };
  Random(std::uint64_t seed, Purpose purpose, std::uint64_t number);

  // 0 to below - 1; below >= 1.
  int Below(int below) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(below)); }
  // Both ends included.
  int Between(int least, int most) { return least + Below(most - least + 1); }
  // 0 <= x < 1.
  double Unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  bool Chance(double probability) { return Unit() < probability; }

  template <typename T, std::size_t n>
  const T& Pick(std::span<const T, n> choices) {
    return choices[static_cast<std::size_t>(Below(static_cast<int>(choices.size())))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace pathways::demo
