#include "libs/runtime/events_admin.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "libs/access/access_log.h"
#include "libs/education/identifiers.h"
#include "libs/events/dead_letters.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/common/v1/events_admin.pb.h"

namespace pathways::runtime {
namespace {

using access::AccessEntry;
using access::Action;
using access::Permission;
using access::SubjectKind;
using events::DeadLetter;
using service::Call;
using service::FieldViolations;
using storage::Transaction;

namespace v1 = common::v1;

constexpr int kUsualPage = 50;
constexpr int kLargestPage = 200;
constexpr std::size_t kLongestReason = 500;

constexpr std::array kStates = {
    events::DeadLetterState::kDead, events::DeadLetterState::kReplayRequested,
    events::DeadLetterState::kReplayed, events::DeadLetterState::kDiscarded};

std::optional<events::DeadLetterState> StateFromName(std::string_view name) {
  for (const auto state : kStates) {
    if (events::DeadLetterStateName(state) == name) return state;
  }
  return std::nullopt;
}

// Whose record an event concerns, from its key ("<pupil id>", "<URN>") or its aggregate
// ("pupil/<pupil id>").
std::optional<AccessEntry> SubjectOf(std::string_view name, Action action,
                                     std::string_view detail) {
  const auto slash = name.find('/');
  const std::string_view kind = slash == name.npos ? "" : name.substr(0, slash);
  const std::string_view id = slash == name.npos ? name : name.substr(slash + 1);
  AccessEntry entry;
  entry.action = action;
  entry.subject_id = id;
  entry.detail = detail;
  if (kind.empty() || kind == "pupil" || kind == "person") {
    entry.subject_kind = kind == "person" ? SubjectKind::kPerson : SubjectKind::kPupil;
    if (education::PupilId::Parse(id).ok()) return entry;
  }
  if (kind.empty() || kind == "school") {
    entry.subject_kind = SubjectKind::kSchool;
    if (const auto urn = education::Urn::Parse(id); urn.ok()) {
      entry.urn = *urn;
      return entry;
    }
  }
  return std::nullopt;
}

// A record that cannot be read says nothing of whom it is about: its key is the best there is.
std::optional<AccessEntry> SubjectOf(const DeadLetter& letter, Action action,
                                     std::string_view detail) {
  const auto event = events::DecodeRecord(letter.record);
  if (!event.ok()) return SubjectOf(letter.record.key, action, detail);
  const auto subject = SubjectOf(event->aggregate, action, detail);
  return subject ? subject : SubjectOf(event->key, action, detail);
}

absl::Status Record(Call& call, Transaction& transaction, const std::optional<AccessEntry>& entry) {
  if (!entry) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&*entry, 1));
}

void Fill(const DeadLetter& letter, bool with_payload, v1::DeadLetter* to) {
  to->set_id(letter.id);
  to->set_reaction(letter.reaction);
  to->set_state(std::string(events::DeadLetterStateName(letter.state)));
  to->set_type(letter.type);
  to->set_aggregate(letter.aggregate);
  to->set_version(letter.version);
  to->set_topic(letter.record.topic);
  to->set_partition(letter.record.partition);
  to->set_offset(letter.record.offset);
  to->set_error(letter.error);
  to->set_attempts(letter.attempts);
  to->set_parked_behind(letter.parked_behind);
  to->set_since(education::InstantToString(letter.since));
  to->set_decided_by(letter.decided_by);
  to->set_decided_why(letter.decided_why);
  if (letter.decided_at) to->set_decided_at(education::InstantToString(*letter.decided_at));
  if (with_payload) to->set_payload(letter.record.value.value_or(""));
}

void Fill(const events::Gap& gap, v1::Gap* to) {
  to->set_reaction(gap.reaction);
  to->set_aggregate(gap.aggregate);
  to->set_seen(gap.seen);
  to->set_next_parked(gap.next_parked);
  to->set_parked(gap.parked);
  to->set_since(education::InstantToString(gap.since));
}

void CheckPageSize(std::string_view field, int size, FieldViolations& wrong) {
  if (size < 0 || size > kLargestPage) wrong.Add(field, "Ask for 1 to 200 rows, or 0");
}
int PageSize(int asked) { return asked == 0 ? kUsualPage : asked; }

absl::StatusOr<events::DeadLetterFilter> ReadFilter(const v1::ListDeadLettersRequest& request) {
  FieldViolations wrong;
  events::DeadLetterFilter filter{.reaction = request.reaction(),
                                  .state = StateFromName(request.state())};
  if (!request.state().empty() && !filter.state) {
    wrong.Add("state", "Use dead, replay_requested, replayed or discarded, or leave it empty");
  }
  if (!request.page_token().empty() && !absl::SimpleAtoi(request.page_token(), &filter.after_id)) {
    wrong.Add("page_token", "Send the token of the last answer, or none");
  }
  CheckPageSize("page_size", request.page_size(), wrong);
  // One more shows whether there is a next page.
  filter.limit = PageSize(request.page_size()) + 1;
  if (!wrong.empty()) return wrong.ToStatus();
  return filter;
}

