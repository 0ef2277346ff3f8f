#include "services/exclusions/api/pupil_at_school.h"

#include "libs/education/compulsory_school_age.h"

namespace pathways::exclusions {

bool PupilAtSchool::IsOfCompulsoryAge(education::Day day) const {
  return !born || education::IsOfCompulsorySchoolAge(*born, day);
}

absl::StatusOr<PupilAtSchool> AskRegistry(rolls::RollSource& rolls, const service::Call& call,
                                          const education::PupilId& pupil, education::Urn urn) {
  const auto visible = rolls.Visible(call);
  if (!visible.ok()) return visible.status();
  const auto versions = visible->find(urn);
  if (versions == visible->end()) return absl::NotFoundError("There is no such school");
  const auto roll = rolls.GetRoll(call, urn, versions->second);
  if (!roll.ok()) return roll.status();
  auto calendar = rolls.GetCalendar(call, urn, versions->second);
  if (!calendar.ok()) return calendar.status();
  PupilAtSchool found{.pupil = pupil,
                      .school = {urn, versions->second.la_code},
                      .calendar = *std::move(calendar),
                      .calendar_version = versions->second.calendar,
                      .on_roll = {},
                      .born = {}};
  for (const rolls::RollMember& member : (*roll)->members()) {
    if (member.pupil != pupil) continue;
    found.on_roll.push_back({member.entry, member.leaving});
    found.born = member.date_of_birth;
  }
  if (found.on_roll.empty()) {
    return absl::NotFoundError("There is no such pupil on the roll of this school");
  }
  return found;
}

}  // namespace pathways::exclusions
