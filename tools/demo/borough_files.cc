#include "tools/demo/borough_files.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/tabular/csv_writer.h"
#include "tools/demo/published.h"
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

std::string IsoOrEmpty(const std::optional<education::Day>& day) { return day ? day->ToIso() : ""; }

void WritePupil(const Child& child, const School& school, education::Day entry,
                const std::optional<education::Day>& leaving, education::EnrolmentStatus status,
                CsvWriter& csv) {
  csv.WriteRecord({child.upn.ToString(), child.surname, child.forename, child.born.ToIso(),
                   ToString(child.sex), child.year_group, school.urn.ToString(), entry.ToIso(),
                   IsoOrEmpty(leaving), ToString(status), ToString(child.sen_provision),
                   education::YesNoToString(child.pupil_premium),
                   education::YesNoToString(child.free_school_meals),
                   education::YesNoToString(child.english_additional_language),
                   education::YesNoToString(child.looked_after), child.ethnicity});
}

std::string_view KindCode(ExclusionKind kind) {
  switch (kind) {
    case ExclusionKind::kSuspension:
      return "SUSP";
    case ExclusionKind::kLunchtime:
      return "LNCH";
    case ExclusionKind::kPermanent:
      break;
  }
  return "PERM";
}

void WriteExclusion(const Exclusion& exclusion, const School& school, CsvWriter& csv) {
  const bool permanent = exclusion.kind == ExclusionKind::kPermanent;
  const Outcome& outcome = exclusion.outcome;
  csv.WriteRecord({school.urn.ToString(), exclusion.upn.ToString(), KindCode(exclusion.kind),
                   exclusion.start.ToIso(), permanent ? "" : ToString(exclusion.start_session),
                   permanent ? "" : exclusion.end.ToIso(), absl::StrCat(exclusion.sessions),
                   exclusion.reasons[0], exclusion.reasons[1], exclusion.reasons[2],
                   exclusion.decided_on.ToIso(), IsoOrEmpty(outcome.board_told_on),
                   IsoOrEmpty(outcome.representations_on), IsoOrEmpty(outcome.exam_on),
                   outcome.board_decision, IsoOrEmpty(outcome.decision_notice_on),
                   IsoOrEmpty(outcome.review_applied_on), outcome.panel_decision,
                   IsoOrEmpty(outcome.panel_notice_on)});
}

}  // namespace

std::string SchoolsCsv(const Borough& borough) {
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"time_period", "time_identifier", "geographic_level", "urn", "old_la_code",
                   "la_name", "school_name", "laestab", "phase_type_grouping",
                   "typeofestablishment_name", "school_postcode", "headcount of pupils", "locality",
                   "easting", "northing"});
  for (const School& school : borough.schools) {
    csv.WriteRecord({borough.year.ToCode(), "Academic year", "School", school.urn.ToString(),
                     school.la_code().ToString(), school.la_name, school.name,
                     school.laestab.ToString(), school.phase_text, school.type_text,
                     school.postcode, absl::StrCat(school.headcount), school.locality,
                     school.easting > 0 ? absl::StrCat(school.easting) : "",
                     school.northing > 0 ? absl::StrCat(school.northing) : ""});
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
    WritePupil(borough.children[enrolment.child], borough.schools[enrolment.school],
               enrolment.entry, enrolment.leaving, enrolment.status, csv);
  }
  for (const PastEnrolment& past : borough.past) {
    WritePupil(past.child, borough.schools[past.school], past.entry, past.leaving,
               education::EnrolmentStatus::kSingle, csv);
  }
  return text;
}

std::string SuspensionsCsv(const Borough& borough) {
  std::vector<const Exclusion*> exclusions;
  for (const Exclusion& exclusion : borough.exclusions) exclusions.push_back(&exclusion);
  std::ranges::sort(exclusions, {}, [](const Exclusion* exclusion) {
    return std::tuple(exclusion->school, exclusion->start, exclusion->upn, exclusion->kind);
  });
  std::string text;
  CsvWriter csv(&text);
  csv.WriteRecord({"urn", "upn", "kind", "start_date", "start_session", "end_date", "sessions",
                   "reason1", "reason2", "reason3", "decided_on", "governors_notified_on",
                   "representations_on", "exam_on", "board_decision", "decision_notice_on",
                   "review_applied_on", "panel_decision", "panel_notice_on"});
  for (const Exclusion* exclusion : exclusions)
    WriteExclusion(*exclusion, borough.schools[exclusion->school], csv);
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
  if (absl::Status status = Put(root / "suspensions.csv", SuspensionsCsv(borough)); !status.ok())
    return status;
  if (absl::Status status = Put(root / "published.csv", PublishedCsv(settings)); !status.ok())
    return status;
  if (absl::Status status =
          Put(root / "neighbours.csv", NeighboursCsv(borough.schools.front().la_code()));
      !status.ok())
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
