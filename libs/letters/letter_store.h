// Letters kept as they went out, and how they did.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/uuid.h"
#include "libs/letters/letter.h"
#include "libs/storage/transaction.h"

namespace pathways::letters {

using LetterId = education::Uuid<struct LetterIdTag>;
using SubjectId = education::Uuid<struct LetterSubjectIdTag>;  // the case it is about

// How a letter left: how names are stored.
inline constexpr std::string_view kWaysOut[] = {"downloaded", "printed", "post", "email",
                                                "in_person"};
bool IsWayOut(std::string_view how);

struct Sending {
  std::string how;    // one of kWaysOut
  education::Day on;  // the day it went
  education::Instant recorded_at = {};
  std::string recorded_by = {};
};

// Its content never changes; the database refuses it.
struct KeptLetter {
  LetterId id;
  std::string kind;
  SubjectId subject;
  education::PupilId pupil;
  education::Urn urn;  // school and authority whose record it belongs to: who may see it
  education::LaCode la_code;
  std::int64_t template_version = 0;  // 0: as shipped
  std::string content = {};           // ToJson; names and words of people
  std::string digest = {};            // SHA-256 of the content, hexadecimal
  bool intact = true;                 // as read: the digest is still the content's
  education::Instant kept_at = {};
  std::string kept_by = {};
  std::vector<Sending> sendings = {};  // oldest first
};

// Id, case, template version and content; digest, time and person are filled in. ALREADY_EXISTS
// when the id is taken.
absl::Status InsertLetter(storage::Transaction& transaction, KeptLetter& letter,
                          education::Instant now);
// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<KeptLetter> FindLetter(storage::Transaction& transaction, const LetterId& id);
// Newest first.
absl::StatusOr<std::vector<KeptLetter>> ListLetters(storage::Transaction& transaction,
                                                    const SubjectId& subject);
// False: that it left in that way on that day was known already, and nothing changed.
absl::StatusOr<bool> AddSending(storage::Transaction& transaction, const KeptLetter& letter,
                                const Sending& sending);

}  // namespace pathways::letters
