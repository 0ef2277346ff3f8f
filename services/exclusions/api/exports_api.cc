// Exclusions and their clocks as files. UPNs come from the registry, under the caller's own token.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "libs/service/send_file.h"
#include "libs/tabular/csv_writer.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/domain/rule.h"
#include "services/exclusions/domain/rule_set.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/exclusion_store.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using common::v1::FileChunk;
using education::PupilId;
using education::Urn;
using service::Call;
using storage::Transaction;

constexpr std::size_t kSchoolsAtOnce = 20;

using UpnByPupil = std::map<PupilId, std::string>;

// An exclusion to be written, with what its file is sorted by.
struct Line {
  std::string upn;
  const KeptExclusion* kept;
};

class Export {
 public:
  Export(const ExclusionsParts& parts, Call& call, service::Writer<FileChunk>& out)
      : parts_(parts), call_(call), out_(out), csv_(&text_) {}

  template <typename Request>
  absl::Status Exclusions(const Request& request) {
    csv_.WriteRecord({"urn", "upn", "kind", "start_date", "end_date", "sessions", "reasons",
                      "days_in_term", "days_in_year", "status"});
    return Write(request, "exclusions", [&](Transaction&, const std::vector<Line>& lines) {
      for (const Line& line : lines) WriteExclusion(line);
      return absl::OkStatus();
    });
  }

  template <typename Request>
  absl::Status Clock(const Request& request) {
    csv_.WriteRecord({"urn", "upn", "kind", "start_date", "step", "rule", "calendar", "starts_from",
                      "due", "state"});
    return Write(request, "clock of exclusions",
                 [&](Transaction& transaction, const std::vector<Line>& lines) {
                   return WriteClocks(transaction, lines);
                 });
  }

 private:
  template <typename Request, typename WriteLines>
  absl::Status Write(const Request& request, std::string_view what, WriteLines write) {
    service::FieldViolations wrong;
    const ExportSpan span{.urn = request.urn(),
                          .from = ReadDay("from", request.from(), wrong),
                          .to = ReadDay("to", request.to(), wrong)};
    if (!wrong.empty()) return wrong.ToStatus();
    const auto schools = Open(span, what);
    if (!schools.ok()) return schools.status();
    for (std::size_t at = 0; at < schools->size(); at += kSchoolsAtOnce) {
      std::vector<Urn> urns;
      for (std::size_t i = at; i < std::min(at + kSchoolsAtOnce, schools->size()); ++i) {
        urns.push_back((*schools)[i].urn);
      }
      if (auto status = WriteSchools(span, urns, write); !status.ok()) return status;
    }
    return Flush(0);
  }

  // The schools whose exclusions the caller may see; their export is entered in the access log.
  absl::StatusOr<std::vector<ExportSchool>> Open(const ExportSpan& span, std::string_view what) {
    return Writing(
        parts_, call_, [&](Transaction& transaction) -> absl::StatusOr<std::vector<ExportSchool>> {
          auto schools = SchoolsForExport(transaction, span);
          if (!schools.ok()) return schools;
          std::vector<access::AccessEntry> entries;
          for (const ExportSchool& school : *schools) {
            entries.push_back({access::Action::kExport, access::SubjectKind::kSchool,
                               school.urn.ToString(), school.urn, school.la_code,
                               std::string(what)});
          }
          auto status = access::RecordAccess(transaction, call_.AccessContext(), entries);
          if (!status.ok()) return status;
          return schools;
        });
  }

  template <typename WriteLines>
  absl::Status WriteSchools(const ExportSpan& span, const std::vector<Urn>& urns,
                            WriteLines write) {
    const std::size_t before = text_.size();
    auto status = Writing(parts_, call_, [&](Transaction& transaction) -> absl::Status {
      text_.resize(before);
      const auto exclusions = ReadForExport(transaction, span, urns);
      if (!exclusions.ok()) return exclusions.status();
      const auto lines = Sorted(*exclusions);
      if (!lines.ok()) return lines.status();
      return write(transaction, *lines);
    });
    return status.ok() ? Flush(service::kFilePieceBytes) : status;
  }

