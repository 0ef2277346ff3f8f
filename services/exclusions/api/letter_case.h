// An exclusion as its letters see it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/letters/letter.h"
#include "libs/letters/template_store.h"
#include "services/exclusions/api/letters_api.h"
#include "services/exclusions/domain/letter_words.h"
#include "services/exclusions/store/calendars.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// What a letter is made of, read in one transaction; holds nothing of it.
struct LetterSources {
  KeptExclusion kept;
  std::vector<Exclusion> earlier;  // the pupil's, in order of start
  CalendarsBySchool calendars;     // of all their schools
  std::string provision;           // words
  letters::TemplateVersion letter_template;
};
// NOT_FOUND when there is no such exclusion that the caller may see.
absl::StatusOr<LetterSources> ReadSources(storage::Transaction& transaction,
                                          const LettersParts& parts, const ExclusionId& id,
                                          LetterType type);

struct WrittenLetter {
  letters::Blocks blocks;
  std::vector<std::string> warnings;
};
absl::StatusOr<WrittenLetter> WriteLetter(const LetterSources& sources, LetterType type,
                                          const WriterWords& words, const LetterNames& names,
                                          education::Day today);

}  // namespace pathways::exclusions
