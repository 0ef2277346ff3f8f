// Schools in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/registry/domain/school.h"

namespace pathways::registry {

// What an upsert did to one school; schools that were already so are not among the answers.
struct SchoolChange {
  education::Urn urn;
  std::int64_t version;
  bool is_new;
  // As they now are, also where the file says nothing.
  std::string locality;
  std::optional<GridReference> grid;
};

// What a file says nothing about, and leaves as it is.
struct Unsaid {
  bool locality = false;
  bool grid = false;
};

// One statement.
absl::StatusOr<std::vector<SchoolChange>> UpsertSchools(storage::Transaction& transaction,
                                                        const std::vector<School>& schools,
                                                        const Unsaid& unsaid,
                                                        education::Instant now);

// Authority of each school there is, for checking rows of files.
absl::StatusOr<std::map<education::Urn, education::LaCode>> AuthoritiesOfSchools(
    storage::Transaction& transaction);

struct SchoolWithRoll {
  School school;
  std::int32_t on_roll;
};

struct SchoolFilter {
  std::int32_t la_code = 0;  // 0: all
  std::string query;         // part of the name, or a URN; may be empty
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};

struct SchoolPage {
  std::vector<SchoolWithRoll> schools;  // by name
  std::int64_t total = 0;
};

absl::StatusOr<SchoolPage> ListSchools(storage::Transaction& transaction,
                                       const SchoolFilter& filter, education::Day today);

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<SchoolWithRoll> FindSchool(storage::Transaction& transaction, education::Urn urn,
                                          education::Day today);

// By URN, `limit` at a time after `after` (0: from the first); `la_code` 0: all.
absl::StatusOr<std::vector<School>> SchoolsAfter(storage::Transaction& transaction,
                                                 std::int32_t la_code, std::int32_t after,
                                                 std::int64_t limit);

}  // namespace pathways::registry
