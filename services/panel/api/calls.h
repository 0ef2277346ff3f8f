// What every method here does the same way.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "libs/access/access_log.h"
#include "libs/forms/problem.h"
#include "libs/service/call.h"
#include "libs/service/paging.h"
#include "libs/service/seen_version.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "services/panel/api/panel_api.h"
#include "services/panel/store/change.h"

namespace pathways::panel {

// The scope to read with. Of several roles the one that sees most: who runs the panel, then who
// works on cases.
storage::RowScope ReadingScope(const service::Call& call);

// Whether the person works for the authority, and not for a school or a provider.
bool WorksForAuthority(const access::Caller& caller);

template <typename Work>
auto Reading(const PanelParts& parts, const service::Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, ReadingScope(call), call.deadline(),
                                   std::forward<Work>(work));
}

// In the role that let the caller in, which the record keeps.
template <typename Work>
auto Writing(const PanelParts& parts, const service::Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   std::forward<Work>(work));
}

template <typename Records>
absl::Status RecordReads(storage::Transaction& transaction, const service::Call& call,
                         const Records& records, std::string_view detail) {
  std::vector<access::AccessEntry> entries;
  for (const auto& record : records) {
    entries.push_back(Touched(access::Action::kRead, record, detail));
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

// How a change by this call is written, in the trace of what it came from.
Pen PenOf(const PanelParts& parts, const service::Call& call, const std::string& origin_trace_id);

// Under "<prefix><field>"; OK when there are none.
absl::Status ToStatus(const std::vector<forms::Problem>& problems, std::string_view prefix = "",
                      absl::StatusCode code = absl::StatusCode::kInvalidArgument);

using service::ReadId;

// Reads fields one after the other and keeps what is wrong with each.
class FieldReader {
 public:
  template <typename Id>
  std::optional<Id> Needed(std::string_view field, const std::string& text) {
    auto id = Id::Parse(text);
    wrong_.AddIfError(field, id.status());
    if (!id.ok()) return std::nullopt;
    return *id;
  }
  template <typename Id>
  std::optional<Id> Optional(std::string_view field, const std::string& text) {
    if (text.empty()) return std::nullopt;
    return Needed<Id>(field, text);
  }
  std::optional<education::Day> NeededDay(std::string_view field, const std::string& text) {
    auto day = education::Day::ParseIso(text);
    if (!day.ok()) wrong_.Add(field, "Enter a real day, such as 2026-11-09");
    if (!day.ok()) return std::nullopt;
    return *day;
  }
  std::optional<education::Day> OptionalDay(std::string_view field, const std::string& text) {
    if (text.empty()) return std::nullopt;
    return NeededDay(field, text);
  }
  std::optional<education::Urn> OptionalUrn(std::string_view field, std::int32_t value) {
    if (value == 0) return std::nullopt;
    auto urn = education::Urn::FromInt(value);
    wrong_.AddIfError(field, urn.status());
    if (!urn.ok()) return std::nullopt;
    return *urn;
  }
  template <typename T>
  T Chosen(std::string_view field, const std::optional<T>& value) {
    if (!value) wrong_.Add(field, "Choose one of the options");
    return value.value_or(T());
  }
  service::FieldViolations& wrong() { return wrong_; }
  bool good() const { return wrong_.empty(); }
  absl::Status status() const { return wrong_.ToStatus(); }

 private:
  service::FieldViolations wrong_;
};

using service::CompareVersion;
using service::Seen;

inline constexpr service::OffsetPage::Bounds kPage{.otherwise = 50, .most = 200};

}  // namespace pathways::panel
