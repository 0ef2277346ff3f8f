// Figures out, as files: the columns are those of the national open data sets.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/service/send_file.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/tabular/csv_writer.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/figures_csv.h"
#include "services/attendance/api/messages.h"
#include "services/attendance/api/request_span.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/figures_store.h"

namespace pathways::attendance {
namespace {

using access::Permission;
using common::v1::FileChunk;
using education::EnrolmentId;
using education::Urn;
using service::Call;
using storage::Transaction;

constexpr std::size_t kSchoolsAtOnce = 50;

// Collects text and sends it on in pieces.
class FileWriter {
 public:
  explicit FileWriter(service::Writer<FileChunk>& out) : out_(out) {}
  std::string* text() { return &text_; }
  absl::Status Flush(std::size_t at_least = 0) {
    if (text_.empty() || text_.size() < at_least) return absl::OkStatus();
    absl::Status status = service::SendFile(text_, out_);
    if (status.ok()) text_.clear();
    return status;
  }

 private:
  service::Writer<FileChunk>& out_;
  std::string text_;
};

using UpnByEnrolment = absl::flat_hash_map<EnrolmentId, std::string>;

class Exports {
 public:
  Exports(const AttendanceParts& parts, Call& call) : parts_(parts), call_(call) {}

  absl::Status Attendance(const v1::ExportAttendanceRequest& request,
                          service::Writer<FileChunk>& out) {
    service::FieldViolations wrong;
    const RequestSpan span =
        ReadSpan(request.from(), request.to(), request.as_known(), *parts_.clock, wrong);
    if (!v1::ExportLevel_IsValid(request.level()) ||
        request.level() == v1::EXPORT_LEVEL_UNSPECIFIED) {
      wrong.Add("level", "Choose pupil, school or authority");
    }
    const auto urn = ReadUrn(request.urn(), wrong);
    if (urn && request.level() == v1::EXPORT_LEVEL_AUTHORITY)
      wrong.Add("urn", "Leave the school out: an authority's figures are over all its schools");
    std::optional<education::BreakdownTopic> topic;
    if (!request.by().empty()) {
      const auto by = education::ParseBreakdownTopic(request.by());
      wrong.AddIfError("by", by.status());
      if (by.ok()) topic = *by;
    }
    if (!wrong.empty()) return wrong.ToStatus();
    FileWriter file(out);
    FiguresCsv csv(file.text(), span.from, span.to, topic);
    auto schools = OpenExport(NameOf(request.level()), span, urn);
    if (!schools.ok()) return schools.status();
    absl::Status status = WriteFigures(request.level(), *schools, span, csv, file);
    if (!status.ok()) return status;
    return file.Flush();
  }

  absl::Status Crossings(const v1::ExportCrossingsRequest& request,
                         service::Writer<FileChunk>& out) {
    service::FieldViolations wrong;
    const RequestSpan span = ReadSpan(request.from(), request.to(), "", *parts_.clock, wrong);
    const auto urn = ReadUrn(request.urn(), wrong);
    if (!wrong.empty()) return wrong.ToStatus();
    auto schools = OpenExport("crossings", span, urn);
    if (!schools.ok()) return schools.status();
    FileWriter file(out);
    tabular::CsvWriter csv(file.text());
    csv.WriteRecord({"urn", "upn", "kind", "day", "sess_possible", "sess_overall"});
    for (const std::vector<Urn>& urns : Portions(*schools)) {
      if (absl::Status status = WriteCrossings(urns, span, csv); !status.ok()) return status;
      if (absl::Status status = file.Flush(service::kFilePieceBytes); !status.ok()) return status;
    }
    return file.Flush();
  }

 private:
  static std::optional<Urn> ReadUrn(std::int32_t value, service::FieldViolations& wrong) {
    if (value == 0) return std::nullopt;
    const auto urn = Urn::FromInt(value);
    wrong.AddIfError("urn", urn.status());
    return urn.ok() ? std::optional(*urn) : std::nullopt;
  }

  static std::string_view NameOf(v1::ExportLevel level) {
    if (level == v1::EXPORT_LEVEL_PUPIL) return "attendance of pupils";
    return level == v1::EXPORT_LEVEL_SCHOOL ? "attendance of schools" : "attendance of authorities";
  }

  // The schools the caller may see, or one of them (NOT_FOUND when they may not); their export is
  // entered in the access log, by authority or for the one school.
  absl::StatusOr<std::vector<SchoolKey>> OpenExport(std::string_view what, const RequestSpan& span,
                                                    std::optional<Urn> urn) {
    return storage::RunInTransaction(
        *parts_.pool, call_.RowScope(), call_.deadline(),
        [&](Transaction& transaction) -> absl::StatusOr<std::vector<SchoolKey>> {
          auto schools = Schools(transaction, urn);
          if (!schools.ok() || schools->empty()) return schools;
          const auto entries =
              EntriesOf(*schools, urn.has_value(), SpanDetail(what, span.from, span.to));
          absl::Status status = access::RecordAccess(transaction, call_.AccessContext(), entries);
          if (!status.ok()) return status;
          return schools;
        });
  }

  static absl::StatusOr<std::vector<SchoolKey>> Schools(Transaction& transaction,
                                                        std::optional<Urn> urn) {
    if (!urn) return ReadSchools(transaction, std::nullopt);
    auto school = ReadSchool(transaction, *urn);
    if (!school.ok()) return school.status();
    return std::vector<SchoolKey>{*school};
  }

