#include "libs/testing/postgres.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <stdexcept>

#include "libs/storage/deadline.h"
#include "libs/storage/provision.h"
#include "libs/storage/session.h"
#include "libs/testing/process.h"
#include "libs/testing/wait.h"

namespace pathways::testing {
namespace {

using storage::Deadline;
using storage::Session;
using storage::Sql;

constexpr char kSuperuser[] = "postgres";
constexpr char kPassword[] = "test";  // of every login of a cluster that is gone when the test is
constexpr std::chrono::seconds kLimit(60);

void Check(const absl::Status& status, const std::string& what) {
  if (!status.ok()) throw std::runtime_error(what + ": " + status.ToString());
}

template <typename T>
T Check(absl::StatusOr<T> result, const std::string& what) {
  Check(result.status(), what);
  return *std::move(result);
}

// PATHWAYS_POSTGRES_BIN, or where Debian keeps version 15.
std::string Program(const std::string& name) {
  const char* folder = std::getenv("PATHWAYS_POSTGRES_BIN");
  const auto path =
      std::filesystem::path(folder != nullptr ? folder : "/usr/lib/postgresql/15/bin") / name;
  if (!std::filesystem::exists(path)) {
    throw std::runtime_error("no " + path.string() +
                             ": install postgresql-15, or set PATHWAYS_POSTGRES_BIN or "
                             "PATHWAYS_TEST_POSTGRES");
  }
  return path.string();
}

// PostgreSQL refuses to run as root: then it runs as the package's user, to whom the folder is
// given.
std::vector<std::string> AsServerUser(const std::filesystem::path& directory,
                                      std::vector<std::string> command) {
  if (::geteuid() != 0) return command;
  const passwd* user = ::getpwnam(kSuperuser);
  if (user == nullptr) throw std::runtime_error("no user postgres to run PostgreSQL as");
  if (::chown(directory.c_str(), user->pw_uid, user->pw_gid) != 0)
    throw std::runtime_error("chown failed");
  // Becoming another user forgets the death signal (see process.h): it is set anew.
  std::vector<std::string> words = {"setpriv",       "--reuid=postgres", "--regid=postgres",
                                    "--init-groups", "--pdeathsig",      "INT"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

// The server and its children, which are not of its process group.
void SignalAll(pid_t server, int signal) {
  ::kill(server, signal);
  const std::string task =
      "/proc/" + std::to_string(server) + "/task/" + std::to_string(server) + "/children";
  std::ifstream children(task);
  for (pid_t child = 0; children >> child;) ::kill(child, signal);
}

std::string UniqueName() {
  static std::atomic<int> count = 0;
  return "test_" + std::to_string(::getpid()) + "_" +
         std::to_string(std::random_device{}() % 1000000) + "_" + std::to_string(++count);
}

// Rights on a database itself are not copied with it.
constexpr Sql kCopyRights = R"(
update pg_database
set datacl = (select datacl from pg_database where datname = $1)
where datname = $2)";

}  // namespace

// Making and migrating a database takes several hundred milliseconds, copying its files a tenth of
// that. Not thread-safe.
class TemplateDatabases {
 public:
  explicit TemplateDatabases(std::string server_uri) : server_uri_(std::move(server_uri)) {}
  const std::string& server_uri() const { return server_uri_; }

  // The name of the one with these migrations.
  const std::string& With(const std::vector<storage::MigrationSet>& sets);

