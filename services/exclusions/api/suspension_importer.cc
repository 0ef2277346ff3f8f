#include "services/exclusions/api/suspension_importer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/education/upn.h"
#include "libs/tabular/problem.h"
#include "services/exclusions/api/suspension_applier.h"
#include "services/exclusions/domain/reasons.h"

namespace pathways::exclusions {

using education::Upn;
using education::Urn;
using importing::Refusals;
using importing::RowCheck;

bool SaidOfExclusion::operator==(const SaidOfExclusion& other) const {
  const Facts& a = facts;
  const Facts& b = other.facts;
  return pupil.school == other.pupil.school && a.kind == b.kind && a.start == b.start &&
         a.start_session == b.start_session && a.half_days == b.half_days &&
         a.reasons == b.reasons && a.decided_on == b.decided_on && a.exam_on == b.exam_on &&
         a.end == b.end && decisions == other.decisions;
}

SuspensionImporter::SuspensionImporter(const ExclusionsParts& parts, const service::Call& call,
                                       common::v1::ImportStart start, rolls::VisibleSchools visible)
    : parts_(parts),
      call_(call),
      start_(std::move(start)),
      visible_(std::move(visible)),
      dates_(start_.date_form()) {}

absl::Status SuspensionImporter::OnHeader(const tabular::HeaderMap& header) {
  if (start_.urn() == 0 && !header.index(kUrnColumn)) {
    return absl::InvalidArgumentError(
        "The file does not say which school it is from: add a column urn, or choose the school.");
  }
  header_ = header;
  return absl::OkStatus();
}

absl::Status SuspensionImporter::OnRow(const tabular::Record& record, Refusals& refusals) {
  RowCheck check(record, *header_, refusals);
  const auto school = SchoolOf(check);
  if (!school.ok()) return school.status();
  const std::uint64_t upn = UpnOf(check);
  SuspensionRow row = ReadSuspensionRow(check);
  for (std::size_t i = 0; i < kDayColumns.size(); ++i) {
    dates_.See(row.days[i], record.row_number, header_->name(kDayColumns[i]));
  }
  if (check.ok()) waiting_.push_back({*school, upn, std::move(row)});
  return absl::OkStatus();
}

absl::StatusOr<const SuspensionImporter::School*> SuspensionImporter::SchoolOf(RowCheck& check) {
  std::string_view text = check.Cell(kUrnColumn);
  const std::string given = start_.urn() == 0 ? std::string() : absl::StrCat(start_.urn());
  if (!given.empty() && !text.empty() && text != given) {
    check.Refuse(
        kUrnColumn,
        absl::StrCat("This row is for another school than the file, which is for ", given, "."),
        "Take the row out, or send the file without choosing a school.", "other_school");
    return nullptr;
  }
  if (!given.empty()) text = given;
  const auto urn = Urn::Parse(text);
  if (!urn.ok()) {
    check.Refuse(kUrnColumn, std::string(urn.status().message()),
                 "Give the school's URN: six digits.", "bad_urn");
    return nullptr;
  }
  auto school = FindSchool(*urn);
  if (absl::IsNotFound(school.status())) {
    check.Refuse(kUrnColumn, "This school is not known here, or not one of yours.",
                 "Check the URN. Schools are loaded before their suspensions.", "unknown_school");
    return nullptr;
  }
  return school;
}

absl::StatusOr<const SuspensionImporter::School*> SuspensionImporter::FindSchool(Urn urn) {
  if (const auto known = schools_.find(urn); known != schools_.end()) return &known->second;
  const auto versions = visible_.find(urn);
  if (versions == visible_.end()) return absl::NotFoundError("no such school");
  auto roll = parts_.rolls->GetRoll(call_, urn, versions->second);
  if (!roll.ok()) return roll.status();
  auto calendar = parts_.rolls->GetCalendar(call_, urn, versions->second);
  if (!calendar.ok()) return calendar.status();
  return &schools_
              .emplace(urn,
                       School{*std::move(roll), *std::move(calendar), versions->second.calendar})
              .first->second;
}

std::uint64_t SuspensionImporter::UpnOf(RowCheck& check) const {
  const auto upn = Upn::Parse(check.Cell(kUpnColumn));
  if (upn.ok()) return upn->packed();
  check.Refuse(kUpnColumn, std::string(upn.status().message()),
               "Check the number in your school's system.", "bad_upn");
  return Upn::kInvalidPacked;
}

absl::Status SuspensionImporter::OnEnd(Refusals& refusals) {
  dates_.Decide(refusals);
  if (refusals.whole_file()) return absl::OkStatus();
  for (const Waiting& waiting : waiting_) Settle(waiting, refusals);
  waiting_.clear();
  rows_.Settle();
  return absl::OkStatus();
}

void SuspensionImporter::Settle(const Waiting& waiting, Refusals& refusals) {
  const SuspensionRow& row = waiting.row;
  Facts facts = row.facts;
  Decisions decisions;
  if (!ReadDays(row, *header_, dates_, refusals, facts, decisions)) return;
  const rolls::Roll& roll = *waiting.school->roll;
  const std::uint32_t member = roll.Find(waiting.upn, *facts.start);
  if (member == rolls::Roll::kNone) {
    const rolls::Roll::WhyNot why = roll.Explain(waiting.upn, *facts.start);
    const bool unknown = why.absence == rolls::Roll::Absence::kNotOnRoll;
    refusals.Add({.row = row.number,
                  .column = header_->name(kUpnColumn),
                  .value = "",
                  .reason = why.reason,
                  .advice = unknown ? "Check the UPN, or load the school's pupils first."
                                    : "Correct the first day, or the pupil's enrolment.",
                  .code = unknown ? "not_on_roll" : "outside_enrolment"},
                 row.raw);
    return;
  }
  PupilAtSchool pupil{.pupil = roll.members()[member].pupil,
                      .school = {roll.urn(), roll.la_code()},
                      .calendar = waiting.school->calendar,
                      .calendar_version = waiting.school->calendar_version,
                      .on_roll = {},
                      .born = roll.members()[member].date_of_birth};
  for (const rolls::RollMember& other : roll.members()) {
    if (other.pupil == pupil.pupil) pupil.on_roll.push_back({other.entry, other.leaving});
  }
  const SuspensionKey key{pupil.pupil, *facts.start, *facts.kind};
  rows_.Add(key, row.number, row.raw, {std::move(pupil), std::move(facts), decisions},
            header_->name(kStartDateColumn), refusals);
}

absl::StatusOr<importing::Effect> SuspensionImporter::Apply(storage::Transaction& transaction,
                                                            Refusals& refusals) {
  SuspensionApplier applier(parts_, call_, start_, *header_, transaction, refusals);
  auto status = applier.Apply(rows_);
  if (!status.ok()) return status;
  importing::Effect effect = applier.effect();
  effect.records_unchanged += rows_.repeated();
  return effect;
}

}  // namespace pathways::exclusions
