#include "services/attendance/store/register_store.h"

#include <algorithm>

#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"
#include "services/attendance/store/packed_bytes.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::Day;
using education::EnrolmentId;
using education::LaCode;
using education::Urn;
using storage::Bytes;
using storage::Sql;
using storage::Transaction;

// Octets in one statement: bounds what client and server hold at once.
constexpr std::size_t kMaxStatementBytes = std::size_t{8} << 20;

constexpr Sql kAddBooks = R"(
  insert into book (la_code, urn)
  select * from unnest($1::int[], $2::int[])
  on conflict (urn) do nothing)";

constexpr Sql kLockBooks =
    "select urn from book where urn = any($1::int[]) order by urn for update";

constexpr Sql kReadRolls = R"(
  select urn, academic_year, slots from roll where urn = any($1::int[]) and academic_year >= $2)";

constexpr Sql kReadSlots = R"(
  select s.urn, s.academic_year, s.enrolment_id
  from unnest($1::int[], $2::int[], $3::int[]) as k(urn, academic_year, slot)
  join slot s on s.urn = k.urn and s.academic_year = k.academic_year and s.slot >= k.slot
  order by s.urn, s.academic_year, s.slot)";

constexpr Sql kGrowRolls = R"(
  insert into roll (la_code, urn, academic_year, slots)
  select * from unnest($1::int[], $2::int[], $3::int[], $4::int[])
  on conflict (urn, academic_year) do update set slots = excluded.slots)";

constexpr Sql kInsertSlots = R"(
  insert into slot (la_code, urn, academic_year, slot, enrolment_id)
  select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::uuid[]))";

constexpr Sql kReadLatestBlocks = R"(
  select k.urn, k.day, b.version, b.marks
  from unnest($1::int[], $2::date[]) as k(urn, day)
  cross join lateral (select version, marks from day_block d
                      where d.urn = k.urn and d.day = k.day order by version desc limit 1) b)";

constexpr Sql kInsertBlocks = R"(
  insert into day_block (la_code, urn, day, version, marks, recorded_at, recorded_by, import_id)
  select k.la_code, k.urn, k.day, k.version, substr($7::bytea, k.start, k.length), $8, $9, $10
  from unnest($1::int[], $2::int[], $3::date[], $4::int[], $5::int[], $6::int[])
    as k(la_code, urn, day, version, start, length))";

constexpr Sql kReadSumsFrom = R"(
  select s.urn, s.day, s.sums
  from unnest($1::int[], $2::date[]) as k(urn, first_day)
  join day_sums s on s.urn = k.urn and s.day >= k.first_day)";

constexpr Sql kReadLookbacks = R"(
  select k.number, s.sums
  from unnest($1::int[], $2::date[], $3::date[]) with ordinality as k(urn, first_day, before, number)
  cross join lateral (select sums from day_sums d
                      where d.urn = k.urn and d.day >= k.first_day and d.day < k.before
                      order by d.day desc limit 1) s)";

constexpr Sql kWriteSums = R"(
  insert into day_sums (la_code, urn, day, sums)
  select k.la_code, k.urn, k.day, substr($6::bytea, k.start, k.length)
  from unnest($1::int[], $2::int[], $3::date[], $4::int[], $5::int[]) as k(la_code, urn, day, start, length)
  on conflict (urn, day) do update set sums = excluded.sums)";

constexpr Sql kInsertAmendments = R"(
  insert into amendment (la_code, urn, enrolment_id, day, session, original, amended, reason, amended_by,
                         person, recorded_at, import_id)
  select k.*, $10, $11, $12
  from unnest($1::int[], $2::int[], $3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[]) as k)";

constexpr Sql kWriteNotes = R"(
  insert into mark_note (la_code, urn, enrolment_id, day, session, minutes_late, comment, recorded_at, import_id)
  select k.*, $8, $9
  from unnest($1::int[], $2::int[], $3::uuid[], $4::date[], $5::text[], $6::smallint[], $7::text[]) as k
  on conflict (enrolment_id, day, session) do update
  set minutes_late = excluded.minutes_late, comment = excluded.comment,
      recorded_at = excluded.recorded_at, import_id = excluded.import_id)";

// Columns for unnest: filled row by row.
struct SchoolColumns {
  std::vector<LaCode> la_code;
  std::vector<Urn> urn;

  void Add(const SchoolKey& school) {
    la_code.push_back(school.la_code);
    urn.push_back(school.urn);
  }
};

struct UrnDayColumns {
  std::vector<Urn> urn;
  std::vector<Day> day;

  explicit UrnDayColumns(std::span<const UrnDay> keys) {
    for (const auto& [key_urn, key_day] : keys) {
      urn.push_back(key_urn);
      day.push_back(key_day);
    }
  }
};

struct SlotColumns {
  std::vector<Urn> urn;
  std::vector<AcademicYear> year;
  std::vector<std::int32_t> from;

