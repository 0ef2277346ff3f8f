// Schools, their calendars and rolls.
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "libs/access/access_log.h"
#include "libs/education/year_code.h"
#include "libs/service/paging.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/tabular/csv_writer.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/store/calendar_store.h"
#include "services/registry/store/roll_store.h"
#include "services/registry/store/school_store.h"

namespace pathways::registry {
namespace {

using access::Permission;
using common::v1::FileChunk;
using education::Day;
using education::Urn;
using service::Call;

constexpr int kRollPiece = 500;
constexpr std::int64_t kExportPiece = 2000;

void Fill(const SchoolWithRoll& from, v1::School* to) {
  const School& school = from.school;
  to->set_urn(school.urn.value());
  to->set_laestab(school.laestab ? school.laestab->value() : 0);
  to->set_la_code(school.la_code.value());
  to->set_la_name(school.la_name);
  to->set_name(school.name);
  to->set_phase(school.phase);
  to->set_type(school.type);
  to->set_status(school.status);
  to->set_headcount(school.headcount.value_or(-1));
  to->set_locality(school.locality);
  to->set_postcode(school.postcode);
  if (school.grid) {
    to->set_easting(school.grid->easting);
    to->set_northing(school.grid->northing);
  }
  to->set_on_roll(from.on_roll);
}

class Schools {
 public:
  explicit Schools(const RegistryParts& parts) : parts_(parts) {}

  absl::Status List(Call& call, const v1::ListSchoolsRequest& request,
                    v1::ListSchoolsResponse* response) const {
    auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                          {.otherwise = 50, .most = 500});
    if (!page.ok()) return page.status();
    auto found = InCallersScope(call, [&](storage::Transaction& transaction) {
      return ListSchools(transaction,
                         {request.la_code(), request.query(), page->offset, page->size},
                         parts_.clock->Today());
    });
    if (!found.ok()) return found.status();
    for (const SchoolWithRoll& school : found->schools) Fill(school, response->add_schools());
    response->set_total(static_cast<std::int32_t>(found->total));
    response->set_next_page_token(page->NextToken(found->schools.size(), found->total));
    return absl::OkStatus();
  }

  absl::Status Get(Call& call, const v1::GetSchoolRequest& request,
                   v1::GetSchoolResponse* response) const {
    const auto urn = Urn::FromInt(request.urn());
    if (!urn.ok()) return service::FieldViolations().AddIfError("urn", urn.status()).ToStatus();
    auto school = Find(call, *urn);
    if (!school.ok()) return school.status();
    Fill(*school, response->mutable_school());
    return absl::OkStatus();
  }

  absl::Status Calendar(Call& call, const v1::GetCalendarRequest& request,
                        v1::GetCalendarResponse* response) const {
    const auto urn = Urn::FromInt(request.urn());
    if (!urn.ok()) return service::FieldViolations().AddIfError("urn", urn.status()).ToStatus();
    auto school = Find(call, *urn);
    if (!school.ok()) return school.status();
    auto found = InCallersScope(call, [&](storage::Transaction& transaction) {
      return CalendarsOfSchool(transaction, school->school.la_code, *urn);
    });
    if (!found.ok()) return found.status();
    response->set_version(found->version);
    for (const auto& [scope, days] : found->calendars) {
      for (const CalendarDays& entry : days) FillEntry(scope, entry, response->add_entries());
    }
    return absl::OkStatus();
  }

  absl::Status ListRollVersions(Call& call, const v1::ListRollVersionsRequest& request,
                                v1::ListRollVersionsResponse* response) const {
    const std::vector<std::int32_t> urns(request.urns().begin(), request.urns().end());
    auto versions = InCallersScope(call, [&](storage::Transaction& transaction) {
      return registry::ListVersions(transaction, urns);
    });
    if (!versions.ok()) return versions.status();
    for (const Versions& school : *versions) {
      v1::RollVersion* added = response->add_schools();
      added->set_urn(school.urn.value());
      added->set_la_code(school.la_code.value());
      added->set_roll_version(school.roll);
      added->set_calendar_version(school.calendar);
    }
    return absl::OkStatus();
  }

  absl::Status Roll(Call& call, const v1::GetRollRequest& request,
                    service::Writer<v1::GetRollResponse>& out) const {
    service::FieldViolations wrong;
    const auto urn = Urn::FromInt(request.urn());
    const auto first = Day::ParseIso(request.first_day());
    const auto last = Day::ParseIso(request.last_day());
    wrong.AddIfError("urn", urn.status());
    wrong.AddIfError("first_day", first.status());
    wrong.AddIfError("last_day", last.status());
    if (!wrong.empty()) return wrong.ToStatus();
    auto school = Find(call, *urn);
    if (!school.ok()) return school.status();

    v1::GetRollResponse piece;
    piece.set_la_code(school->school.la_code.value());
    std::vector<RollEntry> entries;
    absl::Status read =
        InCallersScope(call, [&](storage::Transaction& transaction) -> absl::Status {
          auto version = RollVersion(transaction, *urn);
          if (!version.ok()) return version.status();
          piece.set_version(*version);
          piece.set_unchanged(*version != 0 && *version == request.known_version());
          if (piece.unchanged()) return absl::OkStatus();
          auto found = RollEntries(transaction, *urn, *first, *last);
          if (!found.ok()) return found.status();
          entries = *std::move(found);
          return RecordRollRead(call, transaction, school->school);
        });
    if (!read.ok()) return read;
    return WriteRoll(entries, piece, out);
  }

