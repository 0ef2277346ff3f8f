// Figures out, as a file: the columns are those of the national open data set.
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/education/pupil_characteristics.h"
#include "libs/service/send_file.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/tabular/csv_writer.h"
#include "pathways/common/v1/import.pb.h"
#include "services/exclusions/api/trend_question.h"
#include "services/exclusions/api/trends_api.h"

namespace pathways::exclusions {
namespace {

using common::v1::FileChunk;
using education::AcademicYear;
using education::Day;
using education::Percent;
using service::Call;
using storage::Transaction;

// As the national open data standards write what is no number.
constexpr std::string_view kSuppressed = "c";
constexpr std::string_view kNotAvailable = "x";

std::string_view TimeIdentifier(SchoolTerm term) {
  constexpr std::array<std::string_view, 4> kNames = {"Academic year", "Autumn term", "Spring term",
                                                      "Summer term"};
  return kNames[static_cast<std::size_t>(term)];
}

class TrendCsv {
 public:
  // `first`: before that year nothing is recorded; nothing: no year at all.
  TrendCsv(const TrendSight& sight, const std::map<AcademicYear, Day>& roll_days,
           std::optional<AcademicYear> first)
      : sight_(sight), roll_days_(roll_days), first_(first), csv_(&text_) {
    csv_.WriteRecord({"time_period", "time_identifier", "geographic_level", "country_code",
                      "country_name", "old_la_code", "school_urn", "locality", "education_phase",
                      "breakdown_topic", "breakdown", "headcount", "perm_excl", "perm_excl_rate",
                      "suspension", "susp_rate", "one_plus_susp", "one_plus_susp_rate",
                      "sess_lost"});
  }

  void Write(const TrendSeries& series) {
    for (const TrendPoint& point : series.points) Write(series, point);
  }
  const std::string& text() const { return text_; }

 private:
  std::string Named(PlaceKind kind) const {
    return sight_.place.kind == kind ? sight_.place.name : "";
  }

  void Write(const TrendSeries& series, const TrendPoint& point) {
    std::vector<std::string> cells = PlaceAndTime(series, point);
    for (std::string& number : Numbers(point)) cells.push_back(std::move(number));
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    csv_.WriteRecord(views);
  }

  std::vector<std::string> PlaceAndTime(const TrendSeries& series, const TrendPoint& point) const {
    const bool of_school = sight_.place.kind == PlaceKind::kSchool;
    const bool is_total = series.by == Breakdown::kTotal;
    const std::string_view value = series.value.empty() ? education::kNotRecorded : series.value;
    return {point.year.ToCode(),
            std::string(TimeIdentifier(point.term)),
            of_school ? "School" : "Local authority",
            "E92000001",
            "England",
            sight_.la_code.ToString(),
            Named(PlaceKind::kSchool),
            Named(PlaceKind::kLocality),
            Named(PlaceKind::kPhase),
            std::string(is_total ? education::kTotal : BreakdownName(series.by)),
            std::string(is_total ? education::kTotal : value)};
  }

  std::vector<std::string> Numbers(const TrendPoint& point) const {
    const TrendHidden& hidden = point.hidden;
    const bool known_roll = roll_days_.contains(point.year);
    const bool recorded = first_ && *first_ <= point.year;
    const auto shown = [](std::int64_t number, bool is_hidden) {
      return is_hidden ? std::string(kSuppressed) : std::to_string(number);
    };
    const auto count = [&](std::int64_t number, bool is_hidden) {
      return recorded ? shown(number, is_hidden) : std::string(kNotAvailable);
    };
    const auto rate = [&](Percent percent, bool is_hidden) {
      if (!recorded || !known_roll) return std::string(kNotAvailable);
      if (is_hidden || hidden.headcount) return std::string(kSuppressed);
      return percent.ToFiveDecimals();
    };
    return {known_roll ? shown(point.headcount, hidden.headcount) : std::string(kNotAvailable),
            count(point.counts.permanent, hidden.permanent),
            rate(point.permanent_rate(), hidden.permanent),
            count(point.counts.suspensions, hidden.suspensions),
            rate(point.suspension_rate(), hidden.suspensions),
            count(point.counts.pupils, hidden.pupils),
            rate(point.pupil_rate(), hidden.pupils),
            count(point.counts.half_days, hidden.suspensions)};
  }

  const TrendSight& sight_;
  const std::map<AcademicYear, Day>& roll_days_;
  const std::optional<AcademicYear> first_;
  std::string text_;
  tabular::CsvWriter csv_;
};

absl::Status RecordExport(Transaction& transaction, const Call& call, const TrendSight& sight) {
  access::AccessEntry entry{.action = access::Action::kExport,
                            .subject_kind = access::SubjectKind::kAuthority,
                            .subject_id = sight.la_code.ToString(),
                            .urn = {},
                            .authority = sight.la_code,
                            .detail = "trends of exclusions"};
  if (sight.place.kind == PlaceKind::kSchool) {
    entry.subject_kind = access::SubjectKind::kSchool;
    entry.subject_id = sight.place.name;
  }
  return access::RecordAccess(transaction, call.AccessContext(), std::array{entry});
}

absl::StatusOr<std::string> MakeFile(const TrendsParts& parts, Call& call,
                                     const v1::GetTrendRequest& request) {
  const Day today = parts.clock->Today();
  const auto question = ReadQuestion(request, today);
  if (!question.ok()) return question.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(),
      [&](Transaction& transaction) -> absl::StatusOr<std::string> {
        const auto sight = LookAt(transaction, call, request.scope());
        if (!sight.ok()) return sight.status();
        const auto series = AnswerSeries(transaction, *sight, *question, today);
        if (!series.ok()) return series.status();
        const auto days = ReadRollDays(transaction, sight->la_code, question->span);
        if (!days.ok()) return days.status();
        const auto first = FirstRecordedYear(transaction, sight->la_code);
        if (!first.ok()) return first.status();
        TrendCsv csv(*sight, *days, *first);
        for (const TrendSeries& one : *series) csv.Write(one);
        if (auto status = RecordExport(transaction, call, *sight); !status.ok()) return status;
        return csv.text();
      });
}

absl::Status Export(const TrendsParts& parts, Call& call, const v1::ExportTrendRequest& request,
                    service::Writer<FileChunk>& out) {
  const auto text = MakeFile(parts, call, request.trend());
  if (!text.ok()) return text.status();
  return service::SendFile(*text, out);
}

}  // namespace

void AddTrendExports(service::Endpoint& endpoint, const TrendsParts& parts) {
  endpoint.ServerStream<v1::ExportTrendRequest, FileChunk>(
      "ExportTrend", access::Permission::kExportFigures,
      [parts](Call& call, const auto& request, service::Writer<FileChunk>& out) {
        return Export(parts, call, request, out);
      });
}

}  // namespace pathways::exclusions
