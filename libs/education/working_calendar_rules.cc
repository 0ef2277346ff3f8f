// The bank holidays of England. A proclaimed day is one more row.

#include <array>
#include <chrono>

#include "libs/education/working_calendar.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kAct = "Banking and Financial Dealings Act 1971, s. 1 and sch. 1";
constexpr std::string_view kCommonLaw = "Common law holiday";
constexpr std::string_view kSubstitute =
    "Royal proclamation under the 1971 Act, s. 1(2) and (3): substitute or fixed day";

constexpr std::string_view kNewYear = "New Year's Day";
constexpr std::string_view kGoodFriday = "Good Friday";
constexpr std::string_view kEasterMonday = "Easter Monday";
constexpr std::string_view kEarlyMay = "Early May bank holiday";
constexpr std::string_view kSpring = "Spring bank holiday";
constexpr std::string_view kSummer = "Summer bank holiday";
constexpr std::string_view kChristmas = "Christmas Day";
constexpr std::string_view kBoxing = "Boxing Day";

constexpr auto kEngland = std::to_array<BankHoliday>({
    {Day(2024y / 1 / 1), kNewYear, kSubstitute},
    {Day(2024y / 3 / 29), kGoodFriday, kCommonLaw},
    {Day(2024y / 4 / 1), kEasterMonday, kAct},
    {Day(2024y / 5 / 6), kEarlyMay, kSubstitute},
    {Day(2024y / 5 / 27), kSpring, kAct},
    {Day(2024y / 8 / 26), kSummer, kAct},
    {Day(2024y / 12 / 25), kChristmas, kCommonLaw},
    {Day(2024y / 12 / 26), kBoxing, kAct},
    {Day(2025y / 1 / 1), kNewYear, kSubstitute},
    {Day(2025y / 4 / 18), kGoodFriday, kCommonLaw},
    {Day(2025y / 4 / 21), kEasterMonday, kAct},
    {Day(2025y / 5 / 5), kEarlyMay, kSubstitute},
    {Day(2025y / 5 / 26), kSpring, kAct},
    {Day(2025y / 8 / 25), kSummer, kAct},
    {Day(2025y / 12 / 25), kChristmas, kCommonLaw},
    {Day(2025y / 12 / 26), kBoxing, kAct},
    {Day(2026y / 1 / 1), kNewYear, kSubstitute},
    {Day(2026y / 4 / 3), kGoodFriday, kCommonLaw},
    {Day(2026y / 4 / 6), kEasterMonday, kAct},
    {Day(2026y / 5 / 4), kEarlyMay, kSubstitute},
    {Day(2026y / 5 / 25), kSpring, kAct},
    {Day(2026y / 8 / 31), kSummer, kAct},
    {Day(2026y / 12 / 25), kChristmas, kCommonLaw},
    {Day(2026y / 12 / 28), kBoxing, kSubstitute},
    {Day(2027y / 1 / 1), kNewYear, kSubstitute},
    {Day(2027y / 3 / 26), kGoodFriday, kCommonLaw},
    {Day(2027y / 3 / 29), kEasterMonday, kAct},
    {Day(2027y / 5 / 3), kEarlyMay, kSubstitute},
    {Day(2027y / 5 / 31), kSpring, kAct},
    {Day(2027y / 8 / 30), kSummer, kAct},
    {Day(2027y / 12 / 27), kChristmas, kSubstitute},
    {Day(2027y / 12 / 28), kBoxing, kSubstitute},
    {Day(2028y / 1 / 3), kNewYear, kSubstitute},
    {Day(2028y / 4 / 14), kGoodFriday, kCommonLaw},
    {Day(2028y / 4 / 17), kEasterMonday, kAct},
    {Day(2028y / 5 / 1), kEarlyMay, kSubstitute},
    {Day(2028y / 5 / 29), kSpring, kAct},
    {Day(2028y / 8 / 28), kSummer, kAct},
    {Day(2028y / 12 / 25), kChristmas, kCommonLaw},
    {Day(2028y / 12 / 26), kBoxing, kAct},
    {Day(2029y / 1 / 1), kNewYear, kSubstitute},
    {Day(2029y / 3 / 30), kGoodFriday, kCommonLaw},
    {Day(2029y / 4 / 2), kEasterMonday, kAct},
    {Day(2029y / 5 / 7), kEarlyMay, kSubstitute},
    {Day(2029y / 5 / 28), kSpring, kAct},
    {Day(2029y / 8 / 27), kSummer, kAct},
    {Day(2029y / 12 / 25), kChristmas, kCommonLaw},
    {Day(2029y / 12 / 26), kBoxing, kAct},
});

}  // namespace

std::span<const BankHoliday> EnglandBankHolidays() { return kEngland; }

}  // namespace pathways::education
