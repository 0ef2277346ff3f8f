// What is kept about pupils, as the past that facts are worked out from (domain/risk_history.h).
// Everything here sees all rows: transactions of the service's own, or WithWholePupil.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/risk_history.h"
#include "services/exclusions/store/calendars.h"

namespace pathways::exclusions {

// The registers of some schools after a day up to another, read once each. Histories point into it.
class RegisterBook {
 public:
  RegisterBook(education::Day after, education::Day to) : after_(after), to_(to) {}

  education::Day after() const { return after_; }
  education::Day to() const { return to_; }
  absl::Status Need(storage::Transaction& transaction, const std::set<education::Urn>& schools);
  // Null when it was never needed.
  const Registers* Of(education::Urn school) const;

 private:
  education::Day after_;
  education::Day to_;
  std::map<education::Urn, Registers> schools_;
};

// In the order of the pupils given; of absences those of the book's days. `book` must
// outlive the histories.
absl::StatusOr<std::vector<RiskHistory>> ReadHistories(
    storage::Transaction& transaction, const std::vector<education::PupilId>& pupils,
    RegisterBook& book);

// How far back absence counts for facts as of that day.
education::Day AbsenceCountsFrom(education::Day day);

// Pupils with a main registration in the authority within the span, in order.
absl::StatusOr<std::vector<education::PupilId>> PupilsOnRoll(storage::Transaction& transaction,
                                                             education::LaCode la_code,
                                                             education::Day from,
                                                             education::Day to);

// The first day of which a register of the authority is known; nothing: none is.
absl::StatusOr<std::optional<education::Day>> RegistersFrom(storage::Transaction& transaction,
                                                            education::LaCode la_code);

struct RegisterRow {
  SchoolKey school;
  education::Day day;
  int sessions = 0;
  struct Missed {
    education::EnrolmentId enrolment;
    DayMissed missed;
  };
  std::vector<Missed> missed = {};
};
// Each replaces what was known of that school and day.
absl::Status PutRegisters(storage::Transaction& transaction, std::span<const RegisterRow> rows);

struct SupportRow {
  std::string source;  // request/<id>
  education::PupilId pupil;
  SupportSpell spell;
};
absl::Status PutSupport(storage::Transaction& transaction, const SupportRow& row);
// Nothing when no such support is known.
absl::Status EndSupport(storage::Transaction& transaction, const std::string& source,
                        education::Day last);

}  // namespace pathways::exclusions
