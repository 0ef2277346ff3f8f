#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/tabular/csv_reader.h"
#include "libs/tabular/header.h"
#include "tools/demo/school.h"

namespace pathways::demo {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

enum Column : std::size_t {
  kUrn,
  kLaCode,
  kLaName,
  kName,
  kLaestab,
  kPhase,
  kType,
  kPostcode,
  kHeadcount
};

std::vector<tabular::WantedColumn> Columns() {
  return {{"urn", true, {}},
          {"old_la_code", true, {"la_code"}},
          {"la_name", true, {}},
          {"school_name", true, {}},
          {"laestab", true, {"school_laestab"}},
          {"phase_type_grouping", true, {}},
          {"typeofestablishment_name", false, {}},
          {"school_postcode", false, {}},
          {"headcount of pupils", true, {}}};
}

// Nothing for independent schools: they send the authority no registers.
std::optional<Phase> PhaseFromText(std::string_view text) {
  if (text.find("nursery") != text.npos) return Phase::kNursery;
  if (text.find("primary") != text.npos) return Phase::kPrimary;
  if (text.find("secondary") != text.npos) return Phase::kSecondary;
  if (text.find("special") != text.npos) return Phase::kSpecial;
  if (text.find("AP school") != text.npos) return Phase::kAlternative;
  return std::nullopt;
}

class Reading {
 public:
  explicit Reading(education::LaCode la_code) : la_code_(la_code) {}

  absl::Status OnHeader(const tabular::Record& record) {
    header_ = tabular::HeaderMap::Resolve(Columns(), record.fields);
    return header_->ok() ? absl::OkStatus()
                         : absl::InvalidArgumentError(header_->problems().front().reason);
  }

  absl::Status OnRecord(const tabular::Record& record) {
    const auto cell = [&](Column column) { return header_->Cell(record.fields, column); };
    const auto la_code = education::LaCode::Parse(cell(kLaCode));
    const auto phase = PhaseFromText(cell(kPhase));
    int headcount = 0;
    const std::string_view count = cell(kHeadcount);
    if (!la_code.ok() || *la_code != la_code_ || !phase) return absl::OkStatus();
    if (!absl::SimpleAtoi(absl::string_view(count.data(), count.size()), &headcount) ||
        headcount < 1)
      return absl::OkStatus();
    const auto urn = education::Urn::Parse(cell(kUrn));
    const auto laestab = education::Laestab::Parse(cell(kLaestab));
    if (!urn.ok()) return urn.status();
    if (!laestab.ok()) return laestab.status();
    schools_.push_back({*urn, *laestab, std::string(cell(kLaName)), std::string(cell(kName)),
                        *phase, std::string(cell(kPhase)), std::string(cell(kType)),
                        std::string(cell(kPostcode)), "", headcount});
    return absl::OkStatus();
  }

  std::vector<School> Take() {
    std::ranges::sort(schools_, {}, &School::urn);
    return std::move(schools_);
  }

 private:
  education::LaCode la_code_;
  std::optional<tabular::HeaderMap> header_;
  std::vector<School> schools_;
};

}  // namespace

absl::StatusOr<std::vector<School>> RealSchools(files::InputFile& file, education::LaCode la_code) {
  Reading reading(la_code);
  tabular::CsvReader reader({}, {[&](const auto& record) { return reading.OnHeader(record); },
                                 [&](const auto& record) { return reading.OnRecord(record); },
                                 [](const tabular::BadRecord& bad) {
                                   return absl::InvalidArgumentError(bad.problem.reason);
                                 }});
  while (true) {
    auto bytes = file.Read(kPiece);
    if (!bytes.ok()) return bytes.status();
    if (bytes->empty()) break;
    if (absl::Status status = reader.Feed(*bytes); !status.ok()) return status;
  }
  if (absl::Status status = reader.Finish(); !status.ok()) return status;
  std::vector<School> schools = reading.Take();
  if (schools.empty())
    return absl::NotFoundError(
        absl::StrCat("No school of authority ", la_code.ToString(), " is in ", file.name(), "."));
  return schools;
}

}  // namespace pathways::demo
