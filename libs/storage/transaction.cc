#include "libs/storage/transaction.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "libs/storage/array.h"
#include "libs/storage/copy_writer_impl.h"
#include "libs/storage/errors.h"
#include "libs/storage/transaction_impl.h"

namespace pathways::storage {
namespace {

// At least 1: to PostgreSQL 0 is no limit. At most what fits its integer.
std::chrono::milliseconds StatementTimeout(Deadline deadline) {
  using std::chrono::milliseconds;
  return std::clamp(deadline.remaining(), milliseconds(1), milliseconds(INT32_MAX));
}

std::string_view BeginStatement(TransactionOptions options) {
  constexpr std::string_view kBegin[3][2] = {
      {"begin isolation level read committed read write",
       "begin isolation level read committed read only"},
      {"begin isolation level repeatable read read write",
       "begin isolation level repeatable read read only"},
      {"begin isolation level serializable read write",
       "begin isolation level serializable read only"},
  };
  return kBegin[static_cast<int>(options.isolation)][options.read_only ? 1 : 0];
}

}  // namespace

absl::Status BeginOn(Connection& connection, const RowScope& scope, Deadline deadline,
                     TransactionOptions options) {
  const std::pair<const char*, std::string> settings[] = {
      {"app.person", scope.person},
      {"app.role", scope.role},
      {"app.everything", scope.everything ? "t" : "f"},
      {"app.authorities", EncodeArray(scope.authorities)},
      {"app.schools", EncodeArray(scope.schools)},
      {"app.trace_id", scope.trace_id},
      {"statement_timeout", std::to_string(StatementTimeout(deadline).count())},
  };
  std::string script(BeginStatement(options));
  script += "; select ";
  for (const auto& [name, value] : settings) {
    const auto quoted = connection.Quote(value);
    if (!quoted.ok()) return quoted.status();
    script += std::string("set_config('") + name + "'," + *quoted + ",true),";
  }
  script.back() = ';';
  return connection.RunScript(script);
}

Transaction::Impl::Impl(Pool::Impl& pool, std::unique_ptr<Connection> connection, RowScope scope,
                        Deadline deadline, bool read_only)
    : pool_(pool),
      connection_(std::move(connection)),
      scope_(std::move(scope)),
      deadline_(deadline),
      statement_timeout_(StatementTimeout(deadline)),
      read_only_(read_only) {}

absl::Status Transaction::Impl::Ready() {
  if (!is_open()) return absl::FailedPreconditionError("the transaction has ended");
  if (failed_) return absl::FailedPreconditionError("a statement of this transaction has failed");
  if (copying) return absl::FailedPreconditionError("a copy of this transaction is not finished");
  if (deadline_.passed()) return Fail(DeadlinePassed());
  // Telling the server anew costs a round trip: only once half of what it knows is gone.
  const auto left = StatementTimeout(deadline_);
  if (left >= statement_timeout_ / 2) return absl::OkStatus();
  statement_timeout_ = left;
  absl::Status status =
      connection_->RunScript("set local statement_timeout = " + std::to_string(left.count()));
  return status.ok() ? status : Fail(std::move(status));
}

absl::Status Transaction::Impl::Fail(absl::Status status) {
  failed_ = true;
  return !connection_->alive() && deadline_.passed() ? DeadlinePassed() : status;
}

absl::StatusOr<Rows> Transaction::Impl::Run(Sql sql, std::span<const Value> values) {
  if (absl::Status ready = Ready(); !ready.ok()) return ready;
  auto rows = connection_->Run(sql, values);
  if (!rows.ok()) return Fail(rows.status());
  return rows;
}

absl::Status Transaction::Impl::Commit() {
  if (absl::Status ready = Ready(); !ready.ok()) return ready;
  const absl::Status status = connection_->RunScript("commit");
  if (!status.ok()) {
    const bool in_doubt = !connection_->alive() && !read_only_;
    GiveBack(/*clean=*/false);
    return in_doubt ? InDoubt() : status;
  }
  GiveBack(/*clean=*/true);
  for (const auto& callback : after_commit) callback();
  return status;
}

void Transaction::Impl::Rollback() {
  if (!is_open()) return;
  // Not worth a try in a copy, or on a server that let a deadline pass without an answer.
  const bool clean = !copying && connection_->alive() && connection_->RunScript("rollback").ok();
  GiveBack(clean);
}

void Transaction::Impl::GiveBack(bool clean) { pool_.Return(std::move(connection_), clean); }

Transaction::Transaction(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

absl::StatusOr<Rows> Transaction::Run(Sql sql, std::span<const Value> values) {
  return impl_->Run(sql, values);
}

absl::StatusOr<CopyWriter> Transaction::CopyIn(std::string_view table,
                                               std::initializer_list<std::string_view> columns) {
  return CopyWriter::Impl::Start(*impl_, table, columns);
}

absl::Status Transaction::Commit() { return impl_->Commit(); }
void Transaction::Rollback() { impl_->Rollback(); }
bool Transaction::is_open() const { return impl_ != nullptr && impl_->is_open(); }

void Transaction::AfterCommit(std::function<void()> callback) {
  impl_->after_commit.push_back(std::move(callback));
}

const RowScope& Transaction::scope() const { return impl_->scope(); }
Deadline Transaction::deadline() const { return impl_->deadline(); }

absl::StatusOr<Row> Transaction::One(const absl::StatusOr<Rows>& rows) {
  auto row = AtMostOne(rows);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return absl::NotFoundError("no such row");
  return **row;
}

absl::StatusOr<std::optional<Row>> Transaction::AtMostOne(const absl::StatusOr<Rows>& rows) {
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::optional<Row>();
  if (rows->size() > 1) return absl::InternalError("several rows where one was expected");
  return std::optional<Row>(rows->front());
}

}  // namespace pathways::storage
