// Requests in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/referrals/domain/form.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Request> FindRequest(storage::Transaction& transaction, const RequestId& id);
// The same, and nobody else changes it until the transaction ends. NOT_FOUND also for those who may
// not write.
absl::StatusOr<Request> LockRequest(storage::Transaction& transaction, const RequestId& id);

// False when its reference is another's. ALREADY_EXISTS when its id is taken.
absl::StatusOr<bool> InsertRequest(storage::Transaction& transaction, const Request& request);
// Everything that changes after it was inserted.
absl::Status UpdateRequest(storage::Transaction& transaction, const Request& request);

// Saved ones by name.
using Sections = std::map<std::string, Answers, std::less<>>;
absl::StatusOr<Sections> ReadSections(storage::Transaction& transaction, const RequestId& id);
absl::Status SaveSection(storage::Transaction& transaction, const Request& request,
                         std::string_view name, const Answers& answers);
// Keeps the sections as sent with this version of the request.
absl::Status KeepSubmission(storage::Transaction& transaction, const Request& request);

struct Fact {
  std::string key;
  std::string value;  // empty: it could not be had
  std::string source;
  education::Instant known_at;
};
absl::Status InsertFacts(storage::Transaction& transaction, const RequestId& id,
                         const std::vector<Fact>& facts);
absl::StatusOr<std::vector<Fact>> ReadFacts(storage::Transaction& transaction, const RequestId& id);

struct RequestFilter {
  std::vector<State> states;  // empty: all
  std::int32_t urn = 0;       // 0: all
  std::optional<education::PersonId> worker = {};
  std::optional<education::PupilId> pupil = {};
  bool overdue = false;  // submitted, and due before `today`
  education::Day today;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct RequestPage {
  std::vector<Request> requests;  // earliest due first, then newest
  std::int64_t total = 0;
};
absl::StatusOr<RequestPage> ListRequests(storage::Transaction& transaction,
                                         const RequestFilter& filter);

}  // namespace pathways::referrals