  void Add(const RollKey& roll, std::uint32_t first_slot) {
    urn.push_back(roll.urn);
    year.push_back(roll.year);
    from.push_back(static_cast<std::int32_t>(first_slot));
  }
};

SumsRow ReadSums(const storage::Row& row) { return SumsFromBytes(row.Get<Bytes>("sums").data); }

}  // namespace

absl::Status AddBooks(Transaction& transaction, std::span<const SchoolKey> schools) {
  SchoolColumns columns;
  for (const SchoolKey& school : schools) columns.Add(school);
  return transaction.Execute(kAddBooks, columns.la_code, columns.urn).status();
}

absl::Status LockBooks(Transaction& transaction, std::span<const SchoolKey> schools) {
  SchoolColumns columns;
  for (const SchoolKey& school : schools) columns.Add(school);
  const auto lock_all = [&]() -> absl::StatusOr<bool> {
    auto locked = transaction.Query(kLockBooks, columns.urn);
    if (!locked.ok()) return locked.status();
    return locked->size() == schools.size();
  };
  auto all = lock_all();
  if (!all.ok() || *all) return all.status();
  if (absl::Status status = AddBooks(transaction, schools); !status.ok()) return status;
  all = lock_all();
  if (!all.ok() || *all) return all.status();
  return absl::PermissionDeniedError("a school of this register is outside your scope");
}

absl::StatusOr<std::map<RollKey, std::uint32_t>> ReadRolls(Transaction& transaction,
                                                           const std::vector<Urn>& urns,
                                                           AcademicYear first) {
  auto rows = transaction.Query(kReadRolls, urns, first);
  if (!rows.ok()) return rows.status();
  std::map<RollKey, std::uint32_t> rolls;
  for (const auto& row : *rows) {
    rolls[{row.Get<Urn>("urn"), row.Get<AcademicYear>("academic_year")}] =
        static_cast<std::uint32_t>(row.Get<std::int32_t>("slots"));
  }
  return rolls;
}

absl::StatusOr<std::map<RollKey, std::shared_ptr<const Slots>>> ReadSlots(
    Transaction& transaction, SlotCache& cache, const std::map<RollKey, std::uint32_t>& rolls) {
  std::map<RollKey, std::shared_ptr<const Slots>> slots;
  std::map<RollKey, std::shared_ptr<Slots>> grown;
  SlotColumns missing;
  for (const auto& [key, size] : rolls) {
    auto known = cache.Get(key);
    if (known == nullptr) known = std::make_shared<Slots>();
    if (known->size() < size) {
      missing.Add(key, known->size());
      grown.emplace(key, std::make_shared<Slots>(*known));
    } else {
      slots.emplace(key, std::move(known));
    }
  }
  if (grown.empty()) return slots;
  auto rows = transaction.Query(kReadSlots, missing.urn, missing.year, missing.from);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    grown.at({row.Get<Urn>(0), row.Get<AcademicYear>(1)})->Append(row.Get<EnrolmentId>(2));
  }
  for (auto& [key, known] : grown) {
    cache.Put(key, known);
    slots.emplace(key, std::move(known));
  }
  return slots;
}

absl::Status AppendSlots(Transaction& transaction, std::span<const NewSlots> rolls) {
  SchoolColumns roll_school, slot_school;
  std::vector<AcademicYear> roll_year, slot_year;
  std::vector<std::int32_t> counts, numbers;
  std::vector<EnrolmentId> enrolments;
  for (const NewSlots& roll : rolls) {
    roll_school.Add(roll.school);
    roll_year.push_back(roll.year);
    counts.push_back(static_cast<std::int32_t>(roll.first + roll.enrolments.size()));
    for (std::size_t i = 0; i < roll.enrolments.size(); ++i) {
      slot_school.Add(roll.school);
      slot_year.push_back(roll.year);
      numbers.push_back(static_cast<std::int32_t>(roll.first + i));
      enrolments.push_back(roll.enrolments[i]);
    }
  }
  if (enrolments.empty()) return absl::OkStatus();
  auto grown =
      transaction.Execute(kGrowRolls, roll_school.la_code, roll_school.urn, roll_year, counts);
  if (!grown.ok()) return grown.status();
  return transaction
      .Execute(kInsertSlots, slot_school.la_code, slot_school.urn, slot_year, numbers, enrolments)
      .status();
}

absl::StatusOr<std::map<UrnDay, StoredBlock>> ReadLatestBlocks(Transaction& transaction,
                                                               std::span<const UrnDay> days) {
  const UrnDayColumns keys(days);
  auto rows = transaction.Query(kReadLatestBlocks, keys.urn, keys.day);
  if (!rows.ok()) return rows.status();
  std::map<UrnDay, StoredBlock> blocks;
  for (const auto& row : *rows) {
    blocks[{row.Get<Urn>("urn"), row.Get<Day>("day")}] = {row.Get<std::int32_t>("version"),
                                                          row.Get<Bytes>("marks").data};
  }
  return blocks;
}

