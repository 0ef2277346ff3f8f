// One change of one request by one call: locked, compared with what the caller saw, written with
// its events, its timeline and the access log in one transaction.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/access/caller.h"
#include "libs/events/envelope.h"
#include "libs/service/call.h"
#include "libs/storage/transaction.h"
#include "pathways/referrals/v1/events.pb.h"
#include "pathways/referrals/v1/service.pb.h"
#include "services/referrals/api/referrals_api.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// What is being done inside the transaction.
class RequestChange {
 public:
  RequestChange(storage::Transaction& transaction, Request& locked, const access::Caller& caller)
      : transaction_(transaction), request_(locked), caller_(caller) {}

  storage::Transaction& transaction() { return transaction_; }
  // Version and updated_* are those after the change already; the rest is for the work to set.
  Request& request() { return request_; }
  education::Instant now() const { return request_.updated_at; }

  // Moves on; PERMISSION_DENIED or FAILED_PRECONDITION as Next says.
  absl::Status Do(Action action);

  // Adds to the timeline; the entry's id.
  absl::StatusOr<std::int64_t> Tell(std::string kind, std::string note = {});

  // Publishes with the change.
  template <typename Message>
  void Publish(Message message) {
    FillFacts(message.mutable_facts());
    events_.push_back(events::MakeEvent(message, "request/" + request_.id.ToString(),
                                        ++request_.event_version, request_.pupil.ToString()));
  }
  const std::vector<events::NewEvent>& events() const { return events_; }

 private:
  void FillFacts(v1::RequestFacts* facts) const;

  storage::Transaction& transaction_;
  Request& request_;
  const access::Caller& caller_;
  std::vector<events::NewEvent> events_;
};

struct SeenVersion {
  std::string request_id;
  std::int64_t version;
};

// Answers the request as it is afterwards. NOT_FOUND when the caller may not see it; ABORTED,
// saying who and when, when it is not at the version the caller saw. The same call again (by its
// request id) answers without doing it twice. `detail` is for the access log.
absl::Status ChangeRequest(const ReferralsParts& parts, service::Call& call,
                           const SeenVersion& seen, std::string_view detail,
                           const std::function<absl::Status(RequestChange&)>& work,
                           v1::Request* response);

// The whole request: with sections and facts.
absl::Status FillWhole(storage::Transaction& transaction, const Request& request,
                       education::Day today, v1::Request* to);

// W3C trace context of what follows from this request: the trace of what it came from.
std::string TraceparentOf(const Request& request, const service::Call& call);

}  // namespace pathways::referrals
