#include "services/registry/api/school_importer.h"

#include <map>
#include <string>
#include <utility>

#include "libs/importing/row_check.h"
#include "pathways/registry/v1/events.pb.h"
#include "services/registry/store/school_store.h"

namespace pathways::registry {
namespace {

using education::LaCode;
using education::Laestab;
using education::Urn;

enum Column : std::size_t {
  kUrn,
  kLaCode,
  kLaName,
  kName,
  kLaestab,
  kPhase,
  kType,
  kStatus,
  kHeadcount,
  kLocality,
  kPostcode,
  kEasting,
  kNorthing,
};

v1::SchoolChanged ToEvent(const School& school) {
  v1::SchoolChanged event;
  event.set_urn(school.urn.value());
  event.set_la_code(school.la_code.value());
  event.set_laestab(school.laestab ? school.laestab->value() : 0);
  event.set_name(school.name);
  event.set_phase(school.phase);
  event.set_status(school.status);
  event.set_locality(school.locality);
  if (school.grid) {
    event.set_easting(school.grid->easting);
    event.set_northing(school.grid->northing);
  }
  return event;
}

}  // namespace

std::vector<tabular::WantedColumn> SchoolImporter::columns() const {
  return {{"urn", true, {"school_urn"}},
          {"old_la_code", true, {"la_code", "LA (code)"}},
          {"la_name", false, {"LA (name)"}},
          {"school_name", true, {"EstablishmentName", "name"}},
          {"laestab", false, {"school_laestab"}},
          {"phase_type_grouping",
           false,
           {"school_type", "education_phase", "PhaseOfEducation (name)", "phase"}},
          {"typeofestablishment_name", false, {"TypeOfEstablishment (name)", "type"}},
          {"status", false, {"EstablishmentStatus (name)"}},
          {"headcount of pupils", false, {"headcount", "NumberOfPupils"}},
          {"locality", false, {}},
          {"school_postcode", false, {"Postcode"}},
          {"easting", false, {}},
          {"northing", false, {}}};
}

absl::Status SchoolImporter::OnHeader(const tabular::HeaderMap& header) {
  header_ = header;
  return absl::OkStatus();
}

absl::Status SchoolImporter::OnRow(const tabular::Record& record, importing::Refusals& refusals) {
  importing::RowCheck check(record, *header_, refusals);
  const auto urn = check.Parsed(kUrn, Urn::Parse, "bad_urn", "Give the school's six-digit URN.");
  const auto la_code = check.Parsed(kLaCode, LaCode::Parse, "bad_la_code",
                                    "Give the authority's three-digit LA code.");
  std::optional<Laestab> laestab;
  if (!check.Cell(kLaestab).empty()) {
    laestab = check.Parsed(kLaestab, Laestab::Parse, "bad_laestab",
                           "Give the seven-digit LAESTAB, or leave it empty.");
  }
  std::optional<std::int32_t> headcount;
  if (!ParseHeadcount(check.Cell(kHeadcount), &headcount)) {
    check.Refuse(kHeadcount, "It is not a number of pupils.",
                 "Give a whole number, or leave it empty.", "bad_headcount");
  }
  std::optional<GridReference> grid;
  if (!ParseGrid(check.Cell(kEasting), check.Cell(kNorthing), &grid)) {
    check.Refuse(kEasting, "Easting and northing are no place of the national grid.",
                 "Give both in metres, such as 504960 and 249570, or leave both empty.",
                 "bad_grid_reference");
  }
  std::string name = check.Text(kName, "The school's name");
  std::string la_name = check.OptionalText(kLaName);
  std::string phase = check.OptionalText(kPhase);
  std::string type = check.OptionalText(kType);
  std::string locality = check.OptionalText(kLocality);
  std::string postcode = check.OptionalText(kPostcode);
  if (!check.ok()) return absl::OkStatus();
  rows_.Add(*urn, record.row_number, record.raw,
            School{.urn = *urn,
                   .la_code = *la_code,
                   .laestab = laestab,
                   .la_name = std::move(la_name),
                   .name = std::move(name),
                   .phase = std::move(phase),
                   .type = std::move(type),
                   .status = std::string(SchoolStatus(check.Cell(kStatus))),
                   .headcount = headcount,
                   .locality = std::move(locality),
                   .postcode = std::move(postcode),
                   .grid = grid},
            header_->name(kUrn), refusals);
  return absl::OkStatus();
}

absl::Status SchoolImporter::OnEnd(importing::Refusals&) {
  rows_.Settle();
  return absl::OkStatus();
}

absl::StatusOr<importing::Effect> SchoolImporter::Apply(storage::Transaction& transaction,
                                                        importing::Refusals&) {
  std::vector<School> schools;
  for (const auto& [urn, kept] : rows_.rows()) schools.push_back(kept.value);
  const Unsaid unsaid{.locality = !header_->index(kLocality).has_value(),
                      .grid = !header_->index(kEasting).has_value()};
  auto changes = UpsertSchools(transaction, schools, unsaid, context_.clock->Now());
  if (!changes.ok()) return changes.status();

  importing::Effect effect;
  std::vector<events::NewEvent> events;
  for (const SchoolChange& change : *changes) {
    ++(change.is_new ? effect.records_new : effect.records_changed);
    const std::string urn = change.urn.ToString();
    School school = rows_.rows().at(change.urn).value;
    school.locality = change.locality;
    school.grid = change.grid;
    events.push_back(events::MakeEvent(ToEvent(school), "school/" + urn, change.version, urn));
    events.back().compaction_key = events.back().aggregate;
  }
  effect.records_unchanged =
      static_cast<std::int64_t>(schools.size() - changes->size()) + rows_.repeated();
  absl::Status status =
      context_.outbox->Append(transaction, events, context_.call->trace().ToTraceparent());
  if (!status.ok()) return status;
  return effect;
}

}  // namespace pathways::registry
