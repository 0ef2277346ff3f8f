// What the command line asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "pathways/attendance/v1/service.pb.h"
#include "pathways/common/v1/import.pb.h"

namespace pathways::cli {

// Of every command: 0 all good, 1 part refused, 2 nothing done.
enum ExitCode : int { kAllGood = 0, kPartRefused = 1, kNothingDone = 2 };

enum class ImportKind : std::uint8_t {
  kSchools,
  kCalendar,
  kPupils,
  kPeople,
  kRegister,
  kSuspensions,
  kPublished,
  kNeighbours
};

struct ImportArguments {
  ImportKind kind = ImportKind::kSchools;
  std::vector<std::string>
      files{};           // "-": standard input; more than one only without import_id and refused
  std::int32_t urn = 0;  // 0: the rows say which school they are from
  common::v1::OnBadRows on_bad_rows = common::v1::ON_BAD_ROWS_KEEP_GOOD;
  common::v1::DateForm date_form = common::v1::DATE_FORM_UNSPECIFIED;
  std::string import_id{};  // empty: a new one
  std::string refused{};    // file for the refused rows; empty: none wanted
};

enum class ExportKind : std::uint8_t {
  kSchools,
  kAttendance,
  kCrossings,
  kExclusions,
  kClock,
  kTrends,
  kPanel
};

struct ExportArguments {
  ExportKind kind = ExportKind::kSchools;
  attendance::v1::ExportLevel level = attendance::v1::EXPORT_LEVEL_SCHOOL;
  std::string from{};  // as typed: the service checks days, groups and instants
  std::string to{};
  std::string by{};
  std::string as_known{};
  std::int32_t urn = 0;  // 0: all schools
  // Of trends.
  std::int32_t la_code = 0;  // 0: the only one there is
  std::string locality{};
  std::string phase{};
  bool by_term = false;
  std::string output{};  // empty: standard output
};

enum class EventsAction : std::uint8_t { kList, kReplay, kDiscard, kGaps, kAcceptGap };

struct EventsArguments {
  EventsAction action = EventsAction::kList;
  std::string service{};  // empty: all; never for a decision
  std::string reaction{};
  std::string state{};
  bool payload = false;
  std::int64_t id = 0;  // kReplay: 0 with `all` or `type`
  bool all = false;     // kReplay: every dead event of the service
  std::string type{};   // kReplay: every dead event of this type, its last word
  std::string aggregate{};
  std::string why{};
};

using Arguments = std::variant<ImportArguments, ExportArguments, EventsArguments>;

struct Parsed {
  std::optional<Arguments> arguments;  // none: say `exit_code`, all has been said
  ExitCode exit_code = kAllGood;
};

// Prints help to `out` and what is wrong to `err`.
Parsed ParseArguments(const std::vector<std::string>& words, std::ostream& out, std::ostream& err);

}  // namespace pathways::cli
