// What every service that writes letters answers the same way: templates, and letters as kept. What
// is a service's own is making a letter: which values, of which case, and when.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "libs/access/permission.h"
#include "libs/education/clock.h"
#include "libs/letters/letter.h"
#include "libs/letters/letter_store.h"
#include "libs/letters/shipped.h"
#include "libs/service/call.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"
#include "pathways/common/v1/letters.pb.h"

namespace pathways::letters {

// All pointers not null, living as long as the server.
struct LetterParts {
  storage::Pool* pool = nullptr;
  const education::Clock* clock = nullptr;
  const ShippedTemplates* shipped = nullptr;
  access::Permission edit_templates;  // for an authority in the caller's scope
  access::Permission write_letters;   // also reads them, and says that they left
  // Tells the case that a letter was "kept", or left in one of kWaysOut; each once, in the
  // transaction in which it happens. None: nobody is told.
  std::function<absl::Status(storage::Transaction&, const service::Call&, const KeptLetter&,
                             std::string_view)>
      tell = {};
};

// Registers ListLetterTemplates, GetLetterTemplate, CheckLetterTemplate, SaveLetterTemplate
// (pathways.common.v1).
void AddTemplateMethods(service::Endpoint& endpoint, const LetterParts& parts);

// Registers ListLetters, GetLetter, RecordLetterSent. Every letter is in the access log.
void AddLetterMethods(service::Endpoint& endpoint, const LetterParts& parts);

// Keeps the letter, with its entry in the access log, and answers it as it then is; the same id for
// the same case again answers with the letter that was kept. `seen`: digest of what its writer
// looked at; empty where nobody did. ABORTED when it is not the letter's; ALREADY_EXISTS: the id is
// another letter's.
absl::StatusOr<KeptLetter> KeepOnce(storage::Transaction& transaction, const service::Call& call,
                                    const LetterParts& parts, KeptLetter letter,
                                    std::string_view seen);

void FillBlocks(const Blocks& blocks,
                google::protobuf::RepeatedPtrField<common::v1::LetterBlock>* to);
// DATA_LOSS when the content cannot be read any more.
absl::Status FillLetter(const KeptLetter& letter, std::span<const LetterKind> kinds,
                        common::v1::Letter* to);
// As in lists: without blocks.
void FillListed(const KeptLetter& letter, std::span<const LetterKind> kinds,
                common::v1::Letter* to);

}  // namespace pathways::letters
