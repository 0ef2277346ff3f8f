#include "services/attendance/api/register_columns.h"

namespace pathways::attendance {

std::vector<tabular::WantedColumn> RegisterColumns() {
  return {
      {.key = "urn", .synonyms = {"schoolurn", "establishmenturn"}},
      {.key = "upn",
       .required = true,
       .synonyms = {"uniquepupilnumber", "pupilupn", "studentupn", "candidateupn"}},
      {.key = "date",
       .required = true,
       .synonyms = {"sessiondate", "markdate", "attendancedate", "registerdate", "eventdate"}},
      {.key = "session", .synonyms = {"sessionname", "ampm", "period", "registertype"}},
      {.key = "code",
       .synonyms = {"mark", "attendancecode", "attendancemark", "attcode", "registrationmark"}},
      {.key = "am", .synonyms = {"morning", "ammark", "amcode"}},
      {.key = "pm", .synonyms = {"afternoon", "pmmark", "pmcode"}},
      {.key = "minutes_late", .synonyms = {"minslate", "late", "latemins", "minutesoflateness"}},
      {.key = "comment", .synonyms = {"comments", "note", "notes", "attendancenote"}},
      {.key = "reason", .synonyms = {"amendmentreason", "reasonforamendment"}},
      {.key = "amended_by", .synonyms = {"amendedbyname"}},
  };
}

absl::Status CheckRegisterHeader(const tabular::HeaderMap& header, bool school_given) {
  const bool has_session = header.index(kSessionColumn).has_value();
  const bool has_code = header.index(kCodeColumn).has_value();
  const bool wide = header.index(kAmColumn).has_value() || header.index(kPmColumn).has_value();
  if (wide && (has_session || has_code)) {
    return absl::InvalidArgumentError(
        "The file has columns for one mark a row (session, code) and for two (am, pm): keep one "
        "kind.");
  }
  if (!wide && !(has_session && has_code)) {
    return absl::InvalidArgumentError(
        "The file has no marks: it needs the columns session and code (one mark a row), or am and "
        "pm (one day a row).");
  }
  if (!school_given && !header.index(kUrnColumn)) {
    return absl::InvalidArgumentError(
        "The file does not say which school it is from: add a column urn, or choose the school.");
  }
  return absl::OkStatus();
}

RegisterShape ShapeOf(const tabular::HeaderMap& header) {
  return header.index(kCodeColumn) ? RegisterShape::kLong : RegisterShape::kWide;
}

}  // namespace pathways::attendance
