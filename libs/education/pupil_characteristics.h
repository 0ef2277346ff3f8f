// What is recorded about a pupil and used to break figures down. Codes of the school census (Common
// Basic Data Set).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::education {

// Each Parse takes the code in either case, surrounding spaces allowed; INVALID_ARGUMENT lists the
// codes there are.

enum class SenProvision : std::uint8_t { kNone, kSupport, kEducationHealthAndCarePlan };
absl::StatusOr<SenProvision> ParseSenProvision(std::string_view text);  // N, K, E
std::string_view ToString(SenProvision provision);

enum class Sex : std::uint8_t { kMale, kFemale, kUnknown };
absl::StatusOr<Sex> ParseSex(std::string_view text);  // M, F, U
std::string_view ToString(Sex sex);

// Single registration, or main or subsidiary of a dual one.
enum class EnrolmentStatus : std::uint8_t { kSingle, kMain, kSubsidiary };
absl::StatusOr<EnrolmentStatus> ParseEnrolmentStatus(std::string_view text);  // C, M, S
std::string_view ToString(EnrolmentStatus status);

// Y or N; yes and no too.
absl::StatusOr<bool> ParseYesNo(std::string_view text);
std::string_view YesNoToString(bool value);  // Y, N

// National Curriculum year: N1 and N2 (nursery), R, 1 to 14, X (not followed). Compares in that
// order.
class YearGroup {
 public:
  static absl::StatusOr<YearGroup> Parse(std::string_view text);

  // 1 to 14; nothing for N1, N2, R and X.
  std::optional<int> number() const;
  std::string ToString() const;

  friend auto operator<=>(const YearGroup&, const YearGroup&) = default;

 private:
  explicit YearGroup(std::int8_t order) : order_(order) {}
  std::int8_t order_;  // N1 -2, N2 -1, R 0, 1 to 14, X 15
};

// What is known of a pupil at a time. Nothing: not recorded.
struct PupilCharacteristics {
  std::optional<SenProvision> sen_provision;
  std::optional<Sex> sex;
  std::optional<YearGroup> year_group;
  std::optional<bool> pupil_premium;
  std::optional<bool> free_school_meals;
  std::optional<bool> english_additional_language;
  std::optional<bool> looked_after;

  friend bool operator==(const PupilCharacteristics&, const PupilCharacteristics&) = default;
};

// By what an export is broken down: its column `breakdown_topic`.
enum class BreakdownTopic : std::uint8_t {
  kSenProvision,
  kPupilPremium,
  kSex,
  kYearGroup,
  kLookedAfter,
};
std::span<const BreakdownTopic> AllBreakdownTopics();
absl::StatusOr<BreakdownTopic> ParseBreakdownTopic(std::string_view text);
std::string_view ToString(
    BreakdownTopic topic);  // sen_provision, pupil_premium, sex, year_group, looked_after

// Topic and value of a figure that is not broken down.
inline constexpr std::string_view kTotal = "Total";
// Value of pupils for whom the topic is not recorded.
inline constexpr std::string_view kNotRecorded = "unknown";

// The export's column `breakdown`: the pupil's code for that topic (K, Y, M, 7), or kNotRecorded.
std::string BreakdownValue(BreakdownTopic topic, const PupilCharacteristics& pupil);

}  // namespace pathways::education
