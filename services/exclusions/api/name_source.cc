#include "services/exclusions/api/name_source.h"

#include "pathways/registry/v1/service.pb.h"

namespace pathways::exclusions {

absl::StatusOr<LetterNames> RegistryNames::NamesOf(const service::Call& call,
                                                   const education::PupilId& pupil,
                                                   education::Urn urn) {
  registry::v1::GetPupilNamesRequest ask_names;
  ask_names.add_pupil_ids(pupil.ToString());
  const auto names =
      registry_.Call<registry::v1::GetPupilNamesRequest, registry::v1::GetPupilNamesResponse>(
          "GetPupilNames", ask_names, call.Forward());
  if (!names.ok()) return names.status();
  if (names->names().empty()) return absl::NotFoundError("There is no such pupil");
  registry::v1::GetSchoolRequest ask_school;
  ask_school.set_urn(urn.value());
  const auto school =
      registry_.Call<registry::v1::GetSchoolRequest, registry::v1::GetSchoolResponse>(
          "GetSchool", ask_school, call.Forward());
  if (!school.ok()) return school.status();
  const auto& name = names->names(0);
  return LetterNames{.forename = name.forename(),
                     .surname = name.surname(),
                     .year_group = name.year_group(),
                     .school = school->school().name(),
                     .authority = school->school().la_name()};
}

}  // namespace pathways::exclusions
