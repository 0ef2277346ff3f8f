#include "tools/cli/arguments.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "CLI/CLI.hpp"
#include "tools/cli/services.h"

namespace pathways::cli {
namespace {

constexpr const char* kExitCodes =
    "Exit status: 0 all good; 1 a part was refused; 2 nothing was done.";

template <typename T>
using Words = std::map<std::string, T>;

// An option that takes one of a few words. CLI11 shows the words in the help and in the refusal.
template <typename T>
CLI::Option* AddChoice(CLI::App& app, const std::string& name, T& value, const Words<T>& words,
                       const std::string& help) {
  std::vector<std::string> known;
  for (const auto& [word, meaning] : words) known.push_back(word);
  return app
      .add_option_function<std::string>(
          name, [&value, words](const std::string& word) { value = words.at(word); }, help)
      ->check(CLI::IsMember(known))
      ->option_text(CLI::detail::join(known, "|"));
}

CLI::Option* AddSchool(CLI::App& command, std::int32_t& urn, const std::string& help) {
  return command.add_option("--school", urn, help)
      ->check(CLI::Range(100'000, 999'999))
      ->option_text("URN");
}

CLI::App* AddImport(CLI::App& app, ImportArguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "import",
      "Reads schools, calendars, pupils, people, registers, suspensions and published figures from "
      "CSV files");
  AddChoice<ImportKind>(*command, "kind", arguments.kind,
                        {{"schools", ImportKind::kSchools},
                         {"calendar", ImportKind::kCalendar},
                         {"pupils", ImportKind::kPupils},
                         {"people", ImportKind::kPeople},
                         {"register", ImportKind::kRegister},
                         {"suspensions", ImportKind::kSuspensions},
                         {"published", ImportKind::kPublished},
                         {"neighbours", ImportKind::kNeighbours}},
                        "What the file holds")
      ->required();
  command
      ->add_option("file", arguments.files,
                   "CSV files, which may be packed with gzip; - for standard input")
      ->required();
  AddSchool(*command, arguments.urn,
            "URN of the school the file is from, where its rows do not say it");
  AddChoice<common::v1::OnBadRows>(
      *command, "--on-bad-rows", arguments.on_bad_rows,
      {{"keep", common::v1::ON_BAD_ROWS_KEEP_GOOD},
       {"refuse", common::v1::ON_BAD_ROWS_REFUSE_FILE}},
      "When some rows are bad: keep the good ones (the default), or refuse the file");
  AddChoice<common::v1::DateForm>(
      *command, "--date-form", arguments.date_form,
      {{"iso", common::v1::DATE_FORM_ISO}, {"dmy", common::v1::DATE_FORM_DAY_MONTH_YEAR}},
      "How dates are written: 2026-09-01 or 01/09/2026. Found from the file when not given");
  CLI::Option* id = command->add_option(
      "--import-id", arguments.import_id,
      "Id of this import (a UUID). A file sent again under the same id is applied once");
  CLI::Option* refused = command->add_option(
      "--refused", arguments.refused,
      "File to write the refused rows to, with what is wrong: correct it and send it again");
  // Both speak of one file.
  command->callback([&arguments, id, refused] {
    if (arguments.files.size() > 1 && (*id || *refused)) {
      throw CLI::ValidationError("--import-id and --refused", "give one file at a time with them");
    }
  });
  return command;
}

void AddTrendOptions(CLI::App& command, ExportArguments& arguments) {
  command.add_flag("--terms", arguments.by_term,
                   "trends: a row for each term instead of each year");
  command
      .add_option("--la", arguments.la_code,
                  "trends, panel: of this authority, where there are several")
      ->check(CLI::Range(1, 999))
      ->option_text("CODE");
  command.add_option("--locality", arguments.locality, "trends: only this locality");
  command.add_option("--phase", arguments.phase,
                     "trends: only schools of this phase, as published");
}

CLI::App* AddExport(CLI::App& app, ExportArguments& arguments) {
  CLI::App* command =
      app.add_subcommand("export", "Writes figures as CSV, to check with a spreadsheet");
  AddChoice<ExportKind>(*command, "kind", arguments.kind,
                        {{"schools", ExportKind::kSchools},
                         {"attendance", ExportKind::kAttendance},
                         {"crossings", ExportKind::kCrossings},
                         {"exclusions", ExportKind::kExclusions},
                         {"clock", ExportKind::kClock},
                         {"trends", ExportKind::kTrends},
                         {"panel", ExportKind::kPanel}},
                        "What to write")
      ->required();
  AddChoice<attendance::v1::ExportLevel>(*command, "--level", arguments.level,
                                         {{"pupil", attendance::v1::EXPORT_LEVEL_PUPIL},
                                          {"school", attendance::v1::EXPORT_LEVEL_SCHOOL},
                                          {"authority", attendance::v1::EXPORT_LEVEL_AUTHORITY}},
                                         "attendance: one row for each; school when not given");
  command
      ->add_option(
          "--from", arguments.from,
          "First day, as 2026-09-01; when not given the start of the academic year, or all "
          "exclusions. trends: first academic year, as 202223; five years when not given")
      ->option_text("DAY");
  command
      ->add_option("--to", arguments.to,
                   "Last day; when not given today, or all exclusions. trends: last academic "
                   "year")
      ->option_text("DAY");
  command
      ->add_option("--by", arguments.by,
                   "attendance: a row for each sen_provision, pupil_premium, sex, year_group or "
                   "looked_after; trends: also school, locality, phase, disadvantaged or reason, "
                   "several with commas between")
      ->option_text("GROUP");
  command
      ->add_option("--as-known", arguments.as_known,
                   "attendance: only what was recorded by then, as 2026-10-01T09:00:00Z")
      ->option_text("INSTANT");
  AddTrendOptions(*command, arguments);
  CLI::Option* school = AddSchool(*command, arguments.urn, "Only this school; all when not given");
  command->callback([&arguments, school] {
    if (*school && arguments.kind == ExportKind::kSchools)
      throw CLI::ValidationError("--school", "the list of schools is always of all");
  });
  command->add_option("--format", "csv is the only one")
      ->check(CLI::IsMember({"csv"}))
      ->option_text("csv");
  command->add_option("--output", arguments.output, "File to write; standard output when not given")
      ->option_text("FILE");
  return command;
}

CLI::Option* AddService(CLI::App& app, EventsArguments& arguments, const std::string& help) {
  const auto names = ServiceNames();
  return app.add_option("--service", arguments.service, help)
      ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
      ->option_text("SERVICE");
}

CLI::App* AddAction(CLI::App& events, EventsArguments& arguments, EventsAction action,
                    const std::string& name, const std::string& help) {
  CLI::App* command = events.add_subcommand(name, help);
  command->callback([&arguments, action] { arguments.action = action; });
  return command;
}

void AddDecision(CLI::App& command, EventsArguments& arguments) {
  AddService(command, arguments, "Whose event it is")->required();
  command
      .add_option("--why", arguments.why, "Why; kept with the decision, so without personal data")
      ->required()
      ->option_text("TEXT");
}

// One event by its number; to be replayed also many at once.
void AddWhich(CLI::App& decision, EventsArguments& arguments, EventsAction action) {
  CLI::App* which = decision.add_option_group("Which");
  which->add_option("id", arguments.id, "Number of the event, as 'list' shows it")
      ->check(CLI::PositiveNumber);
  if (action == EventsAction::kReplay) {
    which->add_flag("--all", arguments.all, "Every event of the service that is dead");
    which->add_option("--type", arguments.type, "Every dead event of this type, as 'list' shows it")
        ->option_text("EVENT");
  }
  which->require_option(1);
}

CLI::App* AddEvents(CLI::App& app, EventsArguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "events", "Events that a service could not apply: lists, replays or discards them");
  command->require_subcommand(1);
  CLI::App* list =
      AddAction(*command, arguments, EventsAction::kList, "list", "Events that were set aside");
  AddService(*list, arguments, "Only this service; all when not given");
  list->add_option("--reaction", arguments.reaction,
                   "Only this reaction, such as referrals.absence");
  list->add_option("--state", arguments.state,
                   "Only dead, replay_requested, replayed or discarded");
  list->add_flag("--payload", arguments.payload,
                 "Show the bytes too; the look is recorded in the child's access history");
  for (const auto& [name, action, help] :
       {std::tuple("replay", EventsAction::kReplay,
                   "Applies an event again, and then what waits behind it"),
        std::tuple("discard", EventsAction::kDiscard,
                   "Gives an event up for good; what waits behind it is applied")}) {
    CLI::App* decision = AddAction(*command, arguments, action, name, help);
    AddWhich(*decision, arguments, action);
    AddDecision(*decision, arguments);
  }
  CLI::App* gaps = AddAction(*command, arguments, EventsAction::kGaps, "gaps",
                             "Histories of which an event is missing while later ones wait");
  AddService(*gaps, arguments, "Only this service; all when not given");
  gaps->add_option("--reaction", arguments.reaction, "Only this reaction");
  CLI::App* accept = AddAction(*command, arguments, EventsAction::kAcceptGap, "accept-gap",
                               "Declares the missing events lost; those that wait are applied");
  accept->add_option("reaction", arguments.reaction, "What waits, as 'gaps' shows it")->required();
  accept->add_option("aggregate", arguments.aggregate, "What it is about, as 'gaps' shows it")
      ->required();
  AddDecision(*accept, arguments);
  return command;
}

}  // namespace

Parsed ParseArguments(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
  CLI::App app(
      "Pathways on the command line of the machine that runs it, with all rights; every use is in "
      "the access log.",
      "./pathways");
  app.require_subcommand(1);
  ImportArguments import_arguments;
  ExportArguments export_arguments;
  EventsArguments events_arguments;
  const CLI::App* import_command = AddImport(app, import_arguments);
  const CLI::App* export_command = AddExport(app, export_arguments);
  AddEvents(app, events_arguments);
  for (CLI::App* command : app.get_subcommands({})) command->footer(kExitCodes);
  app.footer(kExitCodes);
  try {
    app.parse(
        std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes the last word first
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error, out, err) == 0 ? kAllGood : kNothingDone};
  }
  if (import_command->parsed()) return {std::move(import_arguments), kAllGood};
  if (export_command->parsed()) return {std::move(export_arguments), kAllGood};
  return {std::move(events_arguments), kAllGood};
}

}  // namespace pathways::cli
