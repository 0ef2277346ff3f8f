// A page of a draft saved: token, rights, row-level security, version check, completeness, access
// log, one transaction; against the bare transaction (one row updated, one row appended) with as
// many connections.
#include <libpq-fe.h>

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "libs/education/id_source.h"
#include "libs/education/uuid.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/referrals/v1/service.pb.h"
#include "pathways/registry/v1/service.pb.h"
#include "tests/bench/bench.h"
#include "tests/bench/stack.h"

namespace pathways::bench {
namespace {

using namespace referrals::v1;

constexpr int kClients = 4;
constexpr int kCommandsEach = 400;
constexpr char kText[] =
    "Absence has grown since the start of the autumn term; the family asks for help with mornings.";

// `one(client)` many times from each of several threads; commands a second.
double CommandsPerSecond(const std::function<void(int client)>& one) {
  std::atomic<bool> failed = false;
  const double seconds = Seconds([&] {
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client) {
      clients.emplace_back([&, client] {
        try {
          for (int n = 0; n < kCommandsEach; ++n) one(client);
        } catch (const std::exception&) {
          failed = true;
        }
      });
    }
    for (std::thread& client : clients) client.join();
  });
  if (failed) throw std::runtime_error("a command failed");
  return kClients * kCommandsEach / seconds;
}

std::string PupilId(Stack& stack) {
  const testing::TestPupil pupil = testing::MakePupil(1);
  stack.Import(stack.registry(), "ImportSchools",
               "urn,old_la_code,la_name,school_name\n900999,999,Bench,Bench School\n");
  stack.Import(stack.registry(), "ImportPupils",
               "upn,surname,forename,date_of_birth,sex,year_group,urn,entry_date\n" +
                   pupil.upn.ToString() + ",Bench,Pupil,2014-05-01,U,7,900999,2026-09-02\n");
  registry::v1::SearchPupilsRequest search;
  search.set_query(pupil.upn.ToString());
  const auto found = Need(
      stack.registry().Call<registry::v1::SearchPupilsRequest, registry::v1::SearchPupilsResponse>(
          "SearchPupils", search, stack.Options()));
  if (found.pupils_size() == 0)
    throw std::runtime_error("the pupil of the benchmark was not found");
  return found.pupils(0).pupil_id();
}

std::vector<Request> Drafts(Stack& stack) {
  education::RandomIdSource ids;
  std::vector<Request> drafts;
  CreateRequestRequest create;
  create.set_pupil_id(PupilId(stack));
  create.set_urn(900999);
  for (int i = 0; i < kClients; ++i) {
    create.set_request_id(education::UuidToString(ids.NewUuid()));
    drafts.push_back(Need(stack.referrals().Call<CreateRequestRequest, CreateRequestResponse>(
                              "CreateRequest", create, stack.Options()))
                         .request());
  }
  return drafts;
}

double Ours() {
  Stack stack;
  std::vector<Request> drafts = Drafts(stack);
  std::vector<SaveSectionRequest> saves(kClients);
  for (int i = 0; i < kClients; ++i) {
    saves[i].set_request_id(drafts[i].request_id());
    saves[i].set_version(drafts[i].version());
    saves[i].mutable_section()->set_name("reason");
    Answer* answer = saves[i].mutable_section()->add_answers();
    answer->set_key("reason");
  }
  std::atomic<int> number = 0;
  return CommandsPerSecond([&](int client) {
    saves[client].mutable_section()->mutable_answers(0)->set_value(std::string(kText) +
                                                                   std::to_string(++number));
    const auto saved = Need(stack.referrals().Call<SaveSectionRequest, SaveSectionResponse>(
        "SaveSection", saves[client], stack.Options()));
    saves[client].set_version(saved.request().version());
  });
}

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

void Run(PGconn* connection, const char* sql) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection, sql), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(PQerrorMessage(connection));
}

double Theirs() {
  testing::TestDatabase database;
  std::vector<Connection> connections;
  for (int i = 0; i < kClients; ++i)
    connections.emplace_back(PQconnectdb(database.admin_uri().c_str()), PQfinish);
  Run(connections[0].get(),
      "create table draft (id integer primary key, version bigint, body text);"
      "create table entry (at timestamptz, id integer, what text);"
      "insert into draft select n, 1, '' from generate_series(0, 3) n");
  const std::string body(kText);
  return CommandsPerSecond([&](int client) {
    PGconn* connection = connections[static_cast<std::size_t>(client)].get();
    const std::string id = std::to_string(client);
    Run(connection, "begin");
    Run(connection,
        ("update draft set version = version + 1, body = '" + body + "' where id = " + id).c_str());
    Run(connection, ("insert into entry values (now(), " + id + ", 'saved')").c_str());
    Run(connection, "commit");
  });
}

std::vector<Row> Measure() {
  const double ours = Ours();
  return {Rate("command", ours, "commands/s", "the bare transaction: one row updated, one appended",
               Theirs())};
}

}  // namespace

Benchmark CommandPath() { return {"command", "a page of a draft saved", Measure}; }

}  // namespace pathways::bench
