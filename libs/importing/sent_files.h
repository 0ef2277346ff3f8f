// Which file a record came with, for whoever may see the record.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/storage/pool.h"

namespace pathways::importing {

struct SentFile {
  std::string name;    // as its owner knows it, without folders
  std::string person;  // who sent it
  education::Instant sent_at;
};

// By import id; those that are not there are left out. Reads with all imports in sight: a file's
// name may be told to those who may see what came with it, though the import itself may not be
// theirs to follow.
absl::StatusOr<std::map<std::string, SentFile>> FindSentFiles(
    storage::Pool& pool, const std::vector<std::string>& import_ids, storage::Deadline deadline);

}  // namespace pathways::importing
