#include "libs/importing/import_upkeep.h"

#include <chrono>

namespace pathways::importing {

ImportUpkeep::ImportUpkeep(ImportRuns& imports, service::Process& process)
    : forget_(
          "forget refused rows", std::chrono::hours(1),
          [&imports] { return imports.ForgetRefused(kKeepRefused); }, process.metrics()),
      give_back_(
          "give memory back", std::chrono::seconds(5),
          [&imports] { return imports.GiveMemoryBack(); }, process.metrics()) {
  process.Need("imports", imports.MarkInterrupted());
}

}  // namespace pathways::importing
