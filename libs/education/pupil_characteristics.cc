#include "libs/education/pupil_characteristics.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

template <typename T>
struct Name {
  T value;
  std::string_view text;
};

constexpr std::array kSenProvisions = {
    Name<SenProvision>{SenProvision::kNone, "N"}, Name<SenProvision>{SenProvision::kSupport, "K"},
    Name<SenProvision>{SenProvision::kEducationHealthAndCarePlan, "E"}};
constexpr std::array kSexes = {Name<Sex>{Sex::kMale, "M"}, Name<Sex>{Sex::kFemale, "F"},
                               Name<Sex>{Sex::kUnknown, "U"}};
constexpr std::array kStatuses = {Name<EnrolmentStatus>{EnrolmentStatus::kSingle, "C"},
                                  Name<EnrolmentStatus>{EnrolmentStatus::kMain, "M"},
                                  Name<EnrolmentStatus>{EnrolmentStatus::kSubsidiary, "S"}};
constexpr std::array kYesNo = {Name<bool>{true, "Y"}, Name<bool>{false, "N"},
                               Name<bool>{true, "YES"}, Name<bool>{false, "NO"}};
constexpr std::array kTopics = {
    Name<BreakdownTopic>{BreakdownTopic::kSenProvision, "sen_provision"},
    Name<BreakdownTopic>{BreakdownTopic::kPupilPremium, "pupil_premium"},
    Name<BreakdownTopic>{BreakdownTopic::kSex, "sex"},
    Name<BreakdownTopic>{BreakdownTopic::kYearGroup, "year_group"},
    Name<BreakdownTopic>{BreakdownTopic::kLookedAfter, "looked_after"}};
constexpr std::array kAllTopics = {BreakdownTopic::kSenProvision, BreakdownTopic::kPupilPremium,
                                   BreakdownTopic::kSex, BreakdownTopic::kYearGroup,
                                   BreakdownTopic::kLookedAfter};

constexpr int kFirstNumber = 1;
constexpr int kLastNumber = 14;
struct LetterYear {
  std::int8_t order;
  std::string_view text;
};
constexpr std::array kLetterYears = {LetterYear{-2, "N1"}, LetterYear{-1, "N2"}, LetterYear{0, "R"},
                                     LetterYear{15, "X"}};

template <typename Names>
auto Find(const Names& names, std::string_view text, const char* error)
    -> absl::StatusOr<decltype(names[0].value)> {
  const std::string code = internal::CodeText(text);
  for (const auto& name : names) {
    if (internal::CodeText(name.text) == code) return name.value;
  }
  return absl::InvalidArgumentError(error);
}

template <typename Names, typename T>
std::string_view TextOf(const Names& names, T value) {
  for (const auto& name : names) {
    if (name.value == value) return name.text;
  }
  return "";
}

// An optional value as text; it has a ToString() of its own type.
template <typename T>
std::string TextOr(const std::optional<T>& value) {
  return std::string(value ? ToString(*value) : kNotRecorded);
}

std::string YesNoOr(const std::optional<bool>& value) {
  return std::string(value ? YesNoToString(*value) : kNotRecorded);
}

}  // namespace

absl::StatusOr<SenProvision> ParseSenProvision(std::string_view text) {
  return Find(kSenProvisions, text,
              "SEN provision must be N (none), K (SEN support) or E (education, health and care "
              "plan)");
}
std::string_view ToString(SenProvision provision) { return TextOf(kSenProvisions, provision); }

absl::StatusOr<Sex> ParseSex(std::string_view text) {
  return Find(kSexes, text, "sex must be M, F or U (unknown)");
}
std::string_view ToString(Sex sex) { return TextOf(kSexes, sex); }

absl::StatusOr<EnrolmentStatus> ParseEnrolmentStatus(std::string_view text) {
  return Find(kStatuses, text,
              "enrolment status must be C (single registration), M (main) or S (subsidiary)");
}
std::string_view ToString(EnrolmentStatus status) { return TextOf(kStatuses, status); }

absl::StatusOr<bool> ParseYesNo(std::string_view text) {
  return Find(kYesNo, text, "the value must be Y or N");
}
std::string_view YesNoToString(bool value) { return TextOf(kYesNo, value); }

absl::StatusOr<YearGroup> YearGroup::Parse(std::string_view text) {
  const std::string code = internal::CodeText(text);
  for (const LetterYear& year : kLetterYears) {
    if (year.text == code) return YearGroup(year.order);
  }
  const auto number = internal::ReadDigits(code);
  if (number && *number >= kFirstNumber && *number <= kLastNumber && code.size() <= 2) {
    return YearGroup(static_cast<std::int8_t>(*number));
  }
  return absl::InvalidArgumentError("the year group must be N1, N2, R, 1 to 14 or X");
}

std::optional<int> YearGroup::number() const {
  if (order_ < kFirstNumber || order_ > kLastNumber) return std::nullopt;
  return order_;
}

std::string YearGroup::ToString() const {
  for (const LetterYear& year : kLetterYears) {
    if (year.order == order_) return std::string(year.text);
  }
  return absl::StrCat(static_cast<int>(order_));
}

std::span<const BreakdownTopic> AllBreakdownTopics() { return kAllTopics; }

absl::StatusOr<BreakdownTopic> ParseBreakdownTopic(std::string_view text) {
  return Find(kTopics, text,
              "a breakdown must be sen_provision, pupil_premium, sex, year_group or looked_after");
}
std::string_view ToString(BreakdownTopic topic) { return TextOf(kTopics, topic); }

std::string BreakdownValue(BreakdownTopic topic, const PupilCharacteristics& pupil) {
  switch (topic) {
    case BreakdownTopic::kSenProvision:
      return TextOr(pupil.sen_provision);
    case BreakdownTopic::kPupilPremium:
      return YesNoOr(pupil.pupil_premium);
    case BreakdownTopic::kSex:
      return TextOr(pupil.sex);
    case BreakdownTopic::kYearGroup:
      return pupil.year_group ? pupil.year_group->ToString() : std::string(kNotRecorded);
    case BreakdownTopic::kLookedAfter:
      return YesNoOr(pupil.looked_after);
  }
  return std::string(kNotRecorded);
}

}  // namespace pathways::education
