#include "libs/access/access_seal.h"

#include "libs/storage/rows.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::access {
namespace {

// Held to the end of the transaction. The number is arbitrary and only ours.
constexpr storage::Sql kLock = "select pg_advisory_xact_lock(7283915550126)";

constexpr storage::Sql kMaintain = "select app.ensure_partitions('access.log', current_date, 3)";

constexpr storage::Sql kHorizon = R"sql(
  select coalesce(max(below_xid), '0'::xid8)::text as sealed_below,
         pg_snapshot_xmin(pg_current_snapshot())::text as ended_below,
         pg_snapshot_xmin(pg_current_snapshot()) < coalesce(max(below_xid), '0'::xid8) as restored
  from access.seal)sql";

constexpr storage::Sql kFresh = R"sql(
  select (at at time zone 'UTC')::date as day, count(*) as rows,
         string_agg(access.row_digest(l), ''::bytea order by l.xid, l.id) as digests
  from access.log l
  where l.xid >= $1::text::xid8 and l.xid < $2::text::xid8
  group by 1
  order by 1)sql";

constexpr storage::Sql kAppend = R"sql(
  with last as (select number, digest from access.seal order by number desc limit 1),
       link as (select coalesce((select number from last), 0) + 1 as number,
                       coalesce((select digest from last), sha256('pathways access log')) as previous)
  insert into access.seal (number, day, from_xid, below_xid, rows, previous, digest)
  select number, $1, $2::text::xid8, $3::text::xid8, $4, previous, sha256(previous || $5::bytea)
  from link
  returning number, encode(digest, 'hex') as digest)sql";

// An index scan over the day's rows for each of its seals.
constexpr storage::Sql kVerify = R"sql(
  select s.number,
         s.rows = r.rows and s.digest = sha256(s.previous || r.digests) as intact,
         s.previous = case when s.number = 1 then sha256('pathways access log') else p.digest end
           is true as linked
  from access.seal s
  left join access.seal p on p.number = s.number - 1
  cross join lateral (
    select count(*) as rows,
           coalesce(string_agg(access.row_digest(l), ''::bytea order by l.xid, l.id), ''::bytea) as digests
    from access.log l
    where l.xid >= s.from_xid and l.xid < s.below_xid
      and l.at >= $1::date::timestamp at time zone 'UTC'
      and l.at < ($1::date + 1)::timestamp at time zone 'UTC') r
  where s.day = $1::date
  order by s.number)sql";

constexpr storage::Sql kUnsealed = R"sql(
  select exists (
    select from access.log l
    where l.at >= $1::date::timestamp at time zone 'UTC'
      and l.at < ($1::date + 1)::timestamp at time zone 'UTC'
      and l.xid < (select max(below_xid) from access.seal)
      and not exists (select from access.seal s
                      where s.day = $1::date and l.xid >= s.from_xid and l.xid < s.below_xid))
    as unsealed)sql";

struct Horizon {
  std::string sealed_below;
  std::string ended_below;
};

absl::StatusOr<Horizon> ReadHorizon(storage::Transaction& transaction) {
  auto row = transaction.QueryOne(kHorizon);
  if (!row.ok()) return row.status();
  if (row->Get<bool>("restored")) {
    return absl::FailedPreconditionError(
        "transaction numbers are lower than those sealed: was the database restored from a dump?");
  }
  return Horizon{row->Get<std::string>("sealed_below"), row->Get<std::string>("ended_below")};
}

absl::StatusOr<Seal> Append(storage::Transaction& transaction, const Horizon& horizon,
                            const storage::Row& fresh) {
  const auto day = fresh.Get<education::Day>("day");
  const auto rows = fresh.Get<std::int64_t>("rows");
  auto row = transaction.QueryOne(kAppend, day, horizon.sealed_below, horizon.ended_below, rows,
                                  fresh.Get<storage::Bytes>("digests"));
  if (!row.ok()) return row.status();
  return Seal{row->Get<std::int64_t>("number"), day, rows, row->Get<std::string>("digest")};
}

}  // namespace

absl::StatusOr<std::vector<Seal>> SealAccessLog(storage::Transaction& transaction) {
  if (auto locked = transaction.Query(kLock); !locked.ok()) return locked.status();
  auto horizon = ReadHorizon(transaction);
  if (!horizon.ok()) return horizon.status();
  // A later snapshot than the horizon's: it sees every row of the transactions that had ended by
  // then.
  auto fresh = transaction.Query(kFresh, horizon->sealed_below, horizon->ended_below);
  if (!fresh.ok()) return fresh.status();
  std::vector<Seal> seals;
  for (const storage::Row& row : *fresh) {
    auto seal = Append(transaction, *horizon, row);
    if (!seal.ok()) return seal.status();
    seals.push_back(*std::move(seal));
  }
  return seals;
}

absl::StatusOr<std::vector<Seal>> KeepAccessLog(storage::Pool& pool, storage::Deadline deadline) {
  const auto scope = storage::RowScope::System("access-log");
  // On its own, because making a partition locks the log until its transaction ends.
  const absl::Status made = storage::RunInTransaction(
      pool, scope, deadline,
      [](storage::Transaction& transaction) { return transaction.Query(kMaintain).status(); });
  if (!made.ok()) return made;
  return storage::RunInTransaction(pool, scope, deadline, [](storage::Transaction& transaction) {
    return SealAccessLog(transaction);
  });
}

absl::StatusOr<std::vector<ChainFault>> VerifyChain(storage::Transaction& transaction,
                                                    education::Day day) {
  auto rows = transaction.Query(kVerify, day);
  if (!rows.ok()) return rows.status();
  std::vector<ChainFault> faults;
  for (const storage::Row& row : *rows) {
    const auto number = row.Get<std::int64_t>("number");
    if (!row.Get<bool>("linked")) faults.push_back({ChainFault::Kind::kLinkBroken, number});
    if (!row.Get<bool>("intact")) faults.push_back({ChainFault::Kind::kRowsChanged, number});
  }
  auto unsealed = transaction.QueryOne(kUnsealed, day);
  if (!unsealed.ok()) return unsealed.status();
  if (unsealed->Get<bool>("unsealed")) faults.push_back({ChainFault::Kind::kRowsUnsealed, 0});
  return faults;
}

}  // namespace pathways::access
