#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

// Who read or wrote which child's record, for what, and when. Kept in the database of the service
// that owns the record, written in the transaction that reads or writes it: no record without its
// entry, no entry without its record.
namespace pathways::access {

enum class Action : std::uint8_t { kRead, kWrite, kExport };
enum class SubjectKind : std::uint8_t { kPupil, kSchool, kRequest, kAuthority, kPerson };
std::string_view ActionName(Action action);          // "read"
std::string_view SubjectKindName(SubjectKind kind);  // "pupil"

// The circumstances all entries of one call share. Who it was, in which role and in which trace is
// not here: the database takes these from the transaction's scope, so that no code can write them
// wrong.
struct AccessContext {
  std::string purpose;     // the method, e.g. "pathways.registry.v1.RegistryService/GetPupil"
  std::string request_id;  // of a write; may be empty
  std::string break_glass_reason;  // emergency access: the reason given; else empty
};

// One record touched.
struct AccessEntry {
  Action action = Action::kRead;
  SubjectKind subject_kind = SubjectKind::kPupil;
  std::string subject_id;             // uuid text, or a school's URN; never a UPN or a name
  std::optional<education::Urn> urn;  // the school the record belongs to
  std::optional<education::LaCode> authority;  // its local authority's code
  std::string
      detail;  // a few words of ours ("attendance, 2026-09-01 to 2026-10-01"); no personal data
};

// One line of a history, as the data protection officer sees it.
struct AccessRecord {
  std::int64_t id = 0;
  education::Instant at;
  std::string person;  // id of a person, or "system:<name>"
  std::string role;
  std::string purpose;
  std::string action;
  AccessEntry entry;
  std::string request_id;
  std::string trace_id;
  std::string break_glass_reason;
};

// Which trace the log names for what this transaction records from now on: for work that is
// nobody's call.
absl::Status BindTrace(storage::Transaction& transaction, const std::string& trace_id);

// Writes the entries with one statement. Part of the caller's transaction: rolled back with it.
absl::Status RecordAccess(storage::Transaction& transaction, const AccessContext& context,
                          std::span<const AccessEntry> entries);

struct HistoryPage {
  std::vector<AccessRecord> records;  // newest first
  std::int64_t next = 0;              // pass as `before` for the next page; 0: no more
};
// The history of one subject. Row-level security shows it to the data protection officer and the
// operator (a scope with that role: Call::RowScope()); to all others it is empty. `before` 0: from
// the newest. limit 1..500.
absl::StatusOr<HistoryPage> ReadHistory(storage::Transaction& transaction, SubjectKind kind,
                                        std::string_view subject_id, std::int64_t before,
                                        int limit);

}  // namespace pathways::access
