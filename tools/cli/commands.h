// The three commands. Each says what it has to say and answers the exit code.
#pragma once

#include "libs/education/id_source.h"
#include "tools/cli/arguments.h"
#include "tools/cli/console.h"
#include "tools/cli/services.h"

namespace pathways::cli {

// `ids`: where new import ids come from.
ExitCode RunImport(const ImportArguments& arguments, Services& services, education::IdSource& ids,
                   Console& console);

ExitCode RunExport(const ExportArguments& arguments, Services& services, Console& console);

ExitCode RunEvents(const EventsArguments& arguments, Services& services, Console& console);

}  // namespace pathways::cli