  absl::Status Export(Call& call, const v1::ExportSchoolsRequest& request,
                      service::Writer<FileChunk>& out) const {
    FileChunk chunk;
    tabular::CsvWriter csv(chunk.mutable_data());
    csv.WriteRecord(
        {"urn", "laestab", "la_code", "name", "phase", "type", "status", "headcount", "locality"});
    std::int32_t after = 0;
    while (true) {
      auto schools = InCallersScope(call, [&](storage::Transaction& transaction) {
        return SchoolsAfter(transaction, request.la_code(), after, kExportPiece);
      });
      if (!schools.ok()) return schools.status();
      for (const School& school : *schools) WriteSchool(school, csv);
      if (absl::Status status = out.Write(chunk); !status.ok()) return status;
      chunk.mutable_data()->clear();
      if (schools->size() < kExportPiece) return absl::OkStatus();
      after = schools->back().urn.value();
    }
  }

 private:
  template <typename Work>
  std::invoke_result_t<Work&, storage::Transaction&> InCallersScope(Call& call, Work work) const {
    return storage::RunInTransaction(*parts_.pool, call.caller().ToRowScope(), call.deadline(),
                                     work);
  }

  absl::StatusOr<SchoolWithRoll> Find(Call& call, Urn urn) const {
    return InCallersScope(call, [&](storage::Transaction& transaction) {
      return FindSchool(transaction, urn, parts_.clock->Today());
    });
  }

  static void FillEntry(const CalendarScope& scope, const CalendarDays& entry,
                        v1::CalendarEntry* to) {
    to->set_la_code(scope.la_code.value());
    to->set_urn(scope.urn);
    to->set_academic_year(education::YearCode(scope.year));
    to->set_kind(std::string(education::ToString(entry.kind)));
    to->set_name(entry.name);
    to->set_first_day(entry.first_day.ToIso());
    to->set_last_day(entry.last_day.ToIso());
  }

  static absl::Status RecordRollRead(Call& call, storage::Transaction& transaction,
                                     const School& school) {
    const access::AccessEntry entry{access::Action::kRead, access::SubjectKind::kSchool,
                                    school.urn.ToString(), school.urn,
                                    school.la_code,        "roll"};
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  static absl::Status WriteRoll(const std::vector<RollEntry>& entries, v1::GetRollResponse& piece,
                                service::Writer<v1::GetRollResponse>& out) {
    for (const RollEntry& entry : entries) {
      v1::RollEntry* added = piece.add_entries();
      added->set_enrolment_id(entry.enrolment.ToString());
      added->set_pupil_id(entry.pupil.ToString());
      added->set_upn(entry.upn);
      for (const std::string& former : entry.former_upns) added->add_former_upns(former);
      added->set_entry_date(entry.entry_date.ToIso());
      if (entry.leaving_date) added->set_leaving_date(entry.leaving_date->ToIso());
      added->set_date_of_birth(entry.date_of_birth.ToIso());
      if (piece.entries_size() < kRollPiece) continue;
      if (absl::Status status = out.Write(piece); !status.ok()) return status;
      piece.clear_entries();
    }
    return out.Write(piece);
  }

  static void WriteSchool(const School& school, tabular::CsvWriter& csv) {
    csv.WriteRecord({school.urn.ToString(), school.laestab ? school.laestab->ToString() : "",
                     school.la_code.ToString(), school.name, school.phase, school.type,
                     school.status, school.headcount ? std::to_string(*school.headcount) : "",
                     school.locality});
  }

  const RegistryParts& parts_;
};

}  // namespace

void AddSchools(service::Endpoint& endpoint, const RegistryParts& parts) {
  endpoint
      .Unary<v1::ListSchoolsRequest, v1::ListSchoolsResponse>(
          "ListSchools", Permission::kReadSchool,
          [&parts](Call& call, const auto& q, auto* r) { return Schools(parts).List(call, q, r); })
      .Unary<v1::GetSchoolRequest, v1::GetSchoolResponse>(
          "GetSchool", Permission::kReadSchool,
          [&parts](Call& call, const auto& q, auto* r) { return Schools(parts).Get(call, q, r); })
      .Unary<v1::GetCalendarRequest, v1::GetCalendarResponse>(
          "GetCalendar", Permission::kReadSchool,
          [&parts](Call& call, const auto& q, auto* r) {
            return Schools(parts).Calendar(call, q, r);
          })
      .Unary<v1::ListRollVersionsRequest, v1::ListRollVersionsResponse>(
          "ListRollVersions", Permission::kReadSchool,
          [&parts](Call& call, const auto& q, auto* r) {
            return Schools(parts).ListRollVersions(call, q, r);
          })
      .ServerStream<v1::GetRollRequest, v1::GetRollResponse>(
          "GetRoll", Permission::kReadPupil,
          [&parts](Call& call, const auto& q, auto& out) {
            return Schools(parts).Roll(call, q, out);
          })
      .ServerStream<v1::ExportSchoolsRequest, FileChunk>(
          "ExportSchools", Permission::kReadSchool, [&parts](Call& call, const auto& q, auto& out) {
            return Schools(parts).Export(call, q, out);
          });
}

}  // namespace pathways::registry
