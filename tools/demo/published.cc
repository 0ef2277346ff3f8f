#include "tools/demo/published.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "libs/education/percent.h"
#include "libs/tabular/csv_writer.h"

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::Percent;
using tabular::CsvWriter;

constexpr std::string_view kSource = "Invented for the demonstration, not published figures";
constexpr int kYears = 5;
constexpr int kFirstNeighbour = 981;  // codes nobody has
constexpr int kNeighbours = 10;

// Per 1,000 pupils of a year near England's course, with suspensions rising.
struct Phase {
  std::string_view name;
  int pupils_of_1000;  // share of all pupils
  double suspensions;
  double pupils;
  double permanent;
};
constexpr std::array kPhases = {
    Phase{"Total", 1000, 93.0, 37.0, 1.1}, Phase{"State-funded primary", 540, 14.0, 8.0, 0.2},
    Phase{"State-funded secondary", 440, 190.0, 72.0, 2.3}, Phase{"Special", 20, 120.0, 55.0, 0.7}};

struct Span {
  std::string_view identifier;
  double share;  // of the year's exclusions
  double pupil_share;
};
constexpr std::array kSpans = {Span{"Academic year", 1.0, 1.0}, Span{"Autumn term", 0.37, 0.52},
                               Span{"Spring term", 0.35, 0.5}, Span{"Summer term", 0.28, 0.44}};

struct Place {
  bool national = false;
  int la_code = 0;
  std::string name = {};
  std::int64_t pupils = 0;
  double factor = 1;  // against England's rates
  bool small = false;
};

Place England() { return {.national = true, .name = "", .pupils = 8'400'000}; }

// From 0.76 to 1.3 of England, from 14,000 to 50,000 pupils.
Place Neighbour(int index) {
  return {.la_code = kFirstNeighbour + index,
          .name = absl::StrCat("Demonstration Neighbour ", index + 1),
          .pupils = 14'000 + 4'000 * index,
          .factor = 0.76 + 0.06 * index,
          .small = index == 0};
}

// 4 % more each year after 2020/21, and a little up and down that no two places share.
double Course(const AcademicYear& year, int la_code) {
  const int since = year.start_year() - 2020;
  const int wave = (year.start_year() * 7 + la_code * 3) % 5 - 2;
  return std::pow(1.04, since) * (1 + 0.02 * wave);
}

std::int64_t Part(std::int64_t pupils, double per_1000) {
  return std::llround(static_cast<double>(pupils) * per_1000 / 1000);
}

void WriteRow(const Place& place, const AcademicYear& year, const Phase& phase, const Span& span,
              CsvWriter& csv) {
  const std::int64_t headcount = place.pupils * phase.pupils_of_1000 / 1000;
  const double course = Course(year, place.la_code) * place.factor;
  const std::int64_t suspensions = Part(headcount, phase.suspensions * course * span.share);
  const std::int64_t pupils = Part(headcount, phase.pupils * course * span.pupil_share);
  const std::int64_t permanent = Part(headcount, phase.permanent * course * span.share);
  const auto rate = [&](std::int64_t count) { return Percent{count, headcount}.ToTwoDecimals(); };
  const bool hidden = place.small && permanent < 5;
  csv.WriteRecord(
      {year.ToCode(), std::string(span.identifier), place.national ? "National" : "Local authority",
       "E92000001", "England", place.national ? "" : absl::StrCat(place.la_code), place.name,
       std::string(phase.name), absl::StrCat(headcount), hidden ? "c" : absl::StrCat(permanent),
       hidden ? "c" : rate(permanent), absl::StrCat(suspensions), rate(suspensions),
       absl::StrCat(pupils), rate(pupils), std::string(kSource)});
}

void WritePlace(const Place& place, AcademicYear running, CsvWriter& csv) {
  AcademicYear year = running;
  for (int back = 0; back < kYears; ++back) {
    year = year.Previous();
    for (const Phase& phase : kPhases) {
      for (const Span& span : kSpans) WriteRow(place, year, phase, span, csv);
    }
  }
}

}  // namespace

std::string PublishedCsv(const Settings& settings) {
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"time_period", "time_identifier", "geographic_level", "country_code",
                   "country_name", "old_la_code", "la_name", "education_phase", "headcount",
                   "perm_excl", "perm_excl_rate", "suspension", "susp_rate", "one_plus_susp",
                   "one_plus_susp_rate", "source"});
  const AcademicYear running = AcademicYear::Of(settings.until);
  WritePlace(England(), running, csv);
  for (int index = 0; index < kNeighbours; ++index) WritePlace(Neighbour(index), running, csv);
  return text;
}

std::string NeighboursCsv(education::LaCode la_code) {
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"la_code", "neighbour_la_code", "source"});
  for (int index = 0; index < kNeighbours; ++index) {
    csv.WriteRecord(
        {la_code.ToString(), absl::StrCat(kFirstNeighbour + index), std::string(kSource)});
  }
  return text;
}

}  // namespace pathways::demo
