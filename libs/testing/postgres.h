// A real PostgreSQL for tests.
//
// With PATHWAYS_TEST_POSTGRES (a superuser's libpq URI) that server is used; without it the test
// process starts a cluster of its own in a temporary folder on first use and stops it when it
// exits. A given server keeps the templates (below) of every process that used it. Failures throw
// std::runtime_error, which fails the test.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/storage/migrations.h"

namespace pathways::testing {

class TemplateDatabases;

// A cluster that belongs to this process, which may be stopped and started. Not thread-safe.
class TestServer {
 public:
  enum class StopMode { kFast, kImmediate };  // kImmediate: as in a crash, without a checkpoint

  // A new cluster on a free port.
  TestServer();
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  // A superuser's; the same port after every start.
  const std::string& admin_uri() const { return admin_uri_; }

  void Stop(StopMode mode = StopMode::kImmediate);
  void Start();

  // Stops and continues all its processes, as a machine that hangs: sockets stay open, nothing
  // answers.
  void Pause();
  void Resume();

 private:
  friend class TestDatabase;

  std::filesystem::path directory_;
  std::string admin_uri_;
  int port_ = 0;
  pid_t process_ = 0;
  std::unique_ptr<TemplateDatabases> templates_;
};

// The superuser's URI of the server that this test run shares.
const std::string& SharedPostgres();

// A new database with the logins of production, migrated; dropped at the end of its life.
// Connections to it must be closed by then or are cut. The first with certain migrations is made
// and migrated as in production and kept as a template; it and all others of this process are
// copies of that template and share its logins.
class TestDatabase {
 public:
  explicit TestDatabase(const std::vector<storage::MigrationSet>& sets = {
                            storage::LibraryMigrations("storage")});
  // On a server of the test's own, which must outlive it.
  TestDatabase(const TestServer& server, const std::vector<storage::MigrationSet>& sets);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& name() const { return name_; }
  // Superuser: for arranging and looking at rows past every policy.
  const std::string& admin_uri() const { return admin_uri_; }
  // As <service>_owner: migrations.
  const std::string& owner_uri() const { return owner_uri_; }
  // As <service>_app: what a service connects as.
  const std::string& app_uri() const { return app_uri_; }

  // As superuser, in a new connection.
  void RunScript(std::string_view script) const;

  // Ends every connection to this database, as a crash of their server processes would look to
  // their clients.
  void TerminateBackends() const;

 private:
  TestDatabase(TemplateDatabases& templates, const std::vector<storage::MigrationSet>& sets);

  std::string server_uri_;
  std::string name_;
  std::string admin_uri_;
  std::string owner_uri_;
  std::string app_uri_;
};

}  // namespace pathways::testing
