#include "libs/storage/provision.h"

#include <string>
#include <string_view>

#include "libs/storage/session.h"

namespace pathways::storage {
namespace {

constexpr std::size_t kLongestName = 40;

// Passwords travel as text of statements: keep those out of the server's log, whatever its
// settings.
constexpr std::string_view kKeepOutOfLog =
    "set log_statement = 'none'; set log_min_duration_statement = -1; set log_min_error_statement "
    "= 'panic';"
    "set log_duration = off";

// Statements that create what is missing: each query answers zero or one statement to run. $1 is
// the database's name.
constexpr Sql kCreateRoles = R"(
select format('create role %I', $1 || suffix) as statement
from (values ('_owner'), ('_app')) as wanted (suffix)
where not exists (select from pg_roles where rolname = $1 || suffix))";

constexpr Sql kCreateDatabase = R"(
select format('create database %I owner %I template template0 encoding ''UTF8'' lc_collate ''C.UTF-8'' lc_ctype ''C.UTF-8''',
              $1::text, $1 || '_owner') as statement
where not exists (select from pg_database where datname = $1))";

// Set anew each time. Rights inside the database are the owner's to give: migration
// storage/0001_rights.
constexpr Sql kSetUp = R"(
select format(text, $1::text, $1 || '_owner', $1 || '_app', $2::text, $3::text) as statement
from (values
    ('alter role %2$I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %4$L'),
    ('alter role %3$I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %5$L'),
    ('alter database %1$I owner to %2$I'),
    ('revoke all on database %1$I from public'),
    ('grant connect on database %1$I to %3$I')) as wanted (text))";

bool IsName(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
  return !name.empty() && name.size() <= kLongestName && name.front() >= 'a' &&
         name.front() <= 'z' && name.find_first_not_of(kAllowed) == std::string_view::npos;
}

template <typename... Params>
absl::Status RunEach(Session& session, Deadline deadline, Sql query, const Params&... params) {
  const auto statements = session.Query(deadline, query, params...);
  if (!statements.ok()) return statements.status();
  for (const Row& row : *statements) {
    absl::Status status = session.RunScript(deadline, row.Get<std::string_view>("statement"));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Provision(const std::string& admin_uri, const ServiceDatabase& database,
                       Deadline deadline) {
  if (!IsName(database.name))
    return absl::InvalidArgumentError("not a name for a service's database");
  auto server = Session::Open(admin_uri);
  if (!server.ok()) return server.status();
  const std::string& name = database.name;
  if (absl::Status status = server->RunScript(deadline, kKeepOutOfLog); !status.ok()) return status;
  if (absl::Status status = RunEach(*server, deadline, kCreateRoles, name); !status.ok())
    return status;
  if (absl::Status status = RunEach(*server, deadline, kCreateDatabase, name); !status.ok())
    return status;
  return RunEach(*server, deadline, kSetUp, name, database.owner_password, database.app_password);
}

}  // namespace pathways::storage
