#include "services/registry/store/pupil_rows.h"

#include <string>

namespace pathways::registry {
namespace {

template <typename Parse>
auto Stored(const storage::Row& row, std::string_view column, Parse parse) {
  auto value = parse(row.Get<std::string_view>(column));
  if (!value.ok()) throw storage::BadColumn(std::string(column));
  return *value;
}

}  // namespace

education::Upn ReadUpn(const storage::Row& row, std::string_view column) {
  return Stored(row, column, education::Upn::Parse);
}

PupilIdentity ReadIdentity(const storage::Row& row) {
  return {ReadUpn(row, "upn"),
          row.Get<std::string>("surname"),
          row.Get<std::string>("forename"),
          row.Get<education::Day>("date_of_birth"),
          Stored(row, "sex", education::ParseSex),
          row.Get<std::string>("ethnicity")};
}

Characteristics ReadCharacteristics(const storage::Row& row) {
  return {Stored(row, "year_group", education::YearGroup::Parse),
          Stored(row, "sen_provision", education::ParseSenProvision),
          row.Get<bool>("pupil_premium"),
          row.Get<bool>("free_school_meals"),
          row.Get<bool>("english_additional_language"),
          row.Get<bool>("looked_after")};
}

Enrolment ReadEnrolment(const storage::Row& row) {
  return {row.Get<education::EnrolmentId>("enrolment_id"),
          row.Get<education::PupilId>("pupil_id"),
          row.Get<education::Urn>("urn"),
          row.Get<education::LaCode>("la_code"),
          row.Get<education::Day>("entry_date"),
          row.GetOptional<education::Day>("leaving_date"),
          Stored(row, "status", education::ParseEnrolmentStatus),
          row.Get<std::int64_t>("version")};
}

}  // namespace pathways::registry