absl::StatusOr<std::vector<DeadLetter>> ReadLetters(Call& call, Transaction& transaction,
                                                    const events::DeadLetterFilter& filter,
                                                    bool with_payload) {
  auto letters = events::ListDeadLetters(transaction, filter);
  if (!letters.ok() || !with_payload) return letters;
  for (const DeadLetter& letter : *letters) {
    absl::Status status =
        Record(call, transaction, SubjectOf(letter, Action::kRead, "an event that was set aside"));
    if (!status.ok()) return status;
  }
  return letters;
}

absl::Status ListLetters(Call& call, storage::Pool& pool, const v1::ListDeadLettersRequest& request,
                         v1::ListDeadLettersResponse* response) {
  const auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  auto letters = storage::RunInTransaction(
      pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
        return ReadLetters(call, transaction, *filter, request.with_payload());
      });
  if (!letters.ok()) return letters.status();
  const auto page = static_cast<std::size_t>(filter->limit - 1);
  if (letters->size() > page) {
    letters->erase(letters->begin() + static_cast<std::ptrdiff_t>(page), letters->end());
    response->set_next_page_token(std::to_string(letters->back().id));
  }
  for (const DeadLetter& letter : *letters)
    Fill(letter, request.with_payload(), response->add_letters());
  return absl::OkStatus();
}

absl::StatusOr<events::Decision> ReadDecision(const Call& call, const std::string& why) {
  if (why.empty()) return service::InvalidField("why", "Say why: it is kept with the decision");
  if (why.size() > kLongestReason)
    return service::InvalidField("why", "Use at most 500 characters");
  return events::Decision{.by = call.RowScope().person, .why = why};
}

using Settle = absl::Status (*)(Transaction&, std::int64_t, const events::Decision&);

absl::Status DecideLetter(Call& call, storage::Pool& pool, std::int64_t id, const std::string& why,
                          Settle settle, std::string_view detail) {
  const auto decision = ReadDecision(call, why);
  if (!decision.ok()) return decision.status();
  return storage::RunInTransaction(
      pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
        absl::Status status = settle(transaction, id, *decision);
        if (!status.ok()) return status;
        events::DeadLetterFilter this_one;
        this_one.after_id = id - 1;
        this_one.limit = 1;
        const auto letters = events::ListDeadLetters(transaction, this_one);
        if (!letters.ok()) return letters.status();
        return Record(call, transaction, SubjectOf(letters->front(), Action::kWrite, detail));
      });
}

absl::Status ListGaps(Call& call, storage::Pool& pool, const v1::ListGapsRequest& request,
                      v1::ListGapsResponse* response) {
  FieldViolations wrong;
  CheckPageSize("limit", request.limit(), wrong);
  if (!wrong.empty()) return wrong.ToStatus();
  const auto gaps = storage::RunInTransaction(
      pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
        return events::ListGaps(transaction, request.reaction(), PageSize(request.limit()));
      });
  if (!gaps.ok()) return gaps.status();
  for (const events::Gap& gap : *gaps) Fill(gap, response->add_gaps());
  return absl::OkStatus();
}

absl::Status AcceptGap(Call& call, storage::Pool& pool, const v1::AcceptGapRequest& request) {
  const auto decision = ReadDecision(call, request.why());
  if (!decision.ok()) return decision.status();
  return storage::RunInTransaction(
      pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
        absl::Status status =
            events::AcceptGap(transaction, request.reaction(), request.aggregate(), *decision);
        if (!status.ok()) return status;
        return Record(call, transaction,
                      SubjectOf(request.aggregate(), Action::kWrite, "accepted a gap in events"));
      });
}

}  // namespace

service::Endpoint EventsAdminEndpoint(storage::Pool& pool) {
  constexpr auto kManage = Permission::kManageEvents;
  service::Endpoint endpoint("pathways.common.v1.EventsAdminService");
  endpoint
      .Unary<v1::ListDeadLettersRequest, v1::ListDeadLettersResponse>(
          "ListDeadLetters", kManage,
          [&pool](Call& call, const auto& request, auto* response) {
            return ListLetters(call, pool, request, response);
          })
      .Unary<v1::ReplayDeadLetterRequest, v1::ReplayDeadLetterResponse>(
          "ReplayDeadLetter", kManage,
          [&pool](Call& call, const auto& request, auto*) {
            return DecideLetter(call, pool, request.id(), request.why(), events::RequestReplay,
                                "asked for an event to be replayed");
          })
      .Unary<v1::DiscardDeadLetterRequest, v1::DiscardDeadLetterResponse>(
          "DiscardDeadLetter", kManage,
          [&pool](Call& call, const auto& request, auto*) {
            return DecideLetter(call, pool, request.id(), request.why(), events::Discard,
                                "discarded an event");
          })
      .Unary<v1::ListGapsRequest, v1::ListGapsResponse>(
          "ListGaps", kManage,
          [&pool](Call& call, const auto& request, auto* response) {
            return ListGaps(call, pool, request, response);
          })
      .Unary<v1::AcceptGapRequest, v1::AcceptGapResponse>(
          "AcceptGap", kManage, [&pool](Call& call, const auto& request, auto*) {
            return AcceptGap(call, pool, request);
          });
  return endpoint;
}

}  // namespace pathways::runtime
