#include "libs/rolls/registry_events.h"

#include "pathways/registry/v1/events.pb.h"

namespace pathways::rolls {
namespace {

using education::Day;
using education::LaCode;
using education::SchoolKey;
using education::Urn;
using events::Event;

template <typename Message>
std::string TypeOf() {
  return Message::descriptor()->full_name();
}

absl::StatusOr<std::optional<Day>> ParseOptionalDay(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto day = Day::ParseIso(text);
  if (!day.ok()) return day.status();
  return *day;
}

template <typename Message>
absl::StatusOr<SchoolKey> ReadSchoolKey(const Message& message) {
  const auto urn = Urn::FromInt(message.urn());
  if (!urn.ok()) return urn.status();
  const auto la_code = LaCode::FromInt(message.la_code());
  if (!la_code.ok()) return la_code.status();
  return SchoolKey{*urn, *la_code};
}

absl::StatusOr<SchoolRow> ReadSchool(const Event& event) {
  const auto message = events::ParsePayload<registry::v1::SchoolChanged>(event);
  if (!message.ok()) return message.status();
  const auto school = ReadSchoolKey(*message);
  if (!school.ok()) return school.status();
  return SchoolRow{*school, message->phase(), message->locality()};
}

absl::StatusOr<CalendarRow::Days> ReadDays(const registry::v1::CalendarDays& days) {
  const auto kind = education::ParseCalendarKind(days.kind());
  if (!kind.ok()) return kind.status();
  const auto first = Day::ParseIso(days.first_day());
  if (!first.ok()) return first.status();
  const auto last = Day::ParseIso(days.last_day());
  if (!last.ok()) return last.status();
  return CalendarRow::Days{*kind, days.name(), *first, *last};
}

absl::StatusOr<CalendarRow> ReadCalendar(const Event& event) {
  const auto message = events::ParsePayload<registry::v1::CalendarChanged>(event);
  if (!message.ok()) return message.status();
  const auto la_code = LaCode::FromInt(message->la_code());
  if (!la_code.ok()) return la_code.status();
  CalendarRow row{.la_code = *la_code,
                  .urn = message->urn(),
                  .academic_year = message->academic_year(),
                  .version = event.version};
  for (const auto& days : message->days()) {
    auto read = ReadDays(days);
    if (!read.ok()) return read.status();
    row.days.push_back(*std::move(read));
  }
  return row;
}

// An event from before registrations were told apart says nothing.
absl::StatusOr<bool> IsMain(const std::string& enrolment_status) {
  if (enrolment_status.empty()) return true;
  const auto registration = education::ParseEnrolmentStatus(enrolment_status);
  if (!registration.ok()) return registration.status();
  return *registration != education::EnrolmentStatus::kSubsidiary;
}

// PupilEnrolled and PupilLeft have the same fields.
template <typename Message>
absl::StatusOr<EnrolmentRow> ReadEnrolment(const Event& event) {
  const auto message = events::ParsePayload<Message>(event);
  if (!message.ok()) return message.status();
  const auto school = ReadSchoolKey(*message);
  if (!school.ok()) return school.status();
  const auto enrolment = education::EnrolmentId::Parse(message->enrolment_id());
  if (!enrolment.ok()) return enrolment.status();
  const auto pupil = education::PupilId::Parse(message->pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto entry = Day::ParseIso(message->entry_date());
  if (!entry.ok()) return entry.status();
  const auto leaving = ParseOptionalDay(message->leaving_date());
  if (!leaving.ok()) return leaving.status();
  const auto main = IsMain(message->enrolment_status());
  if (!main.ok()) return main.status();
  return EnrolmentRow{*school, *enrolment, *pupil, *entry, *leaving, *main};
}

absl::StatusOr<CharacteristicsRow> ReadCharacteristicsEvent(const Event& event) {
  const auto message = events::ParsePayload<registry::v1::PupilCharacteristicsChanged>(event);
  if (!message.ok()) return message.status();
  const auto pupil = education::PupilId::Parse(message->pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto valid_from = ParseOptionalDay(message->valid_from());
  if (!valid_from.ok()) return valid_from.status();
  const auto sen = education::ParseSenProvision(message->sen_provision());
  if (!sen.ok()) return sen.status();
  const auto sex = education::ParseSex(message->sex());
  if (!sex.ok()) return sex.status();
  const auto year_group = education::YearGroup::Parse(message->year_group());
  if (!year_group.ok()) return year_group.status();
  return CharacteristicsRow{*pupil,
                            *valid_from,
                            {.sen_provision = *sen,
                             .sex = *sex,
                             .year_group = *year_group,
                             .pupil_premium = message->pupil_premium(),
                             .free_school_meals = message->free_school_meals(),
                             .english_additional_language = message->english_additional_language(),
                             .looked_after = message->looked_after()},
                            education::EthnicGroupFromName(message->ethnic_group())};
}

template <typename Row>
absl::Status Keep(absl::StatusOr<Row> row, std::vector<Row>& rows) {
  if (row.ok()) rows.push_back(*std::move(row));
  return row.status();
}

absl::Status Add(const Event& event, RegistryBatch& batch) {
  if (event.type == TypeOf<registry::v1::SchoolChanged>()) {
    return Keep(ReadSchool(event), batch.schools);
  }
  if (event.type == TypeOf<registry::v1::CalendarChanged>()) {
    return Keep(ReadCalendar(event), batch.calendars);
  }
  if (event.type == TypeOf<registry::v1::PupilCharacteristicsChanged>()) {
    return Keep(ReadCharacteristicsEvent(event), batch.characteristics);
  }
  if (event.type == TypeOf<registry::v1::PupilLeft>()) {
    return Keep(ReadEnrolment<registry::v1::PupilLeft>(event), batch.enrolments);
  }
  return Keep(ReadEnrolment<registry::v1::PupilEnrolled>(event), batch.enrolments);
}

}  // namespace

std::string SchoolEventType() { return TypeOf<registry::v1::SchoolChanged>(); }
std::string CalendarEventType() { return TypeOf<registry::v1::CalendarChanged>(); }
std::string CharacteristicsEventType() {
  return TypeOf<registry::v1::PupilCharacteristicsChanged>();
}
std::vector<std::string> EnrolmentEventTypes() {
  return {TypeOf<registry::v1::PupilEnrolled>(), TypeOf<registry::v1::PupilLeft>()};
}

absl::StatusOr<RegistryBatch> ReadRegistryEvents(std::span<const Event> events) {
  RegistryBatch batch;
  for (const Event& event : events) {
    if (auto status = Add(event, batch); !status.ok()) return status;
  }
  return batch;
}

}  // namespace pathways::rolls
