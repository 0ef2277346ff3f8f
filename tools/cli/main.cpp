// The program behind `./pathways import`, `export` and `events`.
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

#include "libs/education/id_source.h"
#include "libs/service/config.h"
#include "tools/cli/commands.h"
#include "tools/cli/grpc_services.h"

int main(int argc, char** argv) {
  using namespace pathways::cli;
  // A reader that has seen enough ends us with an error message, not silently.
  std::signal(SIGPIPE, SIG_IGN);
  const Parsed parsed =
      ParseArguments(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
  if (!parsed.arguments) return parsed.exit_code;
  Console console{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
  pathways::service::ConfigReader env;
  const auto services = ConnectToServices(env);
  if (!services.ok()) {
    Complain(console, "", services.status());
    return kNothingDone;
  }
  pathways::education::RandomIdSource ids;
  struct Run {
    Services& services;
    pathways::education::IdSource& ids;
    Console& console;
    ExitCode operator()(const ImportArguments& arguments) const {
      return RunImport(arguments, services, ids, console);
    }
    ExitCode operator()(const ExportArguments& arguments) const {
      return RunExport(arguments, services, console);
    }
    ExitCode operator()(const EventsArguments& arguments) const {
      return RunEvents(arguments, services, console);
    }
  };
  return std::visit(Run{**services, ids, console}, *parsed.arguments);
}
