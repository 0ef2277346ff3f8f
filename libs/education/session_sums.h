// Counts of sessions of one enrolment, and the national tests of persistent and severe absence on
// them. Source: "Pupil absence in schools in England", methodology; thresholds on unrounded counts,
// in whole numbers.
#pragma once

#include <compare>
#include <cstdint>

namespace pathways::education {

// Sessions (half days) of one enrolment over any span of days of one academic year (about 380 at
// most, so 16 bits are plenty). Sums of disjoint spans add; the sum of days (a, b] is sum to b
// minus sum to a. Possible = attended + authorised + unauthorised, except for COVID marks of 2020
// to 2022: possible, but neither attended nor absent.
struct alignas(8) SessionSums {
  std::uint16_t possible = 0;
  std::uint16_t attended = 0;
  std::uint16_t authorised = 0;
  std::uint16_t unauthorised = 0;

  // Authorised and unauthorised absence together: `sess_overall` of national files.
  constexpr int absent() const { return authorised + unauthorised; }

  friend constexpr bool operator==(const SessionSums&, const SessionSums&) = default;

  constexpr SessionSums& operator+=(const SessionSums& other) {
    possible = static_cast<std::uint16_t>(possible + other.possible);
    attended = static_cast<std::uint16_t>(attended + other.attended);
    authorised = static_cast<std::uint16_t>(authorised + other.authorised);
    unauthorised = static_cast<std::uint16_t>(unauthorised + other.unauthorised);
    return *this;
  }
  // `other` must be a part of this: no count may become negative.
  constexpr SessionSums& operator-=(const SessionSums& other) {
    possible = static_cast<std::uint16_t>(possible - other.possible);
    attended = static_cast<std::uint16_t>(attended - other.attended);
    authorised = static_cast<std::uint16_t>(authorised - other.authorised);
    unauthorised = static_cast<std::uint16_t>(unauthorised - other.unauthorised);
    return *this;
  }
  friend constexpr SessionSums operator+(SessionSums a, const SessionSums& b) { return a += b; }
  friend constexpr SessionSums operator-(SessionSums a, const SessionSums& b) { return a -= b; }
};
static_assert(sizeof(SessionSums) == 8);

// Persistent absence: 10 % or more of own possible sessions (since 2015/16). Statistics know no
// minimum beyond one possible session; casework does: absence_state.h.
constexpr bool IsPersistent(const SessionSums& sums) {
  return sums.possible > 0 && 10 * sums.absent() >= sums.possible;
}

// Severe absence: 50 % or more. Whoever is severe is persistent too.
constexpr bool IsSevere(const SessionSums& sums) {
  return sums.possible > 0 && 2 * sums.absent() >= sums.possible;
}

// The absence measure of a group (school, authority, breakdown): sums over sums, never means of
// rates. Counts are of enrolments; one without a possible session is in no count.
struct GroupMeasure {
  std::int64_t enrolments = 0;
  std::int64_t possible = 0;
  std::int64_t attended = 0;
  std::int64_t authorised = 0;
  std::int64_t unauthorised = 0;
  std::int64_t persistent = 0;  // enrolments, `enrolments_pa_10_exact`
  std::int64_t severe = 0;      // enrolments, `enrolments_pa_50_exact`

  std::int64_t absent() const { return authorised + unauthorised; }

  // Adds one enrolment's sums of the whole span.
  void Add(const SessionSums& sums);
  GroupMeasure& operator+=(const GroupMeasure& other);

  friend bool operator==(const GroupMeasure&, const GroupMeasure&) = default;
};

}  // namespace pathways::education
