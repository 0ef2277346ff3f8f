// What a service that takes in files does beside it, while it runs.
#pragma once

#include "absl/status/status.h"
#include "libs/importing/import_runs.h"
#include "libs/service/process.h"

namespace pathways::importing {

// Forgets refused rows after their time, and gives memory back.
class ImportUpkeep {
 public:
  // Marks interrupted what ran when the service ended last; without that there is no start. Both
  // must outlive it.
  ImportUpkeep(ImportRuns& imports, service::Process& process);

 private:
  service::Periodic forget_;
  service::Periodic give_back_;
};

}  // namespace pathways::importing