  absl::StatusOr<std::vector<Line>> Sorted(const std::vector<KeptExclusion>& exclusions) {
    std::vector<Line> lines;
    const UpnByPupil* upns = nullptr;
    std::optional<Urn> school;
    for (const KeptExclusion& kept : exclusions) {
      if (school != kept.exclusion.urn) {
        school = kept.exclusion.urn;
        auto found = Upns(*school);
        if (!found.ok()) return found.status();
        upns = *found;
      }
      const auto upn = upns->find(kept.exclusion.pupil);
      lines.push_back({upn == upns->end() ? std::string() : upn->second, &kept});
    }
    std::ranges::sort(lines, {}, [](const Line& line) {
      const Exclusion& e = line.kept->exclusion;
      return std::tuple(e.urn, line.upn, e.start, e.kind, e.id);
    });
    return lines;
  }

  absl::StatusOr<const UpnByPupil*> Upns(Urn urn) {
    if (const auto known = upns_.find(urn); known != upns_.end()) return &known->second;
    if (!visible_) {
      auto visible = parts_.rolls->Visible(call_);
      if (!visible.ok()) return visible.status();
      visible_ = *std::move(visible);
    }
    UpnByPupil& upns = upns_[urn];
    const auto versions = visible_->find(urn);
    if (versions == visible_->end()) return &upns;
    const auto roll = parts_.rolls->GetRoll(call_, urn, versions->second);
    if (!roll.ok()) return roll.status();
    for (const rolls::RollMember& member : (*roll)->members()) {
      upns.emplace(member.pupil, member.upn.ToString());
    }
    return &upns;
  }

  void WriteExclusion(const Line& line) {
    const KeptExclusion& kept = *line.kept;
    const Exclusion& e = kept.exclusion;
    csv_.WriteRecord({e.urn.ToString(), line.upn, KindCode(e.kind), e.start.ToIso(),
                      Iso(kept.derived.end), std::to_string(e.half_days.count()),
                      e.reasons.ToString(), HalfDays::Of(kept.derived.in_term).ToDays(),
                      HalfDays::Of(kept.derived.in_year).ToDays(), StateName(e.state)});
  }

  absl::Status WriteClocks(Transaction& transaction, const std::vector<Line>& lines) {
    std::vector<ExclusionId> ids;
    for (const Line& line : lines) ids.push_back(line.kept->exclusion.id);
    auto steps = ReadSteps(transaction, ids);
    if (!steps.ok()) return steps.status();
    for (const Line& line : lines) {
      auto& rows = (*steps)[line.kept->exclusion.id];
      std::ranges::sort(rows, {}, [](const StepRow& row) { return StepName(row.step); });
      for (const StepRow& row : rows) WriteStep(line, row);
    }
    return absl::OkStatus();
  }

  void WriteStep(const Line& line, const StepRow& row) {
    const Exclusion& e = line.kept->exclusion;
    const std::string due =
        row.date.kind == DueKind::kWithoutDelay ? "without_delay" : Iso(row.date.due);
    csv_.WriteRecord({e.urn.ToString(), line.upn, KindCode(e.kind), e.start.ToIso(),
                      StepName(row.step), RuleSentence(row.date.rule, RuleSetOn(e.decided_on)),
                      e.urn.ToString(), row.date.counting.from.ToIso(), due,
                      StepStateName(StateOn(row, parts_.clock->Today()))});
  }

  absl::Status Flush(std::size_t at_least) {
    if (text_.empty() || text_.size() < at_least) return absl::OkStatus();
    absl::Status status = service::SendFile(text_, out_);
    if (status.ok()) text_.clear();
    return status;
  }

  const ExclusionsParts& parts_;
  Call& call_;
  service::Writer<FileChunk>& out_;
  std::string text_;
  tabular::CsvWriter csv_;
  std::optional<rolls::VisibleSchools> visible_;
  std::map<Urn, UpnByPupil> upns_;
};

}  // namespace

void AddExports(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .ServerStream<v1::ExportExclusionsRequest, FileChunk>(
          "ExportExclusions", Permission::kExportFigures,
          [&parts](Call& call, const auto& q, service::Writer<FileChunk>& out) {
            return Export(parts, call, out).Exclusions(q);
          })
      .ServerStream<v1::ExportClockRequest, FileChunk>(
          "ExportClock", Permission::kExportFigures,
          [&parts](Call& call, const auto& q, service::Writer<FileChunk>& out) {
            return Export(parts, call, out).Clock(q);
          });
}

}  // namespace pathways::exclusions
