#include "services/registry/api/pupil_importer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/access/access_log.h"
#include "services/registry/api/pupil_events.h"
#include "services/registry/store/pupil_store.h"

namespace pathways::registry {
namespace {

using education::Day;
using education::Upn;
using education::Urn;

enum Column : std::size_t {
  kUpn,
  kFormerUpn,
  kSurname,
  kForename,
  kBorn,
  kSex,
  kYearGroup,
  kUrn,
  kEntry,
  kLeaving,
  kStatus,
  kSen,
  kPremium,
  kMeals,
  kEal,
  kLookedAfter,
  kEthnicity,
};

// Until the file's form of dates is known.
constexpr Day kUnknownDay = Day::FromEpochDays(0);

// Empty: what most pupils are.
template <typename Parse, typename Value>
Value ParsedOr(importing::RowCheck& check, Column column, Parse parse, std::string_view code,
               std::string_view advice, Value otherwise) {
  if (check.Cell(column).empty()) return otherwise;
  return check.Parsed(column, parse, code, advice).value_or(otherwise);
}

bool Flag(importing::RowCheck& check, Column column) {
  return ParsedOr(check, column, education::ParseYesNo, "bad_yes_no", "Write Y or N.", false);
}

std::optional<Characteristics> ReadCharacteristics(importing::RowCheck& check) {
  const auto year = check.Parsed(kYearGroup, education::YearGroup::Parse, "bad_year_group",
                                 "Use N1, N2, R, 1 to 14, or X.");
  const auto sen = ParsedOr(check, kSen, education::ParseSenProvision, "bad_sen_provision",
                            "Use N, K or E.", education::SenProvision::kNone);
  const bool premium = Flag(check, kPremium);
  const bool meals = Flag(check, kMeals);
  const bool eal = Flag(check, kEal);
  const bool looked_after = Flag(check, kLookedAfter);
  if (!year) return std::nullopt;
  return Characteristics{*year, sen, premium, meals, eal, looked_after};
}

}  // namespace

std::vector<tabular::WantedColumn> PupilImporter::columns() const {
  return {{"upn", true, {"uniquepupilnumber", "pupilupn", "studentupn", "candidateupn"}},
          {"former_upn", false, {}},
          {"surname", true, {"lastname", "familyname", "legalsurname", "legallastname"}},
          {"forename",
           true,
           {"firstname", "givenname", "legalforename", "preferredforename", "knownas"}},
          {"date_of_birth", true, {"dob", "birthdate"}},
          {"sex", true, {"gender"}},
          {"year_group", true, {"year", "ncyear", "ncyearactual", "curriculumyear", "yr"}},
          {"urn", true, {"school_urn"}},
          {"entry_date", true, {"starting_day", "date_of_admission", "admission_date"}},
          {"leaving_date", false, {"date_of_leaving"}},
          {"enrolment_status", false, {"enrol_status"}},
          {"sen_provision", false, {"sen"}},
          {"pupil_premium", false, {"pp", "disadvantaged"}},
          {"fsm", false, {"free_school_meals"}},
          {"eal", false, {}},
          {"looked_after", false, {"in_care"}},
          {"ethnicity", false, {}}};
}

absl::Status PupilImporter::OnHeader(const tabular::HeaderMap& header) {
  header_ = header;
  return absl::OkStatus();
}

std::optional<education::LaCode> PupilImporter::SchoolOfRow(Urn urn,
                                                            importing::RowCheck& check) const {
  const auto school = schools_.find(urn);
  // A school of somebody else is told apart from none at all only by those who may see it.
  if (school != schools_.end() && context_.call->caller().scope.CoversSchool(urn, school->second))
    return school->second;
  check.Refuse(kUrn, "There is no such school.", "Check the URN, or import the schools first.",
               "unknown_school");
  return std::nullopt;
}

absl::Status PupilImporter::OnRow(const tabular::Record& record, importing::Refusals& refusals) {
  importing::RowCheck check(record, *header_, refusals);
  const auto upn = check.Parsed(kUpn, Upn::Parse, "bad_upn", "Check the UPN in your system.");
  std::optional<Upn> former;
  if (!check.Cell(kFormerUpn).empty()) {
    former =
        check.Parsed(kFormerUpn, Upn::Parse, "bad_upn", "Check the former UPN, or leave it empty.");
  }
  std::string surname = check.Text(kSurname, "The surname");
  std::string forename = check.Text(kForename, "The forename");
  const auto sex = check.Parsed(kSex, education::ParseSex, "bad_sex", "Use M, F or U.");
  const auto characteristics = ReadCharacteristics(check);
  const auto status =
      ParsedOr(check, kStatus, education::ParseEnrolmentStatus, "bad_enrolment_status",
               "Use C, M or S.", education::EnrolmentStatus::kSingle);
  std::string ethnicity = check.OptionalText(kEthnicity);
  const auto urn = check.Parsed(kUrn, Urn::Parse, "bad_urn", "Give the school's six-digit URN.");
  const auto la_code = urn ? SchoolOfRow(*urn, check) : std::nullopt;
  for (const Column column : {kBorn, kEntry, kLeaving}) {
    dates_.See(check.Cell(column), record.row_number, header_->name(column));
  }
  if (!check.ok()) return absl::OkStatus();
  drafts_.push_back({PupilRow{record.row_number, std::string(record.raw),
                              PupilIdentity{*upn, std::move(surname), std::move(forename),
                                            kUnknownDay, *sex, std::move(ethnicity)},
                              former, *characteristics, *urn, *la_code, kUnknownDay, std::nullopt,
                              status, !check.Cell(kStatus).empty()},
                     std::string(check.Cell(kBorn)), std::string(check.Cell(kEntry)),
                     std::string(check.Cell(kLeaving))});
  return absl::OkStatus();
}

void PupilImporter::Keep(Draft draft, importing::Refusals& refusals) {
  PupilRow& row = draft.row;
  const auto read = [&](const std::string& cell, Column column) {
    return dates_.Read(cell, row.row, header_->name(column), row.raw, refusals);
  };
  const auto born = read(draft.born, kBorn);
  const auto entry = read(draft.entry, kEntry);
  if (!draft.leaving.empty()) row.leaving_date = read(draft.leaving, kLeaving);
  if (!born || !entry || (!draft.leaving.empty() && !row.leaving_date)) return;
  row.identity.date_of_birth = *born;
  row.entry_date = *entry;
  const auto refuse = [&](Column column, std::string reason, std::string advice, std::string code) {
    refusals.Add(
        {row.row, header_->name(column), "", std::move(reason), std::move(advice), std::move(code)},
        row.raw);
  };
  if (*born > *entry) {
    return refuse(kBorn, "The date of birth is after the entry date.", "Correct one of the two.",
                  "born_after_entry");
  }
  if (row.leaving_date && *row.leaving_date < *entry) {
    return refuse(kLeaving, "The leaving date is before the entry date.",
                  "Give the last day on roll, which cannot be before the first.",
                  "left_before_entry");
  }
  PupilRow value = row;
  // Where a row stands does not make it say something else.
  value.row = 0;
  value.raw.clear();
  rows_.Add({row.identity.upn, row.urn, row.entry_date}, row.row, row.raw, std::move(value),
            header_->name(kUpn), refusals);
}

absl::Status PupilImporter::OnEnd(importing::Refusals& refusals) {
  dates_.Decide(refusals);
  if (refusals.whole_file()) return absl::OkStatus();
  for (Draft& draft : drafts_) Keep(std::move(draft), refusals);
  drafts_.clear();
  rows_.Settle();
  return absl::OkStatus();
}

absl::StatusOr<importing::Effect> PupilImporter::Apply(storage::Transaction& transaction,
                                                       importing::Refusals& refusals) {
  std::vector<PupilRow> rows;
  std::vector<Upn> upns;
  for (const auto& [key, kept] : rows_.rows()) {
    rows.push_back(kept.value);
    rows.back().row = kept.row;
    rows.back().raw = kept.raw;
    upns.push_back(kept.value.identity.upn);
    if (kept.value.former_upn) upns.push_back(*kept.value.former_upn);
  }
  auto known = LockKnownPupils(transaction, upns);
  if (!known.ok()) return known.status();
  const PupilPlan plan =
      PlanPupils(*known, std::move(rows), context_.clock->Today(), *context_.ids);
  for (const RowRefusal& refusal : plan.refusals) {
    refusals.Add({refusal.row, refusal.column, "", refusal.reason, refusal.advice, refusal.code},
                 refusal.raw);
  }
  if (absl::Status status = WritePlan(transaction, plan, context_.clock->Now()); !status.ok())
    return status;
  if (absl::Status status = Publish(transaction, plan); !status.ok()) return status;
  if (absl::Status status = RecordAccess(transaction, plan); !status.ok()) return status;

  importing::Effect effect;
  effect.records_new = static_cast<std::int64_t>(plan.new_enrolments.size());
  effect.records_unchanged = plan.unchanged_rows + rows_.repeated();
  effect.records_changed = static_cast<std::int64_t>(rows_.rows().size() - plan.refusals.size()) -
                           effect.records_new - plan.unchanged_rows;
  return effect;
}

absl::Status PupilImporter::Publish(storage::Transaction& transaction,
                                    const PupilPlan& plan) const {
  std::vector<events::NewEvent> events;
  for (const auto* enrolments : {&plan.new_enrolments, &plan.changed_enrolments}) {
    for (const Enrolment& enrolment : *enrolments) events.push_back(EnrolmentEvent(enrolment));
  }
  for (const CharacteristicsChange& change : plan.characteristics)
    events.push_back(CharacteristicsEvent(change));
  return context_.outbox->Append(transaction, events, context_.call->trace().ToTraceparent());
}

absl::Status PupilImporter::RecordAccess(storage::Transaction& transaction,
                                         const PupilPlan& plan) const {
  std::vector<access::AccessEntry> entries;
  const auto touched = [&](const education::PupilId& id, std::optional<Urn> urn,
                           std::string_view detail) {
    entries.push_back({access::Action::kWrite, access::SubjectKind::kPupil, id.ToString(), urn,
                       urn ? std::optional(schools_.at(*urn)) : std::nullopt, std::string(detail)});
  };
  for (const Enrolment& enrolment : plan.new_enrolments)
    touched(enrolment.pupil, enrolment.urn, "enrolment entered");
  for (const Enrolment& enrolment : plan.changed_enrolments)
    touched(enrolment.pupil, enrolment.urn, "enrolment changed");
  for (const PupilChange& pupil : plan.changed_pupils)
    touched(pupil.id, std::nullopt, "pupil's own facts changed");
  return access::RecordAccess(transaction, context_.call->AccessContext(), entries);
}

}  // namespace pathways::registry
