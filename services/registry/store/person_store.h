// People and their roles in the database.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/permission.h"
#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::registry {

// A role for a school, for an authority, or (both 0) for the whole installation.
struct Assignment {
  access::Role role;
  std::int32_t urn = 0;
  std::int32_t la_code = 0;

  friend auto operator<=>(const Assignment&, const Assignment&) = default;
};

struct PersonRecord {
  education::PersonId id;
  std::string name;
  std::string email;
  std::string title;
  std::vector<Assignment> roles;  // in order
};

// A person as a file gives them, by the identity provider's subject.
struct PersonDraft {
  std::string subject;
  std::string name;
  std::string email;
  std::string title;
  std::vector<Assignment> roles;  // in order
};

struct PersonChange {
  PersonRecord person;
  std::int64_t version;
  bool is_new;
};

// Makes each person what the draft says, roles included; answers those that changed.
absl::StatusOr<std::vector<PersonChange>> UpsertPeople(storage::Transaction& transaction,
                                                       const std::vector<PersonDraft>& drafts,
                                                       education::IdSource& ids,
                                                       education::Instant now);

// NOT_FOUND when nobody signs in as this.
absl::StatusOr<PersonRecord> PersonBySubject(storage::Transaction& transaction,
                                             const std::string& subject);
absl::StatusOr<std::vector<PersonRecord>> PeopleByIds(storage::Transaction& transaction,
                                                      const std::vector<education::PersonId>& ids);
// By name; only those who act for a school or an authority within the transaction's scope, or for
// everybody.
absl::StatusOr<std::vector<PersonRecord>> PeopleByRole(storage::Transaction& transaction,
                                                       access::Role role);

}  // namespace pathways::registry
