// The letters of an exclusion: what each may say, what it must say by law, what is asked of its
// writer, and when it can be written.
//
// Source: SI 2012/1033 regs. 5, 6, 14, 15, 23, 24 and Sch. 1 as amended in 2022 and 2023; Education
// and Inspections Act 2006 ss. 100 and 103; "Suspension and permanent exclusion", September 2023,
// August 2024.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "libs/letters/kind.h"
#include "services/exclusions/domain/exclusion.h"

namespace pathways::exclusions {

// In the order in which they come.
enum class LetterType : std::uint8_t {
  kSuspensionNotice,
  kPermanentExclusionNotice,
  kAgencyNotice,  // authority, social worker, virtual school head
  kBoardInvitation,
  kBoardDecision,
  kReviewArrangements,
  kReviewDecision,
  kReconsiderationOutcome,
};
inline constexpr std::size_t kLetterTypeCount = 8;

// One a type, in order; living as long as the program.
std::span<const letters::LetterKind> LetterKinds();
std::optional<LetterType> LetterTypeFromName(std::string_view name);
const letters::LetterKind& KindOf(LetterType type);

// What only its writer knows, beside addressee, sender and words of their own.
struct LetterNeeds {
  bool contact = false;   // how, and to whom, parents answer
  bool meeting = false;   // day, time and place
  bool reasons = false;   // of a decision
  bool delivery = false;  // how it goes: a time counts from the day it is given
};
LetterNeeds NeedsOf(LetterType type);

// Why there is no such letter now, in a sentence; nothing: it can be written.
std::optional<std::string> WhyNotWritten(LetterType type, const Exclusion& exclusion);

}  // namespace pathways::exclusions
