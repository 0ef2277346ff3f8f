#include "tools/demo/borough_files.h"

#include <filesystem>
#include <iostream>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/tabular/csv_writer.h"
#include "tools/demo/registers.h"
#include "tools/files/output_file.h"

namespace pathways::demo {
namespace {

using tabular::CsvWriter;

absl::Status Put(const std::filesystem::path& path, const std::string& text) {
  auto file = files::OutputFile::Open(path.string(), std::cout);
  if (!file.ok()) return file.status();
  if (absl::Status status = file->Write(text); !status.ok()) return status;
  return file->Commit();
}

absl::Status MakeFolder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return absl::OkStatus();
  return absl::PermissionDeniedError(
      absl::StrCat("The folder ", path.string(), " cannot be made: ", error.message(), "."));
}

}  // namespace

std::string SchoolsCsv(const Borough& borough) {
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"time_period", "time_identifier", "geographic_level", "urn", "old_la_code",
                   "la_name", "school_name", "laestab", "phase_type_grouping",
                   "typeofestablishment_name", "school_postcode", "headcount of pupils",
                   "locality"});
  for (const School& school : borough.schools) {
    csv.WriteRecord({borough.year.ToCode(), "Academic year", "School", school.urn.ToString(),
                     school.la_code().ToString(), school.la_name, school.name,
                     school.laestab.ToString(), school.phase_text, school.type_text,
                     school.postcode, absl::StrCat(school.headcount), school.locality});
  }
  return text;
}

std::string CalendarCsv(const Borough& borough) {
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"la_code", "urn", "academic_year", "kind", "name", "from", "to"});
  const std::string la_code = borough.schools.front().la_code().ToString();
  for (const education::CalendarEntry& entry : borough.calendar) {
    csv.WriteRecord({la_code, entry.urn ? entry.urn->ToString() : "", entry.academic_year.ToCode(),
                     ToString(entry.kind), entry.name, entry.from.ToIso(), entry.to.ToIso()});
  }
  return text;
}

std::string PupilsCsv(const Borough& borough) {
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"upn", "surname", "forename", "date_of_birth", "sex", "year_group", "urn",
                   "entry_date", "leaving_date", "enrolment_status", "sen_provision",
                   "pupil_premium", "fsm", "eal", "looked_after", "ethnicity"});
  for (const Enrolment& enrolment : borough.enrolments) {
    const Child& child = borough.children[enrolment.child];
    csv.WriteRecord({child.upn.ToString(), child.surname, child.forename, child.born.ToIso(),
                     ToString(child.sex), child.year_group,
                     borough.schools[enrolment.school].urn.ToString(), enrolment.entry.ToIso(),
                     enrolment.leaving ? enrolment.leaving->ToIso() : "",
                     ToString(enrolment.status), ToString(child.sen_provision),
                     education::YesNoToString(child.pupil_premium),
                     education::YesNoToString(child.free_school_meals),
                     education::YesNoToString(child.english_additional_language),
                     education::YesNoToString(child.looked_after), child.ethnicity});
  }
  return text;
}

absl::Status WriteBorough(const Borough& borough, const Settings& settings,
                          const std::string& folder) {
  const std::filesystem::path root(folder);
  if (absl::Status status = MakeFolder(root / "registers"); !status.ok()) return status;
  if (absl::Status status = Put(root / "schools.csv", SchoolsCsv(borough)); !status.ok())
    return status;
  if (absl::Status status = Put(root / "calendar.csv", CalendarCsv(borough)); !status.ok())
    return status;
  if (absl::Status status = Put(root / "pupils.csv", PupilsCsv(borough)); !status.ok())
    return status;
  const Registers registers = RegisterCsvs(borough, settings);
  for (std::size_t school = 0; school < borough.schools.size(); ++school) {
    const std::string name = borough.schools[school].urn.ToString() + ".csv";
    if (absl::Status status = Put(root / "registers" / name, registers.wide[school]); !status.ok())
      return status;
  }
  return Put(root / "amendments.csv", registers.amendments);
}

}  // namespace pathways::demo
