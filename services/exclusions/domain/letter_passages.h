// The sentences of letters that law and guidance ask for, with the case's own days.
#pragma once

#include <optional>
#include <string>

#include "libs/education/day.h"
#include "services/exclusions/domain/letter_words.h"

namespace pathways::exclusions {

// Monday 7 September 2026; empty for nothing.
std::string LetterDay(education::Day day);
std::string LetterDay(const std::optional<education::Day>& day);

// Each is a sentence or more, or empty where there is nothing to say; letter_types.cc says what
// each is for.
class Passages {
 public:
  explicit Passages(const LetterCase& of)
      : of_(of), exclusion_(of.exclusion), name_(of.names.forename) {}

  std::string Period() const;
  std::string Reasons() const;
  std::string Examination() const;
  std::string Representations() const;
  std::string BoardMeeting() const;  // to parents
  std::string BoardsDuty() const;    // to others
  std::string PublicPlaces() const;
  std::string Work() const;
  std::string Provision() const;
  std::string DaysSoFar() const;
  std::string Circumstances() const;
  std::string Attending() const;
  std::string BoardDecided() const;
  std::string DecidedAgain() const;
  std::string ReviewRight() const;
  std::string SenExpert() const;
  std::string PanelDecided() const;
  std::string PanelConsequence() const;

 private:
  bool permanent() const { return exclusion_.kind == Kind::kPermanent; }
  std::string By(Step step) const;  // " by Monday 28 September 2026", where the day is known
  std::string Span() const;         // from the first day to the last
  std::string Decided(BoardDecision decision, std::string_view again) const;

  const LetterCase& of_;
  const Exclusion& exclusion_;
  const std::string& name_;
};

}  // namespace pathways::exclusions
