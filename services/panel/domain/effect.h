// Before and after what the panel decided, against pupils alike.
//
// For every pupil: the change from the weeks before to the weeks after, less the mean change of the
// pupils alike in the same weeks. The mean of these differences has a 95 % range by Student's t for
// paired differences (any textbook of statistics; the pupils count as independent of each other).
// A comparison, not a proof: pupils come before the panel for reasons that nobody else shares.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pathways::panel {

// Weeks before and after that are looked at.
inline constexpr std::array<int, 3> kEffectWeeks = {6, 12, 26};
// Fewer compared pupils tell nothing: what is said of them would be about persons.
inline constexpr int kFewestCompared = 10;
// Fewer pupils alike make no comparison.
inline constexpr std::size_t kFewestAlike = 3;
// Fewer possible sessions make no rate of attendance.
inline constexpr std::int64_t kFewestSessions = 20;

struct BeforeAfter {
  double before = 0;
  double after = 0;

  double change() const { return after - before; }
};

// Percent of possible sessions attended. Nothing when there are too few sessions, before or after.
struct Sessions {
  std::int64_t possible = 0;
  std::int64_t attended = 0;
};
std::optional<BeforeAfter> AttendanceOf(const Sessions& before, const Sessions& after);

// One pupil whose weeks after are over. Nothing: not enough is known of the pupil itself.
struct PupilChange {
  std::optional<BeforeAfter> own;
  std::vector<BeforeAfter> alike;
};

enum class Verdict : std::uint8_t { kTooFew, kNoDifferenceInRange, kRose, kFell };

struct Range {
  double middle = 0;
  double low = 0;
  double high = 0;
};

struct Effect {
  int pupils = 0;
  int compared = 0;
  int without_marks = 0;
  int without_alike = 0;
  BeforeAfter own = {};                  // means of the compared
  BeforeAfter alike = {};                // means of the means of those alike
  std::optional<Range> difference = {};  // nothing below kFewestCompared
  Verdict verdict = Verdict::kTooFew;
};
Effect Compare(std::span<const PupilChange> changes);

// Mean and its 95 % range by Student's t. At least two values.
Range MeanRange(std::span<const double> values);

// Share of `part` in `whole` with its 95 % range by Wilson's score, in percent. whole > 0.
Range ShareRange(int part, int whole);

}  // namespace pathways::panel
