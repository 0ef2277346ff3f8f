// Nobody overwrites a colleague unknowingly: a change names the version its writer saw.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/education/clock.h"
#include "libs/service/call.h"

namespace pathways::service {

enum class Seen : std::uint8_t {
  kCurrent,
  kRepeated,  // the answer to an earlier attempt of this very call was lost
};

// `person`: who calls, as the record's updated_by would say it. `what`: such as "The request".
// ABORTED, saying who changed it and when, when the record is at another version. A record has
// version, updated_at, updated_by and last_call, the request id of the call that changed it last.
template <typename Record>
absl::StatusOr<Seen> CompareVersion(const Record& record, std::int64_t seen, const Call& call,
                                    std::string_view person, std::string_view what) {
  if (record.version == seen) return Seen::kCurrent;
  if (record.version == seen + 1 && !call.request_id().empty() &&
      record.last_call == call.request_id() && record.updated_by == person) {
    return Seen::kRepeated;
  }
  return absl::AbortedError(absl::StrCat(
      std::string(what), " was changed at ", education::InstantToString(record.updated_at), " by ",
      record.updated_by, " and is at version ", record.version, " now"));
}

}  // namespace pathways::service
