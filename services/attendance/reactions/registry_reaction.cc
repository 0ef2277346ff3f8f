#include "services/attendance/reactions/registry_reaction.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pathways/registry/v1/events.pb.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {
namespace {

using education::Day;
using events::Event;

const std::string kEnrolled = "pathways.registry.v1.PupilEnrolled";
const std::string kLeft = "pathways.registry.v1.PupilLeft";
const std::string kCharacteristics = "pathways.registry.v1.PupilCharacteristicsChanged";

absl::StatusOr<std::optional<Day>> ParseOptionalDay(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto day = Day::ParseIso(text);
  if (!day.ok()) return day.status();
  return *day;
}

// PupilEnrolled and PupilLeft have the same fields.
template <typename Message>
absl::StatusOr<EnrolmentRow> ReadEnrolment(const Event& event) {
  auto message = events::ParsePayload<Message>(event);
  if (!message.ok()) return message.status();
  auto la_code = education::LaCode::FromInt(message->la_code());
  if (!la_code.ok()) return la_code.status();
  auto urn = education::Urn::FromInt(message->urn());
  if (!urn.ok()) return urn.status();
  auto enrolment = education::EnrolmentId::Parse(message->enrolment_id());
  if (!enrolment.ok()) return enrolment.status();
  auto pupil = education::PupilId::Parse(message->pupil_id());
  if (!pupil.ok()) return pupil.status();
  auto entry = Day::ParseIso(message->entry_date());
  if (!entry.ok()) return entry.status();
  auto leaving = ParseOptionalDay(message->leaving_date());
  if (!leaving.ok()) return leaving.status();
  return EnrolmentRow{{*la_code, *urn}, *enrolment, *pupil, *entry, *leaving};
}

absl::StatusOr<CharacteristicsRow> ReadCharacteristicsEvent(const Event& event) {
  auto message = events::ParsePayload<registry::v1::PupilCharacteristicsChanged>(event);
  if (!message.ok()) return message.status();
  auto pupil = education::PupilId::Parse(message->pupil_id());
  if (!pupil.ok()) return pupil.status();
  auto valid_from = ParseOptionalDay(message->valid_from());
  if (!valid_from.ok()) return valid_from.status();
  auto sen = education::ParseSenProvision(message->sen_provision());
  if (!sen.ok()) return sen.status();
  auto sex = education::ParseSex(message->sex());
  if (!sex.ok()) return sex.status();
  auto year_group = education::YearGroup::Parse(message->year_group());
  if (!year_group.ok()) return year_group.status();
  return CharacteristicsRow{*pupil,
                            *valid_from,
                            {.sen_provision = *sen,
                             .sex = *sex,
                             .year_group = *year_group,
                             .pupil_premium = message->pupil_premium(),
                             .free_school_meals = message->free_school_meals(),
                             .english_additional_language = message->english_additional_language(),
                             .looked_after = message->looked_after()}};
}

struct Batch {
  std::vector<EnrolmentRow> enrolments;
  std::vector<CharacteristicsRow> characteristics;

  absl::Status Add(const Event& event) {
    if (event.type == kCharacteristics)
      return Keep(ReadCharacteristicsEvent(event), characteristics);
    if (event.type == kLeft) return Keep(ReadEnrolment<registry::v1::PupilLeft>(event), enrolments);
    return Keep(ReadEnrolment<registry::v1::PupilEnrolled>(event), enrolments);
  }

 private:
  template <typename Row>
  static absl::Status Keep(absl::StatusOr<Row> row, std::vector<Row>& rows) {
    if (row.ok()) rows.push_back(*std::move(row));
    return row.status();
  }
};

std::vector<SchoolKey> SchoolsOf(const std::vector<EnrolmentRow>& enrolments) {
  std::set<SchoolKey> schools;
  for (const EnrolmentRow& row : enrolments) schools.insert(row.school);
  std::vector<SchoolKey> sorted(schools.begin(), schools.end());
  // The order in which importers take them too.
  std::ranges::sort(sorted, {}, &SchoolKey::urn);
  return sorted;
}

}  // namespace

RegistryReaction::RegistryReaction(const education::Clock& clock)
    : Reaction({.name = "attendance.registry",
                .topics = {"pathways.registry.v1"},
                .types = {kEnrolled, kLeft, kCharacteristics},
                .ordering = events::Ordering::kLatestWins}),
      clock_(clock) {}

absl::Status RegistryReaction::Apply(storage::Transaction& transaction,
                                     std::span<const Event> events) {
  Batch batch;
  for (const Event& event : events) {
    if (absl::Status status = batch.Add(event); !status.ok()) return status;
  }
  const education::Instant now = clock_.Now();
  if (absl::Status status = AddBooks(transaction, SchoolsOf(batch.enrolments)); !status.ok())
    return status;
  if (absl::Status status = PutEnrolments(transaction, batch.enrolments, now); !status.ok())
    return status;
  return PutCharacteristics(transaction, batch.characteristics, now);
}

}  // namespace pathways::attendance