 private:
  std::string server_uri_;
  std::map<std::vector<std::string>, std::string> names_;  // by the folders of the migrations
};

const std::string& TemplateDatabases::With(const std::vector<storage::MigrationSet>& sets) {
  std::vector<std::string> folders;
  for (const storage::MigrationSet& set : sets) folders.push_back(set.directory.string());
  const auto known = names_.find(folders);
  if (known != names_.end()) return known->second;
  const std::string name = UniqueName();
  const auto deadline = Deadline::After(kLimit);
  Check(storage::Provision(server_uri_, {name, kPassword, kPassword}, deadline),
        "making a test database");
  const auto owner =
      Check(storage::UriFor(server_uri_, name, name + "_owner", kPassword), "owner's URI");
  Check(storage::Migrate({.owner_uri = owner}, sets, deadline).status(),
        "migrating a test database");
  return names_.emplace(std::move(folders), name).first->second;
}

TestServer::TestServer()
    : directory_(MakeTemporaryDirectory("pathways-postgres")), port_(FreePort()) {
  const auto password_file = directory_ / "password";
  std::ofstream(password_file) << kPassword << "\n";
  Run(AsServerUser(directory_,
                   {Program("initdb"), "--pgdata", (directory_ / "data").string(), "--username",
                    kSuperuser, "--auth", "scram-sha-256", "--pwfile", password_file.string(),
                    "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"}),
      directory_ / "initdb.log");
  admin_uri_ = "postgresql://postgres:" + std::string(kPassword) +
               "@127.0.0.1:" + std::to_string(port_) + "/postgres";
  Start();
  templates_ = std::make_unique<TemplateDatabases>(admin_uri_);
}

TestServer::~TestServer() {
  Stop(StopMode::kImmediate);
  std::error_code ignored;  // a file left behind in the temporary folder fails no test
  std::filesystem::remove_all(directory_, ignored);
}

void TestServer::Start() {
  if (process_ != 0) return;
  // A crash of the process, which is all a test can cause, loses nothing that the kernel has: no
  // need to wait for the disk.
  process_ =
      Spawn(AsServerUser(directory_, {Program("postgres"), "-D", (directory_ / "data").string(),
                                      "-p", std::to_string(port_), "-k", directory_.string(), "-c",
                                      "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c",
                                      "max_connections=200"}),
            directory_ / "postgres.log");
  const bool answers =
      WaitFor([this] { return !IsRunning(process_) || Session::Open(admin_uri_).ok(); }, kLimit);
  if (answers && IsRunning(process_)) return;
  throw std::runtime_error("PostgreSQL does not start:\n" + ReadText(directory_ / "postgres.log"));
}

void TestServer::Stop(StopMode mode) {
  if (process_ == 0) return;
  End(process_, mode == StopMode::kImmediate ? SIGQUIT : SIGINT);
  process_ = 0;
}

void TestServer::Pause() { SignalAll(process_, SIGSTOP); }
void TestServer::Resume() { SignalAll(process_, SIGCONT); }

const std::string& SharedPostgres() {
  static const std::string uri = [] {
    const char* given = std::getenv("PATHWAYS_TEST_POSTGRES");
    if (given != nullptr && *given != '\0') return std::string(given);
    static const TestServer server;
    return server.admin_uri();
  }();
  return uri;
}

namespace {

TemplateDatabases& SharedTemplates() {
  static TemplateDatabases templates(SharedPostgres());
  return templates;
}

}  // namespace

TestDatabase::TestDatabase(const std::vector<storage::MigrationSet>& sets)
    : TestDatabase(SharedTemplates(), sets) {}

TestDatabase::TestDatabase(const TestServer& server, const std::vector<storage::MigrationSet>& sets)
    : TestDatabase(*server.templates_, sets) {}

TestDatabase::TestDatabase(TemplateDatabases& templates,
                           const std::vector<storage::MigrationSet>& sets)
    : server_uri_(templates.server_uri()), name_(UniqueName()) {
  const std::string& original = templates.With(sets);
  auto session = Check(Session::Open(server_uri_), "connecting to a test server");
  const auto deadline = Deadline::After(kLimit);
  Check(session.RunScript(deadline, "create database " + name_ + " template " + original +
                                        " owner " + original + "_owner strategy file_copy"),
        "copying a test database");
  Check(session.Query(deadline, kCopyRights, original, name_).status(), "copying rights");
  admin_uri_ = Check(storage::WithDatabase(server_uri_, name_), "URI");
  owner_uri_ = Check(storage::UriFor(server_uri_, name_, original + "_owner", kPassword), "URI");
  app_uri_ = Check(storage::UriFor(server_uri_, name_, original + "_app", kPassword), "URI");
}

TestDatabase::~TestDatabase() {
  auto session = Session::Open(server_uri_);
  if (!session.ok()) return;  // a test may have stopped its server for good
  session->RunScript(Deadline::After(kLimit), "drop database " + name_ + " with (force)")
      .IgnoreError();
}

void TestDatabase::RunScript(std::string_view script) const {
  auto session = Check(Session::Open(admin_uri_), "connecting to a test database");
  Check(session.RunScript(Deadline::After(kLimit), script), "arranging a test database");
}

void TestDatabase::TerminateBackends() const {
  constexpr Sql kTerminate =
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1";
  auto session = Check(Session::Open(server_uri_), "connecting to a test server");
  Check(session.Query(Deadline::After(kLimit), kTerminate, name_).status(), "terminating");
}

}  // namespace pathways::testing
