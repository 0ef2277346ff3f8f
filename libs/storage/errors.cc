#include "libs/storage/errors.h"

#include <array>
#include <optional>
#include <pqxx/except>
#include <string>
#include <string_view>

#include "absl/strings/cord.h"
#include "libs/storage/driver_error.h"

namespace pathways::storage {
namespace {

constexpr char kSqlState[] = "pathways.storage/sqlstate";
constexpr char kConstraint[] = "pathways.storage/constraint";
constexpr char kRetryable[] = "pathways.storage/retryable";
constexpr char kInDoubt[] = "pathways.storage/in_doubt";

// Whether PostgreSQL's own sentence may be repeated: some quote what a row contains.
enum class Sentence { kRepeat, kWithhold };
enum class Retry { kNo, kYes };

struct Rule {
  std::string_view prefix;  // of the SQLSTATE
  absl::StatusCode code;
  std::string_view words;
  Sentence sentence = Sentence::kRepeat;
  Retry retry = Retry::kNo;
};

using enum absl::StatusCode;

// The first that fits; PostgreSQL 15, appendix A.
constexpr std::array kRules = {
    Rule{"23505", kAlreadyExists, "already there", Sentence::kWithhold},
    Rule{"23503", kFailedPrecondition, "refers to what is not there, or is still referred to",
         Sentence::kWithhold},
    Rule{"23P01", kFailedPrecondition, "conflicts with what is there", Sentence::kWithhold},
    Rule{"23514", kInvalidArgument, "a value breaks a rule", Sentence::kWithhold},
    Rule{"23502", kInvalidArgument, "a value is missing", Sentence::kWithhold},
    Rule{"23", kFailedPrecondition, "breaks a rule of the data", Sentence::kWithhold},
    Rule{"22", kInvalidArgument, "a value is not of its type", Sentence::kWithhold},
    Rule{"P0001", kFailedPrecondition, "refused"},
    Rule{"42501", kPermissionDenied, "not allowed"},
    Rule{"57014", kDeadlineExceeded, "the database took too long"},
    Rule{"40003", kUnavailable, "lost while running"},
    Rule{"40", kAborted, "in the way of another transaction", Sentence::kRepeat, Retry::kYes},
    Rule{"55P03", kAborted, "locked by another transaction", Sentence::kRepeat, Retry::kYes},
    Rule{"25006", kUnavailable, "the database is read-only", Sentence::kRepeat, Retry::kYes},
    Rule{"25P03", kAborted, "left idle for too long"},
    Rule{"53100", kResourceExhausted, "the database's disk is full"},
    Rule{"53", kResourceExhausted, "the database has no room"},
    Rule{"54", kResourceExhausted, "beyond a limit of the database", Sentence::kWithhold},
    Rule{"57P", kUnavailable, "the database is stopping or starting", Sentence::kRepeat,
         Retry::kYes},
    Rule{"08", kUnavailable, "the database cannot be reached", Sentence::kRepeat, Retry::kYes},
    Rule{"58", kUnavailable, "the database's machine has trouble"},
    Rule{"XX001", kDataLoss, "the database found damaged data"},
    Rule{"XX002", kDataLoss, "the database found a damaged index"},
};
constexpr Rule kOther{"", kInternal, "the database refused the statement"};

// A plan prepared before a migration changed its table; a new connection makes a new plan.
constexpr std::string_view kStalePlan = "cached plan must not change result type";
constexpr Rule kStalePlanRule{"0A000", kAborted, "prepared before a migration", Sentence::kRepeat,
                              Retry::kYes};

std::string FirstLine(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// A line of the verbose form, "\nCONSTRAINT NAME:  school_urn". The last one: what rows contain
// comes before it.
std::string Field(std::string_view message, const std::string& name) {
  const std::string key = "\n" + name + ":  ";
  const auto at = message.rfind(key);
  if (at == std::string_view::npos) return "";
  const auto rest = message.substr(at + key.size());
  return std::string(rest.substr(0, rest.find('\n')));
}

struct Said {
  std::string sql_state;
  std::string sentence;
};

// "ERROR:  23505: duplicate key value ..."; nothing when it is not from the server.
std::optional<Said> ParseVerbose(std::string_view message) {
  constexpr std::size_t kStateLength = 5;
  const auto line = message.substr(0, message.find('\n'));
  const auto colon = line.find(":  ");
  if (colon == std::string_view::npos) return std::nullopt;
  const auto rest = line.substr(colon + 3);
  if (rest.size() < kStateLength + 2 || rest[kStateLength] != ':') return std::nullopt;
  return Said{std::string(rest.substr(0, kStateLength)),
              std::string(rest.substr(kStateLength + 2))};
}

const Rule& RuleFor(const Said& said) {
  if (said.sql_state == kStalePlanRule.prefix && said.sentence == kStalePlan) return kStalePlanRule;
  for (const Rule& rule : kRules) {
    if (said.sql_state.starts_with(rule.prefix)) return rule;
  }
  return kOther;
}

absl::Status FromServer(const Said& said, std::string_view message) {
  const Rule& rule = RuleFor(said);
  const std::string constraint = Field(message, "CONSTRAINT NAME");
  std::string words(rule.words);
  if (rule.sentence == Sentence::kRepeat) {
    words += ": " + said.sentence;
  } else if (!constraint.empty()) {
    words += ": " + constraint;
  } else if (const std::string column = Field(message, "COLUMN NAME"); !column.empty()) {
    words += ": " + column;
  }
  absl::Status status(rule.code, words + " (" + said.sql_state + ")");
  status.SetPayload(kSqlState, absl::Cord(said.sql_state));
  if (!constraint.empty()) status.SetPayload(kConstraint, absl::Cord(constraint));
  if (rule.retry == Retry::kYes) status.SetPayload(kRetryable, absl::Cord("1"));
  return status;
}

std::string PayloadOf(const absl::Status& status, const char* name) {
  const auto payload = status.GetPayload(name);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status FromDriver(const std::exception& error) {
  const std::string_view message = error.what();
  if (const auto said = ParseVerbose(message)) return FromServer(*said, message);
  if (dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr)
    return ConnectionLost(message);
  // The driver's own complaints (wrong use) name no values.
  return absl::InternalError("database driver: " + FirstLine(message));
}

bool IsStalePlan(const absl::Status& status) {
  return IsRetryable(status) && SqlStateOf(status) == kStalePlanRule.prefix;
}

absl::Status ConnectionLost(std::string_view what) {
  absl::Status status =
      absl::UnavailableError("the database cannot be reached: " + FirstLine(what));
  status.SetPayload(kRetryable, absl::Cord("1"));
  return status;
}

absl::Status InDoubt() {
  absl::Status status =
      absl::UnavailableError("connection lost while committing: it may or may not have happened");
  status.SetPayload(kInDoubt, absl::Cord("1"));
  return status;
}

absl::Status DeadlinePassed() {
  return absl::DeadlineExceededError("no time left for the database");
}

std::string ConstraintOf(const absl::Status& status) { return PayloadOf(status, kConstraint); }
std::string SqlStateOf(const absl::Status& status) { return PayloadOf(status, kSqlState); }
bool IsRetryable(const absl::Status& status) { return !PayloadOf(status, kRetryable).empty(); }
bool IsInDoubt(const absl::Status& status) { return !PayloadOf(status, kInDoubt).empty(); }

}  // namespace pathways::storage
