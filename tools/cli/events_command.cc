#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tools/cli/commands.h"

namespace pathways::cli {
namespace {

using common::v1::DeadLetter;
using common::v1::Gap;

using Rows = std::vector<std::vector<std::string>>;

// "AbsenceBecamePersistent" of "pathways.attendance.v1.AbsenceBecamePersistent".
std::string ShortName(const std::string& type) { return type.substr(type.find_last_of('.') + 1); }

std::vector<std::string> RowOf(std::string_view service, const DeadLetter& letter, bool payload) {
  std::string decided;
  if (!letter.decided_by().empty())
    decided = absl::StrCat(letter.decided_by(), ": ", letter.decided_why());
  std::vector<std::string> row = {std::string(service),
                                  absl::StrCat(letter.id()),
                                  letter.state(),
                                  letter.since(),
                                  letter.reaction(),
                                  ShortName(letter.type()),
                                  letter.aggregate(),
                                  absl::StrCat(letter.version()),
                                  absl::StrCat(letter.attempts()),
                                  absl::StrCat(letter.parked_behind()),
                                  letter.error(),
                                  decided};
  if (payload) row.push_back(absl::BytesToHexString(letter.payload()));
  return row;
}

absl::Status AddLetters(const EventsArguments& arguments, std::string_view service,
                        Services& services, Rows& rows) {
  common::v1::ListDeadLettersRequest request;
  request.set_reaction(arguments.reaction);
  request.set_state(arguments.state);
  request.set_with_payload(arguments.payload);
  do {
    const auto page = services.ListDeadLetters(service, request);
    if (!page.ok()) return page.status();
    for (const DeadLetter& letter : page->letters())
      rows.push_back(RowOf(service, letter, arguments.payload));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status AddGaps(const EventsArguments& arguments, std::string_view service, Services& services,
                     Rows& rows) {
  common::v1::ListGapsRequest request;
  request.set_reaction(arguments.reaction);
  request.set_limit(200);
  const auto response = services.ListGaps(service, request);
  if (!response.ok()) return response.status();
  for (const Gap& gap : response->gaps()) {
    rows.push_back({std::string(service), gap.reaction(), gap.aggregate(), absl::StrCat(gap.seen()),
                    absl::StrCat(gap.next_parked()), absl::StrCat(gap.parked()), gap.since()});
  }
  return absl::OkStatus();
}

std::vector<std::string> NamesOf(const EventsArguments& arguments) {
  if (arguments.action == EventsAction::kGaps)
    return {"service",       "reaction", "aggregate", "applied up to",
            "next there is", "waiting",  "since"};
  std::vector<std::string> names = {"service",  "id",      "state",     "since",
                                    "reaction", "event",   "aggregate", "version",
                                    "tries",    "waiting", "error",     "decided"};
  if (arguments.payload) names.emplace_back("payload");
  return names;
}

// One service that does not answer must not hide what the others say.
ExitCode List(const EventsArguments& arguments, Services& services, Console& console) {
  Rows rows;
  std::size_t asked = 0;
  std::size_t failed = 0;
  for (const std::string_view service : ServiceNames()) {
    if (!arguments.service.empty() && arguments.service != service) continue;
    ++asked;
    const absl::Status status = arguments.action == EventsAction::kGaps
                                    ? AddGaps(arguments, service, services, rows)
                                    : AddLetters(arguments, service, services, rows);
    if (status.ok()) continue;
    ++failed;
    Complain(console, service, status);
  }
  if (failed == asked) return kNothingDone;
  const bool gaps = arguments.action == EventsAction::kGaps;
  console.out << (!rows.empty() ? FormatTable(NamesOf(arguments), rows)
                  : gaps        ? "No event is missing.\n"
                                : "No event is set aside.\n");
  return failed == 0 ? kAllGood : kPartRefused;
}

absl::Status Decide(const EventsArguments& arguments, Services& services) {
  if (arguments.action == EventsAction::kAcceptGap) {
    common::v1::AcceptGapRequest request;
    request.set_reaction(arguments.reaction);
    request.set_aggregate(arguments.aggregate);
    request.set_why(arguments.why);
    return services.AcceptGap(arguments.service, request);
  }
  if (arguments.action == EventsAction::kReplay) {
    common::v1::ReplayDeadLetterRequest request;
    request.set_id(arguments.id);
    request.set_why(arguments.why);
    return services.ReplayDeadLetter(arguments.service, request);
  }
  common::v1::DiscardDeadLetterRequest request;
  request.set_id(arguments.id);
  request.set_why(arguments.why);
  return services.DiscardDeadLetter(arguments.service, request);
}

// Their numbers, oldest first; all are collected before one is decided about.
absl::StatusOr<std::vector<std::int64_t>> DeadOf(const EventsArguments& arguments,
                                                 Services& services) {
  common::v1::ListDeadLettersRequest request;
  request.set_state("dead");
  request.set_page_size(200);
  std::vector<std::int64_t> ids;
  do {
    const auto page = services.ListDeadLetters(arguments.service, request);
    if (!page.ok()) return page.status();
    for (const DeadLetter& letter : page->letters()) {
      if (arguments.all || ShortName(letter.type()) == arguments.type) ids.push_back(letter.id());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return ids;
}

// Each by itself, as if asked for one by one: each decision is kept with its event.
ExitCode ReplayMany(EventsArguments arguments, Services& services, Console& console) {
  const auto ids = DeadOf(arguments, services);
  if (!ids.ok()) {
    Complain(console, arguments.service, ids.status());
    return kNothingDone;
  }
  std::size_t asked = 0;
  for (const std::int64_t id : *ids) {
    arguments.id = id;
    const absl::Status status = Decide(arguments, services);
    asked += status.ok();
    if (!status.ok()) Complain(console, absl::StrCat(arguments.service, " event ", id), status);
  }
  console.out << (ids->empty() ? "No such event is dead.\n"
                               : absl::StrCat(Count(static_cast<std::int64_t>(asked), "event"),
                                              " will be applied again within seconds; 'events "
                                              "list' shows what came of it.\n"));
  if (asked == ids->size()) return kAllGood;
  return asked == 0 ? kNothingDone : kPartRefused;
}

std::string Done(const EventsArguments& arguments) {
  switch (arguments.action) {
    case EventsAction::kReplay:
      return absl::StrCat(
          "Event ", arguments.id,
          " will be applied again within seconds; 'events list' shows what came of it.\n");
    case EventsAction::kDiscard:
      return absl::StrCat("Event ", arguments.id,
                          " is given up; what waited behind it is applied.\n");
    default:
      return "The events that waited are applied without the missing ones.\n";
  }
}

}  // namespace

ExitCode RunEvents(const EventsArguments& arguments, Services& services, Console& console) {
  if (arguments.action == EventsAction::kList || arguments.action == EventsAction::kGaps)
    return List(arguments, services, console);
  if (arguments.all || !arguments.type.empty()) return ReplayMany(arguments, services, console);
  if (const absl::Status status = Decide(arguments, services); !status.ok()) {
    Complain(console, arguments.service, status);
    return kNothingDone;
  }
  console.out << Done(arguments);
  return kAllGood;
}

}  // namespace pathways::cli
