#include "libs/testing/builders.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace pathways::testing {
namespace {

using education::CalendarEntry;
using education::CalendarKind;
using education::Day;
using namespace std::chrono_literals;

constexpr std::array<std::string_view, 10> kGivenNames = {
    "Amira", "Ben", "Chidi", "Daisy", "Ewan", "Farah", "Grace", "Hugo", "Iqra", "Jack"};
constexpr std::array<std::string_view, 9> kFamilyNames = {
    "Ashby", "Begum", "Carter", "Dhillon", "Evans", "Fox", "Green", "Hall", "Islam"};
constexpr std::array<std::string_view, 6> kSchoolNames = {
    "Oakwood Primary School", "St Mary's Lower School", "Riverside Middle School",
    "Hillcrest Academy",      "Queen's Upper School",   "Meadow Special School"};

// What these builders are given is valid by construction; if not, the builder is wrong.
template <typename T>
T Valid(absl::StatusOr<T> value) {
  if (!value.ok())
    throw std::logic_error("a test builder made something invalid: " + value.status().ToString());
  return *std::move(value);
}

template <typename... Args>
std::string Format(const char* format, Args... args) {
  char text[64];
  std::snprintf(text, sizeof(text), format, args...);
  return text;
}

template <typename Id>
Id MakeId(unsigned series, int number) {
  return Valid(
      Id::Parse(Format("%08x-0000-4000-8000-%012x", series, static_cast<unsigned>(number) + 1)));
}

// Monday of the week in which that day of the month lies, or the one before.
Day MondayOf(int year, unsigned month, unsigned day) {
  return Day(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)).Monday();
}

}  // namespace

education::Upn MakeUpn(int number) {
  const int school = number / 1000;
  return Valid(education::Upn::FromBody(
      Format("822%04d%02d%03d", 2000 + school, 15 + school % 10, number % 1000)));
}

education::PupilId MakePupilId(int number) { return MakeId<education::PupilId>(0x9001u, number); }
education::PersonId MakePersonId(int number) {
  return MakeId<education::PersonId>(0x9002u, number);
}

TestPupil MakePupil(int number) {
  const auto index = static_cast<std::size_t>(number);
  // From 1 September 2009 (year 13) over thirteen years; 4,748 days do not repeat within a school.
  const Day born = Day(2008y / 9 / 1) + number * 37 % 4748;
  return {MakePupilId(number), MakeUpn(number),
          std::string(kGivenNames[index % kGivenNames.size()]),
          std::string(kFamilyNames[index % kFamilyNames.size()]), born};
}

TestSchool MakeSchool(int number) {
  const int authority = 822 + number / 6;
  const int establishment = 2000 + number % 6 * 100;
  return {Valid(education::Urn::FromInt(150000 + number)),
          Valid(education::LaCode::FromInt(authority)),
          Valid(education::Laestab::FromInt(authority * 10000 + establishment)),
          std::string(kSchoolNames[static_cast<std::size_t>(number) % kSchoolNames.size()])};
}

education::SchoolCalendar MakeCalendar(education::AcademicYear year,
                                       std::optional<education::Urn> school) {
  const int autumn = year.start_year();
  const int spring = autumn + 1;
  const Day christmas = MondayOf(autumn, 12, 22);
  const Day easter_break = MondayOf(spring, 4, 3);
  const auto entry = [&](CalendarKind kind, std::string name, Day from, Day to) {
    return CalendarEntry{school, year, kind, std::move(name), from, to};
  };
  const std::vector<CalendarEntry> entries = {
      entry(CalendarKind::kTerm, "Autumn", MondayOf(autumn, 9, 8) + 1, christmas - 3),
      entry(CalendarKind::kHoliday, "Half-term", MondayOf(autumn, 10, 28),
            MondayOf(autumn, 10, 28) + 4),
      entry(CalendarKind::kTerm, "Spring", christmas + 14, easter_break - 3),
      entry(CalendarKind::kHoliday, "Half-term", MondayOf(spring, 2, 16),
            MondayOf(spring, 2, 16) + 4),
      entry(CalendarKind::kTerm, "Summer", easter_break + 14, MondayOf(spring, 7, 20) + 1),
      entry(CalendarKind::kBankHoliday, "Early May", MondayOf(spring, 5, 7),
            MondayOf(spring, 5, 7)),
      entry(CalendarKind::kHoliday, "Half-term", MondayOf(spring, 5, 28),
            MondayOf(spring, 5, 28) + 4),
  };
  return Valid(education::SchoolCalendar::Make(school, entries));
}

}  // namespace pathways::testing