  static std::vector<access::AccessEntry> EntriesOf(const std::vector<SchoolKey>& schools,
                                                    bool one_school, const std::string& detail) {
    if (one_school) return {SchoolEntry(access::Action::kExport, schools.front(), detail)};
    std::set<education::LaCode> authorities;
    for (const SchoolKey& school : schools) authorities.insert(school.la_code);
    std::vector<access::AccessEntry> entries;
    for (const education::LaCode authority : authorities) {
      entries.push_back({.action = access::Action::kExport,
                         .subject_kind = access::SubjectKind::kAuthority,
                         .subject_id = authority.ToString(),
                         .urn = {},
                         .authority = authority,
                         .detail = detail});
    }
    return entries;
  }

  static std::vector<std::vector<Urn>> Portions(const std::vector<SchoolKey>& schools) {
    std::vector<std::vector<Urn>> portions;
    for (std::size_t i = 0; i < schools.size(); ++i) {
      if (i % kSchoolsAtOnce == 0) portions.emplace_back();
      portions.back().push_back(schools[i].urn);
    }
    return portions;
  }

  absl::Status WriteFigures(v1::ExportLevel level, const std::vector<SchoolKey>& schools,
                            const RequestSpan& span, FiguresCsv& csv, FileWriter& file) {
    std::map<education::LaCode, Breakdown> authorities;
    for (const std::vector<Urn>& urns : Portions(schools)) {
      auto figures = Figures(urns, span);
      if (!figures.ok()) return figures.status();
      if (level == v1::EXPORT_LEVEL_PUPIL) {
        auto upns = Upns(urns);
        if (!upns.ok()) return upns.status();
        csv.AddPupils(*figures, *upns);
      } else {
        ForEachSchool(*figures, [&](std::span<const EnrolmentFigures> school) {
          const SchoolKey key = school.front().school;
          const Breakdown groups = Measure(school, csv.topic());
          if (level == v1::EXPORT_LEVEL_SCHOOL) csv.AddSchool(key, groups);
          for (const auto& [value, group] : groups) authorities[key.la_code][value] += group;
        });
      }
      if (absl::Status status = file.Flush(service::kFilePieceBytes); !status.ok()) return status;
    }
    if (level != v1::EXPORT_LEVEL_AUTHORITY) return absl::OkStatus();
    for (const auto& [authority, groups] : authorities) csv.AddAuthority(authority, groups);
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<EnrolmentFigures>> Figures(const std::vector<Urn>& urns,
                                                        const RequestSpan& span) {
    return storage::RunInTransaction(
        *parts_.pool, call_.RowScope(), call_.deadline(), [&](Transaction& transaction) {
          return ReadFigures(transaction, *parts_.slots, {urns, span.from, span.to, span.known_at});
        });
  }

  // `figures` lie by school.
  template <typename Visit>
  static void ForEachSchool(const std::vector<EnrolmentFigures>& figures, Visit visit) {
    for (auto first = figures.begin(); first != figures.end();) {
      const auto last = std::find_if(first, figures.end(), [&](const EnrolmentFigures& row) {
        return row.school.urn != first->school.urn;
      });
      visit(std::span(first, last));
      first = last;
    }
  }

  // From the registry, under the caller's own token: UPNs are not kept here.
  absl::StatusOr<UpnByEnrolment> Upns(const std::vector<Urn>& urns) {
    if (!visible_) {
      auto visible = parts_.rolls->Visible(call_);
      if (!visible.ok()) return visible.status();
      visible_ = *std::move(visible);
    }
    UpnByEnrolment upns;
    for (const Urn urn : urns) {
      const auto versions = visible_->find(urn);
      if (versions == visible_->end()) continue;
      auto roll = parts_.rolls->GetRoll(call_, urn, versions->second);
      if (!roll.ok()) return roll.status();
      for (const RollMember& member : (*roll)->members())
        upns.emplace(member.enrolment, member.upn.ToString());
    }
    return upns;
  }

  absl::Status WriteCrossings(const std::vector<Urn>& urns, const RequestSpan& span,
                              tabular::CsvWriter& csv) {
    auto rows = storage::RunInTransaction(
        *parts_.pool, call_.RowScope(), call_.deadline(), [&](Transaction& transaction) {
          return ReadCrossings(transaction, urns, span.from, span.to);
        });
    if (!rows.ok()) return rows.status();
    auto upns = Upns(urns);
    if (!upns.ok()) return upns.status();
    using Key = std::tuple<Urn, std::string, std::string, std::string>;  // urn, upn, day, kind
    std::multimap<Key, const EnrolmentCrossing*> sorted;
    for (const CrossingRow& row : *rows) {
      sorted.emplace(Key{row.urn, (*upns)[row.crossing.enrolment], row.crossing.day.ToIso(),
                         std::string(education::ToString(row.crossing.kind))},
                     &row.crossing);
    }
    for (const auto& [key, crossing] : sorted) {
      const auto& [urn, upn, day, kind] = key;
      csv.WriteRecord({urn.ToString(), upn, kind, day, std::to_string(crossing->possible),
                       std::to_string(crossing->absent)});
    }
    return absl::OkStatus();
  }

  const AttendanceParts& parts_;
  Call& call_;
  std::optional<VisibleSchools> visible_;
};

}  // namespace

void AddExports(service::Endpoint& endpoint, const AttendanceParts& parts) {
  endpoint
      .ServerStream<v1::ExportAttendanceRequest, FileChunk>(
          "ExportAttendance", Permission::kExportFigures,
          [&parts](Call& call, const auto& q, service::Writer<FileChunk>& out) {
            return Exports(parts, call).Attendance(q, out);
          })
      .ServerStream<v1::ExportCrossingsRequest, FileChunk>(
          "ExportCrossings", Permission::kExportFigures,
          [&parts](Call& call, const auto& q, service::Writer<FileChunk>& out) {
            return Exports(parts, call).Crossings(q, out);
          });
}

}  // namespace pathways::attendance
