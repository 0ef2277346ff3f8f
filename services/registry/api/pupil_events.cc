#include "services/registry/api/pupil_events.h"

#include <string>

#include "pathways/registry/v1/events.pb.h"

namespace pathways::registry {
namespace {

template <typename Message>
events::NewEvent ToEvent(const Enrolment& enrolment) {
  Message message;
  message.set_pupil_id(enrolment.pupil.ToString());
  message.set_enrolment_id(enrolment.id.ToString());
  message.set_urn(enrolment.urn.value());
  message.set_la_code(enrolment.la_code.value());
  message.set_entry_date(enrolment.entry_date.ToIso());
  if (enrolment.leaving_date) message.set_leaving_date(enrolment.leaving_date->ToIso());
  message.set_enrolment_status(std::string(education::ToString(enrolment.status)));
  events::NewEvent event = events::MakeEvent(message, "enrolment/" + enrolment.id.ToString(),
                                             enrolment.version, enrolment.pupil.ToString());
  event.compaction_key = event.aggregate;
  return event;
}

}  // namespace

events::NewEvent EnrolmentEvent(const Enrolment& enrolment) {
  return enrolment.leaving_date ? ToEvent<v1::PupilLeft>(enrolment)
                                : ToEvent<v1::PupilEnrolled>(enrolment);
}

events::NewEvent CharacteristicsEvent(const CharacteristicsChange& change) {
  const Characteristics& values = change.values.values;
  const std::string from =
      change.values.valid_from ? change.values.valid_from->ToIso() : std::string();
  v1::PupilCharacteristicsChanged message;
  message.set_pupil_id(change.id.ToString());
  message.set_valid_from(from);
  message.set_sen_provision(std::string(education::ToString(values.sen_provision)));
  message.set_pupil_premium(values.pupil_premium);
  message.set_sex(std::string(education::ToString(change.sex)));
  message.set_year_group(values.year_group.ToString());
  message.set_looked_after(values.looked_after);
  message.set_free_school_meals(values.free_school_meals);
  message.set_english_additional_language(values.english_additional_language);
  if (change.ethnic_group) {
    message.set_ethnic_group(std::string(education::ToString(*change.ethnic_group)));
  }
  events::NewEvent event = events::MakeEvent(
      message, "characteristics/" + change.id.ToString() + "/" + (from.empty() ? "first" : from),
      change.values.version, change.id.ToString());
  event.compaction_key = event.aggregate;
  return event;
}

}  // namespace pathways::registry
