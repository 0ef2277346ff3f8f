#include "services/exclusions/api/calls.h"

namespace pathways::exclusions {

using education::Day;

storage::RowScope ReadingScope(const service::Call& call) {
  const access::Caller& caller = call.caller();
  if (const auto role = caller.RoleFor(access::Permission::kRecordExclusion)) {
    return caller.ToRowScope(*role);
  }
  return call.RowScope();
}

access::AccessEntry Touched(access::Action action, const Exclusion& exclusion,
                            std::string_view detail) {
  return {action,        access::SubjectKind::kPupil, exclusion.pupil.ToString(),
          exclusion.urn, exclusion.la_code,           std::string(detail)};
}

absl::Status RecordReads(storage::Transaction& transaction, const service::Call& call,
                         const std::vector<KeptExclusion>& exclusions, std::string_view detail) {
  std::vector<access::AccessEntry> entries;
  for (const KeptExclusion& kept : exclusions) {
    entries.push_back(Touched(access::Action::kRead, kept.exclusion, detail));
  }
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

std::optional<Day> ReadDay(std::string_view field, const std::string& text,
                           std::vector<Problem>& problems) {
  if (text.empty()) return std::nullopt;
  const auto day = Day::ParseIso(text);
  if (day.ok()) return *day;
  problems.push_back({std::string(field), std::string(day.status().message())});
  return std::nullopt;
}

std::optional<Day> ReadDay(std::string_view field, const std::string& text,
                           service::FieldViolations& wrong) {
  std::vector<Problem> problems;
  const auto day = ReadDay(field, text, problems);
  wrong.AddAll("", problems);
  return day;
}

std::string Iso(const std::optional<Day>& day) { return day ? day->ToIso() : std::string(); }

}  // namespace pathways::exclusions