absl::Status InsertBlocks(Transaction& transaction, const Recording& recording,
                          std::span<const NewBlock> blocks) {
  while (!blocks.empty()) {
    SchoolColumns school;
    std::vector<Day> day;
    std::vector<std::int32_t> version;
    PackedBytes marks;
    std::size_t taken = 0;
    for (; taken < blocks.size() && marks.size() < kMaxStatementBytes; ++taken) {
      school.Add(blocks[taken].school);
      day.push_back(blocks[taken].day);
      version.push_back(blocks[taken].version);
      marks.Add(blocks[taken].marks);
    }
    auto inserted = transaction.Execute(kInsertBlocks, school.la_code, school.urn, day, version,
                                        marks.starts(), marks.lengths(), marks.data(), recording.at,
                                        recording.person, recording.import_id);
    if (!inserted.ok()) return inserted.status();
    blocks = blocks.subspan(taken);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::map<UrnDay, SumsRow>> ReadSumsFrom(Transaction& transaction,
                                                       std::span<const UrnDay> first_days) {
  const UrnDayColumns keys(first_days);
  auto rows = transaction.Query(kReadSumsFrom, keys.urn, keys.day);
  if (!rows.ok()) return rows.status();
  std::map<UrnDay, SumsRow> sums;
  for (const auto& row : *rows) sums[{row.Get<Urn>("urn"), row.Get<Day>("day")}] = ReadSums(row);
  return sums;
}

absl::StatusOr<std::map<SchoolLookback, SumsRow>> ReadLookbacks(
    Transaction& transaction, std::span<const SchoolLookback> wanted) {
  std::vector<Urn> urn;
  std::vector<Day> first, before;
  for (const auto& [school, lookback] : wanted) {
    urn.push_back(school);
    first.push_back(lookback.year.first());
    before.push_back(lookback.before);
  }
  auto rows = transaction.Query(kReadLookbacks, urn, first, before);
  if (!rows.ok()) return rows.status();
  std::map<SchoolLookback, SumsRow> found;
  for (const auto& row : *rows) {
    found[wanted[static_cast<std::size_t>(row.Get<std::int64_t>("number")) - 1]] = ReadSums(row);
  }
  return found;
}

absl::Status WriteSums(Transaction& transaction, std::span<const NewSums> rows) {
  while (!rows.empty()) {
    SchoolColumns school;
    std::vector<Day> day;
    PackedBytes sums;
    std::size_t taken = 0;
    for (; taken < rows.size() && sums.size() < kMaxStatementBytes; ++taken) {
      school.Add(rows[taken].school);
      day.push_back(rows[taken].day);
      sums.Add(AsBytes(*rows[taken].sums));
    }
    auto written = transaction.Execute(kWriteSums, school.la_code, school.urn, day, sums.starts(),
                                       sums.lengths(), sums.data());
    if (!written.ok()) return written.status();
    rows = rows.subspan(taken);
  }
  return absl::OkStatus();
}

absl::Status InsertAmendments(Transaction& transaction, const Recording& recording,
                              std::span<const AmendmentRow> amendments) {
  if (amendments.empty()) return absl::OkStatus();
  SchoolColumns school;
  std::vector<EnrolmentId> enrolment;
  std::vector<Day> day;
  std::vector<std::string> session, original, amended, reason, amended_by;
  for (const AmendmentRow& row : amendments) {
    school.Add(row.school);
    enrolment.push_back(row.enrolment);
    day.push_back(row.day);
    session.emplace_back(education::ToString(row.session));
    original.push_back(row.original);
    amended.push_back(row.amended);
    reason.push_back(row.reason);
    amended_by.push_back(row.amended_by);
  }
  return transaction
      .Execute(kInsertAmendments, school.la_code, school.urn, enrolment, day, session, original,
               amended, reason, amended_by, recording.person, recording.at, recording.import_id)
      .status();
}

absl::Status WriteNotes(Transaction& transaction, const Recording& recording,
                        std::span<const NoteRow> notes) {
  if (notes.empty()) return absl::OkStatus();
  SchoolColumns school;
  std::vector<EnrolmentId> enrolment;
  std::vector<Day> day;
  std::vector<std::string> session, comment;
  std::vector<std::optional<std::int32_t>> minutes_late;
  for (const NoteRow& note : notes) {
    school.Add(note.school);
    enrolment.push_back(note.enrolment);
    day.push_back(note.day);
    session.emplace_back(education::ToString(note.session));
    minutes_late.push_back(note.minutes_late);
    comment.push_back(note.comment);
  }
  return transaction
      .Execute(kWriteNotes, school.la_code, school.urn, enrolment, day, session, minutes_late,
               comment, recording.at, recording.import_id)
      .status();
}

}  // namespace pathways::attendance
