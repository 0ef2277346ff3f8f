// A borough's marks, a day and the rest of a term: CSV to committed marks, running sums, crossings
// and events, over gRPC with rights; against COPY of the same rows into a bare table with a primary
// key.
#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/testing/postgres.h"
#include "tests/bench/bench.h"
#include "tests/bench/stack.h"
#include "tools/demo/borough_files.h"
#include "tools/demo/registers.h"
#include "tools/files/input_file.h"

namespace pathways::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kDays = 6;  // the first is warming up; the term's other days come in one file
constexpr const char* kLastDay = "2026-11-20";  // a register of the future would be refused
constexpr int kBedford = 822;
constexpr int kInventedPupils = 33'000;

// The Department's school-level open data, where it is at hand: the borough then has Bedford's
// schools and headcounts.
std::string OpenData() {
  const char* given = std::getenv("PATHWAYS_OPEN_DATA");
  const fs::path folder =
      given != nullptr ? given : fs::path(PATHWAYS_SOURCE_DIR) / ".." / "shared" / "data";
  const fs::path file = folder / "schools-bedford-central-bedfordshire-2022-23.csv";
  return fs::exists(file) ? file.string() : std::string();
}

std::vector<demo::School> Schools() {
  const std::string file = OpenData();
  if (file.empty()) return demo::InventedSchools(demo::kMostInventedSchools, kInventedPupils);
  auto input = Need(files::InputFile::Open(file));
  return Need(demo::RealSchools(input, *education::LaCode::FromInt(kBedford)));
}

struct Register {
  std::string csv;
  std::int64_t rows = 0;

  // Under the same header.
  void Append(const Register& other) {
    csv += csv.empty() ? other.csv : other.csv.substr(other.csv.find('\n') + 1);
    rows += other.rows;
  }
};

// The wide registers of all schools, a file a day.
std::map<std::string, Register> ByDay(const std::vector<std::string>& registers) {
  std::map<std::string, Register> days;
  for (const std::string& csv : registers) {
    const std::size_t header_end = csv.find('\n') + 1;
    for (std::size_t at = header_end; at < csv.size();) {
      const std::size_t end = csv.find('\n', at) + 1;
      const std::string line = csv.substr(at, end - at);
      const std::size_t second = line.find(',', line.find(',') + 1) + 1;  // urn,upn,date,am,pm
      Register& day = days[line.substr(second, 10)];
      if (day.csv.empty()) day.csv = csv.substr(0, header_end);
      day.csv += line;
      ++day.rows;
      at = end;
    }
  }
  return days;
}

class BareTable {
 public:
  BareTable() : connection_(PQconnectdb(database_.admin_uri().c_str()), PQfinish) {
    Run("create table marks (urn integer, upn text, d date, am text, pm text, primary key (urn, "
        "upn, d))",
        PGRES_COMMAND_OK);
  }

  void Copy(const std::string& csv) {
    Run("copy marks from stdin (format csv, header)", PGRES_COPY_IN);
    PQputCopyData(connection_.get(), csv.data(), static_cast<int>(csv.size()));
    PQputCopyEnd(connection_.get(), nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQgetResult(connection_.get()),
                                                               PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
      throw std::runtime_error(PQerrorMessage(connection_.get()));
    while (PGresult* rest = PQgetResult(connection_.get())) PQclear(rest);
  }

 private:
  void Run(const char* sql, ExecStatusType expected) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql),
                                                               PQclear);
    if (PQresultStatus(result.get()) != expected)
      throw std::runtime_error(PQerrorMessage(connection_.get()));
  }

  testing::TestDatabase database_;
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

// Both ways of taking in a register, timed one after the other.
struct Race {
  Stack& stack;
  BareTable& bare;
  std::vector<double> ours = {}, theirs = {};

  void Take(const Register& file) {
    ours.push_back(Seconds([&] { stack.Import(stack.attendance(), "ImportRegister", file.csv); }));
    theirs.push_back(Seconds([&] { bare.Copy(file.csv); }));
  }
};

std::vector<Row> Run() {
  const demo::Settings settings{.seed = 7, .until = *education::Day::ParseIso(kLastDay)};
  const demo::Borough borough = demo::MakeBorough(Schools(), settings);
  Stack stack;
  stack.Import(stack.registry(), "ImportSchools", demo::SchoolsCsv(borough));
  stack.Import(stack.registry(), "ImportCalendar", demo::CalendarCsv(borough));
  stack.Import(stack.registry(), "ImportPupils", demo::PupilsCsv(borough));

  BareTable bare;
  Race day{stack, bare}, term{stack, bare};
  Register one, rest;
  for (const auto& [date, file] : ByDay(demo::RegisterCsvs(borough, settings).wide)) {
    if (day.ours.size() == kDays) {
      rest.Append(file);
      continue;
    }
    day.Take(file);
    one = file;
  }
  day.ours.erase(day.ours.begin());
  day.theirs.erase(day.theirs.begin());
  term.Take(rest);
  const std::string against = "\\copy of the same rows into a bare table with a primary key";
  const auto rate = [&](const std::string& name, const Register& file, Race& race) {
    const auto rows = static_cast<double>(file.rows);
    return Rate(name, rows / Percentile(race.ours, 0.5), "rows/s", against,
                rows / Percentile(race.theirs, 0.5));
  };
  return {rate("marks-import", one, day),
          Time("marks-import-day", Percentile(day.ours, 0.5) * 1000, "ms", against,
               Percentile(day.theirs, 0.5) * 1000),
          rate("marks-import-term", rest, term)};
}

}  // namespace

Benchmark MarksImport() {
  return {
      "marks-import",
      "a borough's marks, a day and the rest of a term, CSV to committed marks, sums, crossings "
      "and events",
      Run};
}

}  // namespace pathways::bench
